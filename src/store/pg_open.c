// SPDX-License-Identifier: Apache-2.0
/* pg_open -- connecting to PostgreSQL, and saying why not: no such database, a wrong password, nobody there.
 *
 * Must not keep a caller waiting for good: ten seconds without a word from the server are a refusal. The password is
 * never part of a name or message.
 */
#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "store/pg.h"

/* For the server to take a connection; one that is only looked into is not waited for so long. */
enum { PG_WAIT_MS = 10000, PG_LOOK_WAIT_MS = 2000 };

static void ignore_notice(void *owner, const char *message) {
    (void)owner;
    (void)message;
}

/* The five letters of the server's SQLSTATE in a refusal to connect, for which libpq has no call: with verbosity VERBOSE
 * they stand between the severity, whose word depends on the server's language, and the message. */
static bool refused_with(const PGconn *conn, const char *state) {
    char mark[10];
    snprintf(mark, sizeof mark, " %s:", state);
    return strstr(PQerrorMessage(conn), mark) != NULL;
}

static bool refuse(struct cx *cx, struct pg_db *db) {
    struct str name = str_from(db->db.name), base = str_from(PQdb(db->conn)), user = str_from(PQuser(db->conn));
    if (refused_with(db->conn, "3D000"))
        cx_fail(cx, ERR_NOT_FOUND, S("db.pg_no_database"), name, base);
    else if (refused_with(db->conn, "28P01") || refused_with(db->conn, "28000") || PQconnectionNeedsPassword(db->conn))
        cx_fail(cx, ERR_FORBIDDEN, S("db.pg_login"), name, user);
    else if (refused_with(db->conn, "42501"))
        cx_fail(cx, ERR_FORBIDDEN, S("db.no_rights"), name, user);
    else if (refused_with(db->conn, "53300") || strstr(PQerrorMessage(db->conn), "no more connections allowed"))
        cx_fail(cx, ERR_CONFLICT, S("db.pg_crowded"), name);
    else
        cx_fail(cx, ERR_IO, S("db.pg_no_server"), name);
    return cx_detail(cx, "%s", PQerrorMessage(db->conn));
}

static bool connect_within(PGconn *conn, int wait_ms) {
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
        struct pollfd fd = {.fd = PQsocket(conn), .events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT};
        if (fd.fd < 0 || poll(&fd, 1, wait_ms) <= 0)
            return false;
        status = PQconnectPoll(conn);
    }
    return status == PGRES_POLLING_OK;
}

/* "sales (db.example.com)": never the password. */
static char *shown_name(const PGconn *conn) {
    const char *base = PQdb(conn), *host = PQhost(conn);
    size_t room = (base ? strlen(base) : 0) + (host ? strlen(host) : 0) + 8;
    char *name = malloc(room);
    if (name)
        snprintf(name, room, "%s (%s)", base ? base : "", host && *host ? host : "local");
    return name;
}

/* A pooler gives out keys of its own making, not of the session behind it: that is how it is known. */
static bool server_known(struct cx *cx, struct pg_db *db) {
    struct sql_rows *rows;
    bool more = false;
    db->pooled = true; /* until it is known: nothing may stay behind */
    bool done = sql_open(cx, &db->db, SQL_SCHEMA_SERVER, NULL, 0, &rows) && sql_next(cx, rows, &more) && more;
    if (done) {
        db->pooled = sql_get_int(rows, 0) != PQbackendPID(db->conn);
        db->db.read_only = sql_get_int(rows, 1) == 1;
    }
    sql_close(rows);
    db->db.statements = 0;
    return done;
}

bool pg_open(struct cx *cx, struct str url, enum db_mode mode, struct db **out) {
    char *text = str_terminated(cx->arena, url), *wrong = NULL;
    PQconninfoOption *options = PQconninfoParse(text, &wrong);
    PQconninfoFree(options);
    if (!options) {
        cx_fail(cx, ERR_INVALID, S("db.pg_url"));
        cx_detail(cx, "%s", wrong ? wrong : "");
        PQfreemem(wrong);
        return false;
    }
    struct pg_db *db = calloc(1, sizeof *db);
    if (!db)
        return cx_fail(cx, ERR_LIMIT, S("db.memory"), S("PostgreSQL"));
    db->db.driver = &pg_driver;
    db->db.kind = DB_PG;
    /* What stands before the address may be said otherwise in it: how soon a server that is silent is given up. */
    const char *const keys[] = {
        "keepalives_idle", "keepalives_interval", "keepalives_count",          "tcp_user_timeout",
        "dbname",          "client_encoding",     "fallback_application_name", NULL};
    const char *const values[] = {"30", "10", "3", "30000", text, "UTF8", "reativa", NULL};
    db->conn = PQconnectStartParams(keys, values, 1);
    db->db.name = shown_name(db->conn);
    bool done = false;
    if (!db->db.name || !db->conn) {
        cx_fail(cx, ERR_LIMIT, S("db.memory"), S("PostgreSQL"));
    } else {
        PQsetErrorVerbosity(db->conn, PQERRORS_VERBOSE);
        PQsetNoticeProcessor(db->conn, ignore_notice, NULL);
        done = connect_within(db->conn, mode == DB_LOOK ? PG_LOOK_WAIT_MS : PG_WAIT_MS) || refuse(cx, db);
        PQsetErrorVerbosity(db->conn, PQERRORS_DEFAULT);
        done = done && server_known(cx, db);
    }
    if (!done) {
        free(db->db.name);
        pg_driver.close(&db->db);
        return false;
    }
    *out = &db->db;
    return true;
}

bool pg_password(struct cx *cx, struct db *base, struct str name, struct str password, struct str *out) {
    struct pg_db *db = (struct pg_db *)base;
    char *kept =
        PQencryptPasswordConn(db->conn, str_terminated(cx->arena, password), str_terminated(cx->arena, name), NULL);
    if (!kept) {
        cx_fail(cx, ERR_DB, S("db.failed"), str_from(base->name));
        return cx_detail(cx, "%s", PQerrorMessage(db->conn));
    }
    *out = str_copy(cx->arena, str_from(kept));
    PQfreemem(kept);
    return true;
}
