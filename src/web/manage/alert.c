// SPDX-License-Identifier: Apache-2.0
/* alert -- one rule of who is told what: its form, a try that tells nobody, on, off, retire.
 */
#include "app/jobs.h"
#include "web/manage/alerts.h"
#include "web/manage/manage.h"
#include "web/pages.h"

/* ---- when ---- */

const char *const alert_whens[] = {
    "workdays",           "daily", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "month-first-workday",
    "month-last-workday", NULL};

bool alert_when_known(struct str when) {
    for (size_t i = 0; alert_whens[i] != NULL; i++)
        if (str_equal(when, str_from(alert_whens[i])))
            return true;
    return false;
}

/* "workdays 07:30" is a kind and a time; one that the form has no words for stays whole. */
static void when_read(struct str schedule, struct alert_view *v) {
    struct str when, at;
    v->when = schedule;
    v->at = S("07:30");
    if (str_cut(schedule, ' ', &when, &at) && alert_when_known(when)) {
        v->when = when;
        v->at = at;
    }
}

static struct str when_write(struct page *page, const struct alert_view *v) {
    return alert_when_known(v->when) ? cx_text(page->cx, "%.*s %.*s", STR_ARG(v->when), STR_ARG(v->at)) : v->when;
}

/* ---- what is shown ---- */

bool alert_offers(const struct alert_view *v, enum alert_channel channel) {
    bool offered = channel != ALERT_BY_GATEWAY;
    for (size_t i = 0; !offered && i < v->board.choices.gateways; i++)
        offered = !v->board.choices.gateway[i].retired;
    return offered;
}

bool alert_names(const struct alert_view *v, int64_t user_id) {
    for (size_t i = 0; i < v->wish->nameds; i++)
        if (v->wish->named[i] == user_id)
            return true;
    return false;
}

bool alert_query_known(const struct alert_view *v) {
    for (size_t i = 0; i < v->saveds; i++)
        if (str_equal(v->saved[i].query, v->wish->query))
            return true;
    return v->wish->query.n == 0;
}

bool alert_show_page(struct page *page, struct alert_view *v) {
    if (!views_list(page->cx, page->db, page->user.id, &v->saved, &v->saveds))
        return false;
    page_top(page, v->now == NULL ? page_text(page, S("alert_page.new")) : v->now->name);
    alert_page(page, v);
    page_bottom(page);
    return true;
}

static bool now_find(struct page *page, struct alert_view *v, int64_t id) {
    if (!alerts_board(page->cx, page->db, page->as_of, false, &v->board))
        return false;
    for (size_t i = 0; i < v->board.n; i++)
        if (v->board.alert[i].id == id)
            v->now = &v->board.alert[i];
    return id == 0 || v->now != NULL || cx_fail(page->cx, ERR_NOT_FOUND, S("alert.unknown"));
}

static void as_it_stands(struct page *page, struct alert_view *v) {
    const struct alert *a = v->now;
    struct alerts_wish *w = v->wish;
    *w = (struct alerts_wish){.id = a->id,
                              .version = a->version,
                              .name = a->name,
                              .events = a->events,
                              .query = a->query,
                              .recipients = a->recipients,
                              .worklist_id = a->worklist_id,
                              .layout = a->layout,
                              .channels = a->channels,
                              .gateway_id = a->gateway_id,
                              .state = a->state};
    for (size_t i = 0; i < v->board.choices.nameds && w->nameds < ALERT_NAMED_MOST; i++)
        if (v->board.choices.named[i].alert_id == a->id)
            w->named[w->nameds++] = v->board.choices.named[i].user_id;
    v->ahead_days = alert_number(page, a->ahead_days);
    v->idle_days = alert_number(page, a->idle_days);
    when_read(a->schedule, v);
}

bool alert_new_show(struct page *page) {
    struct alert_view v = {.wish = arena_new(page->arena, struct alerts_wish, 1),
                           .ahead_days = S("7"),
                           .idle_days = S("7"),
                           .when = S("workdays"),
                           .at = S("07:30"),
                           .token = page_token(page)};
    v.wish->events = alert_bit(ALERT_BECAME_AT_RISK);
    v.wish->recipients = alert_bit(ALERT_TO_REP);
    v.wish->channels = alert_bit(ALERT_BY_APP) | alert_bit(ALERT_BY_EMAIL);
    v.wish->layout = ALERT_LAYOUT_REP;
    v.wish->state = ALERT_ON;
    v.wish->query = page_query(page, "query");
    return now_find(page, &v, 0) && alert_show_page(page, &v);
}

bool alert_show(struct page *page) {
    struct alert_view v = {.wish = arena_new(page->arena, struct alerts_wish, 1)};
    int64_t id;
    if (!page_arg_id(page, 0, &id) || !now_find(page, &v, id))
        return false;
    as_it_stands(page, &v);
    return alert_show_page(page, &v);
}

/* ---- what is typed ---- */

static int64_t bits_read(const struct page *page, struct str field, int n, const char *const *name) {
    const struct http_fields *form = &page->request->form;
    int64_t bits = 0;
    for (size_t i = 0; i < form->n; i++)
        for (int k = 1; str_equal(form->field[i].name, field) && k < n; k++)
            if (str_equal(form->field[i].value, str_from(name[k])))
                bits |= alert_bit(k);
    return bits;
}

static void named_read(const struct page *page, struct alerts_wish *wish) {
    const struct http_fields *form = &page->request->form;
    for (size_t i = 0; i < form->n && wish->nameds < ALERT_NAMED_MOST; i++)
        if (str_equal(form->field[i].name, S("user")) && page_number(form->field[i].value, &wish->named[wish->nameds]))
            wish->nameds++;
}

