// SPDX-License-Identifier: Apache-2.0
/* flow -- the account of customers as a page: month by month, or by group over some months; each movement leads to who moved.
 */
#include "base/text.h"
#include "web/csv.h"
#include "web/manage/figures.h"
#include "web/manage/manage.h"
#include "web/pages.h"

enum { FLOW_MONTHS = 13 };

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

static struct str class_lower(struct page *page, struct str class) {
    return class.n > 0 ? str_lower(page->arena, class) : S("none");
}

/* "&rep=ANA" for one of a kind; *known false: lists cannot ask for those who have none. */
static struct str narrowed(struct page *page, enum flow_by by, struct str code, bool *known) {
    if (by == FLOW_ALL)
        return (struct str){0};
    if (by == FLOW_ABC)
        return cx_text(page->cx, "&abc=%.*s", STR_ARG(class_lower(page, code)));
    *known = *known && code.n > 0 && by != FLOW_REASON;
    return cx_text(page->cx, "&%s=%.*s", flow_by_name(by), STR_ARG(figures_code(page, code)));
}

/* Where the figures of a line lead; last: its closing is today's. */
static void leads(struct page *page, const struct flow_view *v, struct flow_line *line, struct str code,
                  struct day from, struct day to, bool last) {
    bool known = true;
    struct str inside = narrowed(page, v->inside, v->code, &known), by = narrowed(page, v->by, code, &known);
    struct str more = cx_text(page->cx, "%.*s%.*s", STR_ARG(inside), STR_ARG(by));
    struct str a = iso(page, from), b = iso(page, to);
    if (!known)
        return;
    line->inactive.to = figures_address(page, "/customers?became_inactive_from=%.*s&became_inactive_to=%.*s%.*s",
                                        STR_ARG(a), STR_ARG(b), STR_ARG(more));
    line->recovered.to = figures_address(page, "/customers?recovered_from=%.*s&recovered_to=%.*s%.*s", STR_ARG(a),
                                         STR_ARG(b), STR_ARG(more));
    line->off.to = figures_address(page, "/customers?written_off_from=%.*s&written_off_to=%.*s%.*s", STR_ARG(a),
                                   STR_ARG(b), STR_ARG(more));
    if (last)
        line->closing.to = figures_address(page, "/customers?status=inactive&status=lost%.*s", STR_ARG(more));
}

static void add(struct flow_line *line, const struct flow_row *row) {
    line->inactive.n += row->became_inactive;
    line->recovered.n += row->recovered;
    line->off.n += row->written_off;
    if (row->bought == STAT_NONE)
        return;
    line->bought += row->bought;
    line->new_customers += row->new_customers;
}

static struct day month_last(const struct flow_view *v, int32_t month) {
    struct day day = {month_first(month + 1).n - 1};
    return day.n < v->as_of.n ? day : v->as_of;
}

/* The newest month first. */
static void by_month(struct page *page, struct flow_view *v, const struct flow_row *row, size_t n) {
    v->chart = figures_months(page, row, n, v->months);
    v->lines = v->chart->n;
    v->line = arena_new(page->arena, struct flow_line, v->lines + 1);
    for (size_t i = 0; i < v->lines; i++) {
        const struct flow_row *r = &v->chart->row[v->lines - 1 - i];
        struct flow_line *line = &v->line[i];
        *line = (struct flow_line){
            .name = figures_month(page, r->month), .opening = r->opening, .closing = {r->closing, {{0}}}};
        add(line, r);
        leads(page, v, line, (struct str){0}, month_first(r->month), month_last(v, r->month), i == 0);
    }
}

static struct url opened(struct page *page, const struct flow_view *v, struct str code) {
    bool known = v->inside == FLOW_ALL && v->by != FLOW_REASON && (v->by == FLOW_ABC || code.n > 0) &&
                 !(v->by == FLOW_ABC && code.n == 0);
    return known ? figures_address(page, "/flow?of=%s%%3A%.*s&months=%lld", flow_by_name(v->by),
                                   STR_ARG(figures_code(page, code)), (long long)v->months)
                 : (struct url){0};
}

