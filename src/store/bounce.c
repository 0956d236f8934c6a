// SPDX-License-Identifier: Apache-2.0
/* bounce -- see the header. Invariant: one mail is one row, however often it is read. */
#include "store/bounce.h"

#include "store/rows.h"

bool bounce_known(struct cx *cx, struct db *db, struct str mark, bool *out) {
    int64_t id;
    return sql_one_int(cx, db, SQL_BOUNCE_KNOWN, (struct sql_value[]){sql_text(mark)}, 1, out, &id);
}

bool bounce_add(struct cx *cx, struct db *db, struct bounce_row *b, struct str mark, int64_t hash) {
    bool found;
    struct str fold = str_fold(cx->arena, cx_text(cx, "%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(b->address), STR_ARG(b->sender),
                                                  STR_ARG(b->subject), STR_ARG(b->said)));
    if (!sql_one_int(cx, db, SQL_BOUNCE_MAX, NULL, 0, &found, &b->id))
        return false;
    b->id++;
    const struct sql_value args[] = {
        sql_int(b->id),    sql_text(mark),         sql_int(b->seen_us),  sql_int(b->kind),     sql_int(b->result),
        sql_int(b->end),   sql_int(b->message_id), sql_int(hash),        sql_text(b->address), sql_text(b->status),
        sql_text(b->said), sql_text(b->sender),    sql_text(b->subject), sql_text(b->text),    sql_text(fold)};
    return sql_run(cx, db, SQL_BOUNCE_ADD, args, sizeof args / sizeof *args, NULL);
}

bool bounce_soft(struct cx *cx, struct db *db, int64_t hash, int64_t but_id, int64_t since_us, int64_t *out) {
    bool found;
    const struct sql_value args[] = {sql_int(hash), sql_int(but_id), sql_int(since_us)};
    return sql_one_int(cx, db, SQL_BOUNCE_SOFT, args, 3, &found, out);
}

static struct bounce_row row_at(struct sql_rows *rows) {
    return (struct bounce_row){.id = sql_get_int(rows, 0),
                               .seen_us = sql_get_int(rows, 1),
                               .kind = (enum bounce_kind)sql_get_int(rows, 2),
                               .result = (enum bounce_result)sql_get_int(rows, 3),
                               .end = (enum bounce_end)sql_get_int(rows, 4),
                               .message_id = sql_get_int(rows, 5),
                               .address = sql_get_text(rows, 6),
                               .status = sql_get_text(rows, 7),
                               .said = sql_get_text(rows, 8),
                               .sender = sql_get_text(rows, 9),
                               .subject = sql_get_text(rows, 10),
                               .text = sql_get_text(rows, 11),
                               .customer = sql_get_text(rows, 12)};
}

struct bounce_row bounce_row_copy(struct arena *arena, const struct bounce_row *row) {
    struct bounce_row out = *row;
    struct str *text[] = {&out.address, &out.status, &out.said, &out.sender, &out.subject, &out.text, &out.customer};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        *text[i] = str_copy(arena, *text[i]);
    return out;
}

bool bounce_of_message(struct cx *cx, struct db *db, int64_t message_id, int64_t most, struct bounce_row **out,
                       size_t *n) {
    struct sql_rows *rows;
    const struct sql_value args[] = {sql_int(message_id), sql_int(most)};
    bool more = false, done = sql_open(cx, db, SQL_BOUNCE_OF_MESSAGE, args, 2, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct bounce_row row = row_at(rows);
        ROWS_ADD(cx, *out, *n, bounce_row_copy(cx->arena, &row));
    }
    sql_close(rows);
    return done;
}

static void compose(struct sql_text *text, struct cx *cx, const struct bounce_filter *f) {
    sql_compose(text, PART_BOUNCE_ROWS, NULL, 0);
    if (f->end > 0)
        sql_compose(text, PART_BOUNCE_ENDED, (struct sql_value[]){sql_int(f->end)}, 1);
    if (f->holds.n > 0)
        sql_compose(text, PART_BOUNCE_HOLDS,
                    (struct sql_value[]){sql_text(db_pattern(cx, str_fold(cx->arena, f->holds)))}, 1);
    if (f->before > 0)
        sql_compose(text, PART_BOUNCE_BEFORE, (struct sql_value[]){sql_int(f->before)}, 1);
    sql_compose(text, PART_BOUNCE_NEWEST, (struct sql_value[]){sql_int(f->most)}, 1);
}

bool bounce_each(struct cx *cx, struct db *db, const struct bounce_filter *filter, bounce_take *take, void *owner) {
    struct sql_text text;
    struct sql_rows *rows;
    bool more = false;
    sql_text_init(&text, cx, db);
    compose(&text, cx, filter);
    bool done = sql_open_text(cx, db, &text, &rows);
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct bounce_row row = row_at(rows);
        done = take(cx, owner, &row);
    }
    sql_close(rows);
    return done;
}

bool bounce_sweep(struct cx *cx, struct db *db, const struct bounce_old *old) {
    bool found;
    int64_t newest;
    return sql_one_int(cx, db, SQL_BOUNCE_MAX, NULL, 0, &found, &newest) &&
           SQL_RUN(cx, db, SQL_BOUNCE_SWEEP, sql_int(old->before_us), sql_int(newest - old->most),
                   sql_int(old->long_before_us));
}
