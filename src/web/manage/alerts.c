// SPDX-License-Identifier: Apache-2.0
/* alerts -- the rules of who is told what: all of them, as a file, in words.
 */
#include "web/manage/alerts.h"

#include "app/jobs.h"
#include "web/csv.h"
#include "web/listing.h"
#include "web/manage/manage.h"
#include "web/pages.h"

/* ---- words ---- */

struct str alert_word(struct page *page, const char *what, const char *name) {
    return page_text(page, cx_text(page->cx, "alert_page.%s_%s", what, name));
}

struct str alert_number(struct page *page, int64_t n) {
    return cx_text(page->cx, "%lld", (long long)n);
}

static struct str event_text(struct page *page, const struct alert *a, enum alert_event event) {
    int64_t days = event == ALERT_INACTIVE_IN ? a->ahead_days : a->idle_days;
    return page_text(page, cx_text(page->cx, "alert_page.event_%s", alert_event_name(event)), alert_number(page, days));
}

static void add(struct buf *to, struct str text) {
    buf_put(to, to->n > 0 ? S(", ") : (struct str){0});
    buf_put(to, text);
}

struct str alert_events_text(struct page *page, const struct alert *a) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (int event = ALERT_BECAME_AT_RISK; event < ALERT_EVENTS; event++)
        if (alert_has(a->events, event))
            add(&to, event_text(page, a, (enum alert_event)event));
    return buf_str(&to);
}

static struct str worklist_name(const struct alerts_board *board, int64_t id) {
    for (size_t i = 0; i < board->worklists; i++)
        if (board->worklist[i].id == id)
            return board->worklist[i].name;
    return (struct str){0};
}

struct str alert_user_name(struct page *page, const struct user *user) {
    return user->retired_us > 0 ? page_text(page, S("alert_page.user_retired"), user->name) : user->name;
}

static void named_add(struct page *page, struct buf *to, const struct alerts_board *board, int64_t alert_id) {
    for (size_t i = 0; i < board->choices.nameds; i++)
        for (size_t k = 0; board->choices.named[i].alert_id == alert_id && k < board->users; k++)
            if (board->user[k].id == board->choices.named[i].user_id)
                add(to, alert_user_name(page, &board->user[k]));
}

struct str alert_people_text(struct page *page, const struct alerts_board *board, const struct alert *a) {
    struct buf to;
    buf_init(&to, page->arena, 0);
    for (int to_whom = ALERT_TO_REP; to_whom < ALERT_TO_NAMED; to_whom++)
        if (alert_has(a->recipients, to_whom))
            add(&to,
                page_text(page,
                          cx_text(page->cx, "alert_page.to_%s", alert_recipient_name((enum alert_recipient)to_whom)),
                          worklist_name(board, a->worklist_id)));
    if (alert_has(a->recipients, ALERT_TO_NAMED))
        named_add(page, &to, board, a->id);
    return buf_str(&to);
}

struct str alert_when_text(struct page *page, struct str text) {
    struct schedule schedule;
    return schedule_parse(text, &schedule) ? schedule_text(page->arena, page->lang, &schedule) : text;
}

struct str alert_state_text(struct page *page, const struct alert *a) {
    return page_text(page, a->retired_us > 0      ? S("alert_page.retired")
                           : a->state == ALERT_ON ? S("alert_page.on")
                                                  : S("alert_page.off"));
}

const char *alert_state_class(const struct alert *a) {
    return a->retired_us > 0 ? "bg-secondary-lt" : a->state == ALERT_ON ? "bg-green-lt" : "bg-yellow-lt";
}

static bool gateway_used(const struct alerts_board *board, int64_t id) {
    for (size_t i = 0; i < board->choices.gateways; i++)
        if (board->choices.gateway[i].id == id)
            return !board->choices.gateway[i].retired;
    return false;
}

bool alert_gateway_gone(const struct alerts_board *board, const struct alert *a) {
    return alert_has(a->channels, ALERT_BY_GATEWAY) && !gateway_used(board, a->gateway_id);
}

struct str alert_ways_text(struct page *page, const struct alerts_board *board, const struct alert_notice *n) {
    bool gateway = gateway_used(board, n->alert->gateway_id);
    int64_t asked = n->alert->channels, ways = alerts_ways(n->alert, n->user, gateway);
    struct buf to;
    buf_init(&to, page->arena, 0);
    ways |= asked & alert_bit(ALERT_BY_WEBHOOK);
    for (int by = ALERT_BY_APP; by < ALERT_CHANNELS; by++)
        if (alert_has(ways, by))
            add(&to, alert_word(page, "way", alert_channel_name((enum alert_channel)by)));
    if (alert_has(asked & ~ways, ALERT_BY_EMAIL))
        add(&to, page_text(page, S("alert_page.no_email")));
    if (alert_has(asked & ~ways, ALERT_BY_GATEWAY))
        add(&to, page_text(page, gateway ? S("alert_page.no_phone") : S("alert_page.gateway_gone")));
    return buf_str(&to);
}

