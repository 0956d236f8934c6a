// SPDX-License-Identifier: Apache-2.0
/* readers -- see readers.h. One of ours is who may read a view: nobody else has to do with them. */
#include "app/readers.h"

#include "base/secret.h"
#include "store/setting.h"

enum { NAME_MOST = 63 /* of PostgreSQL */ };

static bool name_fits(struct str name) {
    for (size_t i = 0; i < name.n; i++) {
        char c = name.p[i];
        bool letter = (c >= 'a' && c <= 'z') || c == '_';
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '-')))
            return false;
    }
    return name.n > 0 && name.n <= NAME_MOST && !str_starts(name, S("pg_"));
}

static bool list(struct cx *cx, struct db *db, struct readers_one **out, size_t *n) {
    struct reader_right *right;
    size_t rights;
    if (!reader_rights(cx, db, &right, &rights))
        return false;
    *out = arena_new(cx->arena, struct readers_one, rights + 1);
    *n = 0;
    for (size_t i = 0; i < rights; i++) {
        if (i == 0 || !str_equal(right[i].name, right[i - 1].name))
            (*out)[(*n)++] = (struct readers_one){.name = right[i].name, .whole = right[i].whole};
        (*out)[*n - 1].views++;
    }
    return true;
}

static bool ours(struct cx *cx, struct db *db, struct str name, bool *out) {
    struct readers_one *one;
    size_t n;
    *out = false;
    if (!list(cx, db, &one, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        *out = *out || str_equal(one[i].name, name);
    return true;
}

static bool begin(struct cx *cx, struct db *db) {
    return db_kind(db) == DB_PG ? db_write(cx, db) : cx_fail(cx, ERR_INVALID, S("reader.only_pg"));
}

static bool put(struct cx *cx, struct db *db, const struct readers_wish *wish, struct str secret, bool *renewed) {
    bool may, taken;
    if (!ours(cx, db, wish->name, renewed) || !reader_may(cx, db, wish->name, &may, &taken))
        return false;
    if (!may)
        return cx_fail(cx, ERR_FORBIDDEN, S("reader.no_right"));
    if (taken && !*renewed)
        return cx_fail(cx, ERR_CONFLICT, S("reader.taken"), wish->name);
    return reader_put(cx, db, wish->name, secret, *renewed) &&
           audit_add(cx, db, wish->now_us, wish->who, S("reader"), wish->name, S(""),
                     *renewed ? S("password=new") : S("views=all"));
}

bool readers_put(struct cx *cx, struct db *db, const struct readers_wish *wish, struct str *secret, bool *renewed) {
    if (!name_fits(wish->name))
        return cx_fail(cx, ERR_INVALID, S("reader.name"), wish->name);
    *secret = secret_token(cx->arena);
    bool done = begin(cx, db) && put(cx, db, wish, *secret, renewed) && db_commit(cx, db);
    db_rollback(db);
    return done;
}

bool readers_remove(struct cx *cx, struct db *db, const struct readers_wish *wish) {
    bool one = false;
    bool done =
        begin(cx, db) && ours(cx, db, wish->name, &one) &&
        (one || cx_fail(cx, ERR_NOT_FOUND, S("reader.unknown"), wish->name)) && reader_remove(cx, db, wish->name) &&
        audit_add(cx, db, wish->now_us, wish->who, S("reader"), wish->name, S("views=all"), S("")) && db_commit(cx, db);
    db_rollback(db);
    return done;
}

bool readers_list(struct cx *cx, struct db *db, struct readers_one **out, size_t *n) {
    if (db_kind(db) != DB_PG)
        return cx_fail(cx, ERR_INVALID, S("reader.only_pg"));
    return list(cx, db, out, n);
}
