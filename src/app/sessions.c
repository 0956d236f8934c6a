// SPDX-License-Identifier: Apache-2.0
/* sessions -- see the header. What has run out is swept with the next sign-in; until then it is not shown. */
#include "app/sessions.h"

#include "app/signin.h"
#include "app/users.h"
#include "store/setting.h"

#define DAY_US INT64_C(86400000000)

bool sessions_all(struct cx *cx, struct db *db, int64_t now_us, struct session_whose **out, size_t *n) {
    return session_all(cx, db, now_us - SIGNIN_SESSION_DAYS * DAY_US, now_us - SIGNIN_IDLE_DAYS * DAY_US, SESSIONS_MOST,
                       out, n);
}

bool sessions_guesses(struct cx *cx, struct db *db, struct guess_whose **out, size_t *n) {
    return guess_all(cx, db, SESSIONS_MOST, out, n);
}

bool sessions_end(struct cx *cx, struct db *db, const struct user *user, struct str hash, struct str but,
                  struct str who, int64_t now_us) {
    if (hash.n == 0)
        return users_sessions_end(cx, db, user, but, who, now_us);
    bool done = db_write(cx, db) && session_end(cx, db, hash, user->id) &&
                audit_add(cx, db, now_us, who, S("session_end"), user->login, (struct str){0}, (struct str){0}) &&
                db_commit(cx, db);
    db_rollback(db);
    return done;
}