/* Rows come by group, then month; all groups have the same months. */
static void by_group(struct page *page, struct flow_view *v, const struct flow_row *row, size_t n) {
    size_t months = 0, shown;
    while (months < n && str_equal(row[months].group, row[0].group) &&
           (months == 0 || row[months].month > row[0].month))
        months++;
    shown = v->months > 0 && (size_t)v->months < months ? (size_t)v->months : months;
    v->line = arena_new(page->arena, struct flow_line, n / (months > 0 ? months : 1) + 1);
    for (size_t at = 0; at < n; at += months) {
        const struct flow_row *first = &row[at + months - shown], *last = &row[at + months - 1];
        struct flow_line *line = &v->line[v->lines++];
        *line = (struct flow_line){.name = last->group,
                                   .opening = first->opening,
                                   .closing = {last->closing, {{0}}},
                                   .open = opened(page, v, last->group)};
        for (size_t i = 0; i < shown; i++) {
            add(line, &first[i]);
            add(&v->total, &first[i]);
        }
        v->total.opening += line->opening;
        v->total.closing.n += line->closing.n;
        leads(page, v, line, last->group, month_first(first->month), v->as_of, true);
    }
}

/* What is asked for; a kind that is not one, or a pair that is not kept, is taken for nothing. */
static void asked(struct page *page, struct flow_view *v) {
    *v = (struct flow_view){.as_of = page->as_of, .months = FLOW_MONTHS};
    if (!flow_by_parse(page_query(page, "by"), &v->by))
        v->by = FLOW_ALL;
    struct str kind;
    if (!str_cut(page_query(page, "of"), ':', &kind, &v->code) || !flow_by_parse(kind, &v->inside))
        v->inside = FLOW_ALL;
    bool alone = v->inside == FLOW_REASON || v->inside == v->by || (v->inside == FLOW_CITY && v->by != FLOW_ALL) ||
                 (v->inside == FLOW_ABC && v->by == FLOW_REASON);
    if (alone || v->code.n == 0)
        v->inside = FLOW_ALL;
    if (v->by == FLOW_CITY && v->inside != FLOW_ALL)
        v->by = FLOW_ALL;
    if (v->inside == FLOW_ALL)
        v->code = (struct str){0};
    if (!page_number(page_query(page, "months"), &v->months) || v->months < 0)
        v->months = FLOW_MONTHS;
    v->wide = v->by == FLOW_ALL || (v->inside == FLOW_ALL && v->by != FLOW_REASON);
}

static bool look(struct page *page, struct flow_view *v, struct flow_row **row, size_t *n) {
    asked(page, v);
    /* One group by month is that group of all groups: who bought and who came is kept of it, too. */
    const struct flow_wish wish = {.as_of = page->as_of, .by = v->by, .inside = v->inside};
    return flow_look(page->cx, page->db, &wish, v->code, row, n);
}

bool flow_show(struct page *page) {
    struct flow_view *v = arena_new(page->arena, struct flow_view, 1);
    struct flow_row *row;
    size_t n;
    if (!look(page, v, &row, &n) || !labels_all(page->cx, page->db, (struct str){0}, &v->label, &v->labels))
        return false;
    if (v->by == FLOW_ALL)
        by_month(page, v, row, n);
    else
        by_group(page, v, row, n);
    v->export = figures_address(page, "/flow.csv?by=%s&of=%s%%3A%.*s&months=%lld", flow_by_name(v->by),
                                flow_by_name(v->inside), STR_ARG(figures_code(page, v->code)), (long long)v->months);
    page_top(page, page_text(page, S("menu.flow")));
    flow_page(page, v);
    page_bottom(page);
    return true;
}

static struct str number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

bool flow_export(struct page *page) {
    struct flow_view v;
    struct flow_row *row;
    size_t n;
    if (!look(page, &v, &row, &n))
        return false;
    int32_t first =
        v.months > 0 ? month_of(page->as_of) - (int32_t)(v.months < 10000 ? v.months : 10000) + 1 : INT32_MIN;
    csv_start(page, "flow.csv");
    CSV_ROW(page, S("group"), S("month"), S("opening"), S("became_inactive"), S("recovered"), S("written_off"),
            S("closing"));
    for (size_t i = 0; i < n; i++) {
        const struct flow_row *r = &row[i];
        if (r->month < first)
            continue;
        CSV_ROW(page, r->group, text_month_iso(page->arena, r->month), number(page, r->opening),
                number(page, r->became_inactive), number(page, r->recovered), number(page, r->written_off),
                number(page, r->closing));
    }
    return true;
}
