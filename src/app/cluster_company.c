// SPDX-License-Identifier: Apache-2.0
/* cluster_company -- what is usual in the company, and each cycle once.
 *
 * The cluster counts gaps by length and month and adds up days; the medians of the months are then made as app/priors.c makes them for one
 * segment. A cycle hangs on three small numbers: the cluster says which threes there are, each is worked out here by stats/cycle.h, with the
 * window of its arrow and what the company did in it a year ago, and goes back as a table to look up.
 */
#include "app/cluster_parts.h"

#include <math.h>

#include "app/heap.h"
#include "stats/cycle.h"
#include "stats/gap.h"
#include "stats/prior.h"
#include "stats/trend.h"

enum { YEAR = 365, TWO_YEARS = 730 };

static const int64_t season_most = INT64_C(1) << 59; /* as in stats/trend.c */

struct company {
    struct cluster_run *run;
    int64_t *gaps;                 /* [months][GAP_CELLS + 1]: closed in the month before */
    int64_t *total;                /* of the days from `first` on, then summed */
    int32_t first, first_purchase; /* day; INT32_MAX: none */
    struct prior_table prior;
    struct buf rows; /* of the cycle table */
    bool season, bad;
};

static bool total_take(void *owner, struct str line) {
    struct company *c = owner;
    int64_t day = cluster_int(cluster_field(&line)), cents = cluster_int(cluster_field(&line));
    if (day < 1 || day > CLUSTER_DAY_MOST)
        return !(c->bad = true);
    c->total[day] = cents;
    if (c->first == INT32_MAX)
        c->first = (int32_t)day;
    if (c->first_purchase == INT32_MAX && cluster_int(cluster_field(&line)) != 0)
        c->first_purchase = (int32_t)day;
    return true;
}

static int64_t window(const struct company *c, int32_t from, int32_t to) {
    if (to < c->first)
        return 0;
    return c->total[to] - (from > 1 ? c->total[from - 1] : 0);
}

static bool gap_take(void *owner, struct str line) {
    struct company *c = owner;
    int64_t month = cluster_int(cluster_field(&line)) - c->prior.first_month + 1;
    int64_t gap = cluster_int(cluster_field(&line)), n = cluster_int(cluster_field(&line));
    if (month < 1 || (size_t)month >= c->prior.months || gap < 1)
        return !(c->bad = true);
    c->run->litt += (double)n * log((double)gap);
    c->gaps[(size_t)month * (GAP_CELLS + 1) + (size_t)(gap < GAP_CELLS ? gap : GAP_CELLS)] += n;
    return true;
}

/* As app/priors.c does for one segment. */
static void cells_fill(struct company *c) {
    for (size_t month = 0; month < c->prior.months; month++) {
        int64_t *row = &c->gaps[month * (GAP_CELLS + 1)];
        for (size_t d = 1; month > 0 && d <= GAP_CELLS; d++)
            row[d] += (row - (GAP_CELLS + 1))[d];
        prior_cell_from(row, GAP_CELLS, &c->prior.cell[month]);
    }
}

static bool cycle_take(void *owner, struct str line) {
    struct company *c = owner;
    int64_t own_x2 = cluster_int(cluster_field(&line)), own_n = cluster_int(cluster_field(&line));
    int64_t month = cluster_int(cluster_field(&line)), cycle_e4;
    bool assumed;
    struct day bought = month_first((int32_t)month);
    int32_t as_of = c->run->request->as_of.n;
    int32_t prior = prior_days(&c->prior, 0, bought, &assumed);
    if (cycle_estimate((int32_t)own_x2, (int32_t)own_n, prior, &cycle_e4) != STAT_OK)
        return !(c->bad = true);
    int32_t days = trend_window_days(cycle_e4);
    int64_t now = 1, before = 1;
    if (c->season) {
        now = window(c, as_of - YEAR - days + 1, as_of - YEAR);
        before = window(c, as_of - YEAR - 2 * days + 1, as_of - YEAR - days);
    }
    if (now <= 0 || before <= 0)
        now = before = 1;
    if (now > season_most || before > season_most) {
        now = now / 16 + 1;
        before = before / 16 + 1;
    }
    buf_printf(&c->rows, "%lld\t%lld\t%lld\t%lld\t%d\t%lld\t%lld\n", (long long)own_x2, (long long)own_n,
               (long long)month, (long long)cycle_e4, days, (long long)now, (long long)before);
    c->run->report->distinct_cycles++;
    return true;
}

static bool strange(struct cluster_run *run, const char *statement) {
    cx_clear(run->cx);
    return cx_fail(run->cx, ERR_DB, S("cluster.strange_answer"), str_from(statement));
}

static bool company_read(struct cluster_run *run, struct company *c) {
    int32_t as_of = run->request->as_of.n;
    if (!cluster_run_ask(run, "day_totals", total_take, c))
        return c->bad ? strange(run, "day_totals") : false;
    for (int32_t d = 1; d <= as_of; d++)
        c->total[d] += c->total[d - 1];
    c->season = c->first != INT32_MAX && as_of - c->first >= TWO_YEARS;
    struct day day = {c->first_purchase != INT32_MAX ? c->first_purchase : as_of};
    c->prior = (struct prior_table){.first_month = month_of(day), .first_day = day, .as_of = run->request->as_of};
    c->prior.months = (size_t)(month_of(run->request->as_of) - c->prior.first_month) + 2;
    c->prior.cell = arena_new(run->cx->arena, struct prior_cell, c->prior.months);
    c->gaps = heap_new(c->prior.months * (GAP_CELLS + 1), sizeof *c->gaps);
    if (!cluster_run_ask(run, "gap_counts", gap_take, c))
        return c->bad ? strange(run, "gap_counts") : false;
    cells_fill(c);
    return true;
}

bool cluster_cycles(struct cluster_run *run) {
    struct company c = {.run = run, .first = INT32_MAX, .first_purchase = INT32_MAX};
    cluster_run_step(run, S("cluster.step_company"));
    c.total = heap_new(CLUSTER_DAY_MOST + 1, sizeof *c.total);
    buf_init(&c.rows, run->cx->arena, 0);
    bool ok = cluster_part(run->cx, &run->words, "person", "person") && company_read(run, &c) &&
              cluster_run_make(run, "cycle_make", "own_x2, own_n, month");
    if (ok && !cluster_run_ask(run, "cycle_inputs", cycle_take, &c))
        ok = c.bad ? strange(run, "cycle_inputs") : false;
    ok = ok && cluster_run_put(run, "cycle_fill", buf_str(&c.rows));
    free(c.total);
    free(c.gaps);
    return ok;
}
