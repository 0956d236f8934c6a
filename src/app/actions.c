// SPDX-License-Identifier: Apache-2.0
/* actions -- see the header. There are few (LIMIT_ACTIONS): they are searched in memory. */
#include "app/actions.h"

#include <string.h>

#include "app/grid_file.h"
#include "base/limits.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- looking ---- */

bool actions_late(const struct action *action, struct day as_of) {
    return action_is_open(action) && action->due_on.n < as_of.n;
}

int64_t actions_month(int64_t n, int64_t days) {
    enum { TENTHS_IN_MONTH = 300 };
    return days > 0 ? (n * TENTHS_IN_MONTH + days / 2) / days : 0;
}

static bool holds(struct cx *cx, struct str text, struct str folded) {
    struct str in = str_fold(cx->arena, text);
    for (size_t i = 0; i + folded.n <= in.n; i++)
        if (str_starts((struct str){in.p + i, in.n - i}, folded))
            return true;
    return folded.n == 0;
}

static bool shows(const struct actions_look *look, const struct action *action) {
    switch (look->show) {
    case ACTIONS_OPEN:
        return action_is_open(action);
    case ACTIONS_FINISHED:
        return action->retired_us == 0 && !action_is_open(action);
    case ACTIONS_RETIRED:
        return action->retired_us > 0;
    case ACTIONS_ALL:
        break;
    }
    return true;
}

static bool wanted(struct cx *cx, const struct actions_look *look, struct str folded, const struct action_row *row) {
    const struct action *action = &row->action;
    return shows(look, action) && (look->choice_id == 0 || look->choice_id == action->choice_id) &&
           (!look->late || actions_late(action, look->as_of)) &&
           (holds(cx, row->choice, folded) || holds(cx, action->what, folded) || holds(cx, action->owner, folded) ||
            holds(cx, action->effect, folded));
}

bool actions_look_through(struct cx *cx, struct db *db, const struct actions_look *look, struct actions_found *out) {
    size_t n = 0;
    *out = (struct actions_found){0};
    bool done =
        db_read(cx, db) && action_list(cx, db, look->as_of, &out->row, &n) && contacts_names(cx, db, &out->names);
    db_rollback(db);
    if (!done)
        return false;
    struct str folded = str_fold(cx->arena, look->search);
    for (size_t i = 0; i < n; i++) {
        out->of += out->row[i].action.retired_us == 0;
        if (wanted(cx, look, folded, &out->row[i]))
            out->row[out->n++] = out->row[i];
    }
    return true;
}

static bool known(struct cx *cx, struct db *db, int64_t id, struct action *out) {
    bool found;
    return action_find(cx, db, id, &found, out) && (found || cx_fail(cx, ERR_NOT_FOUND, S("action.unknown")));
}

bool actions_find(struct cx *cx, struct db *db, int64_t id, struct action *out) {
    bool done = db_read(cx, db) && known(cx, db, id, out);
    db_rollback(db);
    return done;
}

/* ---- changing ---- */

static bool short_enough(struct cx *cx, struct str text, int most, const char *key) {
    return text.n <= (size_t)most || cx_fail(cx, ERR_INVALID, str_from(key), cx_text(cx, "%d", most));
}

static bool wish_check(struct cx *cx, const struct actions_wish *wish) {
    const struct action *a = &wish->action;
    if (a->choice_id <= 0)
        return cx_fail(cx, ERR_INVALID, S("action.no_cause"));
    if (str_trim(a->what).n == 0)
        return cx_fail(cx, ERR_INVALID, S("action.no_what"));
    if (str_trim(a->owner).n == 0)
        return cx_fail(cx, ERR_INVALID, S("action.no_owner"));
    if (!day_is(a->due_on))
        return cx_fail(cx, ERR_INVALID, S("action.no_due"));
    if (a->state == ACTION_NONE)
        return cx_fail(cx, ERR_INVALID, S("action.no_state"));
    if (a->state >= ACTION_DONE && day_is(a->done_on) && a->done_on.n > wish->as_of.n)
        return cx_fail(cx, ERR_INVALID, S("action.bad_done"));
    if (a->id == 0 && a->token.n == 0)
        return cx_fail(cx, ERR_INVALID, S("contact.bad_token"));
    return short_enough(cx, a->what, LIMIT_CHOICE_TEXT, "action.what_long") &&
           short_enough(cx, a->owner, LIMIT_CHOICE_NAME, "action.owner_long") &&
           short_enough(cx, a->effect, LIMIT_CHOICE_TEXT, "action.effect_too_long");
}

/* The cause must be there and be one that is counted; it comes back for the audit trail. */
static bool cause_find(struct cx *cx, struct db *db, int64_t id, struct choice *out) {
    bool found;
    if (!choice_find(cx, db, id, &found, out))
        return false;
    return (found && out->kind != CHOICE_OCCURRENCE) || cx_fail(cx, ERR_INVALID, S("action.no_cause"));
}

static struct str said(struct cx *cx, const struct action *a) {
    char due[DAY_TEXT], done[DAY_TEXT];
    struct str due_on = {due, day_iso(a->due_on, due)};
    struct str done_on = {done, day_is(a->done_on) ? day_iso(a->done_on, done) : 0};
    return cx_text(cx, "cause=%lld what=%.*s responsible=%.*s due=%.*s state=%s done=%.*s effect=%.*s retired=%s",
                   (long long)a->choice_id, STR_ARG(a->what), STR_ARG(a->owner), STR_ARG(due_on),
                   action_state_name(a->state), STR_ARG(done_on), STR_ARG(a->effect), a->retired_us > 0 ? "yes" : "no");
}

