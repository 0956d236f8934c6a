// SPDX-License-Identifier: Apache-2.0
/* schema -- from whatever a database holds to this program's tables: migrations for the facts, a new set of derived
 * tables and views where their texts changed.
 *
 * Every change is one transaction under the writer's lock, so two programs that open an old database at once migrate
 * it once, and a kill leaves it as it was. Must not repair: a database that does not fit is refused and left alone.
 */
#include "base/secret.h"
#include "store/driver.h"
#include "store/reader.h"

static const struct str derived_setting = {"derived", 7}, key_setting = {"address_key", 11};

static bool found(struct cx *cx, struct db *db, bool *migrated, bool *strange) {
    struct sql_rows *rows;
    bool more, done = sql_open(cx, db, SQL_SCHEMA_FOUND, NULL, 0, &rows) && sql_next(cx, rows, &more);
    if (done) {
        *migrated = sql_get_int(rows, 0) > 0;
        *strange = !*migrated && sql_get_int(rows, 1) > 0;
    }
    sql_close(rows);
    return done;
}

/* How many migrations were applied; each must be one of ours, unchanged. */
static bool applied(struct cx *cx, struct db *db, size_t *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_SCHEMA_MIGRATIONS, NULL, 0, &rows);
    *out = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        struct str name = sql_get_text(rows, 1);
        int64_t version = sql_get_int(rows, 0);
        if (version > (int64_t)sql_migrations_n)
            done = cx_fail(cx, ERR_CONFLICT, S("schema.newer"), str_from(db->name),
                           cx_text(cx, "%lld", (long long)version), cx_text(cx, "%zu", sql_migrations_n));
        else if (version != (int64_t)*out + 1 ||
                 !str_equal(sql_get_text(rows, 2), str_from(sql_migrations[*out].checksum)))
            done = cx_fail(cx, ERR_CONFLICT, S("schema.changed"), str_from(db->name),
                           cx_text(cx, "%04lld_%.*s", (long long)version, STR_ARG(name)));
        else
            ++*out;
    }
    sql_close(rows);
    return done;
}

static bool derived_current(struct cx *cx, struct db *db, bool *out) {
    struct sql_rows *rows;
    bool more = false,
         done = sql_open(cx, db, SQL_SETTING_FIND, (struct sql_value[]){sql_text(derived_setting)}, 1, &rows) &&
                sql_next(cx, rows, &more);
    *out = done && more && str_equal(sql_get_text(rows, 0), str_from(sql_derived_checksum));
    sql_close(rows);
    return done;
}

/* Addresses that may not be kept are known again by their hash under this key (core/address.h): each database has its own, in a setting, as
 * a backup must have it. */
static bool key_read(struct cx *cx, struct db *db) {
    struct sql_rows *rows;
    bool more = false,
         done = sql_open(cx, db, SQL_SETTING_FIND, (struct sql_value[]){sql_text(key_setting)}, 1, &rows) &&
                sql_next(cx, rows, &more);
    db->has_key = done && more && secret_bytes_of(sql_get_text(rows, 0), db->address_key, sizeof db->address_key);
    sql_close(rows);
    return done;
}

static bool key_make(struct cx *cx, struct db *db) {
    if (db->has_key)
        return true;
    if (!secret_ready())
        return cx_fail(cx, ERR_BUG, S("db.bug"), str_from(db->name));
    secret_bytes(db->address_key, sizeof db->address_key);
    db->has_key = true;
    return SQL_RUN(cx, db, SQL_SETTING_PUT, sql_text(key_setting),
                   sql_text(secret_hex(cx->arena, db->address_key, sizeof db->address_key)));
}

static bool current(struct cx *cx, struct db *db, bool *migrated, size_t *n, bool *out) {
    bool strange = false, derived = false;
    *out = false;
    *n = 0;
    if (!found(cx, db, migrated, &strange))
        return false;
    if (strange)
        return cx_fail(cx, ERR_INVALID, S("db.not_ours"), str_from(db->name));
    if (!*migrated)
        return true;
    if (!applied(cx, db, n))
        return false;
    if ((*n == sql_migrations_n && !derived_current(cx, db, &derived)) || !key_read(cx, db))
        return false;
    *out = derived && db->has_key;
    return true;
}

static bool migrate(struct cx *cx, struct db *db, size_t from) {
    for (size_t i = from; i < sql_migrations_n; i++) {
        const struct sql_migration *m = &sql_migrations[i];
        if (!db->driver->script(cx, db, m->text[db->kind - 1]) ||
            !SQL_RUN(cx, db, SQL_SCHEMA_MIGRATED, sql_int(m->version), sql_text(str_from(m->name)),
                     sql_text(str_from(m->checksum))))
            return false;
    }
    return true;
}

static bool derive(struct cx *cx, struct db *db) {
    static const enum sql_id scripts[] = {SQL_DERIVED_DROP, SQL_DERIVED_TABLES, SQL_DERIVED_INDEXES, SQL_VIEW_MAKE};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        if (!sql_run(cx, db, scripts[i], NULL, 0, NULL))
            return false;
    }
    return SQL_RUN(cx, db, SQL_SETTING_PUT, sql_text(derived_setting), sql_text(str_from(sql_derived_checksum)));
}

/* The views go first, since a table under a view cannot be changed freely, and come back last, with their readers. */
static bool renew(struct cx *cx, struct db *db, size_t from) {
    struct reader_right *right;
    size_t rights;
    return reader_rights(cx, db, &right, &rights) && sql_run(cx, db, SQL_VIEW_DROP, NULL, 0, NULL) &&
           migrate(cx, db, from) && derive(cx, db) && reader_rights_put(cx, db, right, rights);
}

bool schema_ready(struct cx *cx, struct db *db, enum db_mode mode) {
    bool migrated = false, fits = false;
    size_t n;
    if (!current(cx, db, &migrated, &n, &fits))
        return false;
    if (!migrated && mode != DB_CREATE)
        return cx_fail(cx, ERR_NOT_FOUND, S("db.not_initialised"), str_from(db->name));
    if (fits)
        return true;
    if (mode == DB_LOOK && db->kind == DB_SQLITE) {
        db->older = n < sql_migrations_n;
        return true;
    }
    if (db->read_only)
        return cx_fail(cx, ERR_CONFLICT, S("schema.older_read_only"), str_from(db->name));
    /* Another program may have done it while this one waited for the lock: look again. */
    if (!db_write(cx, db))
        return false;
    if (current(cx, db, &migrated, &n, &fits) && (fits || (renew(cx, db, n) && key_make(cx, db))))
        return db_commit(cx, db);
    db_rollback(db);
    return false;
}
