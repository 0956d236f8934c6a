// SPDX-License-Identifier: Apache-2.0
/* holidays -- the holidays of a year, and a form for the company's own.
 */
#include "web/manage/holidays.h"

#include "base/text.h"
#include "web/csv.h"
#include "web/hands.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

enum { YEAR_LEAST = 1900, YEAR_MOST = 2199, EASTER_FIRST = 2 };

const char *const holiday_whens[HOLIDAY_WHENS] = {
    "once", "yearly", "carnival_monday", "carnival_tuesday", "ash_wednesday", "corpus_christi"};
static const int32_t easter_days[HOLIDAY_WHENS] = {0, 0, -48, -47, -46, 60};

/* ---- words ---- */

struct str holiday_weekday(struct page *page, struct day day) {
    return page_text(page, cx_text(page->cx, "holiday.%s", weekday_names[weekday_number(day)]));
}

static struct str when_name(const struct holiday *holiday) {
    if (holiday->when != HOLIDAY_EASTER)
        return str_from(holiday_whens[holiday->when == HOLIDAY_YEARLY]);
    for (int i = EASTER_FIRST; i < HOLIDAY_WHENS; i++)
        if (easter_days[i] == holiday->at)
            return str_from(holiday_whens[i]);
    return S("");
}

struct str holiday_when_text(struct page *page, const struct holiday *holiday) {
    if (holiday->when == HOLIDAY_ONCE)
        return page_text(page, S("holiday.when_once_on"), text_day(page->arena, page->lang, (struct day){holiday->at}));
    if (holiday->when == HOLIDAY_YEARLY)
        return page_text(page, S("holiday.when_yearly_on"), cx_text(page->cx, "%02d", (int)holiday->at % 100),
                         cx_text(page->cx, "%02d", (int)holiday->at / 100));
    struct str name = when_name(holiday);
    return name.n > 0 ? page_text(page, cx_text(page->cx, "holiday.when_%.*s", STR_ARG(name)))
                      : page_text(page, S("holiday.when_easter"), cx_text(page->cx, "%+d", (int)holiday->at));
}

/* ---- the list ---- */

static void line_add(struct page *page, struct holidays_view *v, struct holidays_line line, struct str wanted) {
    if (!listing_holds(page, line.name, wanted) && !listing_holds(page, line.when, wanted))
        return;
    line.rest_day = day_is(line.day) && (v->all.workdays.week >> weekday_number(line.day) & 1) == 0;
    v->line[v->n++] = line;
}

static void year_fill(struct page *page, struct holidays_view *v, struct str wanted) {
    struct holidays_day *day;
    size_t n;
    holidays_of(page->cx, &v->all, v->year, &day, &n);
    v->line = arena_new(page->arena, struct holidays_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        const struct holiday_row *own = day[i].own;
        const struct holidays_line line = {
            .day = day[i].day,
            .own = own,
            .name = own != NULL ? own->holiday.name : page_text(page, str_from(day[i].national)),
            .when = own != NULL ? holiday_when_text(page, &own->holiday) : page_text(page, S("holiday.national")),
            .worked = own != NULL && own->holiday.worked};
        line_add(page, v, line, wanted);
    }
}

static void own_fill(struct page *page, struct holidays_view *v, struct str wanted, bool retired) {
    v->line = arena_new(page->arena, struct holidays_line, v->all.n + 1);
    for (size_t i = 0; i < v->all.n; i++) {
        const struct holiday_row *own = &v->all.row[i];
        const struct holidays_line line = {.day = holiday_on(&own->holiday, v->year),
                                           .own = own,
                                           .name = own->holiday.name,
                                           .when = holiday_when_text(page, &own->holiday),
                                           .worked = own->holiday.worked};
        if ((own->retired_us > 0) == retired)
            line_add(page, v, line, wanted);
    }
}

