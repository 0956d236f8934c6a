// SPDX-License-Identifier: Apache-2.0
/* alerts -- make and change the rules of who is told what. Invariant: a rule that is on has its job, with the rule's schedule, and no
 * other rule has one that runs.
 */
#include "app/alerts.h"

#include "app/jobs.h"
#include "app/today.h"
#include "app/worklists.h"
#include "store/gateway.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool known(struct cx *cx, struct db *db, int64_t id, struct alert *out) {
    bool found;
    return alert_find(cx, db, id, &found, out) && (found || cx_fail(cx, ERR_NOT_FOUND, S("alert.unknown")));
}

struct str alerts_job(struct cx *cx, int64_t id) {
    return cx_text(cx, "alert:%lld", (long long)id);
}

static bool job_keep(struct cx *cx, struct db *db, const struct alert *a) {
    if (a->retired_us > 0)
        return jobs_drop(cx, db, alerts_job(cx, a->id));
    return jobs_keep(cx, db, alerts_job(cx, a->id), a->schedule, a->state == ALERT_ON);
}

/* ---- what the audit trail says ---- */

static struct str bits_text(struct cx *cx, int64_t bits, int n, const char *const *name) {
    struct buf to;
    buf_init(&to, cx->arena, 0);
    for (int i = 1; i < n; i++)
        if (alert_has(bits, i))
            buf_printf(&to, "%s%s", to.n > 0 ? "," : "", name[i]);
    return buf_str(&to);
}

static struct str shown(struct cx *cx, const struct alert *a) {
    struct str events = bits_text(cx, a->events, ALERT_EVENTS, alert_event_names);
    struct str to = bits_text(cx, a->recipients, ALERT_RECIPIENTS, alert_recipient_names);
    struct str by = bits_text(cx, a->channels, ALERT_CHANNELS, alert_channel_names);
    return cx_text(
        cx,
        "name=%.*s events=%.*s ahead=%lld idle=%lld query=%.*s to=%.*s list=%lld layout=%s by=%.*s gateway=%lld "
        "when=%.*s on=%s retired=%s",
        STR_ARG(a->name), STR_ARG(events), (long long)a->ahead_days, (long long)a->idle_days, STR_ARG(a->query),
        STR_ARG(to), (long long)a->worklist_id, alert_layout_name(a->layout), STR_ARG(by), (long long)a->gateway_id,
        STR_ARG(a->schedule), a->state == ALERT_ON ? "yes" : "no", a->retired_us > 0 ? "yes" : "no");
}

static bool said(struct cx *cx, struct db *db, const struct alert *a, struct str who, int64_t now_us,
                 struct str before) {
    return audit_add(cx, db, now_us, who, S("alert"), a->name, before, shown(cx, a));
}

/* ---- what may be asked for ---- */

static bool days_good(const struct alerts_wish *w) {
    bool ahead = !alert_has(w->events, ALERT_INACTIVE_IN) || (w->ahead_days >= 1 && w->ahead_days <= ALERT_AHEAD_MOST);
    bool idle = !alert_has(w->events, ALERT_UNCONTACTED_A) || (w->idle_days >= 1 && w->idle_days <= ALERT_IDLE_MOST);
    return ahead && idle;
}

static bool bits_good(int64_t bits, int n) {
    return bits > 0 && (bits & 1) == 0 && bits < INT64_C(1) << n;
}

static bool wish_check(struct cx *cx, const struct alerts_wish *w) {
    struct schedule schedule;
    struct list_request request;
    if (w->name.n == 0 || w->name.n > ALERT_NAME_MOST)
        return cx_fail(cx, ERR_INVALID, S("alert.bad_name"), cx_text(cx, "%d", ALERT_NAME_MOST));
    if (!bits_good(w->events, ALERT_EVENTS))
        return cx_fail(cx, ERR_INVALID, S("alert.bad_events"));
    if (!days_good(w))
        return cx_fail(cx, ERR_INVALID, S("alert.bad_days"), cx_text(cx, "%d", ALERT_AHEAD_MOST),
                       cx_text(cx, "%d", ALERT_IDLE_MOST));
    if (!bits_good(w->recipients, ALERT_RECIPIENTS))
        return cx_fail(cx, ERR_INVALID, S("alert.bad_recipients"));
    if (alert_has(w->recipients, ALERT_TO_NAMED) && w->nameds == 0)
        return cx_fail(cx, ERR_INVALID, S("alert.bad_named"));
    if (w->layout <= ALERT_LAYOUT_NONE || w->layout >= ALERT_LAYOUTS)
        return cx_fail(cx, ERR_INVALID, S("alert.bad_layout"));
    if (!bits_good(w->channels, ALERT_CHANNELS))
        return cx_fail(cx, ERR_INVALID, S("alert.bad_channels"));
    if (!schedule_parse(w->schedule, &schedule))
        return cx_fail(cx, ERR_INVALID, S("alert.bad_schedule"));
    return w->query.n == 0 || worklists_request(cx, w->query, w->as_of, &request);
}