static bool change(struct cx *cx, struct db *db, const struct action *before, const struct action *action,
                   struct str cause, struct str who, int64_t now_us) {
    bool changed;
    if (!action_change(cx, db, action, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("action.changed"));
    return audit_add(cx, db, now_us, who, S("action"), cause, said(cx, before), said(cx, action));
}

static bool add(struct cx *cx, struct db *db, struct action *action, struct str cause, struct str who, int64_t now_us) {
    struct action there;
    int64_t greatest, n;
    bool found;
    if (!action_find_token(cx, db, action->token, &found, &there) || found)
        return found; /* sent twice */
    if (!action_count(cx, db, &greatest, &n))
        return false;
    if (n >= LIMIT_ACTIONS)
        return cx_fail(cx, ERR_LIMIT, S("action.too_many"), cx_text(cx, "%d", LIMIT_ACTIONS));
    action->id = greatest + 1;
    action->made_us = now_us;
    return action_add(cx, db, action) &&
           audit_add(cx, db, now_us, who, S("action"), cause, (struct str){0}, said(cx, action));
}

static bool put(struct cx *cx, struct db *db, const struct actions_wish *wish) {
    struct action action = wish->action, before;
    struct choice cause;
    action.what = str_trim(action.what);
    action.owner = str_trim(action.owner);
    action.effect = str_trim(action.effect);
    if (action.state < ACTION_DONE)
        action.done_on = DAY_NONE;
    else if (!day_is(action.done_on))
        action.done_on = wish->as_of;
    if (action.id != 0 && !known(cx, db, action.id, &before))
        return false;
    if (!cause_find(cx, db, action.choice_id, &cause))
        return false;
    if (action.id == 0)
        return add(cx, db, &action, cause.name, wish->who, wish->now_us);
    action.retired_us = before.retired_us;
    return change(cx, db, &before, &action, cause.name, wish->who, wish->now_us);
}

bool actions_put(struct cx *cx, struct db *db, const struct actions_wish *wish) {
    return wish_check(cx, wish) && db_write(cx, db) && end(cx, db, put(cx, db, wish));
}

static bool retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                   int64_t now_us) {
    struct action before;
    struct choice cause;
    if (!known(cx, db, id, &before) || !cause_find(cx, db, before.choice_id, &cause))
        return false;
    if ((before.retired_us > 0) == retired)
        return true; /* sent twice */
    struct action action = before;
    action.version = version;
    action.retired_us = retired ? now_us : 0;
    return change(cx, db, &before, &action, cause.name, who, now_us);
}

bool actions_retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                    int64_t now_us) {
    return db_write(cx, db) && end(cx, db, retire(cx, db, id, version, retired, who, now_us));
}

/* ---- as a file ---- */

static const struct grid_column column[] = {
    {"kind", NULL, GRID_TEXT, NULL},
    {"cause", NULL, GRID_TEXT, NULL},
    {"what", NULL, GRID_TEXT, NULL},
    {"responsible", NULL, GRID_TEXT, NULL},
    {"due_on", NULL, GRID_DAY, NULL},
    {"state", NULL, GRID_TEXT, NULL},
    {"done_on", NULL, GRID_DAY, NULL},
    {"effect", NULL, GRID_TEXT, NULL},
    {"before_contacts", NULL, GRID_WHOLE, NULL},
    {"before_all", NULL, GRID_WHOLE, NULL},
    {"before_days", NULL, GRID_WHOLE, NULL},
    {"after_contacts", NULL, GRID_WHOLE, NULL},
    {"after_all", NULL, GRID_WHOLE, NULL},
    {"after_days", NULL, GRID_WHOLE, NULL},
    {"retired", NULL, GRID_TEXT, NULL},
};
enum { COLUMNS = sizeof column / sizeof *column };

static void cells(const void *owner, size_t i, struct grid_cell *out) {
    const struct action_row *row = (const struct action_row *)owner + i;
    const struct action_effect *effect = &row->effect;
    bool none = effect->days == 0;
    const struct grid_cell cell[COLUMNS] = {
        {.text = str_from(choice_kind_name(row->kind))},
        {.text = row->choice},
        {.text = row->action.what},
        {.text = row->action.owner},
        grid_day(row->action.due_on),
        {.text = str_from(action_state_name(row->action.state))},
        grid_day(row->action.done_on),
        {.text = row->action.effect},
        {.number = effect->before, .absent = none},
        {.number = effect->before_all, .absent = none},
        {.number = ACTION_EFFECT_DAYS, .absent = none},
        {.number = effect->after, .absent = none},
        {.number = effect->after_all, .absent = none},
        {.number = effect->days, .absent = none},
        {.text = str_from(row->action.retired_us > 0 ? "yes" : "no")},
    };
    memcpy(out, cell, sizeof cell);
}

void actions_csv(enum lang lang, const struct action_row *row, size_t n, struct buf *to) {
    const struct grid grid = {.column = column, .columns = COLUMNS, .cells = cells, .owner = row, .rows = n};
    grid_csv(lang, &grid, to);
}
