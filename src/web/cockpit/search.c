// SPDX-License-Identifier: Apache-2.0
/* search -- find a customer at once, from any page: by name, code, CPF or CNPJ, phone, city.
 */
#include "app/duplicates.h"
#include "web/cockpit/cockpit.h"
#include "web/cockpit/customers.h"
#include "web/pages.h"

struct filling {
    struct page *page;
    struct customers_found *v;
};

static bool take(struct cx *cx, void *owner, const struct customer *c) {
    struct filling *f = owner;
    struct customers_found *v = f->v;
    (void)cx;
    if (v->n == SEARCH_SHOWN) {
        v->more = true;
        return true;
    }
    v->city[v->n] = str_copy(f->page->arena, c->city);
    v->row[v->n++] =
        (struct customers_row){.code = str_copy(f->page->arena, c->code), .name = str_copy(f->page->arena, c->name)};
    return true;
}

/* Nobody has it: perhaps a code that was merged. */
static bool merged_take(struct page *page, struct customers_found *v) {
    struct str main;
    if (!duplicates_main(page->cx, page->db, v->q, page_rep(page), &main))
        return false;
    if (main.n > 0)
        v->row[v->n++] =
            (struct customers_row){.code = main, .name = page_text(page, S("duplicates_page.leads"), v->q, main)};
    return true;
}

bool search_show(struct page *page) {
    struct customers_found v = {.q = str_trim(page_query(page, "q"))};
    struct portfolio *p = arena_new(page->arena, struct portfolio, 1);
    struct filling filling = {page, &v};
    struct list_request request;
    struct list_answer answer;
    struct buf query;
    buf_init(&query, page->arena, 0);
    buf_put(&query, S("q="));
    http_encode(&query, v.q, false);
    if (!customers_asked(page, buf_str(&query), p, &request) || !portfolio_good(page->cx, p))
        return false;
    request.limit = SEARCH_SHOWN + 1;
    v.asked = v.q.n >= SEARCH_LEAST;
    if (v.asked && !list_customers(page->cx, page->db, &request, take, &filling, &answer))
        return false;
    if (v.asked && v.n == 0 && !merged_take(page, &v))
        return false;
    if (page->partial) {
        search_found(page, &v);
        return true;
    }
    page_top(page, page_text(page, S("customers.search")));
    search_page(page, &v);
    page_bottom(page);
    return true;
}
