// SPDX-License-Identifier: Apache-2.0
/* action -- see the header. Must not judge states or days. */
#include "store/action.h"

#include "store/rows.h"

enum { AT_KIND = 12 }; /* columns of action_list */

static struct action action_at(struct cx *cx, struct sql_rows *rows) {
    return (struct action){.id = sql_get_int(rows, 0),
                           .choice_id = sql_get_int(rows, 1),
                           .what = str_copy(cx->arena, sql_get_text(rows, 2)),
                           .owner = str_copy(cx->arena, sql_get_text(rows, 3)),
                           .due_on = sql_get_day(rows, 4),
                           .state = (enum action_state)sql_get_int(rows, 5),
                           .done_on = sql_get_day(rows, 6),
                           .effect = str_copy(cx->arena, sql_get_text(rows, 7)),
                           .token = str_copy(cx->arena, sql_get_text(rows, 8)),
                           .made_us = sql_get_int(rows, 9),
                           .retired_us = sql_get_int(rows, 10),
                           .version = sql_get_int(rows, 11)};
}

static struct action_row row_at(struct cx *cx, struct sql_rows *rows, struct day as_of) {
    struct action_row row = {.action = action_at(cx, rows),
                             .kind = (enum choice_kind)sql_get_int(rows, AT_KIND),
                             .choice = str_copy(cx->arena, sql_get_text(rows, AT_KIND + 1)),
                             .effect = {.before = sql_get_int(rows, AT_KIND + 2),
                                        .before_all = sql_get_int(rows, AT_KIND + 3),
                                        .after = sql_get_int(rows, AT_KIND + 4),
                                        .after_all = sql_get_int(rows, AT_KIND + 5)}};
    if (day_is(row.action.done_on) && row.action.done_on.n <= as_of.n) {
        int64_t days = (int64_t)as_of.n - row.action.done_on.n + 1;
        row.effect.days = days < ACTION_EFFECT_DAYS ? days : ACTION_EFFECT_DAYS;
    }
    return row;
}

bool action_list(struct cx *cx, struct db *db, struct day as_of, struct action_row **out, size_t *n) {
    const struct sql_value args[] = {sql_int(as_of.n), sql_int(ACTION_EFFECT_DAYS)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ACTION_LIST, args, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, row_at(cx, rows, as_of));
    sql_close(rows);
    return done;
}

static bool find(struct cx *cx, struct db *db, enum sql_id id, struct sql_value key, bool *found, struct action *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, id, &key, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = action_at(cx, rows);
    sql_close(rows);
    return done;
}

bool action_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct action *out) {
    return find(cx, db, SQL_ACTION_FIND, sql_int(id), found, out);
}

bool action_find_token(struct cx *cx, struct db *db, struct str token, bool *found, struct action *out) {
    return find(cx, db, SQL_ACTION_FIND_TOKEN, sql_text(token), found, out);
}

bool action_count(struct cx *cx, struct db *db, int64_t *greatest_id, int64_t *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ACTION_IDS, NULL, 0, &rows) && sql_next(cx, rows, &more);
    if (done) {
        *greatest_id = sql_get_int(rows, 0);
        *out = sql_get_int(rows, 1);
    }
    sql_close(rows);
    return done;
}

bool action_add(struct cx *cx, struct db *db, const struct action *action) {
    return SQL_RUN(cx, db, SQL_ACTION_ADD, sql_int(action->id), sql_int(action->choice_id), sql_text(action->what),
                   sql_text(action->owner), sql_day(action->due_on), sql_int(action->state), sql_day(action->done_on),
                   sql_text(action->effect), sql_text(action->token), sql_int(action->made_us));
}

bool action_change(struct cx *cx, struct db *db, const struct action *action, bool *changed) {
    const struct sql_value args[] = {sql_int(action->id),        sql_int(action->version), sql_int(action->choice_id),
                                     sql_text(action->what),     sql_text(action->owner),  sql_day(action->due_on),
                                     sql_int(action->state),     sql_day(action->done_on), sql_text(action->effect),
                                     sql_int(action->retired_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_ACTION_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}