/* Whom it names and whose list it is are there; who was named before may have been retired since. */
static bool people_check(struct cx *cx, struct db *db, const struct alerts_wish *w) {
    struct user user;
    struct worklist list;
    bool found = true;
    for (size_t i = 0; i < w->nameds && found; i++)
        if (!user_find(cx, db, w->named[i], &found, &user))
            return false;
    if (!found)
        return cx_fail(cx, ERR_INVALID, S("alert.bad_named"));
    if (!alert_has(w->recipients, ALERT_TO_AGENTS))
        return true;
    return worklist_find(cx, db, w->worklist_id, &found, &list) &&
           (found || cx_fail(cx, ERR_INVALID, S("alert.bad_worklist")));
}

static bool gateway_check(struct cx *cx, struct db *db, const struct alerts_wish *w) {
    bool stands;
    if (!alert_has(w->channels, ALERT_BY_GATEWAY))
        return true;
    return gateway_stands(cx, db, w->gateway_id, &stands) &&
           (stands || cx_fail(cx, ERR_INVALID, S("alert.bad_gateway")));
}

static bool refers_check(struct cx *cx, struct db *db, const struct alerts_wish *w) {
    return people_check(cx, db, w) && gateway_check(cx, db, w);
}

/* Two of one name: nobody would know which one told them. */
static bool room_left(struct cx *cx, struct db *db, int64_t id, struct str name) {
    struct alert *all;
    size_t n, in_use = 0;
    struct str folded = str_fold(cx->arena, name);
    if (!alert_list(cx, db, &all, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (all[i].retired_us > 0 || all[i].id == id)
            continue;
        in_use++;
        if (str_equal(str_fold(cx->arena, all[i].name), folded))
            return cx_fail(cx, ERR_CONFLICT, S("alert.taken"), all[i].name);
    }
    return in_use < ALERTS_MOST || cx_fail(cx, ERR_INVALID, S("alert.too_many"), cx_text(cx, "%d", ALERTS_MOST));
}

/* ---- making and changing ---- */

static void fill(const struct alerts_wish *w, struct day since, struct alert *a) {
    bool begins = w->state == ALERT_ON && (a->id == 0 || a->state != ALERT_ON);
    a->name = w->name;
    a->events = w->events;
    a->ahead_days = w->ahead_days;
    a->idle_days = w->idle_days;
    a->query = w->query;
    a->recipients = w->recipients;
    a->worklist_id = alert_has(w->recipients, ALERT_TO_AGENTS) ? w->worklist_id : 0;
    a->layout = w->layout;
    a->channels = w->channels;
    a->gateway_id = alert_has(w->channels, ALERT_BY_GATEWAY) ? w->gateway_id : 0;
    a->schedule = w->schedule;
    a->state = w->state;
    a->from_on = begins || a->id == 0 ? since : a->from_on;
}

static bool named_put(struct cx *cx, struct db *db, const struct alerts_wish *w, int64_t id) {
    return alert_users_put(cx, db, id, w->named, alert_has(w->recipients, ALERT_TO_NAMED) ? w->nameds : 0);
}

static bool make(struct cx *cx, struct db *db, const struct alerts_wish *w, struct alert *out, bool *again) {
    struct day since;
    *out = (struct alert){.made_us = w->now_us, .made_by = w->who, .token = w->token, .told_on = DAY_NONE};
    if (!today_since_read(cx, db, w->as_of, &since))
        return false;
    fill(w, since, out);
    if (!refers_check(cx, db, w) || !alert_add(cx, db, out, again))
        return false;
    if (*again)
        return known(cx, db, out->id, out);
    return room_left(cx, db, out->id, w->name) && named_put(cx, db, w, out->id) && job_keep(cx, db, out) &&
           said(cx, db, out, w->who, w->now_us, (struct str){0});
}

static bool change(struct cx *cx, struct db *db, const struct alerts_wish *w, struct alert *out) {
    bool changed;
    struct day since;
    if (!known(cx, db, w->id, out) || !today_since_read(cx, db, w->as_of, &since))
        return false;
    if (out->retired_us > 0)
        return cx_fail(cx, ERR_CONFLICT, S("alert.retired"), out->name);
    struct str was = shown(cx, out);
    fill(w, since, out);
    out->version = w->version;
    if (!refers_check(cx, db, w) || !room_left(cx, db, w->id, w->name) || !alert_change(cx, db, out, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("alert.changed"));
    return named_put(cx, db, w, out->id) && job_keep(cx, db, out) && said(cx, db, out, w->who, w->now_us, was);
}

bool alerts_put(struct cx *cx, struct db *db, const struct alerts_wish *wish, struct alert *out, bool *again) {
    *again = false;
    return wish_check(cx, wish) && db_write(cx, db) &&
           end(cx, db, wish->id == 0 ? make(cx, db, wish, out, again) : change(cx, db, wish, out));
}

static bool tried_as(struct cx *cx, struct db *db, const struct alerts_wish *w, struct alert *a, struct day *since) {
    bool done = db_read(cx, db) && today_since_read(cx, db, w->as_of, since) &&
                (w->id == 0 || known(cx, db, w->id, a)) && refers_check(cx, db, w);
    db_rollback(db);
    return done;
}

bool alerts_try(struct cx *cx, struct db *db, const struct alerts_wish *wish, struct alert_notice **out, size_t *n) {
    struct alert *a = arena_new(cx->arena, struct alert, 1);
    struct day since;
    if (!wish_check(cx, wish) || !tried_as(cx, db, wish, a, &since))
        return false;
    fill(wish, since, a);
    return alerts_look_named(cx, db, a, wish->named, wish->nameds, wish->as_of, out, n);
}

/* *changed false: it is so already. */
static bool act_fill(struct cx *cx, enum alerts_act act, struct day since, int64_t now_us, struct alert *a,
                     bool *changed) {
    bool retired = a->retired_us > 0;
    if (retired && (act == ALERTS_SWITCH_ON || act == ALERTS_SWITCH_OFF))
        return cx_fail(cx, ERR_CONFLICT, S("alert.retired"), a->name);
    enum alert_state state = act == ALERTS_SWITCH_ON    ? ALERT_ON
                             : act == ALERTS_SWITCH_OFF ? ALERT_OFF
                             : act == ALERTS_RESTORE    ? (retired ? ALERT_OFF : a->state)
                                                        : a->state;
    bool retires = act == ALERTS_RETIRE || (retired && act != ALERTS_RESTORE);
    *changed = state != a->state || retires != retired;
    if (state == ALERT_ON && a->state != ALERT_ON)
        a->from_on = since;
    a->state = state;
    a->retired_us = !retires ? 0 : retired ? a->retired_us : now_us;
    return true;
}

static bool act_do(struct cx *cx, struct db *db, int64_t id, enum alerts_act act, struct day as_of, struct str who,
                   int64_t now_us) {
    struct alert a;
    struct day since;
    bool changed = false, kept = true;
    if (!known(cx, db, id, &a) || !today_since_read(cx, db, as_of, &since))
        return false;
    struct str was = shown(cx, &a);
    if (!act_fill(cx, act, since, now_us, &a, &changed) ||
        (changed && act == ALERTS_RESTORE && !room_left(cx, db, id, a.name)))
        return false;
    return !changed || (alert_change(cx, db, &a, &kept) && (kept || cx_fail(cx, ERR_CONFLICT, S("alert.changed"))) &&
                        job_keep(cx, db, &a) && said(cx, db, &a, who, now_us, was));
}

bool alerts_act(struct cx *cx, struct db *db, int64_t id, enum alerts_act act, struct day as_of, struct str who,
                int64_t now_us) {
    return db_write(cx, db) && end(cx, db, act_do(cx, db, id, act, as_of, who, now_us));
}

/* ---- looking ---- */

bool alerts_board(struct cx *cx, struct db *db, struct day as_of, bool bulk, struct alerts_board *out) {
    const struct day since = {as_of.n - ALERTS_BACK_DAYS};
    struct worklist_board lists;
    *out = (struct alerts_board){0};
    bool done = db_read(cx, db) && alert_list(cx, db, &out->alert, &out->n) && alert_choices(cx, db, &out->choices) &&
                user_list(cx, db, &out->user, &out->users) && worklist_board(cx, db, as_of, &lists) &&
                (!bulk || crossing_bulk(cx, db, since, &out->bulk, &out->bulks));
    db_rollback(db);
    if (!done)
        return false;
    out->worklist = arena_new(cx->arena, struct worklist, lists.rows + 1);
    for (size_t i = 0; i < lists.rows; i++)
        out->worklist[out->worklists++] = lists.row[i].worklist;
    return true;
}

bool alerts_find(struct cx *cx, struct db *db, int64_t id, struct alert *out) {
    bool done = db_read(cx, db) && known(cx, db, id, out);
    db_rollback(db);
    return done;
}

/* ---- the first ones ---- */

#define USUAL_MADE S("alerts_usual")

struct usual {
    const char *key; /* of its name in the catalogs, and its token */
    int64_t events, ahead_days, idle_days;
    enum alert_recipient to;
    enum alert_layout layout;
    const char *schedule;
};

static bool usual_make(struct cx *cx, struct db *db, const struct usual *u, enum lang lang, struct day as_of,
                       struct str who, int64_t now_us) {
    struct alerts_wish *w = arena_new(cx->arena, struct alerts_wish, 1);
    struct alert made;
    bool again;
    *w = (struct alerts_wish){.name = catalog_text(cx->arena, lang, str_from(u->key), NULL, 0),
                              .events = u->events,
                              .ahead_days = u->ahead_days,
                              .idle_days = u->idle_days,
                              .recipients = alert_bit((int)u->to),
                              .layout = u->layout,
                              .channels = alert_bit(ALERT_BY_APP) | alert_bit(ALERT_BY_EMAIL),
                              .schedule = str_from(u->schedule),
                              .state = ALERT_ON,
                              .token = str_from(u->key),
                              .as_of = as_of,
                              .who = who,
                              .now_us = now_us};
    return make(cx, db, w, &made, &again);
}

static bool usual_all(struct cx *cx, struct db *db, enum lang lang, struct day as_of, struct str who, int64_t now_us,
                      int64_t *added) {
    static const struct usual usual[] = {
        {"alert.usual_morning",
         INT64_C(1) << ALERT_BECAME_AT_RISK | INT64_C(1) << ALERT_BECAME_INACTIVE | INT64_C(1) << ALERT_INACTIVE_IN, 7,
         7, ALERT_TO_REP, ALERT_LAYOUT_REP, "workdays 07:30"},
        {"alert.usual_volumes", INT64_C(1) << ALERT_VOLUMES, 7, 7, ALERT_TO_MANAGER, ALERT_LAYOUT_MANAGER, "mon 08:00"},
        {"alert.usual_forgotten", INT64_C(1) << ALERT_UNCONTACTED_A, 7, 7, ALERT_TO_MANAGER, ALERT_LAYOUT_REP,
         "workdays 08:00"},
    };
    struct str value;
    bool done_before;
    if (!setting_find(cx, db, USUAL_MADE, &done_before, &value))
        return false;
    for (size_t i = 0; !done_before && i < sizeof usual / sizeof *usual; i++, ++*added)
        if (!usual_make(cx, db, &usual[i], lang, as_of, who, now_us))
            return false;
    return done_before || setting_put(cx, db, USUAL_MADE, S("1"));
}

/* Asked each time that jobs are looked at: mostly it only reads. */
static bool usual_made(struct cx *cx, struct db *db, bool *made) {
    struct str value;
    bool done = db_read(cx, db) && setting_find(cx, db, USUAL_MADE, made, &value);
    db_rollback(db);
    return done;
}

bool alerts_usual(struct cx *cx, struct db *db, enum lang lang, struct day as_of, struct str who, int64_t now_us,
                  int64_t *added) {
    bool made;
    *added = 0;
    if (!usual_made(cx, db, &made))
        return false;
    return made || (db_write(cx, db) && end(cx, db, usual_all(cx, db, lang, as_of, who, now_us, added)));
}
