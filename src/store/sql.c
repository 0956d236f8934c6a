// SPDX-License-Identifier: Apache-2.0
/* sql -- from an id of the closed list to the driver: arguments are held against the statement's header on the way.
 *
 * Must not know a database. Invariant: nothing reaches a driver that is not made of texts of sql/.
 */
#include "store/sql.h"

#include <ctype.h>
#include <string.h>

#include "store/driver.h"

struct sql_value sql_day(struct day d) {
    return day_is(d) ? sql_int(d.n) : sql_null();
}

struct sql_value sql_number(int64_t v) {
    return v == INT64_MIN ? sql_null() : sql_int(v);
}

static bool args_fit(const char *types, const struct sql_value *args, size_t n) {
    if (strlen(types) != n || n > SQL_ARGS)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool null = isupper((unsigned char)types[i]);
        char want = (char)tolower((unsigned char)types[i]);
        bool fits = false;
        switch (args[i].type) {
        case SQL_NULL:
            fits = null;
            break;
        case SQL_INT:
            fits = want == 'i';
            break;
        case SQL_TEXT:
            fits = want == 't';
            break;
        case SQL_BLOB:
            fits = want == 'b';
            break;
        }
        if (!fits)
            return false;
    }
    return true;
}

static bool make_call(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n,
                      struct sql_call *out) {
    const struct sql_statement *statement = &sql_statements[id];
    if (!statement->text[db->kind - 1] || !args_fit(statement->args, args, n)) {
        cx_fail(cx, ERR_BUG, S("db.bug"), str_from(db->name));
        return cx_detail(cx, "%s: not the arguments of its header, or not for this database", statement->name);
    }
    *out = (struct sql_call){.id = (int)id, .statement = statement, .args = args, .n = n};
    db->statements++;
    db->moved |= statement->moves;
    db->aparts += statement->apart;
    return true;
}

/* Tables that hide others come and go with the transaction, or at once. */
static void script_ran(struct db *db, enum sql_id id) {
    if (id == SQL_DERIVED_TABLES_TEMPORARY || id == SQL_DERIVED_HIDDEN_DROP)
        db->hidden = id == SQL_DERIVED_TABLES_TEMPORARY;
    if (!db->in_transaction)
        db->hidden_before = db->hidden;
}

bool sql_run(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n, int64_t *changed) {
    struct sql_call call;
    if (!make_call(cx, db, id, args, n, &call))
        return false;
    if (call.statement->script) {
        script_ran(db, id);
        return db->driver->script(cx, db, call.statement->text[db->kind - 1]);
    }
    return db->driver->run(cx, db, &call, changed);
}

bool sql_open(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n,
              struct sql_rows **out) {
    struct sql_call call;
    *out = NULL;
    if (!make_call(cx, db, id, args, n, &call) || !db->driver->open(cx, db, &call, false, out))
        return false;
    (*out)->arms = call.statement->arm;
    return true;
}

bool sql_scan(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n,
              struct sql_rows **out) {
    struct sql_call call;
    *out = NULL;
    return make_call(cx, db, id, args, n, &call) && db->driver->open(cx, db, &call, true, out);
}

bool sql_next(struct cx *cx, struct sql_rows *rows, bool *more) {
    *more = false;
    if (!rows->db->driver->next(cx, rows, more))
        return false;
    if (rows->arms && *more)
        rows->arm = &rows->arms[rows->db->driver->get_int(rows, 0)];
    return true;
}

enum sql_id sql_arm(const struct sql_rows *rows) {
    return rows->arm->id;
}

static int place(const struct sql_rows *rows, int column) {
    return rows->arm ? rows->arm->column[column] : column;
}

void sql_close(struct sql_rows *rows) {
    if (rows)
        rows->db->driver->rows_close(rows);
}

bool sql_is_null(struct sql_rows *rows, int column) {
    return rows->db->driver->is_null(rows, place(rows, column));
}

int64_t sql_get_int(struct sql_rows *rows, int column) {
    return rows->db->driver->get_int(rows, place(rows, column));
}

