// SPDX-License-Identifier: Apache-2.0
/* upload -- see upload.h. Must not know how files are read. Invariant: state goes new, asked, running, then done or failed; a
 * failed one may be asked for again; each step is one statement that finds only the state before it.
 */
#include "store/upload.h"

#include "store/rows.h"
#include "store/setting.h"
#include "store/sql.h"

bool upload_add(struct cx *cx, struct db *db, const struct upload *upload, int64_t *id, bool *again) {
    const struct sql_value token = sql_text(upload->token);
    if (!sql_one_int(cx, db, SQL_UPLOAD_TOKEN, &token, 1, again, id))
        return false;
    if (*again)
        return true;
    if (!counter_next(cx, db, S("upload"), id) ||
        !SQL_RUN(cx, db, SQL_UPLOAD_ADD, sql_int(*id), sql_int((int64_t)upload->kind), sql_int((int64_t)upload->state),
                 sql_text(upload->who), sql_int(upload->made_us), sql_text(upload->said), sql_text(upload->place),
                 token))
        return false;
    for (size_t i = 0; i < upload->files; i++) {
        const struct upload_file *file = &upload->file[i];
        if (!SQL_RUN(cx, db, SQL_UPLOAD_FILE_ADD, sql_int(*id), sql_int((int64_t)i), sql_text(file->name),
                     sql_text(file->stored), sql_int(file->bytes)))
            return false;
    }
    return true;
}

static struct upload upload_at(struct cx *cx, struct sql_rows *rows) {
    return (struct upload){.id = sql_get_int(rows, 0),
                           .kind = (enum import_kind)sql_get_int(rows, 1),
                           .state = (enum upload_state)sql_get_int(rows, 2),
                           .who = str_copy(cx->arena, sql_get_text(rows, 3)),
                           .made_us = sql_get_int(rows, 4),
                           .started_us = sql_get_int(rows, 5),
                           .ended_us = sql_get_int(rows, 6),
                           .import_id = sql_get_int(rows, 7),
                           .said = str_copy(cx->arena, sql_get_text(rows, 8)),
                           .told = str_copy(cx->arena, sql_get_text(rows, 9)),
                           .place = str_copy(cx->arena, sql_get_text(rows, 10))};
}

static void file_take(struct cx *cx, struct sql_rows *rows, struct upload *to) {
    to->file = arena_grow(cx->arena, to->file, to->files, to->files + 1, sizeof *to->file);
    to->file[to->files++] = (struct upload_file){.name = str_copy(cx->arena, sql_get_text(rows, 11)),
                                                 .stored = str_copy(cx->arena, sql_get_text(rows, 12)),
                                                 .bytes = sql_get_int(rows, 13)};
}

/* A row a file, those of one upload behind each other. */
static bool read_all(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t arg_n,
                     struct upload **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, args, arg_n, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        if (*n == 0 || (*out)[*n - 1].id != sql_get_int(rows, 0))
            ROWS_ADD(cx, *out, *n, upload_at(cx, rows));
        file_take(cx, rows, &(*out)[*n - 1]);
    }
    sql_close(rows);
    return done;
}

bool upload_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct upload *out) {
    struct upload *all;
    size_t n;
    const struct sql_value by = sql_int(id);
    if (!read_all(cx, db, SQL_UPLOAD_FIND, &by, 1, &all, &n))
        return false;
    *found = n > 0;
    if (*found)
        *out = all[0];
    return true;
}

bool upload_list(struct cx *cx, struct db *db, enum upload_state state, struct upload **out, size_t *n) {
    const struct sql_value by = sql_int((int64_t)state);
    return read_all(cx, db, SQL_UPLOAD_LIST, &by, 1, out, n);
}

bool upload_open(struct cx *cx, struct db *db, struct upload **out, size_t *n) {
    return read_all(cx, db, SQL_UPLOAD_OPEN, NULL, 0, out, n);
}

bool upload_old(struct cx *cx, struct db *db, int64_t before_us, struct str place, struct upload **out, size_t *n) {
    const struct sql_value args[] = {sql_int(before_us), sql_text(place)};
    return read_all(cx, db, SQL_UPLOAD_OLD, args, 2, out, n);
}

static bool step(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n, bool *changed) {
    int64_t rows = 0;
    bool done = sql_run(cx, db, id, args, n, &rows);
    *changed = rows > 0;
    return done;
}

bool upload_said(struct cx *cx, struct db *db, int64_t id, struct str said, enum upload_state state, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_text(said), sql_int((int64_t)state)};
    return step(cx, db, SQL_UPLOAD_SAID, args, 3, changed);
}

bool upload_claim(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(now_us)};
    return step(cx, db, SQL_UPLOAD_CLAIM, args, 2, changed);
}

bool upload_drop(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(now_us)};
    return step(cx, db, SQL_UPLOAD_DROP, args, 2, changed);
}

bool upload_imported(struct cx *cx, struct db *db, int64_t id, int64_t import_id) {
    return SQL_RUN(cx, db, SQL_UPLOAD_IMPORTED, sql_int(id), sql_int(import_id));
}

bool upload_end(struct cx *cx, struct db *db, const struct upload *ended) {
    return SQL_RUN(cx, db, SQL_UPLOAD_END, sql_int(ended->id), sql_int((int64_t)ended->state), sql_int(ended->ended_us),
                   sql_int(ended->import_id), sql_text(ended->told));
}

bool upload_again(struct cx *cx, struct db *db, struct str place) {
    return SQL_RUN(cx, db, SQL_UPLOAD_AGAIN, sql_text(place));
}

bool upload_emptied(struct cx *cx, struct db *db, int64_t id) {
    return SQL_RUN(cx, db, SQL_UPLOAD_EMPTIED, sql_int(id));
}
