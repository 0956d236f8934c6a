// SPDX-License-Identifier: Apache-2.0
/* team -- how the reps' portfolios stand: a line a rep, its files, and the page of one. Every figure leads to the customers behind it
 * where a list can ask for them.
 */
#include "web/manage/team.h"

#include <string.h>

#include "app/portfolio_file.h"
#include "base/text.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

#define SORT_USUAL "rep"

enum { TRANSFERS_SHOWN = 30 };

struct url team_address(struct page *page, const struct team_view *v, const char *path, const char *sort) {
    struct str order = listing_turned(page, v->sort, SORT_USUAL, sort);
    const struct http_field part[] = {{S("q"), v->text},
                                      {S("sort"), str_equal(order, S(SORT_USUAL)) ? (struct str){0} : order}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *team_order(const struct team_view *v, const char *sort) {
    return listing_order(v->sort, SORT_USUAL, sort);
}

struct str team_cell(struct page *page, const struct team_row *row, const struct team_column *column) {
    int64_t number = column->type == GRID_TEXT ? STAT_NONE : team_number(row, column);
    if (number == STAT_NONE)
        return (struct str){0};
    if (column->type == GRID_MONEY)
        return text_money(page->arena, page->lang, number);
    if (column->type == GRID_DAY)
        return html_arg_day(page, (struct day){(int32_t)number});
    return html_arg_long(page, (long)number);
}

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

static bool named(const struct team_column *column, const char *name) {
    return strcmp(column->name, name) == 0;
}

/* What a list asks for besides the rep; NULL: nothing that lists know. */
static const char *asked_for(struct page *page, const struct team *team, const struct team_column *column) {
    if (named(column, "customers"))
        return "";
    if (named(column, "value_at_risk"))
        return "&status=at_risk";
    if (named(column, "crossed_7d"))
        return str_terminated(page->arena,
                              cx_text(page->cx, "&status=at_risk&due_from=%.*s&due_to=%.*s",
                                      STR_ARG(iso(page, team->week_from)), STR_ARG(iso(page, team->as_of))));
    if (named(column, "not_contacted_14d"))
        return str_terminated(page->arena,
                              cx_text(page->cx, "&status=at_risk&not_contacted_for=%d", (int)VOLUME_QUIET_DAYS));
    if (named(column, "recovered_month"))
        return str_terminated(page->arena,
                              cx_text(page->cx, "&recovered_from=%.*s&recovered_to=%.*s",
                                      STR_ARG(iso(page, team->month_from)), STR_ARG(iso(page, team->as_of))));
    return str_starts(str_from(column->title), S("status."))
               ? str_terminated(page->arena, cx_text(page->cx, "&status=%s", column->name))
               : NULL;
}

struct url team_to(struct page *page, const struct team *team, struct str code, const struct team_column *column) {
    const char *more = asked_for(page, team, column);
    if (more == NULL)
        return (struct url){0};
    return code.n > 0 ? figures_address(page, "/customers?rep=%.*s%s", STR_ARG(figures_code(page, code)), more)
                      : figures_address(page, "/customers?view=0%s", more);
}

struct url team_part_to(struct page *page, struct str code, const char *field, struct str part) {
    return figures_address(page, "/customers?rep=%.*s&%s=%.*s", STR_ARG(figures_code(page, code)), field,
                           STR_ARG(figures_code(page, part)));
}

/* ---- which lines, in which order ---- */

static void order(struct page *page, struct team_view *v) {
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->team.n + 1);
    const struct team_column *column = team_column(listing_column(v->sort));
    struct str folded = str_fold(page->arena, v->text);
    for (size_t i = 0; i < v->team.n; i++) {
        const struct team_row *row = &v->team.row[i];
        if (!listing_holds(page, row->volume.code, folded) && !listing_holds(page, row->people, folded))
            continue;
        key[v->n] = (struct listing_key){.row = row, .text = row->volume.code};
        if (column != NULL && column->type != GRID_TEXT)
            key[v->n] = (struct listing_key){.row = row, .number = team_number(row, column)};
        else if (column != NULL && named(column, "people"))
            key[v->n].text = row->people;
        else
            key[v->n].number = row->volume.id == 0; /* of nobody last */
        v->n++;
    }
    listing_sort(key, v->n, listing_down(v->sort));
    v->row = arena_new(page->arena, const struct team_row *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->row[i] = key[i].row;
}

static struct day day_of(struct page *page, int64_t at_us) {
    return at_us == 0 ? DAY_NONE
                      : (struct day){(int32_t)((at_us / 1000000 + page_config(page)->utc_offset_s(at_us)) / 86400)};
}

static void days_fill(struct page *page, struct team *team) {
    for (size_t i = 0; i < team->n; i++)
        team->row[i].seen_on = day_of(page, team->row[i].seen_us);
}

static bool look(struct page *page, struct team_view *v) {
    *v = (struct team_view){.sort = page_query(page, "sort"), .text = str_trim(page_query(page, "q"))};
    if (!team_look(page->cx, page->db, page->as_of, &v->team))
        return false;
    days_fill(page, &v->team);
    order(page, v);
    v->total = v->team.total;
    if (v->n < v->team.n)
        team_total(v->row, v->n, &v->total);
    v->total.seen_on = DAY_NONE;
    return true;
}

bool team_show(struct page *page) {
    struct team_view *v = arena_new(page->arena, struct team_view, 1);
    if (!look(page, v))
        return false;
    page_top(page, page_text(page, S("menu.team")));
    team_page(page, v);
    page_bottom(page);
    return true;
}

bool team_one_show(struct page *page) {
    struct team_one_view *v = arena_new(page->arena, struct team_one_view, 1);
    if (!team_one(page->cx, page->db, page->as_of, page->arg[0], &v->one) ||
        !transfers_list(page->cx, page->db, v->one.team.row[0].volume.id, &v->transfer, &v->transfers))
        return false;
    v->transfers = v->transfers < TRANSFERS_SHOWN ? v->transfers : TRANSFERS_SHOWN;
    v->query = cx_text(page->cx, "rep=%.*s", STR_ARG(figures_code(page, v->one.team.row[0].volume.code)));
    days_fill(page, &v->one.team);
    v->row = v->one.team.row;
    page_top(page, v->row->volume.code);
    team_one_page(page, v);
    page_bottom(page);
    return true;
}

/* ---- as a file ---- */

static bool said(struct page *page, const struct team_view *v, struct str type, const char *name) {
    struct str query = team_address(page, v, "/team", NULL).text;
    if (!portfolio_file_said(page->cx, page_writes(page), page->user.login, page->now_us, (int64_t)v->n, query))
        return false;
    page->reply->type = type;
    page_header(page, S("Content-Disposition"), cx_text(page->cx, "attachment; filename=\"%s\"", name));
    return true;
}

bool team_export_csv(struct page *page) {
    struct team_view v;
    if (!look(page, &v))
        return false;
    team_csv(page->lang, v.row, v.n, &page->reply->body);
    return said(page, &v, S("text/csv; charset=utf-8"), "team.csv");
}

bool team_export_xlsx(struct page *page) {
    struct team_view v;
    int file = -1;
    int64_t bytes;
    if (!look(page, &v) || !page_file_begin(page))
        return false;
    bool made = team_xlsx(page->cx, page->lang, v.row, v.n, &file, &bytes);
    page_file(page, file, bytes);
    return made && said(page, &v, S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), "team.xlsx");
}
