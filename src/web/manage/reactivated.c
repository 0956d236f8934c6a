// SPDX-License-Identifier: Apache-2.0
/* reactivated -- who came back over some days, what they ordered since, and whom it is owed to: a page, and its two files.
 */
#include "web/manage/reactivated.h"

#include "app/portfolio_file.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

#define SORT_USUAL S("-day")

/* ---- what is asked ---- */

static void how_asked(struct page *page, struct reactivated_view *v) {
    v->by = page_query(page, "by");
    if (str_equal(v->by, S("contact")))
        v->wish.how = REACTIVATED_CONTACT;
    else if (str_equal(v->by, S("alone")))
        v->wish.how = REACTIVATED_ALONE;
    else if (page_number(v->by, &v->wish.user_id))
        v->wish.how = REACTIVATED_USER;
    else
        v->by = (struct str){0};
}

static void asked(struct page *page, struct reactivated_view *v) {
    *v = (struct reactivated_view){0};
    period_asked(page, &v->period);
    v->wish.as_of = page->as_of;
    v->wish.from = v->period.first;
    v->wish.to = v->period.last;
    how_asked(page, v);
    v->wish.label[LABEL_COMPANY] = page_query(page, "company");
    v->wish.label[LABEL_REP] = page_rep(page).n > 0 ? page_rep(page) : page_query(page, "rep");
    v->wish.label[LABEL_SEGMENT] = page_query(page, "segment");
    v->wish.label[LABEL_REGION] = page_query(page, "region");
    v->sort = page_query(page, "sort");
    v->sort = v->sort.n > 0 ? v->sort : SORT_USUAL;
}

/* ---- its addresses ---- */

static struct url address(struct page *page, const struct reactivated_view *v, const char *path,
                          const struct period *period, struct str sort, size_t number) {
    struct http_field part[PERIOD_PARTS + 7] = {
        {S("company"), v->wish.label[LABEL_COMPANY]},
        {S("rep"), v->wish.label[LABEL_REP]},
        {S("segment"), v->wish.label[LABEL_SEGMENT]},
        {S("region"), v->wish.label[LABEL_REGION]},
        {S("by"), v->by},
        {S("sort"), str_equal(sort, SORT_USUAL) ? (struct str){0} : sort},
        {S("page"), number > 1 ? cx_text(page->cx, "%zu", number) : (struct str){0}}};
    period_parts(period, part + 7);
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

struct url reactivated_address(struct page *page, const struct reactivated_view *v, const char *path,
                               const char *sort) {
    return address(page, v, path, &v->period, listing_turned(page, v->sort, "day", sort), 1);
}

struct url reactivated_around(struct page *page, const struct reactivated_view *v, struct day day) {
    struct period other = period_around(page, &v->period, day);
    return address(page, v, "/reactivated", &other, v->sort, 1);
}

struct url reactivated_page_at(struct page *page, const struct reactivated_view *v, size_t number) {
    return address(page, v, "/reactivated", &v->period, v->sort, number);
}

const char *reactivated_order(const struct reactivated_view *v, const char *sort) {
    return listing_order(v->sort, "day", sort);
}

/* ---- the rows in their order ---- */

static struct listing_key key_of(struct page *page, struct str column, const struct reactivated_row *row) {
    struct listing_key key = {.row = row, .number = row->day.n};
    if (str_equal(column, S("orders")))
        key.number = row->orders;
    else if (str_equal(column, S("value")))
        key.number = row->value_cents;
    else if (str_equal(column, S("last")))
        key.number = row->last_on.n;
    else if (str_equal(column, S("company")))
        key = (struct listing_key){.row = row, .text = row->label[LABEL_COMPANY]};
    else if (str_equal(column, S("rep")))
        key = (struct listing_key){.row = row, .text = row->label[LABEL_REP]};
    else if (str_equal(column, S("customer")))
        key = (struct listing_key){.row = row, .text = str_fold(page->arena, row->name.n > 0 ? row->name : row->code)};
    else if (str_equal(column, S("by")))
        key = (struct listing_key){.row = row, .number = !day_is(row->contact_on), .text = row->user};
    return key;
}

static void order(struct page *page, struct reactivated_view *v) {
    size_t n = v->found.n;
    struct listing_key *key = arena_new(page->arena, struct listing_key, n + 1);
    struct str column = listing_column(v->sort);
    v->row = arena_new(page->arena, const struct reactivated_row *, n + 1);
    for (size_t i = 0; i < n; i++)
        key[i] = key_of(page, column, &v->found.row[i]);
    listing_sort(key, n, listing_down(v->sort));
    for (size_t i = 0; i < n; i++)
        v->row[i] = key[i].row;
}

static void page_cut(struct page *page, struct reactivated_view *v) {
    int64_t number;
    size_t n = v->found.n;
    v->pages = n > 0 ? (n - 1) / REACTIVATED_LINES + 1 : 1;
    if (!page_number(page_query(page, "page"), &number) || number < 1)
        number = 1;
    v->page = (size_t)number < v->pages ? (size_t)number : v->pages;
    v->first = (v->page - 1) * REACTIVATED_LINES;
    v->last = v->first + REACTIVATED_LINES < n ? v->first + REACTIVATED_LINES : n;
}

static bool look(struct page *page, struct reactivated_view *v) {
    asked(page, v);
    if (!reactivated_look(page->cx, page->db, &v->wish, &v->found))
        return false;
    order(page, v);
    return true;
}

bool reactivated_show(struct page *page) {
    struct reactivated_view *v = arena_new(page->arena, struct reactivated_view, 1);
    if (!look(page, v))
        return false;
    page_cut(page, v);
    page_top(page, page_text(page, S("reactivated.title")));
    reactivated_page(page, v);
    page_bottom(page);
    return true;
}

/* ---- as a file ---- */

static bool said(struct page *page, const struct reactivated_view *v, struct str type, const char *name) {
    struct str query = reactivated_address(page, v, "/reactivated", NULL).text;
    if (!portfolio_file_said(page->cx, page_writes(page), page->user.login, page->now_us, v->found.all.customers,
                             query))
        return false;
    page->reply->type = type;
    page_header(page, S("Content-Disposition"), cx_text(page->cx, "attachment; filename=\"%s\"", name));
    return true;
}

bool reactivated_export_csv(struct page *page) {
    struct reactivated_view v;
    if (!look(page, &v))
        return false;
    reactivated_csv(page->lang, v.row, v.found.n, &page->reply->body);
    return said(page, &v, S("text/csv; charset=utf-8"), "reactivated.csv");
}

bool reactivated_export_xlsx(struct page *page) {
    struct reactivated_view v;
    int file = -1;
    int64_t bytes;
    if (!look(page, &v) || !page_file_begin(page))
        return false;
    bool made = reactivated_xlsx(page->cx, page->lang, v.row, v.found.n, &file, &bytes);
    page_file(page, file, bytes);
    return made &&
           said(page, &v, S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), "reactivated.xlsx");
}
