// SPDX-License-Identifier: Apache-2.0
/* agenda -- one's own appointments by day or week, what is overdue first; keep, move, call off; the feed for phones.
 */
#include "web/cockpit/agenda.h"

#include "app/agenda.h"
#include "app/reach.h"
#include "web/cockpit/cockpit.h"
#include "web/pages.h"

enum { WEEK = 7, MONDAY = 4 /* days from a Monday to 1 January 1970, backwards */ };

/* ---- what the template shows ---- */

struct str agenda_clock(struct page *page, const struct appointment *a) {
    return a->minute == APPOINTMENT_ANY_TIME ? (struct str){0}
                                             : cx_text(page->cx, "%02d:%02d", a->minute / 60, a->minute % 60);
}

struct str agenda_time(struct page *page, const struct appointment *a) {
    return a->minute == APPOINTMENT_ANY_TIME ? page_text(page, S("agenda.any_time")) : agenda_clock(page, a);
}

struct str agenda_channel(struct page *page, const struct appointment *a) {
    return page_text(page, cx_text(page->cx, "contact.channel_%s", contact_channel_name(a->channel)));
}

struct str agenda_iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

/* ---- which days ---- */

static struct day monday_of(struct day day) {
    return (struct day){day.n - ((day.n - MONDAY) % WEEK + WEEK) % WEEK};
}

static const char *weekday_of(struct day day) {
    static const char *const name[WEEK] = {"monday", "tuesday",  "wednesday", "thursday",
                                           "friday", "saturday", "sunday"};
    return name[day.n - monday_of(day).n];
}

static struct day day_asked(const struct page *page, struct str text) {
    struct day day;
    return day_parse_iso(text, &day) ? day : page->as_of;
}

/* Who may not be called is not offered to be. */
static bool calls_bar(struct page *page, struct appointment_row *overdue, size_t overdues, struct appointment_row *row,
                      size_t n) {
    struct reach_phone *phone = arena_new(page->arena, struct reach_phone, overdues + n + 1);
    for (size_t i = 0; i < overdues; i++)
        phone[i] = (struct reach_phone){overdue[i].appointment.customer_id, &overdue[i].phone};
    for (size_t i = 0; i < n; i++)
        phone[overdues + i] = (struct reach_phone){row[i].appointment.customer_id, &row[i].phone};
    return reach_calls(page->cx, page->db, phone, overdues + n, page->as_of);
}

static bool view_fill(struct page *page, struct agenda_view *view) {
    struct appointment_row *overdue, *row;
    size_t n, step = view->week ? WEEK : 1, at = 0;
    struct day from = view->week ? monday_of(view->day) : view->day, until = {from.n + (int32_t)step - 1};
    /* What is overdue stands on top: it is not shown again in its day. */
    struct day fresh = from.n < page->as_of.n ? page->as_of : from;
    if (!appointment_agenda(page->cx, page->db, page->user.id, DAY_NONE, (struct day){page->as_of.n - 1},
                            AGENDA_OVERDUE, &overdue, &view->overdues) ||
        !appointment_agenda(page->cx, page->db, page->user.id, fresh, until, AGENDA_MOST, &row, &n))
        return false;
    if (!calls_bar(page, overdue, view->overdues, row, n))
        return false;
    view->overdue = overdue;
    if (view->token.n == 0)
        view->token = page_token(page);
    view->before = (struct day){view->day.n - (int32_t)step};
    view->after = (struct day){view->day.n + (int32_t)step};
    for (size_t i = 0; i < step; i++) {
        struct agenda_day *day = &view->days[view->n++];
        *day = (struct agenda_day){.day = {from.n + (int32_t)i}, .row = n > 0 ? &row[at] : NULL};
        day->weekday = weekday_of(day->day);
        for (; at < n && row[at].appointment.day.n == day->day.n; at++)
            day->n++;
    }
    return true;
}

static bool show(struct page *page, struct agenda_view *view) {
    if (!view_fill(page, view))
        return false;
    page_top(page, page_text(page, S("menu.agenda")));
    agenda_page(page, view);
    page_bottom(page);
    return true;
}

bool agenda_show(struct page *page) {
    struct agenda_view view = {.week = str_equal(page_query(page, "view"), S("week")),
                               .day = day_asked(page, page_query(page, "day")),
                               .code = page_query(page, "code")};
    return show(page, &view);
}

/* ---- what is done with one ---- */

/* The page again with what was wrong, or with what now stands when another was first. */
static bool again(struct page *page, int64_t id) {
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT && (code != ERR_NOT_FOUND || id != 0))
        return false;
    struct agenda_view view = {.week = str_equal(page_form(page, "view"), S("week")),
                               .day = day_asked(page, page_form(page, "at")),
                               .fault = catalog_error(page->arena, page->lang, &page->cx->err),
                               .fault_id = id,
                               .making = id == 0,
                               .code = id == 0 ? page_form(page, "code") : (struct str){0},
                               .token = id == 0 ? page_form(page, "token") : (struct str){0},
                               .typed_day = page_form(page, "day"),
                               .typed_time = page_form(page, "time")};
    page->reply->status = code == ERR_CONFLICT ? 409 : 422;
    cx_clear(page->cx);
    return show(page, &view);
}

