// SPDX-License-Identifier: Apache-2.0
/* pg -- the driver for PostgreSQL through libpq: statements prepared at first use, rows one by one, bulk by COPY.
 *
 * Where a pooler stands between (PgBouncer in transaction mode), each transaction may meet another of the server's sessions: nothing is
 * left in a session then. Statements are parsed anew each time, without a name; locks and settings are of transactions everywhere.
 *
 * Must not hold SQL that reads or writes rows. libpq answers one command at a time: rows that are still coming when another
 * command wants the connection are read into memory first (drain), so callers may nest as they can on SQLite. Invariant:
 * db->active is the only sql_rows that has something left on the wire.
 */
#include <ctype.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/pg.h"
#include "store/pg_bytes.h"

enum {
    PG_BULK_BYTES = 4 << 20, /* sent by one COPY */
    PG_COLUMNS = 128,
    PG_INT8 = 20,
    PG_INT2 = 21,
    PG_INT4 = 23,
    PG_TEXT = 25,
    PG_BYTEA = 17 /* type numbers, fixed in pg_type */
};

struct pg_field {
    const char *p;
    int n; /* -1: NULL */
};

struct pg_rows {
    struct sql_rows rows;
    int id;
    bool copy;
    PGresult *result; /* the row at hand */
    char *packed;     /* the same of a COPY */
    bool begun;       /* the head of the COPY is past */
    void **kept;      /* rows that were drained: PGresult * or char * */
    int *kept_n;      /* bytes of a char * */
    size_t kept_rows, kept_room, kept_at;
    int fields;
    struct pg_field field[PG_COLUMNS];
    struct pg_rows *next;
};

struct pg_bulk {
    struct sql_bulk bulk;
    char *p;
    size_t n, room;
};

static struct pg_db *of(struct db *db) {
    return (struct pg_db *)db;
}

/* -- faults -- */

static bool is_state(const char *state, const char *one) {
    return state && !strcmp(state, one);
}

/* result may be NULL: the connection's own message tells. It is cleared. */
static bool fail(struct cx *cx, struct pg_db *db, PGresult *result, const char *doing) {
    struct str name = str_from(db->db.name);
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *said = result ? PQresultErrorMessage(result) : PQerrorMessage(db->conn);
    if (PQstatus(db->conn) == CONNECTION_BAD || is_state(state, "57P01") || (state && !strncmp(state, "08", 2)))
        cx_fail(cx, ERR_IO, S("db.lost"), name);
    else if (is_state(state, "55P03"))
        cx_fail(cx, ERR_IO, S("db.busy"), name);
    else if (is_state(state, "40001") || is_state(state, "40P01"))
        cx_fail(cx, ERR_IO, S("db.try_again"), name);
    else if (is_state(state, "42501"))
        cx_fail(cx, ERR_FORBIDDEN, S("db.no_rights"), name, str_from(PQuser(db->conn)));
    else if (is_state(state, "25006"))
        cx_fail(cx, ERR_FORBIDDEN, S("db.read_only"), name);
    else if (is_state(state, "53100"))
        cx_fail(cx, ERR_IO, S("db.full"), name);
    else if (is_state(state, "53200"))
        cx_fail(cx, ERR_LIMIT, S("db.memory"), name);
    else
        cx_fail(cx, ERR_DB, S("db.failed"), name);
    cx_detail(cx, "%s: %s %s", doing, state ? state : "", said);
    PQclear(result);
    return false;
}

static bool no_memory(struct cx *cx, struct pg_db *db) {
    return cx_fail(cx, ERR_LIMIT, S("db.memory"), str_from(db->db.name));
}

/* Everything that is left of the command at hand. */
static void discard(struct pg_db *db) {
    for (PGresult *result; (result = PQgetResult(db->conn));) {
        if (PQresultStatus(result) == PGRES_COPY_OUT) {
            for (char *p; PQgetCopyData(db->conn, &p, 0) > 0;)
                PQfreemem(p);
        }
        PQclear(result);
    }
}

/* -- rows -- */

