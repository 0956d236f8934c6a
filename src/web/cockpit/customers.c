// SPDX-License-Identifier: Apache-2.0
/* customers -- the list of customers: all that it shows stands in its address, so that the back button, a bookmark and a saved
 * view lose nothing.
 */
#include "web/cockpit/customers.h"

#include "app/reach.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

/* ---- what is asked ---- */

/* Of the address asked for, as sent. */
static struct str customers_query(const struct page *page) {
    struct str path, query;
    return str_cut(page->request->target, '?', &path, &query) ? query : (struct str){0};
}

bool customers_asked(struct page *page, struct str query, struct portfolio *out, struct list_request *request) {
    if (!portfolio_read(page->cx, query, page->as_of, out))
        return false;
    out->filter.only_rep = page_rep(page);
    *request = (struct list_request){
        .filter = out->filter, .order = out->order, .from = out->from, .limit = PORTFOLIO_PAGE, .as_of = page->as_of};
    return true;
}

static struct str address_of(struct page *page, const struct saved_view *view) {
    return cx_text(page->cx, "/customers?%.*s%sview=%lld", STR_ARG(view->query), view->query.n > 0 ? "&" : "",
                   (long long)view->id);
}

/* Whoever chose a view to open first gets it where the address says nothing. */
static const struct saved_view *first_view(const struct customers_view *v) {
    bool plain = !v->p.anything && !v->p.from.set && v->p.view < 0;
    for (size_t i = 0; plain && i < v->views; i++) {
        if (v->view[i].first && v->view[i].retired_us == 0)
            return &v->view[i];
    }
    return NULL;
}

static bool opened_find(struct customers_view *v) {
    for (size_t i = 0; i < v->views; i++) {
        if (v->view[i].id == v->p.view)
            v->opened = &v->view[i];
    }
    return true;
}

/* ---- the rows ---- */

struct filling {
    struct page *page;
    struct customers_view *v;
    struct list_from first, last;
};

static bool take(struct cx *cx, void *owner, const struct customer *c) {
    struct filling *f = owner;
    struct arena *arena = f->page->arena;
    struct customers_view *v = f->v;
    (void)cx;
    if (v->n == PORTFOLIO_PAGE) { /* the one more that says there is a next page */
        v->has_next = true;
        return true;
    }
    struct customers_row *row = &v->row[v->n++];
    *row = (struct customers_row){.id = c->id.v,
                                  .code = str_copy(arena, c->code),
                                  .name = str_copy(arena, c->name),
                                  .city = str_copy(arena, c->city),
                                  .phone = str_copy(arena, c->phone),
                                  .status = customers_cell_of(f->page, c, COLUMN_STATUS),
                                  .cell = arena_new(arena, struct customers_cell, v->p.columns)};
    for (size_t i = 0; i < v->p.columns; i++)
        row->cell[i] = customers_cell_of(f->page, c, v->p.column[i]);
    f->last = list_place(arena, v->p.order.column, c);
    f->last.code = row->code;
    f->last.text = str_copy(arena, f->last.text);
    if (v->n == 1)
        f->first = f->last;
    return true;
}

static void turn_round(struct customers_view *v, struct filling *f) {
    for (size_t i = 0; i < v->n / 2; i++) {
        struct customers_row kept = v->row[i];
        v->row[i] = v->row[v->n - 1 - i];
        v->row[v->n - 1 - i] = kept;
    }
    struct list_from kept = f->first;
    f->first = f->last;
    f->last = kept;
    v->has_back = v->has_next;
    v->has_next = true;
}

