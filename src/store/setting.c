// SPDX-License-Identifier: Apache-2.0
/* setting -- settings by name, the audit trail, and the counters of ids.
 *
 * Must not know what a setting means. Invariant: every call is one statement, but the one that says so.
 */
#include "store/setting.h"

#include "store/sql.h"

bool setting_find(struct cx *cx, struct db *db, struct str name, bool *found, struct str *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_SETTING_FIND, (struct sql_value[]){sql_text(name)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = str_copy(cx->arena, sql_get_text(rows, 0));
    sql_close(rows);
    return done;
}

bool setting_put(struct cx *cx, struct db *db, struct str name, struct str value) {
    return SQL_RUN(cx, db, SQL_SETTING_PUT, sql_text(name), sql_text(value));
}

bool setting_drop(struct cx *cx, struct db *db, struct str name) {
    return SQL_RUN(cx, db, SQL_SETTING_DROP, sql_text(name));
}

bool setting_each(struct cx *cx, struct db *db, setting_take *take, void *owner) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_SETTING_LIST, NULL, 0, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more)
        done = take(cx, owner, sql_get_text(rows, 0), sql_get_text(rows, 1));
    sql_close(rows);
    return done;
}

bool audit_add(struct cx *cx, struct db *db, int64_t at_us, struct str who, struct str what, struct str subject,
               struct str before, struct str after) {
    return SQL_RUN(cx, db, SQL_AUDIT_ADD, sql_int(at_us), sql_text(who), sql_text(what), sql_text(subject),
                   sql_text(before), sql_text(after));
}

/* Two statements: writers exclude each other, so nobody gets the same number. */
bool counter_next(struct cx *cx, struct db *db, struct str name, int64_t *id) {
    bool found;
    *id = 0;
    if (!sql_one_int(cx, db, SQL_COUNTER_FIND, (struct sql_value[]){sql_text(name)}, 1, &found, id))
        return false;
    ++*id;
    return SQL_RUN(cx, db, SQL_COUNTER_PUT, sql_text(name), sql_int(*id));
}
