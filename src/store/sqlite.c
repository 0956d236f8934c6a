// SPDX-License-Identifier: Apache-2.0
/* sqlite -- the driver for a database in one file: WAL, one writer, statements prepared once and kept.
 *
 * Must not hold SQL that reads or writes rows. A bulk insert gathers a dozen rows for one step, which takes half the time
 * of a step a row: it decides how long an import takes. Invariant: a cached statement is either reset or belongs to exactly one open sql_rows.
 */
#include <ctype.h>
#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "store/driver.h"

enum {
    BULK_ROWS = 12,
    SQLITE_OURS = 0x52454154, /* "REAT" in the file's header: ours, whatever tables it has */
};

struct sqlite_rows {
    struct sql_rows rows;
    sqlite3_stmt *stmt;
    int id; /* of the cached statement, or -1: its own, to be finalized */
    struct sqlite_rows *next;
};

/* Rows wait in `value` until there are enough for the statement that inserts BULK_ROWS at once; the rest at a flush goes one
 * by one. Their texts are in `text`, value.s.p being an offset until all are there. */
struct sqlite_bulk {
    struct sql_bulk bulk;
    sqlite3_stmt *one, *many;
    struct sql_value *value;
    size_t rows;
    char *text;
    size_t text_n, text_room;
};

struct sqlite_db {
    struct db db;
    sqlite3 *handle;
    bool wrote;
    sqlite3_stmt *stmt[SQL_COUNT];
    bool busy[SQL_COUNT];
    struct sqlite_rows *spare;
};

static const struct driver sqlite_driver;

static struct sqlite_db *of(struct db *db) {
    return (struct sqlite_db *)db;
}

/* -- faults -- */

static bool disk_full(struct sqlite_db *db, int code) {
    int system = db->handle ? sqlite3_system_errno(db->handle) : 0;
    return code == SQLITE_FULL || (code == SQLITE_IOERR && (system == ENOSPC || system == EDQUOT || system == EFBIG));
}

static bool fail(struct cx *cx, struct sqlite_db *db, int extended, const char *doing) {
    struct str name = str_from(db->db.name);
    int code = extended & 0xFF;
    if (disk_full(db, code))
        cx_fail(cx, ERR_IO, S("db.full"), name);
    else if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
        cx_fail(cx, ERR_IO, S("db.busy"), name);
    else if (code == SQLITE_READONLY)
        cx_fail(cx, ERR_FORBIDDEN, S("db.read_only"), name);
    else if (code == SQLITE_NOTADB)
        cx_fail(cx, ERR_INVALID, S("db.not_a_database"), name);
    else if (code == SQLITE_CORRUPT)
        cx_fail(cx, ERR_DB, S("db.corrupt"), name);
    else if (code == SQLITE_CANTOPEN || code == SQLITE_PERM || code == SQLITE_AUTH)
        cx_fail(cx, ERR_IO, S("db.cannot_open"), name);
    else if (code == SQLITE_IOERR)
        cx_fail(cx, ERR_IO, S("db.io"), name);
    else if (code == SQLITE_NOMEM)
        cx_fail(cx, ERR_LIMIT, S("db.memory"), name);
    else
        cx_fail(cx, ERR_DB, S("db.failed"), name);
    return cx_detail(cx, "%s: %s (%d)", doing, db->handle ? sqlite3_errmsg(db->handle) : sqlite3_errstr(extended),
                     extended);
}

/* -- statements -- */

static bool prepare(struct cx *cx, struct sqlite_db *db, const struct sql_statement *statement, bool keep,
                    sqlite3_stmt **out) {
    int code = sqlite3_prepare_v3(db->handle, statement->text[DB_SQLITE - 1], -1, keep ? SQLITE_PREPARE_PERSISTENT : 0,
                                  out, NULL);
    return code == SQLITE_OK || fail(cx, db, code, statement->name);
}

/* The cached statement, or a second one of the same text while that is being read. */
static bool statement_take(struct cx *cx, struct sqlite_db *db, const struct sql_call *call, sqlite3_stmt **out,
                           int *id) {
    *id = call->id >= 0 && !db->busy[call->id] ? call->id : -1;
    if (*id < 0)
        return prepare(cx, db, call->statement, false, out);
    if (!db->stmt[*id] && !prepare(cx, db, call->statement, true, &db->stmt[*id]))
        return false;
    *out = db->stmt[*id];
    return true;
}

static void statement_give(struct sqlite_db *db, sqlite3_stmt *stmt, int id) {
    if (id < 0) {
        sqlite3_finalize(stmt);
    } else {
        sqlite3_reset(stmt);
        db->busy[id] = false;
    }
}

