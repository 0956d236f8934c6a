// SPDX-License-Identifier: Apache-2.0
/* track -- see track.h. Must not judge the figures. */
#include "store/track.h"

#include "store/rows.h"
#include "store/sql.h"

enum { FIGURES = 5, FIGURE_FIRST = 9, ARGS = FIGURE_FIRST + 3 * FIGURES + 2 };

static struct forecast_figure *figure_at(struct track_row *row, int i) {
    struct forecast_figure *all[FIGURES] = {&row->auc, &row->lift, &row->brier, &row->log_score, &row->lost_value};
    return all[i];
}

static struct track_row read_row(struct cx *cx, struct sql_rows *rows) {
    struct track_row row = {.month = sql_get_day(rows, 0),
                            .subject = (enum track_subject)sql_get_int(rows, 1),
                            .said = str_copy(cx->arena, sql_get_text(rows, 2)),
                            .cut = sql_get_day(rows, 3),
                            .known_until = sql_get_day(rows, 4),
                            .horizon_days = sql_get_int(rows, 5),
                            .made_us = sql_get_int(rows, 6),
                            .cases = sql_get_int(rows, 7),
                            .happened = sql_get_int(rows, 8),
                            .flagged = sql_get_int(rows, ARGS - 2),
                            .false_alarms_e6 = sql_get_int(rows, ARGS - 1)};
    for (int i = 0; i < FIGURES; i++) {
        int at = FIGURE_FIRST + 3 * i;
        *figure_at(&row, i) =
            (struct forecast_figure){sql_get_int(rows, at), sql_get_int(rows, at + 1), sql_get_int(rows, at + 2)};
    }
    return row;
}

bool track_list(struct cx *cx, struct db *db, struct track_row **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_TRACK_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, read_row(cx, rows));
    sql_close(rows);
    return done;
}

bool track_newest(struct cx *cx, struct db *db, struct day *month) {
    struct sql_rows *rows;
    bool more = false, good = sql_open(cx, db, SQL_TRACK_NEWEST, NULL, 0, &rows) && sql_next(cx, rows, &more);
    *month = good && more ? sql_get_day(rows, 0) : DAY_NONE;
    sql_close(rows);
    return good;
}

bool track_add(struct cx *cx, struct db *db, const struct track_row *row, bool *added) {
    struct track_row from = *row;
    struct sql_value args[ARGS] = {sql_day(row->month),   sql_int(row->subject),     sql_text(row->said),
                                   sql_day(row->cut),     sql_day(row->known_until), sql_int(row->horizon_days),
                                   sql_int(row->made_us), sql_int(row->cases),       sql_int(row->happened)};
    int64_t changed;
    for (int i = 0; i < FIGURES; i++) {
        const struct forecast_figure *figure = figure_at(&from, i);
        args[FIGURE_FIRST + 3 * i] = sql_number(figure->value_e6);
        args[FIGURE_FIRST + 3 * i + 1] = sql_number(figure->low_e6);
        args[FIGURE_FIRST + 3 * i + 2] = sql_number(figure->high_e6);
    }
    args[ARGS - 2] = sql_int(row->flagged);
    args[ARGS - 1] = sql_int(row->false_alarms_e6);
    if (!sql_run(cx, db, SQL_TRACK_ADD, args, ARGS, &changed))
        return false;
    *added = changed > 0;
    return true;
}

bool track_span(struct cx *cx, struct db *db, struct day until, struct day *first, struct day *last) {
    struct sql_rows *rows;
    bool more = false, good = sql_open(cx, db, SQL_TRACK_SPAN, (struct sql_value[]){sql_day(until)}, 1, &rows) &&
                              sql_next(cx, rows, &more);
    *first = good && more ? sql_get_day(rows, 0) : DAY_NONE;
    *last = good && more ? sql_get_day(rows, 1) : DAY_NONE;
    sql_close(rows);
    return good;
}
