// SPDX-License-Identifier: Apache-2.0
/* turn -- see the header.
 */
#include "store/turn.h"

#include "store/sql.h"

bool turn_find(struct cx *cx, struct db *db, struct str name, bool *found, struct turn *out) {
    const struct sql_value arg = sql_text(name);
    struct sql_rows *rows;
    bool done = sql_open(cx, db, SQL_TURN_FIND, &arg, 1, &rows) && sql_next(cx, rows, found);
    *found = done && *found;
    *out = *found ? (struct turn){.name = name,
                                  .who = str_copy(cx->arena, sql_get_text(rows, 0)),
                                  .until_us = sql_get_int(rows, 1)}
                  : (struct turn){.name = name};
    sql_close(rows);
    return done;
}

bool turn_put(struct cx *cx, struct db *db, const struct turn *turn) {
    return SQL_RUN(cx, db, SQL_TURN_PUT, sql_text(turn->name), sql_text(turn->who), sql_int(turn->until_us));
}

bool turn_hold(struct cx *cx, struct db *db, struct str who, int64_t until_us) {
    return SQL_RUN(cx, db, SQL_TURN_HOLD, sql_text(who), sql_int(until_us));
}

bool turn_leave(struct cx *cx, struct db *db, struct str name, struct str who) {
    return SQL_RUN(cx, db, SQL_TURN_LEAVE, sql_text(name), sql_text(who));
}

bool turn_restored(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_TURN_RESTORED, NULL, 0, NULL);
}
