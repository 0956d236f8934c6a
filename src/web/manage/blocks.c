// SPDX-License-Identifier: Apache-2.0
/* blocks -- the states' lists of numbers that nobody may call: which there are, a new one for a state, one given up.
 */
#include "base/text.h"
#include "web/csv.h"
#include "web/manage/manage.h"
#include "web/manage/privacy.h"
#include "web/pages.h"

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

static bool show(struct page *page, struct blocks_view *v) {
    if (!blocks_look(page->cx, page->db, &v->list, &v->n))
        return false;
    v->takes = page_uploads(page)->path.n > 0;
    v->may_write = page_may(page, PERM_PRIVACY_WRITE);
    if (v->day.n == 0)
        v->day = iso(page, page->today);
    page_top(page, page_text(page, S("privacy.blocks")));
    blocks_page(page, v);
    page_bottom(page);
    return true;
}

bool blocks_show(struct page *page) {
    struct blocks_view v = {.n = 0};
    return show(page, &v);
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

bool blocks_export(struct page *page) {
    struct block_list *list;
    size_t n;
    if (!blocks_look(page->cx, page->db, &list, &n))
        return false;
    csv_start(page, "blocks.csv");
    CSV_ROW(page, page_text(page, S("privacy.state_of")), page_text(page, S("privacy.list_day")),
            page_text(page, S("privacy.entries")), page_text(page, S("privacy.refused")),
            page_text(page, S("privacy.hits")), page_text(page, S("privacy.file")), page_text(page, S("privacy.who")));
    for (size_t i = 0; i < n; i++)
        CSV_ROW(page, list[i].state, iso(page, list[i].day), number(page, list[i].entries),
                number(page, list[i].refused), number(page, list[i].hits), list[i].file, list[i].who);
    return true;
}

static bool again(struct page *page, struct blocks_view *v, struct str fault) {
    v->fault = fault;
    page_refused(page);
    return show(page, v);
}

bool blocks_put_do(struct page *page) {
    const struct http_request *request = page->request;
    struct blocks_view v = {.state = page_form(page, "state"), .day = page_form(page, "day")};
    struct blocks_wish wish = {.state = v.state, .who = page->user.login, .now_us = page->now_us};
    struct block_list list;
    if (request->files != 1 || request->file[0].bytes == 0)
        return again(page, &v, page_text(page, S("privacy.one_file")));
    if (!day_parse_iso(v.day, &wish.day) || wish.day.n > page->today.n)
        return again(page, &v, page_text(page, S("privacy.bad_day")));
    wish.path = str_from(request->file[0].path);
    wish.name = request->file[0].name;
    if (blocks_put(page->cx, page->db, &wish, &list))
        return page_go(page, S("/privacy/blocks"), S("privacy.said_blocked"));
    if (page->cx->err.code != ERR_INVALID && page->cx->err.code != ERR_LIMIT)
        return false;
    struct str fault = catalog_error(page->arena, page->lang, &page->cx->err);
    cx_clear(page->cx);
    return again(page, &v, fault);
}

bool blocks_drop_do(struct page *page) {
    return blocks_drop(page->cx, page->db, page->arg[0], page->user.login, page->now_us) &&
           page_go(page, S("/privacy/blocks"), S("privacy.said_unblocked"));
}
