// SPDX-License-Identifier: Apache-2.0
/* rows -- see rows.h. Must not know a noun. Invariant: a list of n has room for FIRST, or for the next power of two.
 */
#include "store/rows.h"

enum { FIRST = 8 };

void *rows_more(struct cx *cx, void *list, size_t n, size_t size) {
    bool full = n == 0 || (n >= FIRST && (n & (n - 1)) == 0);
    return full ? arena_grow(cx->arena, list, n, n == 0 ? FIRST : 2 * n, size) : list;
}

struct str rows_numbers(struct cx *cx, const int64_t *number, size_t n) {
    struct buf to;
    buf_init(&to, cx->arena, 0);
    for (size_t i = 0; i < n; i++)
        buf_printf(&to, "%s%lld", i > 0 ? "," : "", (long long)number[i]);
    return buf_str(&to);
}
