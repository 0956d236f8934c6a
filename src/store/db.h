// SPDX-License-Identifier: Apache-2.0
/* db -- one open database: SQLite in a file, or PostgreSQL.
 *
 * The only thing the layers above see of a database; what talks to sqlite3 and libpq is in sqlite.c and pg.c behind
 * driver.h. One db belongs to one thread. Writers exclude each other for the length of a transaction (SQLite: BEGIN
 * IMMEDIATE; PostgreSQL: an advisory lock), so code between begin and commit never meets another writer.
 */
#ifndef REATIVA_STORE_DB_H
#define REATIVA_STORE_DB_H

#include "base/cx.h"

struct db;

enum db_kind { DB_SQLITE = 1, DB_PG };
enum db_mode {
    DB_USE = 0, /* must exist and have the program's schema: a newer one is CONFLICT, an older one is migrated */
    DB_CREATE,  /* init: made when absent, migrated when older */
    DB_LOOK /* a backup: must exist, is only read; an older one is taken as it is (not on PostgreSQL: there it is a replica, that is not waited for) */
};

/* db_open -- url: a path, or postgres://… / postgresql://…. Errors name the database and what to do: NOT_FOUND (no such
 * file: run init), INVALID (not a database of ours), CONFLICT (newer schema, a changed migration), IO, DB.
 * A read-only file opens for reading; the first write then fails with a clear error. */
bool db_open(struct cx *cx, struct str url, enum db_mode mode, struct db **out);
bool db_is_server(struct str url); /* does it name a server, not a file? */
void db_close(struct db *db);      /* NULL is fine; an open transaction is rolled back */
enum db_kind db_kind(const struct db *db);
/* db_stands -- is what was opened still there: the file neither removed nor replaced by another, the connection not ended by the
 * server? For those who keep one open between their uses; costs a system call. */
bool db_stands(struct db *db);
/* db_settle -- how long db_write waits from now on (DB_WAIT_S unless set), and with how much memory for pages (SQLite's). */
enum { DB_WAIT_S = 5 };
void db_settle(struct db *db, int32_t wait_s, size_t cache_bytes);

/* db_statements -- how many it was asked since it was opened, without BEGIN, COMMIT and ROLLBACK; rows sent in bulk are one. For
 * who watches what a page costs. */
int64_t db_statements(const struct db *db);

/* db_recall -- what is worked out from this database may be remembered here, and given again to all that share it (picture.h). The
 * caller's; NULL: no longer. */
struct recall;
void db_recall(struct db *db, struct recall *recall);

bool db_read(struct cx *cx, struct db *db); /* begin: one consistent picture of the data */
bool db_write(
    struct cx *cx,
    struct db *db); /* begin: waits for another writer (see db_settle), then IO: nobody was first, only busy */
bool db_commit(struct cx *cx, struct db *db);
void db_rollback(struct db *db);

/* db_pattern -- a text as a pattern of LIKE ... ESCAPE '!' that fits wherever it stands; its signs are meant as they are. The empty text
 * stays empty: anything. */
struct str db_pattern(struct cx *cx, struct str text);

/* db_check_statements -- prepare every statement of sql/ on this database and compare parameters and columns with its header. */
bool db_check_statements(struct cx *cx, struct db *db);

#endif
