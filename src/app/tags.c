// SPDX-License-Identifier: Apache-2.0
/* tags -- see the header. A tag exists from the first time that somebody gives it. */
#include "app/tags.h"

#include "app/scope.h"
#include "base/buf.h"
#include "store/setting.h"

bool tags_name(struct cx *cx, struct str name, struct str *out) {
    struct buf to;
    buf_init(&to, cx->arena, 0);
    name = str_trim(name);
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c == ',')
            return cx_fail(cx, ERR_INVALID, S("tag.comma"));
        bool blank = c <= ' ' || c == 0x7f;
        if (!blank)
            buf_char(&to, name.p[i]);
        else if (to.n > 0 && to.p[to.n - 1] != ' ')
            buf_char(&to, ' ');
    }
    *out = buf_str(&to);
    if (out->n == 0)
        return cx_fail(cx, ERR_INVALID, S("tag.empty"));
    return out->n <= TAG_NAME_MOST || cx_fail(cx, ERR_INVALID, S("tag.long"), cx_text(cx, "%d", TAG_NAME_MOST));
}

bool tags_give(struct cx *cx, struct db *db, struct str name, bool may_revive, int64_t now_us, int64_t *id) {
    bool found;
    struct tag tag;
    if (!tag_find(cx, db, name, &found, &tag))
        return false;
    if (found && tag.retired_us > 0 && !may_revive)
        return cx_fail(cx, ERR_INVALID, S("tag.retired"), name);
    return tag_of_name(cx, db, name, now_us, id);
}

static bool change(struct cx *cx, struct db *db, const struct tags_wish *wish, struct str name) {
    int64_t customer_id, tag_id = 0;
    bool changed, found;
    struct tag tag;
    if (!scope_customer(cx, db, wish->code, wish->rep, &customer_id))
        return false;
    if (wish->take) {
        if (!tag_find(cx, db, name, &found, &tag))
            return false;
        if (!found)
            return true;
        tag_id = tag.id;
    } else if (!tags_give(cx, db, name, wish->may_revive, wish->now_us, &tag_id)) {
        return false;
    }
    bool done =
        wish->take ? tag_take(cx, db, customer_id, tag_id, &changed) : tag_put(cx, db, customer_id, tag_id, &changed);
    return done && (!changed || audit_add(cx, db, wish->now_us, wish->who, S("tag"), wish->code,
                                          wish->take ? name : (struct str){0}, wish->take ? (struct str){0} : name));
}

bool tags_change(struct cx *cx, struct db *db, const struct tags_wish *wish) {
    struct str name;
    if (!tags_name(cx, wish->name, &name) || !db_write(cx, db))
        return false;
    if (change(cx, db, wish, name) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool tags_all(struct cx *cx, struct db *db, struct tag **out, size_t *n) {
    if (!db_read(cx, db))
        return false;
    bool done = tag_list(cx, db, out, n);
    db_rollback(db);
    while (done && *n > 0 && (*out)[*n - 1].retired_us > 0)
        --*n;
    return done;
}