struct str alert_mark_text(struct page *page, const struct alert_mark *mark) {
    return page_text(page, cx_text(page->cx, "alert_page.mark_%s", alert_event_name(mark->event)),
                     html_arg(page, mark->on));
}

/* ---- all of them ---- */

static bool state_fits(struct str state, const struct alert *a) {
    if (str_equal(state, S("all")))
        return true;
    if (str_equal(state, S("retired")))
        return a->retired_us > 0;
    if (str_equal(state, S("on")) || str_equal(state, S("off")))
        return a->retired_us == 0 && (a->state == ALERT_ON) == str_equal(state, S("on"));
    return a->retired_us == 0;
}

static struct listing_key key_of(struct page *page, struct str column, const struct alert *a) {
    struct listing_key key = {.row = a, .text = str_fold(page->arena, a->name)};
    if (str_equal(column, S("told")))
        key.number = day_is(a->told_on) ? a->told_on.n : INT32_MIN;
    else if (str_equal(column, S("state")))
        key.number = a->retired_us > 0 ? ALERT_OFF + 1 : (int64_t)a->state;
    return key;
}

static bool list_read(struct page *page, struct alerts_view *v) {
    *v = (struct alerts_view){
        .q = str_trim(page_query(page, "q")), .state = page_query(page, "state"), .sort = page_query(page, "sort")};
    if (!alerts_board(page->cx, page->db, page->as_of, true, &v->board))
        return false;
    struct str wanted = str_fold(page->arena, v->q);
    struct listing_key *key = arena_new(page->arena, struct listing_key, v->board.n + 1);
    v->all = v->board.n;
    for (size_t i = 0; i < v->all; i++) {
        const struct alert *a = &v->board.alert[i];
        if (state_fits(v->state, a) && (listing_holds(page, a->name, wanted) ||
                                        listing_holds(page, alert_people_text(page, &v->board, a), wanted)))
            key[v->n++] = key_of(page, listing_column(v->sort), a);
    }
    listing_sort(key, v->n, listing_down(v->sort));
    v->row = arena_new(page->arena, const struct alert *, v->n + 1);
    for (size_t i = 0; i < v->n; i++)
        v->row[i] = key[i].row;
    return true;
}

struct url alerts_address(struct page *page, const struct alerts_view *v, const char *path, const char *sort) {
    const struct http_field part[] = {
        {S("q"), v->q}, {S("state"), v->state}, {S("sort"), listing_turned(page, v->sort, "name", sort)}};
    return listing_address(page, path, part, sizeof part / sizeof *part);
}

const char *alerts_order(const struct alerts_view *v, const char *sort) {
    return listing_order(v->sort, "name", sort);
}

bool alerts_show(struct page *page) {
    struct alerts_view v;
    if (!list_read(page, &v))
        return false;
    page_top(page, page_text(page, S("menu.alerts")));
    alerts_page(page, &v);
    page_bottom(page);
    return true;
}

static struct str iso(struct page *page, struct day day) {
    char text[DAY_TEXT];
    return str_copy(page->arena, (struct str){text, day_iso(day, text)});
}

bool alerts_export(struct page *page) {
    struct alerts_view v;
    if (!list_read(page, &v))
        return false;
    csv_start(page, "alerts.csv");
    CSV_ROW(page, S("id"), S("name"), S("state"), S("events"), S("query"), S("people"), S("schedule"), S("told_on"),
            S("told_people"), S("made_by"));
    for (size_t i = 0; i < v.n; i++) {
        const struct alert *a = v.row[i];
        CSV_ROW(page, alert_number(page, a->id), a->name, alert_state_text(page, a), alert_events_text(page, a),
                a->query, alert_people_text(page, &v.board, a), a->schedule, iso(page, a->told_on),
                day_is(a->told_on) ? alert_number(page, a->told_people) : (struct str){0}, a->made_by);
    }
    return true;
}

/* Who would get what by the rule as it is kept. */
bool alert_try_export(struct page *page) {
    struct alert alert;
    struct alert_notice *notice;
    struct alerts_board board;
    size_t n;
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !alerts_find(page->cx, page->db, id, &alert) ||
        !alerts_look(page->cx, page->db, &alert, page->as_of, &notice, &n) ||
        !alerts_board(page->cx, page->db, page->as_of, false, &board))
        return false;
    csv_start(page, "alert.csv");
    CSV_ROW(page, S("login"), S("person"), S("customer"), S("name"), S("rep"), S("event"), S("on"), S("how"));
    for (size_t i = 0; i < n; i++) {
        struct str ways = alert_ways_text(page, &board, &notice[i]);
        for (size_t k = 0; k < notice[i].lines; k++) {
            const struct alert_line *line = &notice[i].line[k];
            CSV_ROW(page, notice[i].user->login, notice[i].user->name, line->customer->code, line->customer->name,
                    line->customer->rep, str_from(alert_event_name(line->mark[0].event)), iso(page, line->mark[0].on),
                    ways);
        }
    }
    return true;
}
