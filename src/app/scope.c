// SPDX-License-Identifier: Apache-2.0
/* scope -- see the header. */
#include "app/scope.h"

bool scope_customer(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t *id) {
    bool found = false;
    if (!customer_find_of(cx, db, code, rep, &found, id))
        return false;
    return found || cx_fail(cx, ERR_NOT_FOUND, S("scope.no_customer"), code);
}

bool scope_check(struct cx *cx, struct db *db, struct str code, struct str rep) {
    int64_t id;
    bool done = db_read(cx, db) && scope_customer(cx, db, code, rep, &id);
    db_rollback(db);
    return done;
}
