// SPDX-License-Identifier: Apache-2.0
/* appointment -- see appointment.h. Must not know who may change what. */
#include "store/appointment.h"

#include <stdlib.h>

#include "store/rows.h"
#include "store/setting.h"
#include "store/sql.h"
#include "store/standing.h"

enum { LIST_FIRST = 16, ROW_NAMES = 13 };

static struct str text_at(struct cx *cx, struct sql_rows *rows, int column) {
    return str_copy(cx->arena, sql_get_text(rows, column));
}

static struct appointment appointment_at(struct cx *cx, struct sql_rows *rows) {
    return (struct appointment){.id = sql_get_int(rows, 0),
                                .customer_id = sql_get_int(rows, 1),
                                .user_id = sql_get_int(rows, 2),
                                .day = sql_get_day(rows, 3),
                                .minute = (int)sql_get_int(rows, 4),
                                .channel = (enum contact_channel)sql_get_int(rows, 5),
                                .note = text_at(cx, rows, 6),
                                .state = (enum appointment_state)sql_get_int(rows, 7),
                                .contact_id = sql_get_int(rows, 8),
                                .token = text_at(cx, rows, 9),
                                .made_us = sql_get_int(rows, 10),
                                .changed_us = sql_get_int(rows, 11),
                                .version = sql_get_int(rows, 12)};
}

struct appointment_row appointment_row_at(struct cx *cx, struct sql_rows *rows) {
    return (struct appointment_row){.appointment = appointment_at(cx, rows),
                                    .code = text_at(cx, rows, ROW_NAMES),
                                    .customer = text_at(cx, rows, ROW_NAMES + 1),
                                    .city = text_at(cx, rows, ROW_NAMES + 2),
                                    .phone = text_at(cx, rows, ROW_NAMES + 3),
                                    .user = text_at(cx, rows, ROW_NAMES + 4)};
}

bool appointment_add(struct cx *cx, struct db *db, struct appointment *a) {
    if (!counter_next(cx, db, S("appointment"), &a->id))
        return false;
    a->state = APPOINTMENT_OPEN;
    a->version = 1;
    a->changed_us = a->made_us;
    return SQL_RUN(cx, db, SQL_APPOINTMENT_ADD, sql_int(a->id), sql_int(a->customer_id), sql_int(a->user_id),
                   sql_day(a->day), sql_int(a->minute), sql_int(a->channel), sql_text(a->note), sql_text(a->token),
                   sql_int(a->made_us)) &&
           standing_renew(cx, db, a->customer_id);
}

static bool find(struct cx *cx, struct db *db, enum sql_id id, int64_t customer_id, struct sql_value by, bool *found,
                 struct appointment *out) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(customer_id), by};
    *found = false;
    bool done = sql_open(cx, db, id, args, 2, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = appointment_at(cx, rows);
    sql_close(rows);
    return done;
}

bool appointment_find(struct cx *cx, struct db *db, int64_t customer_id, int64_t id, bool *found,
                      struct appointment *out) {
    return find(cx, db, SQL_APPOINTMENT_FIND, customer_id, sql_int(id), found, out);
}

bool appointment_find_token(struct cx *cx, struct db *db, int64_t customer_id, struct str token, bool *found,
                            struct appointment *out) {
    return find(cx, db, SQL_APPOINTMENT_FIND_TOKEN, customer_id, sql_text(token), found, out);
}

bool appointment_change(struct cx *cx, struct db *db, const struct appointment *a, bool *changed) {
    const struct sql_value args[] = {sql_int(a->customer_id), sql_int(a->id),        sql_int(a->version),
                                     sql_int(a->user_id),     sql_day(a->day),       sql_int(a->minute),
                                     sql_int(a->channel),     sql_text(a->note),     sql_int(a->state),
                                     sql_int(a->contact_id),  sql_int(a->changed_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_APPOINTMENT_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done && (!*changed || standing_renew(cx, db, a->customer_id));
}

static bool list(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n_args,
                 struct appointment_row **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, args, n_args, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, appointment_row_at(cx, rows));
    sql_close(rows);
    return done;
}

bool appointment_due(struct cx *cx, struct db *db, int64_t user_id, struct day from, struct day until, int64_t most,
                     struct appointment_row **out, size_t *n) {
    const struct sql_value args[] = {sql_int(user_id), sql_int(from.n), sql_int(day_is(until) ? until.n : INT32_MAX),
                                     sql_int(most > 0 ? most : INT64_MAX)};
    return list(cx, db, SQL_APPOINTMENT_DUE, args, 4, out, n);
}

static int open_first(const void *a, const void *b) {
    const struct appointment *x = &((const struct appointment_row *)a)->appointment,
                             *y = &((const struct appointment_row *)b)->appointment;
    bool open = x->state == APPOINTMENT_OPEN;
    if (open != (y->state == APPOINTMENT_OPEN))
        return open ? -1 : 1;
    if (x->day.n != y->day.n)
        return (x->day.n < y->day.n) == open ? -1 : 1;
    if (x->minute != y->minute)
        return x->minute < y->minute ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

void appointment_rows_sort(struct appointment_row *row, size_t n) {
    if (n > 1)
        qsort(row, n, sizeof *row, open_first);
}

bool appointment_list(struct cx *cx, struct db *db, int64_t customer_id, int64_t most, struct appointment_row **out,
                      size_t *n) {
    if (!list(cx, db, SQL_APPOINTMENT_LIST, (struct sql_value[]){sql_int(customer_id)}, 1, out, n))
        return false;
    appointment_rows_sort(*out, *n);
    if (most > 0 && *n > (size_t)most)
        *n = (size_t)most;
    return true;
}

bool appointment_near(struct cx *cx, struct db *db, const struct appointment *a, int64_t user_id, int64_t now_us,
                      bool *out) {
    const struct sql_value args[] = {sql_int(a->customer_id), sql_int(user_id), sql_int(now_us), sql_text(a->token)};
    bool found;
    int64_t n = 0;
    bool done = sql_one_int(cx, db, SQL_APPOINTMENT_NEAR, args, 4, &found, &n);
    *out = n > 0;
    return done;
}
