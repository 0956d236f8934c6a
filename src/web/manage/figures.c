// SPDX-License-Identifier: Apache-2.0
/* figures -- what the overview and the account of customers have in common: months as lists for charts, addresses of lists.
 */
#include "web/manage/figures.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"

struct str figures_month(struct page *page, int32_t month) {
    return text_month(page->arena, page->lang, month);
}

struct str figures_status(struct page *page, const char *name) {
    return page_text(page, cx_text(page->cx, "status.%s", name));
}

struct str figures_code(struct page *page, struct str code) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    http_encode(&to, code, false);
    return buf_str(&to);
}

struct url figures_address(struct page *page, const char *format, ...) {
    enum { ADDRESS_MOST = 2000 };
    char *text = arena_new(page->arena, char, ADDRESS_MOST);
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, ADDRESS_MOST, format, args);
    va_end(args);
    return n > 0 && n < ADDRESS_MOST ? url_local((struct str){text, (size_t)n}) : (struct url){0};
}

static void put(struct buf *to, size_t i, int64_t n) {
    buf_printf(to, "%s%lld", i > 0 ? "," : "", (long long)n);
}

struct figures_months *figures_months(struct page *page, const struct flow_row *row, size_t n, int64_t most) {
    struct figures_months *m = arena_new(page->arena, struct figures_months, 1);
    struct buf names, inactive, recovered, off, closing, buying, closed;
    struct buf *const list[] = {&names, &inactive, &recovered, &off, &closing, &buying, &closed};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        buf_init(list[i], page->arena, 0);
    m->n = most > 0 && (size_t)most < n ? (size_t)most : n;
    m->row = n > 0 ? row + (n - m->n) : NULL;
    for (size_t i = 0; i < m->n; i++) {
        const struct flow_row *r = &m->row[i];
        buf_printf(&names, "%s%.*s", i > 0 ? "," : "", STR_ARG(figures_month(page, r->month)));
        put(&inactive, i, r->became_inactive);
        put(&recovered, i, -r->recovered);
        put(&off, i, -r->written_off);
        put(&closing, i, r->closing);
        put(&buying, i, r->known - r->closed - r->closing);
        put(&closed, i, r->closed);
    }
    m->names = buf_str(&names);
    m->inactive = buf_str(&inactive);
    m->recovered = buf_str(&recovered);
    m->off = buf_str(&off);
    m->closing = buf_str(&closing);
    m->buying = buf_str(&buying);
    m->closed = buf_str(&closed);
    return m;
}
