// SPDX-License-Identifier: Apache-2.0
/* hold -- see hold.h. Every call is one statement. */
#include "store/hold.h"

#include "store/rows.h"

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

struct hold hold_at(struct cx *cx, struct sql_rows *rows) {
    return (struct hold){sql_get_int(rows, 0), str_copy(cx->arena, sql_get_text(rows, 1)),
                         str_copy(cx->arena, sql_get_text(rows, 2))};
}

bool hold_find(struct cx *cx, struct db *db, int64_t user_id, int64_t now_us, struct hold *out) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(user_id), sql_int(now_us)};
    bool found = false, done = sql_open(cx, db, SQL_HOLD_FIND, args, 2, &rows) && sql_next(cx, rows, &found);
    *out = (struct hold){0};
    if (done && found)
        *out = hold_at(cx, rows);
    sql_close(rows);
    return done;
}
