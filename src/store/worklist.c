// SPDX-License-Identifier: Apache-2.0
/* worklist -- see worklist.h. Must not decide who is next. */
#include "store/worklist.h"

#include "store/rows.h"

static struct str text_at(struct cx *cx, struct sql_rows *rows, int column) {
    return str_copy(cx->arena, sql_get_text(rows, column));
}

struct worklist worklist_at(struct cx *cx, struct sql_rows *rows) {
    return (struct worklist){.id = sql_get_int(rows, 0),
                             .name = text_at(cx, rows, 1),
                             .query = text_at(cx, rows, 2),
                             .capacity = sql_get_int(rows, 3),
                             .starts_on = sql_get_day(rows, 4),
                             .ends_on = sql_get_day(rows, 5),
                             .script = text_at(cx, rows, 6),
                             .user_id = sql_get_int(rows, 7),
                             .made_us = sql_get_int(rows, 8),
                             .retired_us = sql_get_int(rows, 9),
                             .version = sql_get_int(rows, 10)};
}

bool worklist_add(struct cx *cx, struct db *db, struct worklist *w) {
    bool found;
    int64_t greatest;
    if (!sql_one_int(cx, db, SQL_WORKLIST_MAX, NULL, 0, &found, &greatest))
        return false;
    w->id = greatest + 1;
    w->version = 1;
    return SQL_RUN(cx, db, SQL_WORKLIST_ADD, sql_int(w->id), sql_text(w->name), sql_text(w->query),
                   sql_int(w->capacity), sql_day(w->starts_on), sql_day(w->ends_on), sql_text(w->script),
                   sql_int(w->user_id), sql_int(w->made_us));
}

bool worklist_change(struct cx *cx, struct db *db, const struct worklist *w, bool *changed) {
    const struct sql_value args[] = {sql_int(w->id),      sql_int(w->version),  sql_text(w->name),
                                     sql_text(w->query),  sql_int(w->capacity), sql_day(w->starts_on),
                                     sql_day(w->ends_on), sql_text(w->script),  sql_int(w->retired_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_WORKLIST_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}

bool worklist_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct worklist *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_WORKLIST_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = worklist_at(cx, rows);
    sql_close(rows);
    return done;
}

struct worklist_user worklist_user_at(struct cx *cx, struct sql_rows *rows) {
    return (struct worklist_user){sql_get_int(rows, 0), sql_get_int(rows, 1), text_at(cx, rows, 2)};
}

static struct worklist_row worklist_row_at(struct cx *cx, struct sql_rows *rows) {
    return (struct worklist_row){.worklist = worklist_at(cx, rows),
                                 .all = {sql_get_int(rows, 11), sql_get_int(rows, 12), sql_get_int(rows, 13)},
                                 .day = {sql_get_int(rows, 14), sql_get_int(rows, 15), sql_get_int(rows, 16)}};
}

bool worklist_board(struct cx *cx, struct db *db, struct day day, struct worklist_board *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_WORKLIST_BOARD, (struct sql_value[]){sql_int(day.n)}, 1, &rows);
    *out = (struct worklist_board){0};
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        if (sql_arm(rows) == SQL_WORKLIST_LIST)
            ROWS_ADD(cx, out->row, out->rows, worklist_row_at(cx, rows));
        else
            ROWS_ADD(cx, out->user, out->users, worklist_user_at(cx, rows));
    }
    sql_close(rows);
    return done;
}

bool worklist_users_put(struct cx *cx, struct db *db, int64_t id, const int64_t *user, size_t n) {
    bool done = SQL_RUN(cx, db, SQL_WORKLIST_USER_CLEAR, sql_int(id));
    for (size_t i = 0; done && i < n; i++)
        done = SQL_RUN(cx, db, SQL_WORKLIST_USER_ADD, sql_int(id), sql_int(user[i]));
    return done;
}

bool worklist_customer_add(struct cx *cx, struct db *db, int64_t id, int64_t customer_id) {
    return SQL_RUN(cx, db, SQL_WORKLIST_CUSTOMER_ADD, sql_int(id), sql_int(customer_id));
}

bool worklist_customer_drop(struct cx *cx, struct db *db, int64_t id, int64_t customer_id, bool *dropped) {
    const struct sql_value args[] = {sql_int(id), sql_int(customer_id)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_WORKLIST_CUSTOMER_DROP, args, 2, &rows);
    *dropped = rows > 0;
    return done;
}

static struct worklist_member member_at(struct cx *cx, struct sql_rows *rows) {
    return (struct worklist_member){.id = sql_get_int(rows, 0),
                                    .code = text_at(cx, rows, 1),
                                    .name = text_at(cx, rows, 2),
                                    .city = text_at(cx, rows, 3),
                                    .rep = text_at(cx, rows, 4),
                                    .closed_on = sql_get_day(rows, 5),
                                    .skip_until = sql_get_day(rows, 6),
                                    .skip_why = text_at(cx, rows, 7),
                                    .contacts = sql_get_int(rows, 8),
                                    .last_day = sql_get_day(rows, 9),
                                    .last_outcome = (enum contact_outcome)sql_get_int(rows, 10),
                                    .last_user = text_at(cx, rows, 11)};
}

bool worklist_members(struct cx *cx, struct db *db, const struct worklist_search *search, struct worklist_member **out,
                      size_t *n) {
    const struct sql_value args[] = {sql_int(search->id), sql_text(search->rep), sql_text(search->pattern),
                                     sql_text(search->after), sql_int(search->most)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_WORKLIST_MEMBERS, args, 5, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, member_at(cx, rows));
    sql_close(rows);
    return done;
}

bool worklist_members_count(struct cx *cx, struct db *db, const struct worklist_search *search, int64_t *n,
                            int64_t *contacted) {
    const struct sql_value args[] = {sql_int(search->id), sql_text(search->rep), sql_text(search->pattern)};
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_WORKLIST_MEMBERS_COUNT, args, 3, &rows) && sql_next(cx, rows, &more);
    *n = done && more ? sql_get_int(rows, 0) : 0;
    *contacted = done && more ? sql_get_int(rows, 1) : 0;
    sql_close(rows);
    return done;
}

struct worklist_pick worklist_pick_at(struct cx *cx, struct sql_rows *rows) {
    return (struct worklist_pick){.id = sql_get_int(rows, 0),
                                  .code = text_at(cx, rows, 1),
                                  .name = text_at(cx, rows, 2),
                                  .city = text_at(cx, rows, 3),
                                  .last_contact = sql_get_day(rows, 4)};
}

bool worklist_skip_put(struct cx *cx, struct db *db, int64_t id, int64_t customer_id, int64_t user_id, struct day until,
                       struct str why) {
    return SQL_RUN(cx, db, SQL_WORKLIST_SKIP_PUT, sql_int(id), sql_int(customer_id), sql_int(user_id), sql_day(until),
                   sql_text(why));
}

bool worklist_state(struct cx *cx, struct db *db, int64_t customer_id, int64_t appointment_id, bool *found,
                    struct day *last_contact, bool *open) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(customer_id), sql_int(appointment_id)};
    *found = false;
    bool done = sql_open(cx, db, SQL_WORKLIST_STATE, args, 2, &rows) && sql_next(cx, rows, found);
    if (done && *found) {
        *last_contact = sql_get_day(rows, 0);
        *open = sql_get_int(rows, 1) == 1;
    }
    sql_close(rows);
    return done;
}