static bool wish_read(struct page *page, struct appointment_wish *wish) {
    *wish = (struct appointment_wish){.code = page_form(page, "code"),
                                      .rep = page_rep(page),
                                      .asker_id = page->user.id,
                                      .role = page->user.role,
                                      .who = page->user.login,
                                      .today = page->as_of,
                                      .now_us = page->now_us,
                                      .minute = APPOINTMENT_ANY_TIME};
    return (page_number(page_form(page, "id"), &wish->id) && page_number(page_form(page, "version"), &wish->version)) ||
           cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
}

static bool back(struct page *page, struct str said) {
    struct str week = str_equal(page_form(page, "view"), S("week")) ? S("&view=week") : (struct str){0};
    struct str to = page_form(page, "to");
    if (to.n > 0)
        return page_go(page, to, said);
    return page_go(page,
                   cx_text(page->cx, "/agenda?day=%.*s%.*s",
                           STR_ARG(agenda_iso(page, day_asked(page, page_form(page, "at")))), STR_ARG(week)),
                   said);
}

static bool settle(struct page *page, enum appointment_state state, struct str said) {
    struct appointment_wish wish;
    struct appointment now;
    if (!wish_read(page, &wish))
        return false;
    if (!appointment_settle(page->cx, page->db, &wish, state, &now))
        return again(page, wish.id);
    return back(page, said);
}

bool agenda_keep_do(struct page *page) {
    return settle(page, APPOINTMENT_KEPT, S("agenda.said_kept"));
}

bool agenda_off_do(struct page *page) {
    return settle(page, APPOINTMENT_OFF, S("agenda.said_off"));
}

bool agenda_minute(struct str text, int *minute) {
    struct str hours, minutes;
    int64_t h, m;
    *minute = APPOINTMENT_ANY_TIME;
    if (text.n == 0)
        return true;
    if (!str_cut(text, ':', &hours, &minutes) || !page_number(hours, &h) || !page_number(minutes, &m) || h > 23 ||
        m > 59)
        return false;
    *minute = (int)(h * 60 + m);
    return true;
}

/* What moving and making have in common. */
static bool when_read(struct page *page, struct appointment_wish *wish) {
    wish->note = page_form(page, "note");
    return (day_parse_iso(page_form(page, "day"), &wish->day) &&
            agenda_minute(page_form(page, "time"), &wish->minute) &&
            contact_channel_parse(page_form(page, "channel"), &wish->channel)) ||
           cx_fail(page->cx, ERR_INVALID, S("agenda.bad_day"));
}

bool agenda_make_do(struct page *page) {
    struct appointment now;
    struct appointment_wish wish = {.code = page_form(page, "code"),
                                    .rep = page_rep(page),
                                    .user_id = page->user.id,
                                    .who = page->user.login,
                                    .today = page->as_of,
                                    .token = page_form(page, "token"),
                                    .now_us = page->now_us};
    if (!when_read(page, &wish) || !appointment_make(page->cx, page->db, &wish, &now))
        return again(page, 0);
    return page_go(page, cx_text(page->cx, "/agenda?day=%.*s", STR_ARG(agenda_iso(page, wish.day))),
                   S("agenda.said_made"));
}

bool agenda_move_do(struct page *page) {
    struct appointment_wish wish;
    struct appointment now;
    if (!wish_read(page, &wish))
        return false;
    if (!when_read(page, &wish))
        return again(page, wish.id);
    if (!appointment_move(page->cx, page->db, &wish, &now))
        return again(page, wish.id);
    return back(page, S("agenda.said_moved"));
}

/* ---- the feed ---- */

bool agenda_feed_show(struct page *page) {
    struct str token = page->arg[0];
    page->request->path_sent = S("/agenda/feed/-"); /* as the log has it: whoever reads that must not read the feed */
    if (!str_ends(token, S(".ics")))
        return page_guessed(page, S("agenda.no_feed"));
    token.n -= 4;
    const struct agenda_feed feed = {
        .token = token,
        .base = cx_text(page->cx, "%s://%.*s", page->request->secure ? "https" : "http", STR_ARG(page->request->host)),
        .today = page->as_of,
        .utc_offset_s = page_config(page)->utc_offset_s};
    if (!agenda_feed_write(page->cx, page->db, &feed, &page->reply->body))
        return page->cx->err.code == ERR_NOT_FOUND && page_guessed(page, S("agenda.no_feed"));
    page->reply->type = S("text/calendar; charset=utf-8");
    page_header(page, S("Cache-Control"), S("private, no-store"));
    return true;
}
