// SPDX-License-Identifier: Apache-2.0
/* score_read -- all rows in no order, episodes, and whether a rebuild says the same.
 *
 * Must not change anything but where PostgreSQL looks for names, and that only for the length of a call.
 */
#include "store/label.h"
#include "store/score.h"
#include "store/score_class.h"
#include "store/score_row.h"

static bool read_scan(struct cx *cx, struct arena *arena, const struct score_run *run, struct sql_rows *rows,
                      struct score_scan *out) {
    *out = (struct score_scan){
        .customer_id = sql_get_int(rows, 0),
        .status = (enum status)sql_get_int(rows, 1),
        .purchases = sql_get_int(rows, 2),
        .first = sql_get_day(rows, 3),
        .last = sql_get_day(rows, 4),
        .value_12m = sql_get_int(rows, 5),
        .cycle_e4 = sql_get_int(rows, 6),
        .ranked = sql_get_int(rows, 7) != 0,
        .closed_on = sql_get_day(rows, 10),
    };
    for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++)
        out->label[kind] = sql_get_int(rows, 10 + kind);
    out->abc = score_abc(run, out->ranked, out->value_12m, sql_get_text(rows, 9));
    return score_gaps_read(cx, arena, sql_get_text(rows, 8), out->purchases, &out->gap_days);
}

bool score_scan_each(struct cx *cx, struct db *db, score_scan_visit *visit, void *owner) {
    struct score_run run;
    bool found;
    if (!score_run_find(cx, db, &found, &run))
        return false;
    struct sql_rows *rows;
    if (!sql_scan(cx, db, SQL_SCORE_SCAN, NULL, 0, &rows))
        return false;
    struct arena arena;
    arena_init(&arena, 0, cx->arena->full, cx->arena->owner);
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        struct score_scan row;
        arena_reset(&arena);
        good = read_scan(cx, &arena, &run, rows, &row) && visit(cx, owner, &row);
        if (!good)
            break;
    }
    arena_clear(&arena);
    sql_close(rows);
    return good;
}

bool score_episode_each(struct cx *cx, struct db *db, int64_t customer_id, score_episode_visit *visit, void *owner) {
    const struct sql_value customer = sql_int(customer_id);
    struct sql_rows *rows;
    if (customer_id ? !sql_open(cx, db, SQL_EPISODE_LIST, &customer, 1, &rows)
                    : !sql_scan(cx, db, SQL_EPISODE_SCAN, NULL, 0, &rows))
        return false;
    bool more, good;
    while ((good = sql_next(cx, rows, &more)) && more) {
        const struct score_episode episode = {
            .customer_id = sql_get_int(rows, 0), .began_on = sql_get_day(rows, 1), .ended_on = sql_get_day(rows, 2)};
        good = visit(cx, owner, &episode);
        if (!good)
            break;
    }
    sql_close(rows);
    return good;
}

/* -- difference ------------------------------------------------------------------------------------------------------- */

static bool text_of(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t n,
                    struct str *out) {
    struct sql_rows *rows;
    bool more;
    if (!sql_open(cx, db, id, args, n, &rows))
        return false;
    bool good = sql_next(cx, rows, &more);
    *out = str_copy(cx->arena, good && more ? sql_get_text(rows, 0) : (struct str){0});
    sql_close(rows);
    return good;
}

static struct str first_different(struct cx *cx, struct sql_rows *rows, const char *table) {
    int64_t customer = sql_get_int(rows, 1);
    return customer > 0 ? cx_text(cx, "%s, customer %lld", table, (long long)customer) : str_from(table);
}

static bool differences(struct cx *cx, struct db *db, int64_t *n, struct str *what) {
    static const struct {
        enum sql_id id;
        const char *table;
    } tables[] = {
        {SQL_DIFFERENCE_SCORE, "score"},     {SQL_DIFFERENCE_EPISODE, "episode"}, {SQL_DIFFERENCE_PRIOR, "prior"},
        {SQL_DIFFERENCE_WAITED, "waited"},   {SQL_DIFFERENCE_RUN, "score_run"},   {SQL_DIFFERENCE_CUT, "score_cut"},
        {SQL_DIFFERENCE_STEP, "score_step"}, {SQL_DIFFERENCE_SEASON, "season"},   {SQL_DIFFERENCE_STANDING, "standing"},
        {SQL_DIFFERENCE_FLOW, "flow"},
    };
    *n = 0;
    *what = (struct str){0};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct sql_rows *rows;
        bool more;
        if (!sql_open(cx, db, tables[i].id, NULL, 0, &rows))
            return false;
        bool good = sql_next(cx, rows, &more);
        int64_t here = good && more ? sql_get_int(rows, 0) : 0;
        *n += here;
        if (here && !what->n)
            *what = first_different(cx, rows, tables[i].table);
        sql_close(rows);
        if (!good)
            return false;
    }
    return true;
}

bool score_difference(struct cx *cx, struct db *db, int64_t *n, struct str *what) {
    if (db_kind(db) == DB_SQLITE)
        return differences(cx, db, n, what);
    struct str path, changed;
    if (!text_of(cx, db, SQL_DIFFERENCE_PATH, NULL, 0, &path) ||
        !text_of(cx, db, SQL_DIFFERENCE_PATH_KEPT, NULL, 0, &changed))
        return false;
    bool good = differences(cx, db, n, what);
    const struct sql_value before = sql_text(path);
    return text_of(cx, db, SQL_DIFFERENCE_PATH_SET, &before, 1, &changed) && good;
}
