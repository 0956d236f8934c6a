// SPDX-License-Identifier: Apache-2.0
/* transfer -- see the header. Whole sets at a time: a portfolio of a hundred thousand is not walked row by row. */
#include "store/transfer.h"

#include "base/ids.h"
#include "store/customer.h"
#include "store/rows.h"
#include "store/setting.h"

static bool token_find(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id) {
    return sql_one_int(cx, db, SQL_TRANSFER_TOKEN, (struct sql_value[]){sql_text(token)}, 1, found, id);
}

static bool customers_add(struct cx *cx, struct db *db, int64_t id, const int64_t *customer, size_t n) {
    struct sql_bulk *bulk;
    if (!sql_bulk_open(cx, db, SQL_TRANSFER_CUSTOMER_ADD, &bulk))
        return false;
    bool done = true;
    for (size_t i = 0; done && i < n; i++)
        done = sql_bulk_add(cx, bulk, (struct sql_value[]){sql_int(id), sql_int(customer[i]), sql_int(0)}, 3);
    done = done && sql_bulk_flush(cx, bulk);
    sql_bulk_close(bulk);
    return done && SQL_RUN(cx, db, SQL_TRANSFER_CUSTOMER_FROM, sql_int(id));
}

static bool customers_count(struct cx *cx, struct db *db, int64_t id, int64_t *out) {
    bool found;
    return sql_one_int(cx, db, SQL_TRANSFER_COUNT, (struct sql_value[]){sql_int(id)}, 1, &found, out);
}

bool transfer_add(struct cx *cx, struct db *db, const struct transfer *t, const int64_t *customer, size_t n,
                  int64_t *id, bool *again, int64_t *customers) {
    if (!token_find(cx, db, t->token, again, id))
        return false;
    if (*again)
        return customers_count(cx, db, *id, customers);
    return counter_next(cx, db, S("transfer"), id) &&
           SQL_RUN(cx, db, SQL_TRANSFER_ADD, sql_int(*id), sql_int(t->day.n), sql_int(t->rep_id), sql_int(t->along),
                   sql_text(t->reason), sql_text(t->said), sql_text(t->who), sql_int(t->made_us), sql_text(t->token)) &&
           customers_add(cx, db, *id, customer, n) &&
           SQL_RUN(cx, db, SQL_TRANSFER_CUSTOMER_HAD, sql_int(*id), sql_int(t->rep_id)) &&
           customers_count(cx, db, *id, customers);
}

/* ---- doing and undoing ---- */

static bool along_go(struct cx *cx, struct db *db, const struct transfer *t, int64_t now_us) {
    int64_t user;
    if (!transfer_user(cx, db, t->rep_id, &user))
        return false;
    if (user != 0 && (t->along & TRANSFER_APPOINTMENTS) &&
        (!SQL_RUN(cx, db, SQL_TRANSFER_ALONG_APPOINTMENTS, sql_int(t->id), sql_int(user)) ||
         !SQL_RUN(cx, db, SQL_TRANSFER_APPOINTMENTS_GIVE, sql_int(t->id), sql_int(now_us))))
        return false;
    return user == 0 || !(t->along & TRANSFER_WORKLISTS) ||
           (SQL_RUN(cx, db, SQL_TRANSFER_ALONG_WORKLISTS, sql_int(t->id), sql_int(user)) &&
            SQL_RUN(cx, db, SQL_TRANSFER_WORKLISTS_GIVE, sql_int(t->id)));
}

bool transfer_do(struct cx *cx, struct db *db, const struct transfer *t, int64_t import_id, int64_t now_us,
                 int64_t *changed) {
    return SQL_RUN(cx, db, SQL_TRANSFER_MOVE, sql_int(t->id)) &&
           SQL_RUN(cx, db, SQL_TRANSFER_FACTS, sql_int(t->id), sql_int(import_id), sql_int(t->rep_id)) &&
           customer_merge(cx, db, import_id, changed) && along_go(cx, db, t, now_us) &&
           SQL_RUN(cx, db, SQL_TRANSFER_HOLDS_END, sql_int(t->id), sql_int(t->rep_id)) &&
           SQL_RUN(cx, db, SQL_TRANSFER_DONE, sql_int(t->id), sql_int(now_us), sql_int(import_id));
}

bool transfer_off(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(now_us), sql_text(who)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_TRANSFER_OFF, args, 3, &rows);
    *changed = rows > 0;
    return done;
}

bool transfer_taken_back(struct cx *cx, struct db *db, int64_t import_id, struct str who, int64_t now_us) {
    int64_t id;
    bool found;
    if (!sql_one_int(cx, db, SQL_TRANSFER_OF_IMPORT, (struct sql_value[]){sql_int(import_id)}, 1, &found, &id))
        return false;
    return !found || (SQL_RUN(cx, db, SQL_TRANSFER_APPOINTMENTS_BACK, sql_int(id), sql_int(now_us)) &&
                      SQL_RUN(cx, db, SQL_TRANSFER_WORKLISTS_BACK, sql_int(id)) &&
                      SQL_RUN(cx, db, SQL_TRANSFER_UNDONE, sql_int(import_id), sql_int(now_us), sql_text(who)));
}

