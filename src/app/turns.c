// SPDX-License-Identifier: Apache-2.0
/* turns -- see the header.
 */
#include "app/turns.h"

#include "base/process.h"
#include "store/turn.h"

#define SECOND_US INT64_C(1000000)
/* Beyond this a lease is of a clock that has gone back since. */
static const int64_t FAR_US = (TURNS_LEASE_S + 3600) * SECOND_US;

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool is_free(struct cx *cx, struct db *db, struct str name, struct str who, int64_t now_us, bool *out) {
    struct turn turn;
    bool found = false, done = turn_find(cx, db, name, &found, &turn);
    *out = !found || str_equal(turn.who, who) || turn.until_us <= now_us || turn.until_us > now_us + FAR_US ||
           process_gone(turn.who);
    return done;
}

bool turns_take(struct cx *cx, struct db *db, struct str name, struct str who, int64_t now_us, bool *mine) {
    const struct turn turn = {.name = name, .who = who, .until_us = now_us + TURNS_LEASE_S * SECOND_US};
    *mine = false;
    bool may = false, done = db_read(cx, db) && is_free(cx, db, name, who, now_us, &may);
    db_rollback(db);
    if (!done || !may)
        return done;
    return db_write(cx, db) &&
           end(cx, db, is_free(cx, db, name, who, now_us, mine) && (!*mine || turn_put(cx, db, &turn)));
}

bool turns_hold(struct cx *cx, struct db *db, struct str who, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, turn_hold(cx, db, who, now_us + TURNS_LEASE_S * SECOND_US));
}

bool turns_leave(struct cx *cx, struct db *db, struct str name, struct str who) {
    return db_write(cx, db) && end(cx, db, turn_leave(cx, db, name, who));
}
