// SPDX-License-Identifier: Apache-2.0
/* db -- opening, transactions, and the check of the closed list, over whichever driver the URL names.
 *
 * Must not hold SQL. Invariant: begin, commit and rollback come in pairs; a second begin is a bug of the caller.
 */
#include "store/db.h"

#include <stdlib.h>

#include "base/buf.h"
#include "store/driver.h"
#include "store/picture.h"

enum { DB_LABELS = 100000 }; /* labels remembered by an open database; past it the memory starts anew */

struct str db_pattern(struct cx *cx, struct str text) {
    struct buf to;
    if (text.n == 0)
        return text;
    buf_init(&to, cx->arena, 0);
    buf_char(&to, '%');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '%' || text.p[i] == '_' || text.p[i] == '!')
            buf_char(&to, '!');
        buf_char(&to, text.p[i]);
    }
    buf_char(&to, '%');
    return buf_str(&to);
}

bool db_is_server(struct str url) {
    return str_starts(url, S("postgres://")) || str_starts(url, S("postgresql://"));
}

bool db_open(struct cx *cx, struct str url, enum db_mode mode, struct db **out) {
    *out = NULL;
    struct db *db = NULL;
    if (!url.n)
        return cx_fail(cx, ERR_INVALID, S("db.no_name"));
    if (db_is_server(url) ? !pg_open(cx, url, mode, &db) : !sqlite_open(cx, url, mode, &db))
        return false;
    db->wait_s = DB_WAIT_S;
    map_init(&db->labels, DB_LABELS, cx->arena->full, cx->arena->owner);
    if (!schema_ready(cx, db, mode)) {
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

void db_close(struct db *db) {
    if (!db)
        return;
    db_rollback(db);
    map_clear(&db->labels);
    free(db->name);
    db->driver->close(db);
}

enum db_kind db_kind(const struct db *db) {
    return db->kind;
}

int64_t db_statements(const struct db *db) {
    return db->statements;
}

bool db_stands(struct db *db) {
    return db->driver->stands(db);
}

void db_settle(struct db *db, int32_t wait_s, size_t cache_bytes) {
    db->wait_s = wait_s;
    db->driver->settle(db, cache_bytes);
}

void db_recall(struct db *db, struct recall *recall) {
    db->recall = recall;
}

static bool begin(struct cx *cx, struct db *db, bool write) {
    if (db->in_transaction) {
        cx_fail(cx, ERR_BUG, S("db.bug"), str_from(db->name));
        return cx_detail(cx, "begin within a transaction");
    }
    map_reset(&db->labels); /* another program may have brought back other ones meanwhile */
    db->in_transaction = db->driver->begin(cx, db, write);
    db->writing = write;
    picture_begun(db);
    return db->in_transaction;
}

bool db_read(struct cx *cx, struct db *db) {
    return begin(cx, db, false);
}

bool db_write(struct cx *cx, struct db *db) {
    return begin(cx, db, true);
}

bool db_commit(struct cx *cx, struct db *db) {
    if (!db->in_transaction) {
        cx_fail(cx, ERR_BUG, S("db.bug"), str_from(db->name));
        return cx_detail(cx, "commit without begin");
    }
    if ((db->writing && !picture_renew(cx, db)) || !db->driver->commit(cx, db)) {
        db_rollback(db);
        return false;
    }
    db->in_transaction = false;
    picture_ended(db, true);
    return true;
}

void db_rollback(struct db *db) {
    if (!db->in_transaction)
        return;
    db->driver->rollback(db);
    db->in_transaction = false;
    picture_ended(db, false);
    map_reset(&db->labels);
}

/* Some statements compare the kept derived tables with temporary ones: those must be there to be prepared. */
static bool all_checked(struct cx *cx, struct db *db) {
    if (!sql_run(cx, db, SQL_DERIVED_HIDDEN_DROP, NULL, 0, NULL) ||
        !sql_run(cx, db, SQL_DERIVED_TABLES_TEMPORARY, NULL, 0, NULL))
        return false;
    for (int id = 0; id < (int)SQL_COUNT; id++) {
        const struct sql_statement *statement = &sql_statements[id];
        if (!statement->script && statement->text[db->kind - 1] && !db->driver->check(cx, db, id))
            return false;
    }
    return true;
}

bool db_check_statements(struct cx *cx, struct db *db) {
    bool good = db_read(cx, db) && all_checked(cx, db);
    db_rollback(db);
    return good;
}
