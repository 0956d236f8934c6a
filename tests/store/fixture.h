// SPDX-License-Identifier: Apache-2.0
/* fixture -- a new, empty database for each test: a file in a folder of its own, or, where REATIVA_TEST_PG names a server, a
 * schema of its own there. Beside the program's own connection there is a raw one, so that a test can look at rows and do
 * damage without the code it tests.
 */
#ifndef REATIVA_TESTS_STORE_FIXTURE_H
#define REATIVA_TESTS_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "store/db.h"
#include "store/driver.h"

struct fixture {
    struct arena arena;
    struct cx cx;
    struct db *db;
    char folder[64]; /* SQLite */
    char path[96];
    char schema[64]; /* PostgreSQL */
    char url[512];
    PGconn *pg;
    sqlite3 *sqlite;
};

static inline const char *fixture_pg(void) {
    const char *url = getenv("REATIVA_TEST_PG");
    return url && *url ? url : NULL;
}

/* The URL of a schema on the test's server. */
static inline void fixture_pg_url(const char *schema, char *out, size_t room) {
    const char *base = fixture_pg();
    snprintf(out, room, "%s%coptions=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?', schema);
}

static inline void fixture_raw_run(struct fixture *f, const char *sql) {
    if (f->pg) {
        PGresult *result = PQexec(f->pg, sql);
        if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
            fail_msg("%s: %s", sql, PQerrorMessage(f->pg));
        PQclear(result);
        return;
    }
    if (!f->sqlite)
        assert_int_equal(sqlite3_open(f->path, &f->sqlite), SQLITE_OK);
    char *said = NULL;
    if (sqlite3_exec(f->sqlite, sql, NULL, NULL, &said) != SQLITE_OK)
        fail_msg("%s: %s", sql, said);
}

static inline int fixture_raw_row(void *owner, int columns, char **value, char **name) {
    struct buf *out = owner;
    (void)name;
    for (int i = 0; i < columns; i++) {
        buf_put(out, i ? S("|") : S(""));
        buf_put(out, str_from(value[i] ? value[i] : "-"));
    }
    buf_char(out, '\n');
    return 0;
}

/* All rows as text: "a|b" and a line break each, NULL as "-". The same statement serves both databases. */
static inline const char *fixture_raw(struct fixture *f, const char *sql) {
    struct buf out;
    buf_init(&out, &f->arena, 0);
    if (f->pg) {
        PGresult *result = PQexec(f->pg, sql);
        if (PQresultStatus(result) != PGRES_TUPLES_OK)
            fail_msg("%s: %s", sql, PQerrorMessage(f->pg));
        for (int row = 0; row < PQntuples(result); row++) {
            char *value[32];
            for (int i = 0; i < PQnfields(result); i++)
                value[i] = PQgetisnull(result, row, i) ? NULL : PQgetvalue(result, row, i);
            fixture_raw_row(&out, PQnfields(result), value, NULL);
        }
        PQclear(result);
    } else {
        if (!f->sqlite)
            assert_int_equal(sqlite3_open(f->path, &f->sqlite), SQLITE_OK);
        char *said = NULL;
        if (sqlite3_exec(f->sqlite, sql, fixture_raw_row, &out, &said) != SQLITE_OK)
            fail_msg("%s: %s", sql, said);
    }
    buf_char(&out, 0);
    return out.p;
}

/* The columns that a migration gave to tables of before go again, where the tables themselves stay. */
static inline void fixture_columns_drop(struct buf *out, const char *migration) {
    static const char alter[] = "ALTER TABLE ", add[] = " ADD COLUMN ";
    for (const char *at = migration; (at = strstr(at, alter)) != NULL;) {
        at += sizeof alter - 1;
        size_t table = strcspn(at, " ");
        if (strncmp(at + table, add, sizeof add - 1) != 0)
            continue;
        const char *column = at + table + sizeof add - 1;
        char gone[128];
        snprintf(gone, sizeof gone, "DROP TABLE %.*s; ", (int)table, at);
        buf_char(out, 0); /* a text, to be looked into */
        bool stays = strstr(out->p, gone) == NULL;
        out->n--;
        if (stays)
            buf_printf(out, "ALTER TABLE %.*s DROP COLUMN %.*s; ", (int)table, at, (int)strcspn(column, " "), column);
    }
}

/* What makes a database of today one of the first version: the indexes, tables and columns of later migrations go. */
static inline const char *fixture_first_version(struct fixture *f) {
    static const char *const made[] = {"INDEX ", "TABLE "};
    struct buf out;
    buf_init(&out, &f->arena, 0);
    buf_put(&out, str_from(sql_statements[SQL_VIEW_DROP].text[0])); /* they look at tables of later migrations */
    for (size_t kind = 0; kind < 2; kind++) {
        for (size_t i = 0; i < sql_migrations_n; i++) {
            const char *at = sql_migrations[i].version > 1 ? sql_migrations[i].text[0] : "";
            while ((at = strstr(at, made[kind])) != NULL) {
                bool here = at - sql_migrations[i].text[0] >= 7 &&
                            (memcmp(at - 7, "CREATE ", 7) == 0 || memcmp(at - 7, "UNIQUE ", 7) == 0);
                at += strlen(made[kind]);
                if (here)
                    buf_printf(&out, "DROP %s%.*s; ", made[kind], (int)strcspn(at, " "), at);
            }
        }
    }
    for (size_t i = 0; i < sql_migrations_n; i++) {
        if (sql_migrations[i].version > 1)
            fixture_columns_drop(&out, sql_migrations[i].text[0]);
    }
    buf_put(&out, S("DELETE FROM schema_migration WHERE version > 1"));
    buf_char(&out, 0);
    return out.p;
}

/* Fails the test with what went wrong in words. */
static inline void fixture_good(struct fixture *f, bool done) {
    if (!done)
        fail_msg("%.*s: %s", STR_ARG(f->cx.err.key), f->cx.err.detail);
}

static inline void fixture_refused(struct fixture *f, bool done, enum err_code code, const char *key) {
    assert_false(done);
    if (f->cx.err.code != code || !str_equal(f->cx.err.key, str_from(key)))
        fail_msg("%.*s instead of %s: %s", STR_ARG(f->cx.err.key), key, f->cx.err.detail);
    cx_clear(&f->cx);
}

/* The folder or schema, and no database in it yet. */
static inline int fixture_bare(void **state) {
    static int number;
    struct fixture *f = calloc(1, sizeof *f);
    arena_init(&f->arena, 0, arena_full_exit, NULL);
    f->cx.arena = &f->arena;
    if (fixture_pg()) {
        f->pg = PQconnectdb(fixture_pg());
        if (PQstatus(f->pg) != CONNECTION_OK)
            fail_msg("%s", PQerrorMessage(f->pg));
        snprintf(f->schema, sizeof f->schema, "reativa_test_%ld_%d", (long)getpid(), ++number);
        char sql[256];
        snprintf(sql, sizeof sql, "SET client_min_messages = warning; CREATE SCHEMA %s; SET search_path = %s",
                 f->schema, f->schema);
        fixture_raw_run(f, sql);
        fixture_pg_url(f->schema, f->url, sizeof f->url);
    } else {
        const char *tmp = getenv("TMPDIR");
        snprintf(f->folder, sizeof f->folder, "%s/reativa-test.XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
        assert_non_null(mkdtemp(f->folder));
        snprintf(f->path, sizeof f->path, "%s/test.db", f->folder);
        memcpy(f->url, f->path, sizeof f->path);
    }
    *state = f;
    return 0;
}

static inline int fixture_ready(void **state) {
    fixture_bare(state);
    struct fixture *f = *state;
    fixture_good(f, db_open(&f->cx, str_from(f->url), DB_CREATE, &f->db));
    return 0;
}

static inline int fixture_done(void **state) {
    struct fixture *f = *state;
    db_close(f->db);
    sqlite3_close(f->sqlite);
    if (f->pg) {
        char sql[128];
        snprintf(sql, sizeof sql, "DROP SCHEMA %s CASCADE", f->schema);
        fixture_raw_run(f, sql);
        PQfinish(f->pg);
    } else {
        static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
            char path[128];
            snprintf(path, sizeof path, "%s%s", f->path, ends[i]);
            unlink(path);
        }
        rmdir(f->folder);
    }
    arena_clear(&f->arena);
    free(f);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_ready, fixture_done)
#define TEST_BARE(name) cmocka_unit_test_setup_teardown(name, fixture_bare, fixture_done)

#endif