static void order(struct page *page, struct holidays_view *v) {
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->n + 1);
    struct holidays_line *sorted = arena_new(page->arena, struct holidays_line, v->n + 1);
    bool by_name = str_equal(listing_column(v->sort), S("name"));
    for (size_t i = 0; i < v->n; i++)
        key[i] = by_name ? (struct listing_key){.row = &v->line[i], .text = str_fold(page->arena, v->line[i].name)}
                         : (struct listing_key){.row = &v->line[i], .number = v->line[i].day.n};
    listing_sort(key, v->n, listing_down(v->sort));
    for (size_t i = 0; i < v->n; i++)
        sorted[i] = *(const struct holidays_line *)key[i].row;
    v->line = sorted;
}

static bool look(struct page *page, struct holidays_view *v) {
    int year, month, of_month;
    int64_t asked;
    *v = (struct holidays_view){
        .q = str_trim(page_query(page, "q")), .show = page_query(page, "show"), .sort = page_query(page, "sort")};
    day_split(page->today, &year, &month, &of_month);
    bool given = page_number(page_query(page, "year"), &asked) && asked >= YEAR_LEAST && asked <= YEAR_MOST;
    v->year = given ? (int)asked : year;
    if (!holidays_look(page->cx, page->db, &v->all))
        return false;
    for (size_t i = 0; i < v->all.n; i++)
        v->own += v->all.row[i].retired_us == 0;
    struct str wanted = str_fold(page->arena, v->q);
    if (str_equal(v->show, S("own")) || str_equal(v->show, S("retired")))
        own_fill(page, v, wanted, str_equal(v->show, S("retired")));
    else
        year_fill(page, v, wanted);
    order(page, v);
    return true;
}

