// SPDX-License-Identifier: Apache-2.0
/* notices -- see the header.
 */
#include "app/notices.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    done = done && db_commit(cx, db);
    db_rollback(db);
    return done;
}

bool notices_list(struct cx *cx, struct db *db, int64_t user_id, struct notice **out, size_t *n) {
    return notice_list(cx, db, user_id, NOTICES_MOST, out, n);
}

static bool own(struct cx *cx, struct db *db, int64_t user_id, int64_t id, struct message *out) {
    bool found = false;
    if (!message_find(cx, db, id, &found, out))
        return false;
    return (found && out->user_id == user_id && out->channel == MESSAGE_APP) ||
           cx_fail(cx, ERR_NOT_FOUND, S("notice.unknown"));
}

/* Who opens it again writes nothing: a page that is looked at must not wait for a writer. */
bool notices_read(struct cx *cx, struct db *db, int64_t user_id, int64_t id, int64_t now_us, struct message *out) {
    if (!own(cx, db, user_id, id, out))
        return false;
    if (out->read_us > 0)
        return true;
    out->read_us = now_us;
    return end(cx, db, db_write(cx, db) && message_read_put(cx, db, id, user_id, now_us));
}

bool notices_body(struct cx *cx, struct db *db, int64_t user_id, int64_t id, bool *found, struct message_body *out) {
    struct message message;
    return own(cx, db, user_id, id, &message) && message_body_find(cx, db, id, found, out);
}

bool notices_read_all(struct cx *cx, struct db *db, int64_t user_id, int64_t now_us) {
    return end(cx, db, db_write(cx, db) && notice_read_all(cx, db, user_id, now_us));
}
