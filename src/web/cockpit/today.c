// SPDX-License-Identifier: Apache-2.0
/* today -- the first page: whom to think of first.
 */
#include "web/cockpit/today.h"

#include "app/list.h"
#include "core/why.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

struct filling {
    struct page *page;
    struct today_view *view;
};

static bool take(struct cx *cx, void *owner, const struct customer *c) {
    struct filling *f = owner;
    (void)cx;
    f->view->customer[f->view->n++] =
        (struct today_customer){.code = str_copy(f->page->arena, c->code),
                                .name = str_copy(f->page->arena, c->name),
                                .city = str_copy(f->page->arena, c->city),
                                .why = why_text(f->page->arena, f->page->lang, c, f->page->as_of)};
    return true;
}

bool today_show(struct page *page) {
    struct today_view view = {0};
    struct filling filling = {page, &view};
    struct list_request request = {.filter = list_filter_any(),
                                   .order = {.column = COLUMN_VALUE_12M, .descending = true},
                                   .limit = TODAY_CUSTOMERS,
                                   .as_of = page->as_of,
                                   .totals = true};
    struct list_answer answer;
    request.filter.statuses = 1u << STATUS_AT_RISK;
    if (page_rep(page).n > 0)
        request.filter.rep = (struct list_codes){.code = {page_rep(page)}, .n = 1};
    if (!list_customers(page->cx, page->db, &request, take, &filling, &answer))
        return false;
    view.at_risk = answer.totals.customers;
    page_top(page, page_text(page, S("menu.today")));
    today_page(page, &view);
    page_bottom(page);
    return true;
}