static inline int bind(sqlite3_stmt *stmt, const struct sql_value *args, size_t n, sqlite3_destructor_type lives) {
    int code = SQLITE_OK;
    for (size_t i = 0; i < n && code == SQLITE_OK; i++) {
        int at = (int)i + 1;
        switch (args[i].type) {
        case SQL_INT:
            code = sqlite3_bind_int64(stmt, at, args[i].i);
            break;
        case SQL_TEXT:
            code = sqlite3_bind_text64(stmt, at, args[i].s.n ? args[i].s.p : "", args[i].s.n, lives, SQLITE_UTF8);
            break;
        case SQL_BLOB:
            code = sqlite3_bind_blob64(stmt, at, args[i].s.n ? args[i].s.p : "", args[i].s.n, lives);
            break;
        case SQL_NULL:
            code = sqlite3_bind_null(stmt, at);
            break;
        }
    }
    return code;
}

static bool run(struct cx *cx, struct db *base, const struct sql_call *call, int64_t *changed) {
    struct sqlite_db *db = of(base);
    sqlite3_stmt *stmt;
    int id;
    if (!statement_take(cx, db, call, &stmt, &id))
        return false;
    int code = bind(stmt, call->args, call->n, SQLITE_STATIC);
    while (code == SQLITE_OK || code == SQLITE_ROW)
        code = sqlite3_step(stmt);
    bool done = code == SQLITE_DONE || fail(cx, db, code, call->statement->name);
    if (done && changed)
        *changed = sqlite3_changes64(db->handle);
    db->wrote = true;
    statement_give(db, stmt, id);
    return done;
}

static bool script(struct cx *cx, struct db *base, const char *text) {
    struct sqlite_db *db = of(base);
    int code = sqlite3_exec(db->handle, text, NULL, NULL, NULL);
    db->wrote = true;
    return code == SQLITE_OK || fail(cx, db, code, "script");
}

static bool rows_open(struct cx *cx, struct db *base, const struct sql_call *call, bool scan, struct sql_rows **out) {
    struct sqlite_db *db = of(base);
    (void)scan;
    struct sqlite_rows *rows = db->spare;
    if (rows)
        db->spare = rows->next;
    else if (!(rows = malloc(sizeof *rows)))
        return fail(cx, db, SQLITE_NOMEM, call->statement->name);
    *rows = (struct sqlite_rows){.rows.db = base};
    if (!statement_take(cx, db, call, &rows->stmt, &rows->id)) {
        rows->next = db->spare;
        db->spare = rows;
        return false;
    }
    if (rows->id >= 0)
        db->busy[rows->id] = true;
    *out = &rows->rows;
    int code = bind(rows->stmt, call->args, call->n, SQLITE_TRANSIENT);
    return code == SQLITE_OK || fail(cx, db, code, call->statement->name);
}

static bool rows_next(struct cx *cx, struct sql_rows *base, bool *more) {
    struct sqlite_rows *rows = (struct sqlite_rows *)base;
    int code = sqlite3_step(rows->stmt);
    *more = code == SQLITE_ROW;
    return *more || code == SQLITE_DONE ||
           fail(cx, of(base->db), code, rows->id < 0 ? "composed" : sql_statements[rows->id].name);
}

static void rows_close(struct sql_rows *base) {
    struct sqlite_rows *rows = (struct sqlite_rows *)base;
    struct sqlite_db *db = of(base->db);
    statement_give(db, rows->stmt, rows->id);
    rows->next = db->spare;
    db->spare = rows;
}

static bool is_null(struct sql_rows *base, int column) {
    return sqlite3_column_type(((struct sqlite_rows *)base)->stmt, column) == SQLITE_NULL;
}

static int64_t get_int(struct sql_rows *base, int column) {
    sqlite3_stmt *stmt = ((struct sqlite_rows *)base)->stmt;
    int64_t v = sqlite3_column_int64(stmt, column);
    return v || sqlite3_column_type(stmt, column) != SQLITE_NULL ? v : INT64_MIN;
}

static struct str get_text(struct sql_rows *base, int column) {
    sqlite3_stmt *stmt = ((struct sqlite_rows *)base)->stmt;
    const char *p = sqlite3_column_blob(stmt, column);
    return (struct str){p, p ? (size_t)sqlite3_column_bytes(stmt, column) : 0};
}

/* -- bulk -- */

static void bulk_close(struct sql_bulk *base) {
    struct sqlite_bulk *bulk = (struct sqlite_bulk *)base;
    sqlite3_finalize(bulk->one);
    sqlite3_finalize(bulk->many);
    free(bulk->value);
    free(bulk->text);
    free(bulk);
}

