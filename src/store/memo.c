// SPDX-License-Identifier: Apache-2.0
/* memo -- see the header. Every call is one statement, but for the number of a new one. */
#include "store/memo.h"

#include "store/rows.h"
#include "store/setting.h"

enum { AT_AUTHOR = 10, AT_RECEIVED = 13 }; /* columns that follow the memo's own */

static struct memo_row memo_row_at(struct cx *cx, struct sql_rows *rows) {
    return (struct memo_row){.memo = {.id = sql_get_int(rows, 0),
                                      .user_id = sql_get_int(rows, 1),
                                      .customer_id = sql_get_int(rows, 2),
                                      .answers = sql_get_int(rows, 3),
                                      .aim = (enum memo_aim)sql_get_int(rows, 4),
                                      .aimed = str_copy(cx->arena, sql_get_text(rows, 5)),
                                      .day = sql_get_day(rows, 6),
                                      .text = str_copy(cx->arena, sql_get_text(rows, 7)),
                                      .made_us = sql_get_int(rows, 8),
                                      .taken_us = sql_get_int(rows, 9)},
                             .author = str_copy(cx->arena, sql_get_text(rows, AT_AUTHOR)),
                             .code = str_copy(cx->arena, sql_get_text(rows, AT_AUTHOR + 1)),
                             .customer = str_copy(cx->arena, sql_get_text(rows, AT_AUTHOR + 2))};
}

static struct memo_row whole_at(struct cx *cx, struct sql_rows *rows) {
    struct memo_row row = memo_row_at(cx, rows);
    row.received = sql_get_int(rows, AT_RECEIVED) > 0;
    row.read_us = sql_get_int(rows, AT_RECEIVED + 1);
    row.archived_us = sql_get_int(rows, AT_RECEIVED + 2);
    row.readers = sql_get_int(rows, AT_RECEIVED + 3);
    row.read = sql_get_int(rows, AT_RECEIVED + 4);
    row.first = str_copy(cx->arena, sql_get_text(rows, AT_RECEIVED + 5));
    return row;
}

struct memo_row memo_unread_at(struct cx *cx, struct sql_rows *rows) {
    struct memo_row row = memo_row_at(cx, rows);
    row.received = true;
    row.unread = sql_get_int(rows, AT_RECEIVED);
    return row;
}

bool memo_add(struct cx *cx, struct db *db, struct memo *m) {
    return counter_next(cx, db, S("memo"), &m->id) &&
           SQL_RUN(cx, db, SQL_MEMO_ADD, sql_int(m->id), sql_int(m->user_id), sql_int(m->customer_id),
                   sql_int(m->answers), sql_int(m->aim), sql_text(m->aimed), sql_day(m->day), sql_text(m->text),
                   sql_text(str_fold(cx->arena, m->text)), sql_text(m->token), sql_int(m->made_us));
}

bool memo_reader_add(struct cx *cx, struct db *db, const struct memo *memo, int64_t user_id) {
    return SQL_RUN(cx, db, SQL_MEMO_READER_ADD, sql_int(memo->id), sql_int(user_id), sql_day(memo->day));
}

bool memo_find_token(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id, int64_t *whose) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, SQL_MEMO_FIND_TOKEN, (struct sql_value[]){sql_text(token)}, 1, &rows) &&
                sql_next(cx, rows, found);
    if (done && *found) {
        *id = sql_get_int(rows, 0);
        *whose = sql_get_int(rows, 1);
    }
    sql_close(rows);
    return done;
}

static bool rows_read(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t args_n,
                      struct memo_row **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, args, args_n, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, whole_at(cx, rows));
    sql_close(rows);
    return done;
}

bool memo_find(struct cx *cx, struct db *db, int64_t id, int64_t viewer, struct day day, bool *found,
               struct memo_row *out) {
    struct memo_row *row;
    size_t n;
    const struct sql_value args[] = {sql_int(id), sql_int(viewer), sql_int(day.n)};
    bool done = rows_read(cx, db, SQL_MEMO_FIND, args, 3, &row, &n);
    *found = done && n > 0;
    if (*found)
        *out = row[0];
    return done;
}

