// SPDX-License-Identifier: Apache-2.0
/* import -- the log of imports, what they refused, and saved mappings.
 *
 * Must not look into what was imported. Invariant: a rejected row is kept as text that every database and every page can
 * hold, whatever bytes the file had.
 */
#include "store/import.h"

#include <string.h>

#include "store/rows.h"
#include "store/sql.h"

bool import_begin(struct cx *cx, struct db *db, enum import_kind kind, struct str files, int64_t now_us, int64_t *id) {
    bool found;
    const struct sql_value args[] = {sql_int(kind), sql_text(files), sql_int(now_us)};
    return sql_one_int(cx, db, SQL_IMPORT_BEGIN, args, 3, &found, id);
}

bool import_file_add(struct cx *cx, struct db *db, int64_t id, int64_t seq, struct str path,
                     const struct import_counts *counts) {
    return SQL_RUN(cx, db, SQL_IMPORT_FILE_ADD, sql_int(id), sql_int(seq), sql_text(path), sql_int(counts->rows),
                   sql_int(counts->added), sql_int(counts->changed), sql_int(counts->unchanged),
                   sql_int(counts->rejected), sql_int(counts->blank));
}

bool import_finish(struct cx *cx, struct db *db, const struct import_run *run) {
    const struct import_counts *counts = &run->counts;
    return SQL_RUN(cx, db, SQL_IMPORT_FINISH, sql_int(run->id), sql_int(run->finished_us), sql_int(counts->rows),
                   sql_int(counts->added), sql_int(counts->changed), sql_int(counts->unchanged),
                   sql_int(counts->rejected), sql_int(counts->blank), sql_day(run->first_day), sql_day(run->last_day));
}

static struct import_run read_run(struct cx *cx, struct sql_rows *rows) {
    return (struct import_run){
        .id = sql_get_int(rows, 0),
        .kind = (enum import_kind)sql_get_int(rows, 1),
        .files = str_copy(cx->arena, sql_get_text(rows, 2)),
        .started_us = sql_get_int(rows, 3),
        .finished_us = sql_get_int(rows, 4),
        .undone_us = sql_get_int(rows, 5),
        .counts = {.rows = sql_get_int(rows, 6),
                   .added = sql_get_int(rows, 7),
                   .changed = sql_get_int(rows, 8),
                   .unchanged = sql_get_int(rows, 9),
                   .rejected = sql_get_int(rows, 10),
                   .blank = sql_get_int(rows, 11)},
        .first_day = sql_get_day(rows, 12),
        .last_day = sql_get_day(rows, 13),
    };
}

bool import_list(struct cx *cx, struct db *db, struct import_run **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_IMPORT_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, read_run(cx, rows));
    sql_close(rows);
    return done;
}

bool import_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct import_run *out) {
    struct sql_rows *rows;
    *found = false;
    bool done =
        sql_open(cx, db, SQL_IMPORT_FIND, (struct sql_value[]){sql_int(id)}, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = read_run(cx, rows);
    sql_close(rows);
    return done;
}

/* -- rejected rows -- */

struct import_rejects {
    int64_t import_id, seq;
    struct sql_bulk *bulk;
};

bool import_rejects_open(struct cx *cx, struct db *db, int64_t import_id, struct import_rejects **out) {
    bool found;
    struct import_rejects *to = arena_new(cx->arena, struct import_rejects, 1);
    to->import_id = import_id;
    *out = to;
    return sql_one_int(cx, db, SQL_IMPORT_REJECT_LAST, (struct sql_value[]){sql_int(import_id)}, 1, &found, &to->seq) &&
           sql_bulk_open(cx, db, SQL_IMPORT_REJECT_ADD, &to->bulk);
}

/* Bytes that are not UTF-8 are read as Windows-1252, a NUL becomes U+2400, its picture. */
static struct str as_text(struct cx *cx, struct str s) {
    bool null = s.n && memchr(s.p, 0, s.n);
    if (!null && str_valid_utf8(s))
        return s;
    struct str text = str_valid_utf8(s) ? s : str_from_cp1252(cx->arena, s);
    struct buf out;
    buf_init(&out, cx->arena, 0);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i])
            buf_char(&out, text.p[i]);
        else
            buf_put(&out, S("\xE2\x90\x80"));
    }
    return buf_str(&out);
}

bool import_rejects_add(struct cx *cx, struct import_rejects *to, const struct import_reject *reject) {
    struct arena_mark mark = arena_mark_get(cx->arena);
    const struct sql_value args[] = {
        sql_int(to->import_id),
        sql_int(++to->seq),
        sql_text(as_text(cx, reject->file)),
        sql_int(reject->line),
        sql_text(as_text(cx, reject->column)),
        sql_text(reject->reason),
        sql_text(as_text(cx, reject->detail)),
        sql_text(as_text(cx, reject->row)),
    };
    bool done = sql_bulk_add(cx, to->bulk, args, sizeof args / sizeof *args);
    if (done)
        arena_rewind(cx->arena, mark);
    return done;
}

bool import_rejects_close(struct cx *cx, struct import_rejects *to) {
    if (!to)
        return true;
    bool done = !to->bulk || cx->err.code || sql_bulk_flush(cx, to->bulk);
    sql_bulk_close(to->bulk);
    to->bulk = NULL;
    return done && !cx->err.code;
}

bool import_rejects_each(struct cx *cx, struct db *db, int64_t import_id, import_reject_visit *visit, void *owner) {
    struct sql_rows *rows;
    bool more = false,
         done = sql_open(cx, db, SQL_IMPORT_REJECT_LIST, (struct sql_value[]){sql_int(import_id)}, 1, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct import_reject reject = {.file = sql_get_text(rows, 0),
                                             .line = sql_get_int(rows, 1),
                                             .column = sql_get_text(rows, 2),
                                             .reason = sql_get_text(rows, 3),
                                             .detail = sql_get_text(rows, 4),
                                             .row = sql_get_text(rows, 5)};
        done = visit(cx, owner, &reject);
    }
    sql_close(rows);
    return done;
}

/* -- mappings -- */

bool mapping_put(struct cx *cx, struct db *db, enum import_kind kind, struct str name, struct str text) {
    return SQL_RUN(cx, db, SQL_MAPPING_PUT, sql_int(kind), sql_text(name), sql_text(text));
}

bool mapping_list(struct cx *cx, struct db *db, enum import_kind kind, struct str **out, size_t *n) {
    const struct sql_value by = sql_int((int64_t)kind);
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MAPPING_LIST, &by, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, str_copy(cx->arena, sql_get_text(rows, 0)));
    sql_close(rows);
    return done;
}

bool mapping_find(struct cx *cx, struct db *db, enum import_kind kind, struct str name, bool *found, struct str *text) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_MAPPING_FIND, (struct sql_value[]){sql_int(kind), sql_text(name)}, 2, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found)
        *text = str_copy(cx->arena, sql_get_text(rows, 0));
    sql_close(rows);
    return done;
}