/* The next row off the wire: a PGresult, or the bytes of a COPY. *row NULL: the end. */
static bool fetch(struct cx *cx, struct pg_rows *rows, void **row, int *n) {
    struct pg_db *db = of(rows->rows.db);
    const char *name = rows->id < 0 ? "composed" : sql_statements[rows->id].name;
    *row = NULL;
    if (rows->copy) {
        char *p;
        int got = PQgetCopyData(db->conn, &p, 0);
        if (got > 0) {
            *row = p;
            *n = got;
            return true;
        }
        if (got == -2)
            return fail(cx, db, NULL, name);
    }
    PGresult *result = PQgetResult(db->conn);
    if (result && PQresultStatus(result) == PGRES_SINGLE_TUPLE) {
        *row = result;
        return true;
    }
    db->active = NULL;
    bool ended = result && (PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK);
    if (!ended)
        fail(cx, db, result, name);
    else
        PQclear(result);
    discard(db);
    return ended;
}

static bool keep(struct cx *cx, struct pg_rows *rows, void *row, int n) {
    if (rows->kept_rows == rows->kept_room) {
        size_t room = rows->kept_room ? rows->kept_room * 2 : 64;
        void **kept = realloc(rows->kept, room * sizeof *kept);
        if (kept)
            rows->kept = kept;
        int *kept_n = realloc(rows->kept_n, room * sizeof *kept_n);
        if (kept_n)
            rows->kept_n = kept_n;
        if (!kept || !kept_n)
            return no_memory(cx, of(rows->rows.db));
        rows->kept_room = room;
    }
    rows->kept[rows->kept_rows] = row;
    rows->kept_n[rows->kept_rows++] = n;
    return true;
}

static void row_free(const struct pg_rows *rows, void *row) {
    if (rows->copy)
        PQfreemem(row);
    else
        PQclear(row);
}

static bool drain(struct cx *cx, struct pg_db *db) {
    struct pg_rows *rows = db->active;
    while (rows && db->active) {
        void *row;
        int n = 0;
        if (!fetch(cx, rows, &row, &n))
            return false;
        if (row && !keep(cx, rows, row, n)) {
            row_free(rows, row);
            return false;
        }
    }
    return true;
}

static void split_result(struct pg_rows *rows) {
    rows->fields = PQnfields(rows->result);
    if (rows->fields > PG_COLUMNS)
        rows->fields = PG_COLUMNS;
    for (int i = 0; i < rows->fields; i++) {
        rows->field[i].p = PQgetvalue(rows->result, 0, i);
        rows->field[i].n = PQgetisnull(rows->result, 0, i) ? -1 : PQgetlength(rows->result, 0, i);
    }
}

/* A row of COPY in binary: the number of fields, then each with its length before it; -1 fields is the end. */
static bool split_copy(struct pg_rows *rows, int n) {
    const char *p = rows->packed, *end = p + n;
    if (!rows->begun) {
        if (n < 19)
            return false;
        int64_t extension = pg_int(p + 15, 4);
        if (extension < 0 || extension > n - 19)
            return false;
        p += 19 + extension;
        rows->begun = true;
    }
    rows->fields = 0;
    if (end - p < 2)
        return p == end;
    int64_t fields = pg_int(p, 2);
    p += 2;
    for (int64_t i = 0; i < fields; i++) {
        if (end - p < 4 || i == PG_COLUMNS)
            return false;
        int64_t length = pg_int(p, 4);
        p += 4;
        if (length > end - p)
            return false;
        rows->field[i] = (struct pg_field){p, (int)length};
        p += length > 0 ? length : 0;
    }
    rows->fields = fields > 0 ? (int)fields : 0;
    return true;
}

static void row_drop(struct pg_rows *rows) {
    PQclear(rows->result);
    PQfreemem(rows->packed);
    rows->result = NULL;
    rows->packed = NULL;
    rows->fields = 0;
}