/* ---- reading ---- */

static struct transfer transfer_at(struct cx *cx, struct sql_rows *rows) {
    return (struct transfer){.id = sql_get_int(rows, 0),
                             .state = (enum transfer_state)sql_get_int(rows, 1),
                             .day = sql_get_day(rows, 2),
                             .rep = str_copy(cx->arena, sql_get_text(rows, 3)),
                             .along = sql_get_int(rows, 4),
                             .reason = str_copy(cx->arena, sql_get_text(rows, 5)),
                             .said = str_copy(cx->arena, sql_get_text(rows, 6)),
                             .who = str_copy(cx->arena, sql_get_text(rows, 7)),
                             .made_us = sql_get_int(rows, 8),
                             .done_us = sql_get_int(rows, 9),
                             .ended_us = sql_get_int(rows, 10),
                             .ended_by = str_copy(cx->arena, sql_get_text(rows, 11)),
                             .import_id = sql_get_int(rows, 12),
                             .customers = sql_get_int(rows, 13),
                             .moved = sql_get_int(rows, 14),
                             .stands = sql_get_int(rows, 15),
                             .rep_id = sql_get_int(rows, 16)};
}

static bool transfers_read(struct cx *cx, struct db *db, int64_t id, int64_t rep_id, struct transfer **out, size_t *n) {
    const struct sql_value args[] = {sql_int(id), sql_int(rep_id)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TRANSFER_LIST, args, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, transfer_at(cx, rows));
    sql_close(rows);
    return done;
}

bool transfer_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct transfer *out) {
    struct transfer *all;
    size_t n = 0;
    if (id > 0 && !transfers_read(cx, db, id, 0, &all, &n))
        return false;
    *found = n > 0;
    if (*found)
        *out = all[0];
    return true;
}

bool transfer_list(struct cx *cx, struct db *db, int64_t rep_id, struct transfer **out, size_t *n) {
    return transfers_read(cx, db, 0, rep_id, out, n);
}

static bool ids_read(struct cx *cx, struct db *db, enum sql_id id, struct sql_value arg, int64_t **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, &arg, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, sql_get_int(rows, 0));
    sql_close(rows);
    return done;
}

bool transfer_due(struct cx *cx, struct db *db, struct day today, int64_t **id, size_t *n) {
    return ids_read(cx, db, SQL_TRANSFER_DUE, sql_int(today.n), id, n);
}

bool transfer_user(struct cx *cx, struct db *db, int64_t rep_id, int64_t *out) {
    int64_t *id;
    size_t n;
    if (!ids_read(cx, db, SQL_TRANSFER_USER, sql_int(rep_id), &id, &n))
        return false;
    *out = n == 1 ? id[0] : 0;
    return true;
}

bool transfer_members(struct cx *cx, struct db *db, int64_t id, struct str after, int64_t most,
                      struct transfer_member **out, size_t *n) {
    const struct sql_value args[] = {sql_int(id), sql_text(after), sql_int(most)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TRANSFER_MEMBERS, args, 3, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct transfer_member member = {.code = str_copy(cx->arena, sql_get_text(rows, 0)),
                                               .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                                               .from = str_copy(cx->arena, sql_get_text(rows, 2)),
                                               .moved = sql_get_int(rows, 3) > 0,
                                               .now = str_copy(cx->arena, sql_get_text(rows, 4))};
        ROWS_ADD(cx, *out, *n, member);
    }
    sql_close(rows);
    return done;
}

struct transfer_line transfer_line_at(struct cx *cx, struct sql_rows *rows) {
    return (struct transfer_line){.id = sql_get_int(rows, 0),
                                  .state = (enum transfer_state)sql_get_int(rows, 1),
                                  .day = sql_get_day(rows, 2),
                                  .from = str_copy(cx->arena, sql_get_text(rows, 3)),
                                  .to = str_copy(cx->arena, sql_get_text(rows, 4)),
                                  .who = str_copy(cx->arena, sql_get_text(rows, 5)),
                                  .reason = str_copy(cx->arena, sql_get_text(rows, 6)),
                                  .done_us = sql_get_int(rows, 7),
                                  .moved = sql_get_int(rows, 8) > 0};
}

bool transfer_ties(struct cx *cx, struct db *db, const int64_t *id, size_t n, int64_t now_us,
                   struct transfer_ties *out) {
    enum { APPOINTMENT = 1, PLACE, HOLD };
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TRANSFER_TIES, (struct sql_value[]){sql_int(now_us)}, 1, &rows);
    *out = (struct transfer_ties){0};
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        int64_t kind = sql_get_int(rows, 0);
        bool in = ids_hold(id, n, sql_get_int(rows, 1));
        out->appointments += in && kind == APPOINTMENT;
        out->places += in && kind == PLACE;
        out->holds += in && kind == HOLD;
    }
    sql_close(rows);
    return done;
}
