// SPDX-License-Identifier: Apache-2.0
/* backups_restore -- a restore point becomes the database. What stood there is copied first; then one transaction takes it away, brings
 * the other, ends every session but that of who asked, and says so in the trail that came.
 */
#include "app/backups.h"

#include "app/backups_note.h"
#include "app/erase.h"
#include "base/limits.h"
#include "store/backup.h"
#include "store/setting.h"
#include "store/user.h"

enum { WAIT_S = 600 }; /* for another writer: an import may be at it */

struct asking {
    const struct backups_wish *wish;
    const struct backups_point *before;
    struct erase_carried erased; /* by when the point was made nobody had asked for it */
    bool signed_in;              /* who asks has a session */
    struct session session;
    struct user user;
};

/* Sessions of then would open again what was closed since; links too. */
static bool ways_in(struct cx *cx, struct db *db, const struct asking *asking) {
    struct user user;
    bool found = false;
    if (!session_sweep(cx, db, INT64_MAX, INT64_MAX) || !link_sweep(cx, db) ||
        (asking->signed_in && !user_find_login(cx, db, asking->user.login, &found, &user)))
        return false;
    if (!found || user.retired_us > 0 || user.role != ROLE_ADMIN)
        return true;
    struct session session = asking->session;
    session.user_id = user.id;
    return session_add(cx, db, &session);
}

static bool settle(struct cx *cx, struct db *db, void *owner) {
    const struct asking *asking = owner;
    const struct backups_wish *wish = asking->wish;
    return ways_in(cx, db, asking) && erase_again(cx, db, &asking->erased) &&
           audit_add(cx, db, wish->clock_us(), wish->who, S("restore"), wish->name, S(""),
                     cx_text(cx, "before=%.*s", STR_ARG(asking->before->name)));
}

bool backups_restore(struct cx *cx, struct str db_url, const struct backups_wish *wish, struct str session,
                     struct backups_point *before) {
    struct backups_wish copy = *wish;
    struct asking asking = {.wish = wish, .before = before};
    struct backups_point point;
    struct db *db = NULL;
    copy.kind = BACKUPS_BEFORE;
    copy.name = (struct str){0};
    if (!backups_find(cx, wish->folder, wish->name, &point) || !backups_make(cx, db_url, &copy, before))
        return false;
    bool done = db_open(cx, db_url, DB_USE, &db) &&
                session_user(cx, db, session, &asking.signed_in, &asking.session, &asking.user) &&
                erase_collect(cx, db, &asking.erased);
    if (done) {
        db_settle(db, WAIT_S, LIMIT_DB_CACHE);
        done = backup_replace(cx, db, backups_path(cx, wish->folder, wish->name, ".db"), settle, &asking);
    }
    db_close(db);
    return done;
}