static bool rows_next(struct cx *cx, struct sql_rows *base, bool *more) {
    struct pg_rows *rows = (struct pg_rows *)base;
    struct pg_db *db = of(base->db);
    do {
        row_drop(rows);
        void *row = NULL;
        int n = 0;
        if (rows->kept_at < rows->kept_rows) {
            row = rows->kept[rows->kept_at];
            n = rows->kept_n[rows->kept_at++];
        } else if (db->active == rows && !fetch(cx, rows, &row, &n)) {
            return false;
        }
        if (!row)
            return true;
        if (rows->copy)
            rows->packed = row;
        else
            rows->result = row;
        if (!rows->copy)
            split_result(rows);
        else if (!split_copy(rows, n))
            return cx_fail(cx, ERR_DB, S("db.failed"), str_from(base->db->name));
    } while (rows->copy && rows->fields == 0);
    *more = true;
    return true;
}

static void rows_close(struct sql_rows *base) {
    struct pg_rows *rows = (struct pg_rows *)base;
    struct pg_db *db = of(base->db);
    row_drop(rows);
    while (rows->kept_at < rows->kept_rows)
        row_free(rows, rows->kept[rows->kept_at++]);
    if (db->active == rows) {
        db->active = NULL;
        if (rows->copy) {
            for (char *p; PQgetCopyData(db->conn, &p, 0) > 0;)
                PQfreemem(p);
        }
        discard(db);
    }
    free(rows->kept);
    free(rows->kept_n);
    rows->next = db->spare;
    db->spare = rows;
}

static bool is_null(struct sql_rows *base, int column) {
    const struct pg_rows *rows = (struct pg_rows *)base;
    return column >= rows->fields || rows->field[column].n < 0;
}

static int64_t get_int(struct sql_rows *base, int column) {
    const struct pg_rows *rows = (struct pg_rows *)base;
    return is_null(base, column) ? INT64_MIN : pg_int(rows->field[column].p, rows->field[column].n);
}

static struct str get_text(struct sql_rows *base, int column) {
    const struct pg_rows *rows = (struct pg_rows *)base;
    if (is_null(base, column))
        return (struct str){NULL, 0};
    return (struct str){rows->field[column].p, (size_t)rows->field[column].n};
}

/* -- statements -- */

static Oid type_of(char letter) {
    char type = (char)tolower((unsigned char)letter);
    return type == 'i' ? PG_INT8 : type == 't' ? PG_TEXT : PG_BYTEA;
}

/* Without a name it is the next one's to replace. */
static void statement_name(const struct pg_db *db, int id, char out[24]) {
    out[0] = '\0';
    if (!db->pooled)
        snprintf(out, 24, "s%d", id);
}

static int types_of(const struct sql_statement *statement, Oid types[SQL_ARGS]) {
    int n = (int)strlen(statement->args);
    for (int i = 0; i < n; i++)
        types[i] = type_of(statement->args[i]);
    return n;
}

static bool prepare(struct cx *cx, struct pg_db *db, int id) {
    if (db->prepared[id])
        return true;
    const struct sql_statement *statement = &sql_statements[id];
    Oid types[SQL_ARGS];
    int n = types_of(statement, types);
    char name[24];
    statement_name(db, id, name);
    PGresult *result = PQprepare(db->conn, name, statement->text[DB_PG - 1], n, types);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return fail(cx, db, result, statement->name);
    PQclear(result);
    db->prepared[id] = !db->pooled;
    return true;
}

/* Arguments as libpq wants them, all in binary. */
struct pg_args {
    Oid type[SQL_ARGS];
    const char *value[SQL_ARGS];
    int length[SQL_ARGS], format[SQL_ARGS];
    char number[SQL_ARGS][8];
};

static void args_pack(struct pg_args *to, const struct sql_value *args, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const struct sql_value *arg = &args[i];
        to->format[i] = 1;
        to->type[i] = arg->type == SQL_TEXT ? PG_TEXT : arg->type == SQL_BLOB ? PG_BYTEA : PG_INT8;
        if (arg->type == SQL_INT) {
            pg_put(to->number[i], (uint64_t)arg->i, 8);
            to->value[i] = to->number[i];
            to->length[i] = 8;
        } else {
            to->value[i] = arg->type == SQL_NULL ? NULL : arg->s.n ? arg->s.p : "";
            to->length[i] = (int)arg->s.n;
        }
    }
}

