// SPDX-License-Identifier: Apache-2.0
/* replica -- see the header.
 */
#include "store/replica.h"

#include "store/driver.h"
#include "store/sql.h"

/* A page of the log begins with a head, in which no record ends: a server that stands there has written no more than one that stands before. */
enum { LOG_PAGE = 8192, LOG_HEAD = 40 };

struct whose {
    int64_t system;
    struct str base, schema;
};

static bool whose(struct cx *cx, struct db *db, struct whose *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_REPLICA_OF, NULL, 0, &rows) && sql_next(cx, rows, &more) && more;
    if (done)
        *out = (struct whose){sql_get_int(rows, 0), str_copy(cx->arena, sql_get_text(rows, 1)),
                              str_copy(cx->arena, sql_get_text(rows, 2))};
    sql_close(rows);
    return done;
}

bool replica_of(struct cx *cx, struct db *primary, struct db *other, bool *out) {
    struct whose one, two;
    struct replica_mark mark;
    if (!whose(cx, primary, &one) || !whose(cx, other, &two) || !replica_mark(cx, other, false, &mark))
        return false;
    *out = one.system == two.system && str_equal(one.base, two.base) && str_equal(one.schema, two.schema) &&
           mark.written >= 0;
    return true;
}

bool replica_mark(struct cx *cx, struct db *db, bool primary, struct replica_mark *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, primary ? SQL_REPLICA_MARK_PRIMARY : SQL_REPLICA_MARK, NULL, 0, &rows) &&
                              sql_next(cx, rows, &more) && more;
    if (done) {
        int64_t written = sql_get_int(rows, 0);
        if (written >= 0 && written % LOG_PAGE <= LOG_HEAD)
            written -= written % LOG_PAGE;
        *out = (struct replica_mark){written, str_copy(cx->arena, sql_get_text(rows, 1))};
    }
    sql_close(rows);
    return done;
}