struct url holidays_address(struct page *page, const struct holidays_view *v, const char *path, const char *sort,
                            int year) {
    const struct http_field part[] = {{S("year"), cx_text(page->cx, "%d", year)},
                                      {S("q"), v->q},
                                      {S("show"), v->show},
                                      {S("sort"), listing_turned(page, v->sort, "day", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

struct str holidays_year(struct page *page, int year) {
    return cx_text(page->cx, "%d", year);
}

const char *holidays_order(const struct holidays_view *v, const char *sort) {
    return listing_order(v->sort, "day", sort);
}

bool holidays_show(struct page *page) {
    struct holidays_view v;
    if (!look(page, &v))
        return false;
    page_top(page, page_text(page, S("menu.holidays")));
    holidays_page(page, &v);
    page_bottom(page);
    return true;
}

bool holidays_export(struct page *page) {
    struct holidays_view v;
    if (!look(page, &v))
        return false;
    csv_start(page, "holidays.csv");
    CSV_ROW(page, S("day"), S("name"), S("when"), S("kind"), S("worked"), S("retired"));
    for (size_t i = 0; i < v.n; i++) {
        const struct holidays_line *line = &v.line[i];
        char day[DAY_TEXT];
        struct str iso = {day, day_iso(line->day, day)};
        CSV_ROW(page, iso, line->name, line->when, line->own != NULL ? S("own") : S("national"),
                line->worked ? S("yes") : S("no"), line->own != NULL && line->own->retired_us > 0 ? S("yes") : S("no"));
    }
    return true;
}

/* ---- the form ---- */

struct url holiday_form_url(struct page *page, const struct holiday_view *v) {
    return url_local(v->id == 0 ? S("/holidays") : cx_text(page->cx, "/holidays/%lld", (long long)v->id));
}

static struct str day_text(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

static bool known(struct page *page, int64_t id, struct holiday_row *out) {
    struct holidays all;
    if (!holidays_look(page->cx, page->db, &all))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (all.row[i].id == id) {
            *out = all.row[i];
            return true;
        }
    return cx_fail(page->cx, ERR_NOT_FOUND, S("holiday.unknown"));
}

static bool form_show(struct page *page, struct holiday_view *v) {
    if (v->id == 0 && v->token.n == 0)
        v->token = page_token(page);
    page_top(page, page_text(page, v->id == 0 ? S("holiday.new") : S("holiday.one")));
    holiday_form_page(page, v);
    page_bottom(page);
    return true;
}

bool holiday_new_show(struct page *page) {
    struct holiday_view v = {.when = S("once")};
    return form_show(page, &v);
}

static void as_it_stands(struct page *page, struct holiday_view *v) {
    const struct holiday *h = &v->row.holiday;
    int year, month, of_month;
    day_split(page->today, &year, &month, &of_month);
    v->name = h->name;
    v->when = when_name(h);
    v->day =
        h->when == HOLIDAY_EASTER
            ? (struct str){0}
            : day_text(page, h->when == HOLIDAY_ONCE ? (struct day){h->at} : holiday_on(h, h->at == 229 ? 2028 : year));
    v->worked = h->worked;
    v->version = v->row.version;
}

bool holiday_show(struct page *page) {
    struct holiday_view v = {0};
    if (!page_arg_id(page, 0, &v.id) || !known(page, v.id, &v.row))
        return false;
    as_it_stands(page, &v);
    return form_show(page, &v);
}

static struct holiday typed(struct page *page, const struct holiday_view *v) {
    struct holiday h = {.name = v->name, .worked = v->worked};
    int year, month, of_month;
    struct day day;
    for (int i = EASTER_FIRST; i < HOLIDAY_WHENS; i++)
        if (str_equal(v->when, str_from(holiday_whens[i])))
            h = (struct holiday){.name = v->name, .worked = v->worked, .when = HOLIDAY_EASTER, .at = easter_days[i]};
    if (h.when == HOLIDAY_EASTER || !day_parse_iso(v->day, &day))
        return h;
    day_split(day, &year, &month, &of_month);
    bool yearly = str_equal(v->when, S("yearly"));
    h.when = yearly ? HOLIDAY_YEARLY : str_equal(v->when, S("once")) ? HOLIDAY_ONCE : h.when;
    h.at = yearly ? month * 100 + of_month : day.n;
    (void)page;
    return h;
}

static bool form_again(struct page *page, struct holiday_view *v) {
    static const struct page_place places[] = {
        {"holiday.bad_name", "name"}, {"holiday.bad_day", "day"}, {"holiday.taken", "day"}};
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT && code != ERR_LIMIT)
        return false;
    v->fault = page_refused_at(page, places, sizeof places / sizeof *places);
    if (v->id != 0 && !known(page, v->id, &v->row))
        return false;
    if (code == ERR_CONFLICT) {
        page->reply->status = 409;
        v->now = &v->row;
        v->version = v->row.version;
    }
    return form_show(page, v);
}

static bool put(struct page *page, int64_t id) {
    struct holiday_view v = {.id = id,
                             .name = str_trim(page_form(page, "name")),
                             .when = page_form(page, "when"),
                             .day = page_form(page, "day"),
                             .token = page_form(page, "token"),
                             .worked = page_form(page, "worked").n > 0};
    if (!page_number(page_form(page, "version"), &v.version))
        v.version = 0;
    if (id != 0 && !known(page, id, &v.row))
        return false;
    struct holidays_wish wish = {.row = {.id = id, .token = v.token, .version = v.version, .holiday = typed(page, &v)},
                                 .who = page->user.login,
                                 .now_us = page->now_us};
    if (!holidays_put(page->cx, page->db, &wish))
        return form_again(page, &v);
    hands_poke(page_hands(page)); /* what was due on that day may not be any more */
    return page_go(page, S("/holidays"), S("holiday.said_saved"));
}

bool holiday_new_do(struct page *page) {
    return put(page, 0);
}

bool holiday_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) && put(page, id);
}

static bool retire(struct page *page, bool retired, struct str said) {
    struct holiday_view v = {0};
    int64_t version = 0;
    (void)page_number(page_form(page, "version"), &version);
    if (!page_arg_id(page, 0, &v.id) || !known(page, v.id, &v.row))
        return false;
    if (holidays_retire(page->cx, page->db, v.id, version, retired, page->user.login, page->now_us)) {
        hands_poke(page_hands(page));
        return page_go(page, S("/holidays"), said);
    }
    as_it_stands(page, &v);
    return form_again(page, &v);
}

bool holiday_retire_do(struct page *page) {
    return retire(page, true, S("holiday.said_retired"));
}

bool holiday_restore_do(struct page *page) {
    return retire(page, false, S("holiday.said_restored"));
}
