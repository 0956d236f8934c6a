// SPDX-License-Identifier: Apache-2.0
/* delivery -- see the header. Invariant: an event is told to a webhook by one row, whatever happens to it. */
#include "store/delivery.h"

#include "store/rows.h"

bool delivery_event_last(struct cx *cx, struct db *db, int64_t *out) {
    bool found;
    return sql_one_int(cx, db, SQL_DELIVERY_EVENT_MAX, NULL, 0, &found, out);
}

bool delivery_event_add(struct cx *cx, struct db *db, struct delivery_event *e, bool *again) {
    int64_t rows = 0;
    if (!delivery_event_last(cx, db, &e->id))
        return false;
    e->id++;
    const struct sql_value args[] = {sql_int(e->id),       sql_text(e->name), sql_int(e->kind), sql_int(e->subject),
                                     sql_int(e->occasion), sql_int(e->at_us), sql_int(e->was),  sql_int(e->became),
                                     sql_int(e->day.n),    sql_int(e->many)};
    bool done = sql_run(cx, db, SQL_DELIVERY_EVENT_ADD, args, sizeof args / sizeof *args, &rows);
    *again = rows == 0;
    return done;
}

bool delivery_event_drop(struct cx *cx, struct db *db, int64_t first, enum webhook_kind kind) {
    return SQL_RUN(cx, db, SQL_DELIVERY_EVENT_DROP, sql_int(first), sql_int(kind));
}

static bool last(struct cx *cx, struct db *db, int64_t *out) {
    bool found;
    return sql_one_int(cx, db, SQL_DELIVERY_MAX, NULL, 0, &found, out);
}

bool delivery_add(struct cx *cx, struct db *db, int64_t first, enum webhook_kind kind, int64_t now_us) {
    int64_t number;
    return last(cx, db, &number) &&
           SQL_RUN(cx, db, SQL_DELIVERY_ADD, sql_int(number), sql_int(first), sql_int(kind),
                   sql_int(INT64_C(1) << webhook_kind_topic(kind)), sql_int(WEBHOOK_TRIES), sql_int(now_us));
}

bool delivery_add_to(struct cx *cx, struct db *db, int64_t webhook_id, int64_t event_id) {
    int64_t number;
    return last(cx, db, &number) && SQL_RUN(cx, db, SQL_DELIVERY_ADD_TO, sql_int(number + 1), sql_int(webhook_id),
                                            sql_int(event_id), sql_int(1));
}

/* ---- sending ---- */

bool delivery_ready(struct cx *cx, struct db *db, int64_t now_us, int64_t *webhook_id) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DELIVERY_WAITING, (struct sql_value[]){sql_int(now_us)}, 1, &rows);
    *webhook_id = 0;
    while (done && *webhook_id == 0 && (done = sql_next(cx, rows, &more)) && more) {
        int64_t state = sql_get_int(rows, 1), wait_us = sql_get_int(rows, 2), due_us = sql_get_int(rows, 3);
        bool by_hand = due_us == 0, in_time = state == WEBHOOK_TOLD && wait_us <= now_us && due_us <= now_us;
        if (!sql_is_null(rows, 3) && (by_hand || in_time))
            *webhook_id = sql_get_int(rows, 0);
    }
    sql_close(rows);
    return done;
}

static struct delivery_event event_at(struct cx *cx, struct sql_rows *rows, int at) {
    return (struct delivery_event){.id = sql_get_int(rows, at),
                                   .name = str_copy(cx->arena, sql_get_text(rows, at + 1)),
                                   .kind = (enum webhook_kind)sql_get_int(rows, at + 2),
                                   .subject = sql_get_int(rows, at + 3),
                                   .at_us = sql_get_int(rows, at + 4),
                                   .was = sql_get_int(rows, at + 5),
                                   .became = sql_get_int(rows, at + 6),
                                   .day = {(int32_t)sql_get_int(rows, at + 7)},
                                   .many = sql_get_int(rows, at + 8)};
}

static bool task_find(struct cx *cx, struct db *db, int64_t webhook_id, bool *found, struct delivery_task *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_DELIVERY_NEXT, (struct sql_value[]){sql_int(webhook_id)}, 1, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found)
        *out = (struct delivery_task){.id = sql_get_int(rows, 0),
                                      .webhook_id = sql_get_int(rows, 1),
                                      .tries = sql_get_int(rows, 2) + 1,
                                      .tries_left = sql_get_int(rows, 3) - 1,
                                      .url = str_copy(cx->arena, sql_get_text(rows, 4)),
                                      .secret = str_copy(cx->arena, sql_get_text(rows, 5)),
                                      .lang = str_copy(cx->arena, sql_get_text(rows, 6)),
                                      .event = event_at(cx, rows, 7)};
    sql_close(rows);
    return done;
}

