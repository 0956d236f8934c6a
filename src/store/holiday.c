// SPDX-License-Identifier: Apache-2.0
/* holiday -- see the header. */
#include "store/holiday.h"

#include "store/rows.h"

static struct holiday holiday_at(struct cx *cx, struct sql_rows *rows, int name, int kind) {
    return (struct holiday){.when = (enum holiday_when)sql_get_int(rows, kind),
                            .at = (int32_t)sql_get_int(rows, kind + 1),
                            .worked = sql_get_int(rows, kind + 2) != 0,
                            .name = str_copy(cx->arena, sql_get_text(rows, name))};
}

void holiday_kept_at(struct cx *cx, struct sql_rows *rows, struct holiday_kept *out) {
    if (sql_get_int(rows, 2) != 0)
        ROWS_ADD(cx, out->holiday, out->n, holiday_at(cx, rows, 0, 2));
    else
        *(str_equal(sql_get_text(rows, 0), S("country")) ? &out->country : &out->week) =
            str_copy(cx->arena, sql_get_text(rows, 1));
}

bool holiday_workdays(struct cx *cx, struct db *db, struct holiday_kept *out) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_HOLIDAY_WORKDAYS, NULL, 0, &rows);
    *out = (struct holiday_kept){0};
    while (done && (done = sql_next(cx, rows, &more)) && more)
        holiday_kept_at(cx, rows, out);
    sql_close(rows);
    return done;
}

bool holiday_list(struct cx *cx, struct db *db, struct holiday_row **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_HOLIDAY_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more) {
        const struct holiday_row row = {.id = sql_get_int(rows, 0),
                                        .holiday = holiday_at(cx, rows, 1, 2),
                                        .token = str_copy(cx->arena, sql_get_text(rows, 5)),
                                        .made_us = sql_get_int(rows, 6),
                                        .retired_us = sql_get_int(rows, 7),
                                        .version = sql_get_int(rows, 8)};
        ROWS_ADD(cx, *out, *n, row);
    }
    sql_close(rows);
    return done;
}

bool holiday_add(struct cx *cx, struct db *db, const struct holiday_row *row) {
    const struct holiday *h = &row->holiday;
    return SQL_RUN(cx, db, SQL_HOLIDAY_ADD, sql_int(row->id), sql_text(h->name), sql_int(h->when), sql_int(h->at),
                   sql_int(h->worked), sql_text(row->token), sql_int(row->made_us));
}

bool holiday_change(struct cx *cx, struct db *db, const struct holiday_row *row, bool *changed) {
    const struct holiday *h = &row->holiday;
    const struct sql_value args[] = {sql_int(row->id), sql_int(row->version), sql_text(h->name),       sql_int(h->when),
                                     sql_int(h->at),   sql_int(h->worked),    sql_int(row->retired_us)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_HOLIDAY_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}
