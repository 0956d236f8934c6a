// SPDX-License-Identifier: Apache-2.0
/* buf -- text being written, growing in an arena up to a limit its owner chose (0: none).
 *
 * A piece that would pass the limit is left out whole, nothing after it is taken, and `cut` is set; the owner checks it
 * once, at the end.
 */
#ifndef REATIVA_BASE_BUF_H
#define REATIVA_BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

struct buf {
    struct arena *arena;
    char *p;
    size_t n, room, limit;
    bool cut;
};

void buf_init(struct buf *buf, struct arena *arena, size_t limit);
void buf_put(struct buf *buf, struct str s);
void buf_char(struct buf *buf, char c);
void buf_int(struct buf *buf, int64_t v);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* buf_csv -- one CSV field, quoted only when it holds the delimiter, a quote or a line break (RFC 4180). */
void buf_csv(struct buf *buf, struct str s, char delimiter);
/* buf_json -- a JSON string with its quotes; malformed UTF-8 becomes U+FFFD. */
void buf_json(struct buf *buf, struct str s);
struct str buf_str(const struct buf *buf);

#endif