static bool lease(struct cx *cx, struct db *db, int64_t webhook_id, int64_t until_us) {
    return SQL_RUN(cx, db, SQL_DELIVERY_LEASE, sql_int(webhook_id), sql_int(until_us));
}

bool delivery_take(struct cx *cx, struct db *db, int64_t webhook_id, int64_t now_us, int64_t lease_us, bool *found,
                   struct delivery_task *out) {
    return task_find(cx, db, webhook_id, found, out) &&
           (!*found || (lease(cx, db, webhook_id, lease_us) &&
                        SQL_RUN(cx, db, SQL_DELIVERY_TRIED, sql_int(out->id), sql_int(now_us))));
}

bool delivery_let_go(struct cx *cx, struct db *db, int64_t webhook_id) {
    return lease(cx, db, webhook_id, 0);
}

bool delivery_taken(struct cx *cx, struct db *db, const struct delivery_answer *a, int64_t now_us) {
    return SQL_RUN(cx, db, SQL_DELIVERY_TAKEN, sql_int(a->id), sql_int(a->status), sql_text(a->answer),
                   sql_int(a->ms)) &&
           SQL_RUN(cx, db, SQL_DELIVERY_GOOD, sql_int(a->webhook_id), sql_int(now_us));
}

bool delivery_failed(struct cx *cx, struct db *db, const struct delivery_answer *a, int64_t due_us) {
    return SQL_RUN(cx, db, SQL_DELIVERY_FAILED, sql_int(a->id), sql_int(a->status), sql_text(a->fault),
                   sql_text(a->answer), sql_int(a->ms), sql_int(due_us));
}

bool delivery_bad(struct cx *cx, struct db *db, int64_t webhook_id, int64_t now_us, int64_t wait_us) {
    return SQL_RUN(cx, db, SQL_DELIVERY_BAD, sql_int(webhook_id), sql_int(now_us), sql_int(wait_us));
}

bool delivery_fails(struct cx *cx, struct db *db, int64_t webhook_id, int64_t *fails, int64_t *failing_us) {
    struct sql_rows *rows;
    bool found = false;
    bool done = sql_open(cx, db, SQL_DELIVERY_FAILS, (struct sql_value[]){sql_int(webhook_id)}, 1, &rows) &&
                sql_next(cx, rows, &found);
    *fails = found ? sql_get_int(rows, 0) : 0;
    *failing_us = found ? sql_get_int(rows, 1) : 0;
    sql_close(rows);
    return done;
}

bool delivery_resend(struct cx *cx, struct db *db, int64_t webhook_id, int64_t id, bool *found) {
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_DELIVERY_RESEND, (struct sql_value[]){sql_int(webhook_id), sql_int(id)}, 2, &rows);
    *found = rows > 0;
    return done;
}

bool delivery_give_up(struct cx *cx, struct db *db, int64_t webhook_id) {
    return SQL_RUN(cx, db, SQL_DELIVERY_GIVE_UP, sql_int(webhook_id));
}

bool delivery_sweep(struct cx *cx, struct db *db, int64_t before_us) {
    return SQL_RUN(cx, db, SQL_DELIVERY_SWEEP, sql_int(before_us)) &&
           SQL_RUN(cx, db, SQL_DELIVERY_EVENT_SWEEP, sql_int(before_us));
}

/* ---- looking ---- */

static struct delivery delivery_at(struct cx *cx, struct sql_rows *rows) {
    return (struct delivery){.id = sql_get_int(rows, 0),
                             .event = event_at(cx, rows, 1),
                             .code = str_copy(cx->arena, sql_get_text(rows, 10)),
                             .state = (enum delivery_state)sql_get_int(rows, 11),
                             .tries = sql_get_int(rows, 12),
                             .tries_left = sql_get_int(rows, 13),
                             .due_us = sql_get_int(rows, 14),
                             .tried_us = sql_get_int(rows, 15),
                             .status = sql_get_int(rows, 16),
                             .fault = str_copy(cx->arena, sql_get_text(rows, 17)),
                             .answer = str_copy(cx->arena, sql_get_text(rows, 18)),
                             .ms = sql_get_int(rows, 19)};
}

bool delivery_list(struct cx *cx, struct db *db, int64_t webhook_id, enum delivery_state state, int64_t before,
                   int64_t most, struct delivery **out, size_t *n) {
    const struct sql_value args[] = {sql_int(webhook_id), sql_int(state), sql_int(before), sql_int(most)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_DELIVERY_LIST, args, 4, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, delivery_at(cx, rows));
    sql_close(rows);
    return done;
}
