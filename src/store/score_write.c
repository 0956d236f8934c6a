// SPDX-License-Identifier: Apache-2.0
/* score_write -- a whole set of derived tables at once, kept or temporary.
 *
 * Rows go in without any index in the way; indexes and strips are made when all is there. Must not compute anything
 * about customers, only count equal last days, purchases, first days and statuses. Invariant: until
 * score_writer_close has succeeded and the caller commits, nobody else sees any of it.
 */
#include "store/score.h"

#include "store/flow_row.h"
#include "store/picture.h"
#include "store/score_row.h"
#include "store/score_strip.h"
#include "store/sql.h"
#include "store/standing.h"

/* How often each value came: they are days or small counts, so an array from the least to the largest will do. */
struct tally {
    int64_t *times;
    int64_t first; /* value of times[0] */
    size_t n;
};

struct score_writer {
    struct db *db;
    bool temporary;
    int64_t kept_on;            /* the day of the set that a temporary one hides */
    struct arena scratch, keep; /* of a row; of the tallies */
    struct sql_bulk *row, *episode, *prior, *waited, *season, *flow;
    struct tally last, purchases, first, status;
};

enum { TALLY_STEP = 1024 };

static void tally_add(struct arena *arena, struct tally *tally, int64_t value) {
    if (!tally->n)
        *tally = (struct tally){.times = arena_new(arena, int64_t, TALLY_STEP), .first = value, .n = TALLY_STEP};
    if (value < tally->first || value >= tally->first + (int64_t)tally->n) {
        int64_t first = value < tally->first ? value - TALLY_STEP : tally->first;
        int64_t end = value < tally->first ? tally->first + (int64_t)tally->n : value + TALLY_STEP;
        struct tally wider = {.first = first, .n = (size_t)(end - first)};
        wider.times = arena_new(arena, int64_t, wider.n);
        for (size_t i = 0; i < tally->n; i++)
            wider.times[tally->first - first + (int64_t)i] = tally->times[i];
        *tally = wider;
    }
    tally->times[value - tally->first]++;
}

static bool tally_write(struct cx *cx, struct sql_bulk *bulk, enum score_axis axis, const struct tally *tally) {
    for (size_t i = 0; i < tally->n; i++) {
        const struct sql_value args[] = {sql_int((int64_t)axis), sql_int(tally->first + (int64_t)i),
                                         sql_int(tally->times[i])};
        if (tally->times[i] && !sql_bulk_add(cx, bulk, args, 3))
            return false;
    }
    return sql_bulk_flush(cx, bulk);
}

static bool tables_ready(struct cx *cx, struct db *db, struct score_writer *w) {
    bool found;
    w->kept_on = INT64_MIN;
    if (!w->temporary)
        return sql_run(cx, db, SQL_SCORE_EMPTY, NULL, 0, NULL);
    return sql_run(cx, db, SQL_DERIVED_HIDDEN_DROP, NULL, 0, NULL) &&
           sql_one_int(cx, db, SQL_SCORE_RUN_DAY, NULL, 0, &found, &w->kept_on) &&
           sql_run(cx, db, SQL_DERIVED_TABLES_TEMPORARY, NULL, 0, NULL);
}

static void close_all(struct score_writer *w) {
    sql_bulk_close(w->row);
    sql_bulk_close(w->episode);
    sql_bulk_close(w->prior);
    sql_bulk_close(w->waited);
    sql_bulk_close(w->season);
    sql_bulk_close(w->flow);
    arena_clear(&w->scratch);
    arena_clear(&w->keep);
}

bool score_writer_open(struct cx *cx, struct db *db, bool temporary, struct score_writer **out) {
    struct score_writer *w = arena_new(cx->arena, struct score_writer, 1);
    w->db = db;
    w->temporary = temporary;
    arena_init(&w->scratch, 0, cx->arena->full, cx->arena->owner);
    arena_init(&w->keep, 0, cx->arena->full, cx->arena->owner);
    *out = w;
    if (tables_ready(cx, db, w) && sql_bulk_open(cx, db, SQL_SCORE_ADD, &w->row) &&
        sql_bulk_open(cx, db, SQL_EPISODE_ADD, &w->episode) && sql_bulk_open(cx, db, SQL_PRIOR_ADD, &w->prior) &&
        sql_bulk_open(cx, db, SQL_WAITED_ADD, &w->waited) && sql_bulk_open(cx, db, SQL_SEASON_ADD, &w->season) &&
        sql_bulk_open(cx, db, SQL_FLOW_ADD, &w->flow))
        return true;
    close_all(w);
    return false;
}

