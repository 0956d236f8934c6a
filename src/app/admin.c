// SPDX-License-Identifier: Apache-2.0
/* admin -- see admin.h. */
#include "app/admin.h"

#include "store/backup.h"
#include "store/policy.h"

enum { CACHE_BYTES = 24 << 20 }; /* of a connection kept open; the system keeps the file itself in memory */

bool admin_open(struct cx *cx, struct str url, struct db **out) {
    return db_open(cx, url, DB_USE, out);
}

bool admin_make(struct cx *cx, struct str url, struct db **out) {
    return db_open(cx, url, DB_CREATE, out);
}

bool admin_is_server(struct str url) {
    return db_is_server(url);
}

void admin_close(struct db *db) {
    db_close(db);
}

bool admin_keep(struct cx *cx, struct str url, int32_t wait_s, struct recall *recall, struct db **out) {
    if (!db_open(cx, url, DB_USE, out))
        return false;
    db_settle(*out, wait_s, CACHE_BYTES);
    db_recall(*out, recall);
    return true;
}

bool admin_replica_open(struct cx *cx, struct str url, struct recall *recall, struct db **out) {
    if (!db_open(cx, url, DB_LOOK, out))
        return false;
    db_recall(*out, recall);
    return true;
}

bool admin_replica_of(struct cx *cx, struct db *primary, struct db *other, bool *out) {
    return replica_of(cx, primary, other, out);
}

bool admin_replica_mark(struct cx *cx, struct db *db, bool primary, struct replica_mark *out) {
    return replica_mark(cx, db, primary, out);
}

bool admin_stands(struct db *db) {
    return db_stands(db);
}

int64_t admin_statements(const struct db *db) {
    return db_statements(db);
}

void admin_rest(struct db *db) {
    db_rollback(db);
}

bool admin_backup(struct cx *cx, struct db *db, struct str path) {
    return backup_write(cx, db, path);
}

/* Before anything is made at url: a copy that cannot be read costs nothing. */
static bool backup_opens(struct cx *cx, struct str path) {
    struct db *copy = NULL;
    bool ok = db_open(cx, path, DB_LOOK, &copy);
    db_close(copy);
    if (!ok && str_equal(cx->err.key, S("db.not_found"))) {
        cx_clear(cx);
        return cx_fail(cx, ERR_NOT_FOUND, S("admin.no_backup"), path);
    }
    return ok;
}

bool admin_restore(struct cx *cx, struct str url, struct str path, struct db **out) {
    return backup_opens(cx, path) && db_open(cx, url, DB_CREATE, out) && backup_restore(cx, *out, path);
}

bool admin_imports(struct cx *cx, struct db *db, struct import_run **out, size_t *n) {
    return import_list(cx, db, out, n);
}

bool admin_import(struct cx *cx, struct db *db, int64_t id, struct import_run *out) {
    bool found;
    if (!import_find(cx, db, id, &found, out))
        return false;
    return found || cx_fail(cx, ERR_NOT_FOUND, S("admin.no_import"), cx_text(cx, "%lld", (long long)id));
}

bool admin_rejects(struct cx *cx, struct db *db, int64_t id, import_reject_visit *visit, void *owner) {
    return import_rejects_each(cx, db, id, visit, owner);
}

bool admin_policy(struct cx *cx, struct db *db, struct policy *out) {
    return policy_load(cx, db, out);
}
