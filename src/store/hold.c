// SPDX-License-Identifier: Apache-2.0
/* hold -- see hold.h. Every call is one statement. */
#include "store/hold.h"

#include "store/sql.h"

enum { LIST_FIRST = 64 };

bool hold_take(struct cx *cx, struct db *db, int64_t customer_id, int64_t user_id, int64_t now_us, int64_t until_us,
               bool *taken) {
    const struct sql_value args[] = {sql_int(customer_id), sql_int(user_id), sql_int(until_us), sql_int(now_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_HOLD_TAKE, args, 4, &rows);
    *taken = rows > 0;
    return done;
}

bool hold_leave(struct cx *cx, struct db *db, int64_t user_id, int64_t but_id) {
    return SQL_RUN(cx, db, SQL_HOLD_LEAVE, sql_int(user_id), sql_int(but_id));
}

bool hold_release(struct cx *cx, struct db *db, int64_t customer_id, int64_t user_id) {
    return SQL_RUN(cx, db, SQL_HOLD_RELEASE, sql_int(customer_id), sql_int(user_id));
}

bool hold_find(struct cx *cx, struct db *db, int64_t user_id, int64_t now_us, struct hold *out) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(user_id), sql_int(now_us)};
    bool found = false, done = sql_open(cx, db, SQL_HOLD_FIND, args, 2, &rows) && sql_next(cx, rows, &found);
    *out = (struct hold){0};
    if (done && found)
        *out = (struct hold){sql_get_int(rows, 0), str_copy(cx->arena, sql_get_text(rows, 1)),
                             str_copy(cx->arena, sql_get_text(rows, 2))};
    sql_close(rows);
    return done;
}

bool hold_list(struct cx *cx, struct db *db, int64_t but_user_id, int64_t now_us, int64_t **out, size_t *n) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(but_user_id), sql_int(now_us)};
    size_t room = 0;
    bool more = false, done = sql_open(cx, db, SQL_HOLD_LIST, args, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        if (*n == room) {
            size_t larger = room ? room * 2 : LIST_FIRST;
            *out = arena_grow(cx->arena, *out, room, larger, sizeof **out);
            room = larger;
        }
        (*out)[(*n)++] = sql_get_int(rows, 0);
    }
    sql_close(rows);
    return done;
}
