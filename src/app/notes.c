// SPDX-License-Identifier: Apache-2.0
/* notes -- see notes.h. A form sent twice is kept once: the token decides, in the database.
 */
#include "app/notes.h"

#include "app/scope.h"
#include "base/limits.h"
#include "base/secret.h"
#include "base/text.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool add(struct cx *cx, struct db *db, const struct notes_wish *wish, struct str text, struct str token) {
    const struct note note = {.user_id = wish->user_id, .at_us = wish->now_us, .text = text};
    int64_t customer_id;
    bool added = false;
    return scope_customer(cx, db, wish->code, wish->rep, &customer_id) &&
           note_add(cx, db, customer_id, &note, token, &added) &&
           (!added || audit_add(cx, db, wish->now_us, wish->who, S("note"), wish->code, (struct str){0}, text));
}

bool notes_add(struct cx *cx, struct db *db, const struct notes_wish *wish, struct str text, struct str token) {
    text = text_lines(cx->arena, text);
    if (text.n == 0)
        return cx_fail(cx, ERR_INVALID, S("note.empty"));
    if (text.n > LIMIT_NOTE)
        return cx_fail(cx, ERR_LIMIT, S("note.long"), cx_text(cx, "%d", LIMIT_NOTE));
    if (token.n != SECRET_TOKEN)
        return cx_fail(cx, ERR_INVALID, S("web.form_old"));
    return db_write(cx, db) && end(cx, db, add(cx, db, wish, text, token));
}

static bool retire(struct cx *cx, struct db *db, const struct notes_wish *wish, int64_t id) {
    struct note note;
    int64_t customer_id;
    bool found = false, changed = false;
    if (!scope_customer(cx, db, wish->code, wish->rep, &customer_id) ||
        !note_find(cx, db, customer_id, id, &found, &note))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("note.unknown"));
    if (note.user_id != wish->user_id)
        return cx_fail(cx, ERR_FORBIDDEN, S("note.not_yours"));
    return note_retire(cx, db, customer_id, id, wish->now_us, &changed) &&
           (!changed || audit_add(cx, db, wish->now_us, wish->who, S("note"), wish->code, note.text, (struct str){0}));
}

bool notes_retire(struct cx *cx, struct db *db, const struct notes_wish *wish, int64_t id) {
    return db_write(cx, db) && end(cx, db, retire(cx, db, wish, id));
}