/* The INSERT with `rows` lists of values. OR FAIL: a fault ends the whole import, so SQLite need not keep a journal of each
 * step to take just that step back; the journal cost as much as the insert. */
static bool prepare_bulk(struct cx *cx, struct sqlite_db *db, const struct sql_statement *statement, size_t rows,
                         sqlite3_stmt **out) {
    struct arena_mark mark = arena_mark_get(cx->arena);
    struct buf text;
    size_t args = strlen(statement->args);
    buf_init(&text, cx->arena, 0);
    buf_put(&text, S("INSERT OR FAIL"));
    buf_put(&text, str_from(statement->text[DB_SQLITE - 1] + strlen("INSERT")));
    for (size_t i = args; i < args * rows; i++)
        buf_printf(&text, "%s?%zu%s", i % args ? ", " : ", (", i + 1, i % args == args - 1 ? ")" : "");
    int code = sqlite3_prepare_v3(db->handle, text.p, (int)text.n, SQLITE_PREPARE_PERSISTENT, out, NULL);
    if (code != SQLITE_OK)
        return fail(cx, db, code, statement->name);
    arena_rewind(cx->arena, mark);
    return true;
}

static bool bulk_open(struct cx *cx, struct db *base, int id, struct sql_bulk **out) {
    struct sqlite_db *db = of(base);
    const struct sql_statement *statement = &sql_statements[id];
    struct sqlite_bulk *bulk = calloc(1, sizeof *bulk);
    if (!bulk)
        return fail(cx, db, SQLITE_NOMEM, statement->name);
    bulk->value = calloc(strlen(statement->args) * BULK_ROWS, sizeof *bulk->value);
    if (!bulk->value)
        fail(cx, db, SQLITE_NOMEM, statement->name);
    if (!bulk->value || !prepare_bulk(cx, db, statement, 1, &bulk->one) ||
        !prepare_bulk(cx, db, statement, BULK_ROWS, &bulk->many)) {
        bulk_close(&bulk->bulk);
        return false;
    }
    db->wrote = true;
    *out = &bulk->bulk;
    return true;
}

static bool insert(struct cx *cx, struct sqlite_bulk *bulk, sqlite3_stmt *stmt, const struct sql_value *value,
                   size_t n) {
    int code = bind(stmt, value, n, SQLITE_STATIC);
    if (code == SQLITE_OK)
        code = sqlite3_step(stmt);
    if (code != SQLITE_DONE)
        fail(cx, of(bulk->bulk.db), code, bulk->bulk.statement->name);
    sqlite3_reset(stmt);
    return code == SQLITE_DONE;
}

static bool bulk_flush(struct cx *cx, struct sql_bulk *base) {
    struct sqlite_bulk *bulk = (struct sqlite_bulk *)base;
    size_t rows = bulk->rows, n = base->args;
    for (size_t i = 0; bulk->text_n && i < rows * n; i++) {
        if (bulk->value[i].type == SQL_TEXT || bulk->value[i].type == SQL_BLOB)
            bulk->value[i].s.p = bulk->text + bulk->value[i].i;
    }
    bulk->rows = 0;
    bulk->text_n = 0;
    if (rows == BULK_ROWS)
        return insert(cx, bulk, bulk->many, bulk->value, rows * n);
    for (size_t i = 0; i < rows; i++) {
        if (!insert(cx, bulk, bulk->one, bulk->value + i * n, n))
            return false;
    }
    return true;
}

/* Texts are copied, as the caller's may be gone when the row is inserted; value.i remembers where. */
static bool keep_text(struct cx *cx, struct sqlite_bulk *bulk, struct sql_value *value) {
    size_t n = value->s.n;
    if (bulk->text_n + n > bulk->text_room) {
        size_t room = (bulk->text_n + n) * 2 + 1024;
        char *text = realloc(bulk->text, room);
        if (!text)
            return fail(cx, of(bulk->bulk.db), SQLITE_NOMEM, bulk->bulk.statement->name);
        bulk->text = text;
        bulk->text_room = room;
    }
    if (n)
        memcpy(bulk->text + bulk->text_n, value->s.p, n);
    value->i = (int64_t)bulk->text_n;
    bulk->text_n += n;
    return true;
}

static bool bulk_add(struct cx *cx, struct sql_bulk *base, const struct sql_value *args) {
    struct sqlite_bulk *bulk = (struct sqlite_bulk *)base;
    struct sql_value *value = bulk->value + bulk->rows * base->args;
    for (size_t i = 0; i < base->args; i++) {
        value[i] = args[i];
        if ((args[i].type == SQL_TEXT || args[i].type == SQL_BLOB) && !keep_text(cx, bulk, &value[i]))
            return false;
    }
    return ++bulk->rows < BULK_ROWS || bulk_flush(cx, base);
}