/* Who may not be called is not offered to be. */
static bool calls_bar(struct page *page, struct customers_view *v) {
    struct reach_phone *phone = arena_new(page->arena, struct reach_phone, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        phone[i] = (struct reach_phone){v->row[i].id, &v->row[i].phone};
    return reach_calls(page->cx, page->db, phone, v->n, page->as_of);
}

static bool rows_fill(struct page *page, struct list_request *request, struct customers_view *v) {
    struct filling filling = {page, v, {0}, {0}};
    request->limit = PORTFOLIO_PAGE + 1;
    request->totals = true;
    v->row = arena_new(page->arena, struct customers_row, PORTFOLIO_PAGE);
    v->head = arena_new(page->arena, struct str, v->p.columns);
    for (size_t i = 0; i < v->p.columns; i++)
        v->head[i] = customers_head(page, v->p.column[i]);
    if (!list_customers(page->cx, page->db, request, take, &filling, &v->answer))
        return false;
    if (!calls_bar(page, v))
        return false;
    v->has_back = request->from.set;
    if (request->from.set && request->from.back)
        turn_round(v, &filling);
    filling.first.back = true;
    v->next = portfolio_at(page->arena, &v->p, &filling.last);
    v->back = portfolio_at(page->arena, &v->p, &filling.first);
    v->has_next = v->has_next && v->n > 0;
    v->has_back = v->has_back && v->n > 0;
    if (v->answer.doubt.code != ERR_NONE)
        v->doubt = catalog_error(page->arena, page->lang, &v->answer.doubt);
    return true;
}

/* ---- what was done to many ---- */

static struct str did_text(struct page *page) {
    enum bulk_kind kind;
    int64_t changed, customers, import;
    if (!bulk_parse(page_query(page, "did"), &kind) || !page_number(page_query(page, "n"), &changed) ||
        !page_number(page_query(page, "of"), &customers))
        return (struct str){0};
    struct str said = page_text(page, cx_text(page->cx, "customers.did_%s", bulk_name(kind)),
                                html_arg_long(page, (long)changed), html_arg_long(page, (long)customers));
    if (!page_number(page_query(page, "import"), &import))
        return said;
    return cx_text(page->cx, "%.*s %.*s", STR_ARG(said),
                   STR_ARG(page_text(page, S("customers.did_undo"), html_arg_long(page, (long)import))));
}

/* ---- the page ---- */

static bool choices_fill(struct page *page, struct customers_view *v) {
    struct label *label;
    struct tag *tag;
    if (!labels_all(page->cx, page->db, page_rep(page), &label, &v->labels) ||
        !tags_all(page->cx, page->db, &tag, &v->tags))
        return false;
    v->label = label;
    v->tag = tag;
    return true;
}

bool customers_show(struct page *page) {
    struct customers_view *v = arena_new(page->arena, struct customers_view, 1);
    struct list_request request;
    struct saved_view *view;
    if (!customers_asked(page, customers_query(page), &v->p, &request) ||
        !views_list(page->cx, page->db, page->user.id, &view, &v->views))
        return false;
    v->view = view;
    v->query = portfolio_text(page->arena, &v->p, PORTFOLIO_ALL);
    const struct saved_view *first = first_view(v);
    if (first != NULL && page_query(page, "did").n == 0)
        return page_go(page, address_of(page, first), (struct str){0});
    if (v->p.untidy && v->p.faults == 0)
        return page_go(page, cx_text(page->cx, "/customers?%.*s", STR_ARG(v->query)), (struct str){0});
    if (v->p.faults > 0)
        page_refused(page);
    opened_find(v);
    v->did = did_text(page);
    if (!rows_fill(page, &request, v) || !choices_fill(page, v))
        return false;
    page_top(page, page_text(page, S("menu.customers")));
    customers_page(page, v);
    page_bottom(page);
    return true;
}

/* ---- which columns, in which order ---- */

struct placed {
    int64_t place;
    enum column column;
};

/* The numbers of the form as an order; equal ones as the columns stand. */
bool columns_show(struct page *page) {
    struct portfolio *p = arena_new(page->arena, struct portfolio, 1);
    struct placed placed[COLUMN_COUNT];
    size_t n = 0;
    if (!portfolio_read(page->cx, page_query(page, "query"), page->as_of, p))
        return false;
    for (int column = 0; column < COLUMN_COUNT; column++) {
        int64_t place;
        struct str name = cx_text(page->cx, "place_%s", column_defs[column].name);
        if (!page_number(page_query(page, str_terminated(page->arena, name)), &place) || place == 0)
            continue;
        size_t at = n++;
        for (; at > 0 && placed[at - 1].place > place; at--)
            placed[at] = placed[at - 1];
        placed[at] = (struct placed){place, (enum column)column};
    }
    p->chosen = n > 0;
    p->columns = n;
    for (size_t i = 0; i < n; i++)
        p->column[i] = placed[i].column;
    return page_go(page, cx_text(page->cx, "/customers?%.*s", STR_ARG(portfolio_text(page->arena, p, PORTFOLIO_ALL))),
                   (struct str){0});
}

/* ---- as a file ---- */

static bool export(struct page *page, enum portfolio_file_kind kind, struct str type, const char *name) {
    struct portfolio *p = arena_new(page->arena, struct portfolio, 1);
    struct list_request request;
    int file = -1;
    int64_t bytes, rows;
    if (!customers_asked(page, customers_query(page), p, &request) || !portfolio_good(page->cx, p))
        return false;
    const struct portfolio_file_wish wish = {
        .kind = kind, .request = &request, .column = p->column, .columns = p->columns, .lang = page->lang};
    if (!page_file_begin(page))
        return false;
    bool made = portfolio_file_make(page->cx, page->db, &wish, &file, &bytes, &rows);
    page_file(page, file, bytes);
    if (!made || !portfolio_file_said(page->cx, page_writes(page), page->user.login, page->now_us, rows,
                                      portfolio_text(page->arena, p, PORTFOLIO_ALL)))
        return false;
    page->reply->type = type;
    page_header(page, S("Content-Disposition"), cx_text(page->cx, "attachment; filename=\"%s\"", name));
    return true;
}

bool customers_csv(struct page *page) {
    return export(page, PORTFOLIO_CSV, S("text/csv; charset=utf-8"), "customers.csv");
}

bool customers_xlsx(struct page *page) {
    return export(page, PORTFOLIO_XLSX, S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
                  "customers.xlsx");
}