/* A composed one, and any behind a pooler: parsed and run in one message, which no pooler takes apart. */
static bool send_unnamed(struct pg_db *db, const struct sql_call *call, const struct pg_args *args) {
    Oid types[SQL_ARGS];
    if (call->id >= 0)
        (void)types_of(call->statement, types);
    return PQsendQueryParams(db->conn, call->statement->text[DB_PG - 1], (int)call->n,
                             call->id >= 0 ? types : args->type, args->value, args->length, args->format, 1) == 1;
}

static bool send(struct cx *cx, struct pg_db *db, const struct sql_call *call) {
    struct pg_args args;
    bool sent;
    args_pack(&args, call->args, call->n);
    if (call->id < 0 || db->pooled) {
        sent = send_unnamed(db, call, &args);
    } else {
        if (!prepare(cx, db, call->id))
            return false;
        char name[24];
        statement_name(db, call->id, name);
        sent = PQsendQueryPrepared(db->conn, name, (int)call->n, args.value, args.length, args.format, 1) == 1;
    }
    return sent || fail(cx, db, NULL, call->statement->name);
}

static PGresult *last_result(struct pg_db *db) {
    PGresult *last = NULL;
    for (PGresult *result; (result = PQgetResult(db->conn)) != NULL; last = result)
        PQclear(last);
    return last;
}

static bool run(struct cx *cx, struct db *base, const struct sql_call *call, int64_t *changed) {
    struct pg_db *db = of(base);
    if (!drain(cx, db) || !send(cx, db, call))
        return false;
    PGresult *result = last_result(db);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return fail(cx, db, result, call->statement->name);
    if (changed) {
        const char *rows = PQcmdTuples(result);
        *changed = *rows ? strtoll(rows, NULL, 10) : 0;
    }
    PQclear(result);
    return true;
}

static bool command(struct cx *cx, struct pg_db *db, const char *text, const char *doing) {
    PGresult *result = PQexec(db->conn, text);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return fail(cx, db, result, doing);
    PQclear(result);
    return true;
}

/* A table that is made or dropped may change what a prepared statement's names mean (a temporary table hides a kept one), and
 * the server looks the names up only once: prepare anew. */
static bool forget_prepared(struct cx *cx, struct pg_db *db) {
    if (db->pooled)
        return true;
    memset(db->prepared, 0, sizeof db->prepared);
    db->remade = true;
    return command(cx, db, "DEALLOCATE ALL", "script");
}

static bool script(struct cx *cx, struct db *base, const char *text) {
    struct pg_db *db = of(base);
    return drain(cx, db) && command(cx, db, text, "script") && forget_prepared(cx, db);
}

/* The statement within COPY (...) TO STDOUT, which takes no arguments: integers are written into it. */
static bool copy_out(struct cx *cx, struct pg_db *db, const struct sql_call *call) {
    struct buf text;
    buf_init(&text, cx->arena, 0);
    buf_put(&text, S("COPY ("));
    for (const char *p = call->statement->text[DB_PG - 1]; *p;) {
        if (*p != '$') {
            buf_char(&text, *p++);
            continue;
        }
        char *after;
        const struct sql_value *arg = &call->args[strtol(p + 1, &after, 10) - 1];
        p = after;
        if (arg->type == SQL_INT)
            buf_printf(&text, "CAST(%lld AS BIGINT)", (long long)arg->i);
        else
            buf_put(&text, S("CAST(NULL AS BIGINT)"));
    }
    buf_put(&text, S(") TO STDOUT (FORMAT binary)"));
    PGresult *result = PQexec(db->conn, str_terminated(cx->arena, buf_str(&text)));
    if (PQresultStatus(result) != PGRES_COPY_OUT)
        return fail(cx, db, result, call->statement->name);
    PQclear(result);
    return true;
}

static bool rows_open(struct cx *cx, struct db *base, const struct sql_call *call, bool scan, struct sql_rows **out) {
    struct pg_db *db = of(base);
    struct pg_rows *rows = db->spare;
    if (!drain(cx, db))
        return false;
    if (rows)
        db->spare = rows->next;
    else if (!(rows = malloc(sizeof *rows)))
        return no_memory(cx, db);
    memset(rows, 0, sizeof *rows);
    rows->rows.db = base;
    rows->id = call->id;
    rows->copy = scan;
    *out = &rows->rows;
    if (scan ? !copy_out(cx, db, call) : !send(cx, db, call))
        return false;
    if (!scan && !PQsetSingleRowMode(db->conn))
        return fail(cx, db, NULL, call->statement->name);
    db->active = rows;
    return true;
}