static void wish_read(struct page *page, int64_t id, struct alert_view *v) {
    struct alerts_wish *w = v->wish;
    v->ahead_days = str_trim(page_form(page, "ahead_days"));
    v->idle_days = str_trim(page_form(page, "idle_days"));
    v->when = page_form(page, "when");
    v->at = page_form(page, "at");
    v->token = page_form(page, "token");
    *w = (struct alerts_wish){.id = id,
                              .name = str_trim(page_form(page, "name")),
                              .events = bits_read(page, S("event"), ALERT_EVENTS, alert_event_names),
                              .query = page_form(page, "query"),
                              .recipients = bits_read(page, S("to"), ALERT_RECIPIENTS, alert_recipient_names),
                              .channels = bits_read(page, S("by"), ALERT_CHANNELS, alert_channel_names),
                              .layout = str_equal(page_form(page, "layout"), S("manager")) ? ALERT_LAYOUT_MANAGER
                                                                                           : ALERT_LAYOUT_REP,
                              .schedule = when_write(page, v),
                              .state = page_form(page, "on").n > 0 ? ALERT_ON : ALERT_OFF,
                              .token = v->token,
                              .as_of = page->as_of,
                              .who = page->user.login,
                              .now_us = page->now_us};
    if (!page_number(v->ahead_days, &w->ahead_days))
        w->ahead_days = 0;
    if (!page_number(v->idle_days, &w->idle_days))
        w->idle_days = 0;
    if (!page_number(page_form(page, "worklist"), &w->worklist_id))
        w->worklist_id = 0;
    if (!page_number(page_form(page, "gateway"), &w->gateway_id))
        w->gateway_id = 0;
    if (!page_number(page_form(page, "version"), &w->version))
        w->version = 0;
    named_read(page, w);
}

static bool again(struct page *page, int64_t id, struct alert_view *v) {
    static const struct page_place places[] = {{"alert.bad_name", "name"},         {"alert.taken", "name"},
                                               {"alert.bad_events", "event"},      {"alert.bad_days", "days"},
                                               {"alert.bad_recipients", "to"},     {"alert.bad_named", "user"},
                                               {"alert.bad_worklist", "worklist"}, {"alert.bad_channels", "by"},
                                               {"alert.bad_gateway", "gateway"},   {"alert.bad_schedule", "at"}};
    enum err_code code = page->cx->err.code;
    if (code != ERR_INVALID && code != ERR_CONFLICT)
        return false;
    v->other = str_equal(page->cx->err.key, S("alert.changed"));
    bool retired = str_equal(page->cx->err.key, S("alert.retired"));
    v->fault = page_refused_at(page, places, sizeof places / sizeof *places);
    if (v->other || retired)
        page->reply->status = 409;
    if (!now_find(page, v, id))
        return false;
    if (v->other)
        v->wish->version = v->now->version; /* saved once more, what was typed stands */
    return alert_show_page(page, v);
}

static bool try_show(struct page *page, int64_t id, struct alert_view *v) {
    struct alert_notice *notice;
    if (!alerts_try(page->cx, page->db, v->wish, &notice, &v->notices))
        return again(page, id, v);
    v->notice = notice;
    v->tried = true;
    for (size_t i = 0; i < v->notices; i++) {
        bool reached = alerts_reaches(notice[i].alert, notice[i].user);
        v->people += reached;
        v->told += reached ? notice[i].lines : 0;
    }
    return now_find(page, v, id) && alert_show_page(page, v);
}

static bool put(struct page *page, int64_t id) {
    struct alert_view v = {.wish = arena_new(page->arena, struct alerts_wish, 1)};
    struct alert made;
    bool twice;
    wish_read(page, id, &v);
    if (id == 0 && v.token.n != ALERT_TOKEN)
        return cx_fail(page->cx, ERR_INVALID, S("web.malformed"));
    if (str_equal(page_form(page, "act"), S("try")))
        return try_show(page, id, &v);
    if (!alerts_put(page->cx, page->db, v.wish, &made, &twice))
        return again(page, id, &v);
    return page_go(page, cx_text(page->cx, "/alerts/%lld", (long long)made.id), S("alert_page.said_saved"));
}

bool alert_make_do(struct page *page) {
    return put(page, 0);
}

bool alert_change_do(struct page *page) {
    int64_t id;
    return page_arg_id(page, 0, &id) && put(page, id);
}

/* ---- on, off, retire ---- */

static bool act(struct page *page, enum alerts_act what, struct str said) {
    int64_t id;
    if (!page_arg_id(page, 0, &id) ||
        !alerts_act(page->cx, page->db, id, what, page->as_of, page->user.login, page->now_us))
        return false;
    return page_go(page, what == ALERTS_RETIRE ? S("/alerts") : cx_text(page->cx, "/alerts/%lld", (long long)id), said);
}

bool alert_on_do(struct page *page) {
    return act(page, ALERTS_SWITCH_ON, S("alert_page.said_on"));
}

bool alert_off_do(struct page *page) {
    return act(page, ALERTS_SWITCH_OFF, S("alert_page.said_off"));
}

bool alert_retire_do(struct page *page) {
    return act(page, ALERTS_RETIRE, S("alert_page.said_retired"));
}

bool alert_restore_do(struct page *page) {
    return act(page, ALERTS_RESTORE, S("alert_page.said_restored"));
}