/* -- the closed list -- */

static bool type_fits(char letter, const char *declared) {
    if (!declared)
        return true; /* an expression */
    char want = (char)tolower((unsigned char)letter);
    return !strncmp(declared, "TEXT", 4) ? want == 't' : !strcmp(declared, "BLOB") ? want == 'b' : want == 'i';
}

static bool check(struct cx *cx, struct db *base, int id) {
    struct sqlite_db *db = of(base);
    const struct sql_statement *statement = &sql_statements[id];
    sqlite3_stmt *stmt;
    if (!prepare(cx, db, statement, false, &stmt))
        return false;
    int columns = sqlite3_column_count(stmt);
    bool fits =
        sqlite3_bind_parameter_count(stmt) == (int)strlen(statement->args) && columns == (int)strlen(statement->row);
    const char *name = statement->columns;
    for (int i = 0; fits && i < columns; i++) {
        size_t n = strcspn(name, ",");
        fits = str_equal(str_from(sqlite3_column_name(stmt, i)), (struct str){name, n}) &&
               type_fits(statement->row[i], sqlite3_column_decltype(stmt, i));
        name += n + (name[n] == ',');
    }
    sqlite3_finalize(stmt);
    if (fits)
        return true;
    cx_fail(cx, ERR_BUG, S("db.bug"), str_from(base->name));
    return cx_detail(cx, "%s: its arguments or rows are not those of its header", statement->name);
}

/* -- transactions -- */

static bool begin(struct cx *cx, struct db *base, bool write) {
    struct sqlite_db *db = of(base);
    int code = sqlite3_exec(db->handle, write ? "BEGIN IMMEDIATE" : "BEGIN", NULL, NULL, NULL);
    return code == SQLITE_OK || fail(cx, db, code, "begin");
}

static bool commit(struct cx *cx, struct db *base) {
    struct sqlite_db *db = of(base);
    int code = sqlite3_exec(db->handle, "COMMIT", NULL, NULL, NULL);
    return code == SQLITE_OK || fail(cx, db, code, "commit");
}

static void rollback(struct db *base) {
    sqlite3_exec(of(base)->handle, "ROLLBACK", NULL, NULL, NULL);
}

static void settle_in(struct db *base, size_t cache_bytes) {
    char text[64];
    snprintf(text, sizeof text, "PRAGMA cache_size = -%zu", cache_bytes / 1024);
    sqlite3_busy_timeout(of(base)->handle, base->wait_s * 1000);
    sqlite3_exec(of(base)->handle, text, NULL, NULL, NULL);
}

/* A file that was removed goes on taking writes that nobody will ever see. */
static bool stands(struct db *base) {
    int moved = 0;
    return sqlite3_file_control(of(base)->handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK || !moved;
}

/* -- opening -- */

static void sqlite_close(struct db *base) {
    struct sqlite_db *db = of(base);
    for (int i = 0; i < (int)SQL_COUNT; i++)
        sqlite3_finalize(db->stmt[i]);
    while (db->spare) {
        struct sqlite_rows *rows = db->spare;
        db->spare = rows->next;
        free(rows);
    }
    if (db->wrote && !base->read_only) {
        sqlite3_busy_timeout(db->handle, 0); /* who still reads keeps the log; the next one to close empties it */
        sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    }
    sqlite3_close_v2(db->handle);
    free(db);
}

static bool pragma(struct cx *cx, struct sqlite_db *db, const char *text, int64_t *out) {
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v2(db->handle, text, -1, &stmt, NULL);
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(stmt);
        if (code == SQLITE_ROW && out)
            *out = sqlite3_column_int64(stmt, 0);
    }
    bool done = code == SQLITE_DONE || fail(cx, db, code, text);
    sqlite3_finalize(stmt);
    return done;
}

static bool pragma_set(struct cx *cx, struct sqlite_db *db, const char *name, int64_t value) {
    char text[80];
    snprintf(text, sizeof text, "PRAGMA %s = %lld", name, (long long)value);
    return pragma(cx, db, text, NULL);
}

/* A file of a folder nobody may write to cannot be opened the usual way when it is in WAL mode; without a log beside it, it
 * can be read as something that never changes. */