struct day sql_get_day(struct sql_rows *rows, int column) {
    int64_t n = rows->db->driver->get_int(rows, place(rows, column));
    return n == INT64_MIN ? DAY_NONE : (struct day){(int32_t)n};
}

struct str sql_get_text(struct sql_rows *rows, int column) {
    return rows->db->driver->get_text(rows, place(rows, column));
}

bool sql_one_int(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n, bool *found,
                 int64_t *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, args, n, &rows) && sql_next(cx, rows, &more);
    *found = done && more;
    if (*found)
        *out = sql_get_int(rows, 0);
    sql_close(rows);
    return done;
}

/* -- many rows -- */

bool sql_bulk_open(struct cx *cx, struct db *db, enum sql_id insert, struct sql_bulk **out) {
    *out = NULL;
    const struct sql_statement *statement = &sql_statements[insert];
    if (!statement->copy) {
        cx_fail(cx, ERR_BUG, S("db.bug"), str_from(db->name));
        return cx_detail(cx, "%s: not an INSERT of plain values", statement->name);
    }
    db->statements++;
    if (!db->driver->bulk_open(cx, db, (int)insert, out))
        return false;
    (*out)->db = db;
    (*out)->statement = statement;
    (*out)->args = strlen(statement->args);
    db->moved |= statement->moves;
    return true;
}

bool sql_bulk_add(struct cx *cx, struct sql_bulk *bulk, const struct sql_value *args, size_t n) {
    if (n != bulk->args) {
        cx_fail(cx, ERR_BUG, S("db.bug"), str_from(bulk->db->name));
        return cx_detail(cx, "%s: %zu values", bulk->statement->name, n);
    }
    return bulk->db->driver->bulk_add(cx, bulk, args);
}

bool sql_bulk_flush(struct cx *cx, struct sql_bulk *bulk) {
    return bulk->db->driver->bulk_flush(cx, bulk);
}

void sql_bulk_close(struct sql_bulk *bulk) {
    if (bulk)
        bulk->db->driver->bulk_close(bulk);
}

/* -- composed -- */

void sql_text_init(struct sql_text *text, struct cx *cx, struct db *db) {
    *text = (struct sql_text){.cx = cx, .db = db};
    buf_init(&text->text, cx->arena, 0);
}

void sql_compose(struct sql_text *text, enum sql_part part, const struct sql_value *args, size_t n) {
    const struct sql_statement *fragment = &sql_parts[part];
    const char *p = fragment->text[text->db->kind - 1];
    if (!p || !args_fit(fragment->args, args, n) || text->n + n > SQL_ARGS) {
        cx_fail(text->cx, ERR_BUG, S("db.bug"), str_from(text->db->name));
        cx_detail(text->cx, "%s: not the arguments of its header, or too many in all", fragment->name);
        return;
    }
    while (*p) {
        size_t plain = strcspn(p, "$?");
        buf_put(&text->text, (struct str){p, plain});
        p += plain;
        if (!*p)
            break;
        char mark = *p++;
        buf_char(&text->text, mark);
        if (isdigit((unsigned char)*p)) {
            char *after;
            buf_int(&text->text, (int64_t)text->n + strtol(p, &after, 10));
            p = after;
        }
    }
    buf_char(&text->text, '\n');
    if (text->n + n > text->room) {
        size_t room = (text->n + n) * 2;
        text->args = arena_grow(text->cx->arena, text->args, text->room, room, sizeof *text->args);
        text->room = room;
    }
    if (n)
        memcpy(text->args + text->n, args, n * sizeof *args);
    text->n += n;
}

bool sql_open_text(struct cx *cx, struct db *db, const struct sql_text *text, struct sql_rows **out) {
    *out = NULL;
    if (text->cx->err.code)
        return false;
    char *sql = str_terminated(cx->arena, buf_str(&text->text));
    struct sql_statement statement = {.name = "composed", .text = {sql, sql}};
    struct sql_call call = {.id = -1, .statement = &statement, .args = text->args, .n = text->n};
    db->statements++;
    db->aparts++; /* nobody looked what its parts read */
    return db->driver->open(cx, db, &call, false, out);
}