/* -- bulk -- */

static bool bulk_open(struct cx *cx, struct db *base, int id, struct sql_bulk **out) {
    (void)id;
    struct pg_bulk *bulk = calloc(1, sizeof *bulk);
    if (!bulk)
        return no_memory(cx, of(base));
    *out = &bulk->bulk;
    return true;
}

static bool bulk_flush(struct cx *cx, struct sql_bulk *base) {
    struct pg_bulk *bulk = (struct pg_bulk *)base;
    struct pg_db *db = of(base->db);
    const char *name = base->statement->name;
    if (!bulk->n)
        return true;
    if (!drain(cx, db))
        return false;
    PGresult *result = PQexec(db->conn, base->statement->copy);
    if (PQresultStatus(result) != PGRES_COPY_IN)
        return fail(cx, db, result, name);
    PQclear(result);
    bool sent = PQputCopyData(db->conn, bulk->p, (int)bulk->n) == 1 && PQputCopyEnd(db->conn, NULL) == 1;
    result = PQgetResult(db->conn);
    bool done = (sent && PQresultStatus(result) == PGRES_COMMAND_OK) || fail(cx, db, result, name);
    if (done)
        PQclear(result);
    discard(db);
    bulk->n = 0;
    return done;
}

static bool bulk_room(struct cx *cx, struct pg_bulk *bulk, size_t bytes) {
    if (bulk->n + bytes <= bulk->room)
        return true;
    size_t room = bulk->n + bytes > PG_BULK_BYTES ? bulk->n + bytes : PG_BULK_BYTES;
    char *p = realloc(bulk->p, room);
    if (!p)
        return no_memory(cx, of(bulk->bulk.db));
    bulk->p = p;
    bulk->room = room;
    return true;
}

static bool bulk_add(struct cx *cx, struct sql_bulk *base, const struct sql_value *args) {
    struct pg_bulk *bulk = (struct pg_bulk *)base;
    size_t bytes = 2;
    for (size_t i = 0; i < base->args; i++)
        bytes += 4 + (args[i].type == SQL_INT ? 8 : args[i].s.n);
    if (bulk->n + bytes > PG_BULK_BYTES && !bulk_flush(cx, base))
        return false;
    if (!bulk_room(cx, bulk, bytes + PG_COPY_HEAD))
        return false;
    if (!bulk->n) {
        memcpy(bulk->p, pg_copy_head, PG_COPY_HEAD);
        bulk->n = PG_COPY_HEAD;
    }
    char *to = bulk->p + bulk->n;
    to = pg_put(to, base->args, 2);
    for (size_t i = 0; i < base->args; i++) {
        if (args[i].type == SQL_INT) {
            to = pg_put(to, 8, 4);
            to = pg_put(to, (uint64_t)args[i].i, 8);
        } else if (args[i].type == SQL_NULL) {
            to = pg_put(to, UINT32_MAX, 4);
        } else {
            to = pg_put(to, args[i].s.n, 4);
            if (args[i].s.n)
                memcpy(to, args[i].s.p, args[i].s.n);
            to += args[i].s.n;
        }
    }
    bulk->n = (size_t)(to - bulk->p);
    return true;
}

static void bulk_close(struct sql_bulk *base) {
    free(((struct pg_bulk *)base)->p);
    free(base);
}

/* -- the closed list -- */

static bool type_fits(char letter, Oid type) {
    char want = (char)tolower((unsigned char)letter);
    return want == 't'   ? type == PG_TEXT
           : want == 'b' ? type == PG_BYTEA
                         : type == PG_INT8 || type == PG_INT4 || type == PG_INT2;
}