static bool reopen_immutable(struct sqlite_db *db) {
    static const char hex[] = "0123456789ABCDEF";
    size_t n = strlen(db->db.name);
    struct stat about;
    char *uri = malloc(n * 3 + 32), *to = uri;
    if (!uri)
        return false;
    memcpy(uri, db->db.name, n);
    memcpy(uri + n, "-wal", 5);
    bool logged = !stat(uri, &about) && about.st_size > 0;
    memcpy(to, "file:", 5);
    to += 5;
    for (const char *p = db->db.name; *p; p++) {
        if (isalnum((unsigned char)*p) || strchr("/._-", *p)) {
            *to++ = *p;
        } else {
            *to++ = '%';
            *to++ = hex[(unsigned char)*p >> 4];
            *to++ = hex[(unsigned char)*p & 15];
        }
    }
    memcpy(to, "?immutable=1", 13);
    sqlite3 *handle = NULL;
    bool opened = !logged && sqlite3_open_v2(uri, &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                                             NULL) == SQLITE_OK;
    free(uri);
    if (!opened) {
        sqlite3_close(handle);
        return false;
    }
    sqlite3_close(db->handle);
    db->handle = handle;
    sqlite3_extended_result_codes(handle, 1);
    return true;
}

/* What the path is, before SQLite makes a file of it. */
static bool look(struct cx *cx, struct str path, const char *name, enum db_mode mode, bool *exists) {
    struct stat about;
    *exists = stat(name, &about) == 0;
    if (*exists && S_ISDIR(about.st_mode))
        return cx_fail(cx, ERR_INVALID, S("db.is_folder"), path);
    if (*exists)
        return access(name, R_OK) == 0 || cx_fail(cx, ERR_FORBIDDEN, S("db.no_permission"), path);
    if (errno == EACCES)
        return cx_fail(cx, ERR_FORBIDDEN, S("db.no_permission"), path);
    return mode == DB_CREATE || cx_fail(cx, ERR_NOT_FOUND, S("db.not_found"), path);
}

/* An empty file becomes ours; one of ours is in WAL mode (a restored copy may not be); any other is left as it is. */
static bool settle(struct cx *cx, struct sqlite_db *db, enum db_mode mode) {
    int64_t pages = 0, application = 0;
    if (!pragma(cx, db, "PRAGMA page_count", &pages) || !pragma(cx, db, "PRAGMA application_id", &application))
        return false;
    db->db.read_only = mode == DB_LOOK || sqlite3_db_readonly(db->handle, "main") == 1;
    if (!pragma_set(cx, db, "foreign_keys", 1) || !pragma_set(cx, db, "cache_size", -(LIMIT_DB_CACHE / 1024)))
        return false;
    bool empty = pages == 0 && mode == DB_CREATE && !db->db.read_only;
    if (empty && !pragma_set(cx, db, "application_id", SQLITE_OURS))
        return false;
    if (db->db.read_only || !(empty || application == SQLITE_OURS))
        return true;
    return pragma(cx, db, "PRAGMA journal_mode = WAL", NULL) && pragma(cx, db, "PRAGMA synchronous = FULL", NULL);
}

bool sqlite_open(struct cx *cx, struct str path, enum db_mode mode, struct db **out) {
    bool exists;
    char *name = str_terminated(cx->arena, path);
    if (strlen(name) != path.n)
        return cx_fail(cx, ERR_INVALID, S("db.no_name"));
    if (!look(cx, path, name, mode, &exists))
        return false;
    struct sqlite_db *db = calloc(1, sizeof *db);
    if (!db || !(db->db.name = strdup(name))) {
        free(db);
        return cx_fail(cx, ERR_LIMIT, S("db.memory"), path);
    }
    db->db.driver = &sqlite_driver;
    db->db.kind = DB_SQLITE;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);
    int64_t version = 0;
    int code = sqlite3_open_v2(name, &db->handle, flags, NULL);
    bool done = code == SQLITE_OK || fail(cx, db, code, "open");
    if (done) {
        sqlite3_extended_result_codes(db->handle, 1);
        sqlite3_busy_timeout(db->handle, DB_WAIT_S * 1000);
        done = pragma(cx, db, "PRAGMA schema_version", &version);
    }
    int fault = sqlite3_errcode(db->handle) & 0xFF;
    if (!done && exists && (fault == SQLITE_CANTOPEN || fault == SQLITE_READONLY) && reopen_immutable(db)) {
        cx_clear(cx);
        done = pragma(cx, db, "PRAGMA schema_version", &version);
    }
    if (!done || !settle(cx, db, mode)) {
        free(db->db.name);
        sqlite_close(&db->db);
        return false;
    }
    *out = &db->db;
    return true;
}

static const struct driver sqlite_driver = {
    .close = sqlite_close,
    .stands = stands,
    .settle = settle_in,
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