bool memo_unread(struct cx *cx, struct db *db, int64_t viewer, struct day day, int64_t most, struct memo_row **out,
                 size_t *n) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(viewer), sql_int(day.n), sql_int(most)};
    bool more = false, done = sql_open(cx, db, SQL_MEMO_UNREAD, args, 3, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, memo_unread_at(cx, rows));
    sql_close(rows);
    return done;
}

bool memo_received(struct cx *cx, struct db *db, const struct memo_look *look, struct memo_row **out, size_t *n) {
    const struct sql_value args[] = {sql_int(look->viewer),
                                     sql_int(look->day.n),
                                     sql_int(look->read),
                                     sql_int(look->archived),
                                     sql_int(look->other),
                                     sql_text(look->pattern),
                                     sql_int(day_is(look->before_day) ? look->before_day.n : INT64_MAX),
                                     sql_int(look->before_id),
                                     sql_int(look->most)};
    return rows_read(cx, db, SQL_MEMO_RECEIVED, args, sizeof args / sizeof *args, out, n);
}

bool memo_sent(struct cx *cx, struct db *db, const struct memo_look *look, struct memo_row **out, size_t *n) {
    const struct sql_value args[] = {
        sql_int(look->viewer), sql_int(look->taken),    sql_int(look->waiting == MEMO_YES),
        sql_int(look->other),  sql_text(look->pattern), sql_int(look->before_id > 0 ? look->before_id : INT64_MAX),
        sql_int(look->most)};
    return rows_read(cx, db, SQL_MEMO_SENT, args, sizeof args / sizeof *args, out, n);
}

bool memo_readers(struct cx *cx, struct db *db, int64_t id, struct memo_reader **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MEMO_READERS, (struct sql_value[]){sql_int(id)}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct memo_reader one = {.user_id = sql_get_int(rows, 0),
                                        .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                                        .role = (enum role)sql_get_int(rows, 2),
                                        .read_us = sql_get_int(rows, 3)};
        ROWS_ADD(cx, *out, *n, one);
    }
    sql_close(rows);
    return done;
}

bool memo_replies(struct cx *cx, struct db *db, int64_t id, int64_t viewer, struct day day, int64_t most,
                  struct memo_row **out, size_t *n) {
    const struct sql_value args[] = {sql_int(id), sql_int(viewer), sql_int(day.n), sql_int(most)};
    return rows_read(cx, db, SQL_MEMO_REPLIES, args, 4, out, n);
}

static bool changing(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n,
                     bool *changed) {
    int64_t rows = 0;
    bool done = sql_run(cx, db, id, args, n, &rows);
    *changed = rows > 0;
    return done;
}

bool memo_read(struct cx *cx, struct db *db, int64_t id, int64_t user_id, int64_t now_us, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(user_id), sql_int(now_us)};
    return changing(cx, db, SQL_MEMO_READ, args, 3, changed);
}

bool memo_archive(struct cx *cx, struct db *db, int64_t id, int64_t user_id, bool away, int64_t now_us, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(user_id), sql_int(away ? now_us : 0), sql_int(now_us)};
    return changing(cx, db, SQL_MEMO_ARCHIVE, args, 4, changed);
}

bool memo_take(struct cx *cx, struct db *db, int64_t id, int64_t user_id, int64_t now_us, bool *changed) {
    const struct sql_value args[] = {sql_int(id), sql_int(user_id), sql_int(now_us)};
    return changing(cx, db, SQL_MEMO_TAKE, args, 3, changed);
}

bool memo_region(struct cx *cx, struct db *db, int64_t region_id, int64_t **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_MEMO_REGION, (struct sql_value[]){sql_int(region_id)}, 1, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, sql_get_int(rows, 0));
    sql_close(rows);
    return done;
}
