// SPDX-License-Identifier: Apache-2.0
/* csv -- see the header. A text that begins like a formula gets an apostrophe before it: what a person typed here must not run in
 * somebody's spreadsheet.
 */
#include "web/csv.h"

void csv_start(struct page *page, const char *name) {
    page->reply->type = S("text/csv; charset=utf-8");
    page_header(page, S("Content-Disposition"), cx_text(page->cx, "attachment; filename=\"%s\"", name));
    buf_put(&page->reply->body, S("\xEF\xBB\xBF"));
}

static bool formula_like(struct str s) {
    return s.n > 0 &&
           (s.p[0] == '=' || s.p[0] == '+' || s.p[0] == '-' || s.p[0] == '@' || s.p[0] == '\t' || s.p[0] == '\r');
}

void csv_row(struct page *page, const struct str *cell, size_t n) {
    struct buf *to = &page->reply->body;
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(to, ',');
        if (formula_like(cell[i]))
            buf_csv(to, cx_text(page->cx, "'%.*s", STR_ARG(cell[i])), ',');
        else
            buf_csv(to, cell[i], ',');
    }
    buf_char(to, '\n');
}
