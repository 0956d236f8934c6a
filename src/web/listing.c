// SPDX-License-Identifier: Apache-2.0
/* listing -- see the header.
 */
#include "web/listing.h"

#include <stdlib.h>

bool listing_down(struct str sort) {
    return str_starts(sort, S("-"));
}

struct str listing_column(struct str sort) {
    return listing_down(sort) ? (struct str){sort.p + 1, sort.n - 1} : sort;
}

const char *listing_order(struct str sort, const char *first, const char *column) {
    struct str ruling = sort.n > 0 ? listing_column(sort) : str_from(first);
    return !str_equal(ruling, str_from(column)) ? "none" : listing_down(sort) ? "descending" : "ascending";
}

struct str listing_turned(struct page *page, struct str sort, const char *first, const char *column) {
    if (column == NULL)
        return sort;
    bool rules = str_equal(sort.n > 0 ? sort : str_from(first), str_from(column));
    return rules ? cx_text(page->cx, "-%s", column) : str_from(column);
}

struct url listing_address(struct page *page, const char *path, const struct http_field *part, size_t n) {
    struct buf to;
    char mark = '?';
    buf_init(&to, page->arena, 0);
    buf_put(&to, str_from(path));
    for (size_t i = 0; i < n; i++)
        if (part[i].value.n > 0) {
            buf_printf(&to, "%c%.*s=", mark, STR_ARG(part[i].name));
            http_encode(&to, part[i].value, false);
            mark = '&';
        }
    return url_local(buf_str(&to));
}

bool listing_holds(struct page *page, struct str text, struct str folded) {
    struct str in = str_fold(page->arena, text);
    for (size_t i = 0; i + folded.n <= in.n; i++)
        if (str_starts((struct str){in.p + i, in.n - i}, folded))
            return true;
    return folded.n == 0;
}

static int compare(const void *a, const void *b) {
    const struct listing_key *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    int order = str_compare(x->text, y->text);
    return order != 0 ? order
                      : ((const char *)x->row > (const char *)y->row) - ((const char *)x->row < (const char *)y->row);
}

void listing_sort(struct listing_key *key, size_t n, bool down) {
    if (n > 1)
        qsort(key, n, sizeof *key, compare);
    for (size_t i = 0; down && i < n / 2; i++) {
        struct listing_key kept = key[i];
        key[i] = key[n - 1 - i];
        key[n - 1 - i] = kept;
    }
}