bool score_writer_row(struct cx *cx, struct score_writer *to, const struct score_row *row) {
    arena_reset(&to->scratch);
    if (row->purchases > 0) {
        tally_add(&to->keep, &to->last, row->last.n);
        tally_add(&to->keep, &to->purchases, row->purchases);
        tally_add(&to->keep, &to->first, row->first.n);
    }
    tally_add(&to->keep, &to->status, (int64_t)row->status);
    struct sql_value args[SCORE_ROW_ARGS];
    score_row_args(&to->scratch, row, args);
    return sql_bulk_add(cx, to->row, args, SCORE_ROW_ARGS);
}

bool score_writer_episode(struct cx *cx, struct score_writer *to, const struct score_episode *episode) {
    const struct sql_value args[] = {sql_int(episode->customer_id), sql_day(episode->began_on),
                                     sql_day(episode->ended_on)};
    return sql_bulk_add(cx, to->episode, args, 3);
}

bool score_writer_prior(struct cx *cx, struct score_writer *to, const struct score_prior *prior) {
    const struct prior_cell *cell = &prior->cell;
    const struct sql_value args[] = {sql_int(prior->segment_id), sql_int(prior->month), sql_int(cell->gaps),
                                     sql_int(cell->below),       sql_int(cell->at),     sql_int(cell->median_days)};
    return sql_bulk_add(cx, to->prior, args, 6);
}

bool score_writer_waited(struct cx *cx, struct score_writer *to, const struct score_waited *waited) {
    const struct sql_value args[] = {sql_int(waited->segment_id), sql_int(waited->tenths), sql_int(waited->times)};
    return sql_bulk_add(cx, to->waited, args, 3);
}

bool score_writer_season(struct cx *cx, struct score_writer *to, const struct score_season *season) {
    const struct sql_value args[] = {sql_day(season->day), sql_int(season->upto_cents)};
    return sql_bulk_add(cx, to->season, args, 2);
}

bool score_writer_flow(struct cx *cx, struct score_writer *to, const struct flow_cell *cell) {
    struct sql_value args[FLOW_CELL_ARGS];
    flow_cell_args(cell, args);
    return sql_bulk_add(cx, to->flow, args, FLOW_CELL_ARGS);
}

bool score_writer_forecast(struct cx *cx, struct score_writer *to, const struct forecast_kept *kept) {
    return forecast_add(cx, to->db, kept);
}

static bool write_steps(struct cx *cx, struct score_writer *w) {
    struct sql_bulk *bulk = NULL;
    bool good = sql_bulk_open(cx, w->db, SQL_SCORE_STEP_ADD, &bulk) && tally_write(cx, bulk, SCORE_R, &w->last) &&
                tally_write(cx, bulk, SCORE_F, &w->purchases) && tally_write(cx, bulk, SCORE_FIRST, &w->first) &&
                tally_write(cx, bulk, SCORE_STATUS, &w->status);
    sql_bulk_close(bulk);
    return good;
}

/* What only the kept set has: indexes for walking, and that nobody is left to be looked at. */
static bool keep_set(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_DERIVED_INDEXES, NULL, 0, NULL) && score_dirty_clear(cx, db);
}

bool score_writer_close(struct cx *cx, struct score_writer *to, const struct score_run *run) {
    struct db *db = to->db;
    bool good = sql_bulk_flush(cx, to->flow) && sql_bulk_flush(cx, to->row) && sql_bulk_flush(cx, to->episode) &&
                sql_bulk_flush(cx, to->prior) && sql_bulk_flush(cx, to->waited) && sql_bulk_flush(cx, to->season) &&
                write_steps(cx, to) && score_run_put(cx, db, run) &&
                standing_make(cx, db, to->kept_on <= run->as_of.n) && score_strips_make(cx, db) &&
                (to->temporary || keep_set(cx, db));
    close_all(to);
    return good;
}

bool score_drop_temporary(struct cx *cx, struct db *db) {
    return !picture_hidden(db) || sql_run(cx, db, SQL_DERIVED_HIDDEN_DROP, NULL, 0, NULL);
}