static bool check(struct cx *cx, struct db *base, int id) {
    struct pg_db *db = of(base);
    const struct sql_statement *statement = &sql_statements[id];
    char name[24];
    statement_name(db, id, name);
    if (!drain(cx, db) || !prepare(cx, db, id))
        return false;
    PGresult *result = PQdescribePrepared(db->conn, name);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        return fail(cx, db, result, statement->name);
    int columns = PQnfields(result);
    bool fits = PQnparams(result) == (int)strlen(statement->args) && columns == (int)strlen(statement->row);
    const char *column = statement->columns;
    for (int i = 0; fits && i < columns; i++) {
        size_t n = strcspn(column, ",");
        fits = str_equal(str_from(PQfname(result, i)), (struct str){column, n}) &&
               type_fits(statement->row[i], PQftype(result, i));
        column += n + (column[n] == ',');
    }
    PQclear(result);
    if (fits)
        return true;
    cx_fail(cx, ERR_BUG, S("db.bug"), str_from(base->name));
    return cx_detail(cx, "%s: its arguments or rows are not those of its header", statement->name);
}

/* -- transactions -- */

static bool begin(struct cx *cx, struct db *base, bool write) {
    struct pg_db *db = of(base);
    /* A reader may make temporary tables, which READ ONLY would forbid. A writer sees all that the one before it wrote,
     * as its statements take their pictures after the lock. */
    char writing[64];
    snprintf(writing, sizeof writing, "BEGIN; SET LOCAL lock_timeout = %d", (int)base->wait_s * 1000);
    const char *text = write ? writing : "BEGIN ISOLATION LEVEL REPEATABLE READ";
    db->remade = false;
    if (!drain(cx, db) || !command(cx, db, text, "begin"))
        return false;
    struct sql_call lock = {.id = SQL_SCHEMA_LOCK, .statement = &sql_statements[SQL_SCHEMA_LOCK]};
    if (!write || run(cx, base, &lock, NULL))
        return true;
    PQclear(PQexec(db->conn, "ROLLBACK"));
    return false;
}

/* A transaction in which a statement failed answers COMMIT with ROLLBACK, and no error. */
static bool commit(struct cx *cx, struct db *base) {
    struct pg_db *db = of(base);
    if (!drain(cx, db))
        return false;
    if (db->pooled && base->hidden) { /* they would be in the next one's sight, whoever that is */
        cx_fail(cx, ERR_BUG, S("db.bug"), str_from(base->name));
        return cx_detail(cx, "temporary tables at the end of a transaction");
    }
    bool failed = PQtransactionStatus(db->conn) == PQTRANS_INERROR;
    if (!command(cx, db, "COMMIT", "commit"))
        return false;
    return !failed || cx_fail(cx, ERR_DB, S("db.failed"), str_from(base->name));
}

static void rollback(struct db *base) {
    struct pg_db *db = of(base);
    db->active = NULL;
    discard(db);
    PQclear(PQexec(db->conn, "ROLLBACK"));
    if (db->remade) {
        memset(db->prepared, 0, sizeof db->prepared);
        PQclear(PQexec(db->conn, "DEALLOCATE ALL"));
    }
}

/* Each transaction says anew how long it waits; memory is the server's. */
static void settle(struct db *base, size_t cache_bytes) {
    (void)base;
    (void)cache_bytes;
}

/* A server that ended the connection has said so: with nothing asked, what can be read is that. (Or word of a setting that was
 * changed on the server: a new connection knows it too.) */
static bool stands(struct db *base) {
    struct pg_db *db = of(base);
    struct pollfd line = {.fd = PQsocket(db->conn), .events = POLLIN};
    if (PQstatus(db->conn) != CONNECTION_OK || line.fd < 0)
        return false;
    return poll(&line, 1, 0) == 0;
}

static void pg_close(struct db *base) {
    struct pg_db *db = of(base);
    PQfinish(db->conn);
    while (db->spare) {
        struct pg_rows *rows = db->spare;
        db->spare = rows->next;
        free(rows);
    }
    free(db);
}

const struct driver pg_driver = {
    .close = pg_close,
    .stands = stands,
    .settle = settle,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .script = script,
    .check = check,
    .run = run,
    .open = rows_open,
    .next = rows_next,
    .rows_close = rows_close,
    .is_null = is_null,
    .get_int = get_int,
    .get_text = get_text,
    .bulk_open = bulk_open,
    .bulk_add = bulk_add,
    .bulk_flush = bulk_flush,
    .bulk_close = bulk_close,
};
