// SPDX-License-Identifier: Apache-2.0
/* alert -- see the header. */
#include "store/alert.h"

#include "store/gateway_rows.h"
#include "store/setting.h"

static struct day day_at(struct sql_rows *rows, int column) {
    return sql_is_null(rows, column) ? DAY_NONE : (struct day){(int32_t)sql_get_int(rows, column)};
}

static struct alert alert_at(struct cx *cx, struct sql_rows *rows) {
    return (struct alert){.id = sql_get_int(rows, 0),
                          .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                          .events = sql_get_int(rows, 2),
                          .ahead_days = sql_get_int(rows, 3),
                          .idle_days = sql_get_int(rows, 4),
                          .query = str_copy(cx->arena, sql_get_text(rows, 5)),
                          .recipients = sql_get_int(rows, 6),
                          .worklist_id = sql_get_int(rows, 7),
                          .layout = (enum alert_layout)sql_get_int(rows, 8),
                          .channels = sql_get_int(rows, 9),
                          .schedule = str_copy(cx->arena, sql_get_text(rows, 10)),
                          .state = (enum alert_state)sql_get_int(rows, 11),
                          .from_on = day_at(rows, 12),
                          .made_us = sql_get_int(rows, 13),
                          .made_by = str_copy(cx->arena, sql_get_text(rows, 14)),
                          .retired_us = sql_get_int(rows, 15),
                          .version = sql_get_int(rows, 16),
                          .told_on = day_at(rows, 17),
                          .told_people = sql_get_int(rows, 18),
                          .gateway_id = sql_get_int(rows, 19)};
}

bool alert_list(struct cx *cx, struct db *db, struct alert **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ALERT_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, alert_at(cx, rows));
    sql_close(rows);
    return done;
}

bool alert_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct alert *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_ALERT_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = alert_at(cx, rows);
    sql_close(rows);
    return done;
}

bool alert_add(struct cx *cx, struct db *db, struct alert *a, bool *again) {
    const struct sql_value token = sql_text(a->token);
    if (!sql_one_int(cx, db, SQL_ALERT_OF_TOKEN, &token, 1, again, &a->id) || *again)
        return *again;
    a->version = 1;
    return counter_next(cx, db, S("alert"), &a->id) &&
           SQL_RUN(cx, db, SQL_ALERT_ADD, sql_int(a->id), sql_text(a->name), sql_int(a->events), sql_int(a->ahead_days),
                   sql_int(a->idle_days), sql_text(a->query), sql_int(a->recipients), sql_int(a->worklist_id),
                   sql_int(a->layout), sql_int(a->channels), sql_text(a->schedule), sql_int(a->state),
                   sql_int(a->from_on.n), sql_int(a->made_us), sql_text(a->made_by), token, sql_int(a->gateway_id));
}

bool alert_change(struct cx *cx, struct db *db, const struct alert *a, bool *changed) {
    const struct sql_value args[] = {
        sql_int(a->id),          sql_int(a->version),   sql_text(a->name),      sql_int(a->events),
        sql_int(a->ahead_days),  sql_int(a->idle_days), sql_text(a->query),     sql_int(a->recipients),
        sql_int(a->worklist_id), sql_int(a->layout),    sql_int(a->channels),   sql_text(a->schedule),
        sql_int(a->state),       sql_int(a->from_on.n), sql_int(a->retired_us), sql_int(a->gateway_id)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_ALERT_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}

bool alert_users(struct cx *cx, struct db *db, struct alert_user **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ALERT_USER_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct alert_user one = {sql_get_int(rows, 0), sql_get_int(rows, 1)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool alert_choices(struct cx *cx, struct db *db, struct alert_choices *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ALERT_CHOICES, NULL, 0, &rows);
    *out = (struct alert_choices){0};
    while (done && (done = sql_next(cx, rows, &more)) && more)
        if (sql_arm(rows) == SQL_ALERT_USER_LIST) {
            const struct alert_user one = {sql_get_int(rows, 0), sql_get_int(rows, 1)};
            ROWS_ADD(cx, out->named, out->nameds, one);
        } else {
            ROWS_ADD(cx, out->gateway, out->gateways, gateway_name_at(cx, rows));
        }
    sql_close(rows);
    return done;
}

bool alert_users_put(struct cx *cx, struct db *db, int64_t alert_id, const int64_t *user, size_t n) {
    bool done = SQL_RUN(cx, db, SQL_ALERT_USER_CLEAR, sql_int(alert_id));
    for (size_t i = 0; done && i < n; i++)
        done = SQL_RUN(cx, db, SQL_ALERT_USER_ADD, sql_int(alert_id), sql_int(user[i]));
    return done;
}

bool alert_told_since(struct cx *cx, struct db *db, int64_t alert_id, struct day from, struct alert_told **out,
                      size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ALERT_TOLD_LIST,
                                       (struct sql_value[]){sql_int(alert_id), sql_int(from.n)}, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct alert_told one = {.customer_id = sql_get_int(rows, 0),
                                       .user_id = sql_get_int(rows, 1),
                                       .event = (enum alert_event)sql_get_int(rows, 2),
                                       .last_on = day_at(rows, 3)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool alert_told_find(struct cx *cx, struct db *db, int64_t alert_id, const struct alert_told *t, struct day from,
                     bool *found) {
    const struct sql_value args[] = {sql_int(t->customer_id), sql_int(alert_id),     sql_int(t->user_id),
                                     sql_int(t->event),       sql_int(t->last_on.n), sql_int(from.n)};
    int64_t told_on;
    return sql_one_int(cx, db, SQL_ALERT_TOLD_FIND, args, sizeof args / sizeof *args, found, &told_on);
}

bool alert_told_add(struct cx *cx, struct db *db, int64_t alert_id, const struct alert_told *t, struct day on) {
    return SQL_RUN(cx, db, SQL_ALERT_TOLD_ADD, sql_int(t->customer_id), sql_int(alert_id), sql_int(t->user_id),
                   sql_int(t->event), sql_int(t->last_on.n), sql_int(on.n));
}

bool alert_told_sweep(struct cx *cx, struct db *db, int64_t alert_id, struct day before) {
    return SQL_RUN(cx, db, SQL_ALERT_TOLD_SWEEP, sql_int(alert_id), sql_int(before.n));
}

bool alert_ran(struct cx *cx, struct db *db, int64_t id, struct day on, int64_t people) {
    return SQL_RUN(cx, db, SQL_ALERT_RAN, sql_int(id), sql_int(on.n), sql_int(people));
}

bool alert_story(struct cx *cx, struct db *db, int64_t alert_id, int64_t user_id, struct day on, int64_t most,
                 struct alert_story_line **out, size_t *n) {
    const struct sql_value args[] = {sql_int(alert_id), sql_int(user_id), sql_int(on.n), sql_int(most)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_ALERT_STORY, args, 4, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct alert_story_line line = {.code = str_copy(cx->arena, sql_get_text(rows, 0)),
                                              .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                                              .event = (enum alert_event)sql_get_int(rows, 2),
                                              .last_on = {(int32_t)sql_get_int(rows, 3)}};
        ROWS_ADD(cx, *out, *n, line);
    }
    sql_close(rows);
    return done;
}
