// SPDX-License-Identifier: Apache-2.0
/* forecast_cycle -- see the header.
 *
 * Cells of waiting time, in cycles, have the borders 0, 1/8, then a factor of sqrt 2 each. Within a cell the rate is
 * constant, so the chance to wait on is exp of minus the sum of rate times time in the cell: no integral, no table of S.
 */
#include "stats/forecast_cycle.h"

#include <math.h>

#include "stats/cycle.h"
#include "stats/gap.h"

/* Where cells begin, in cycles. */
static const double border[FORECAST_CYCLE_CELLS] = {0,
                                                    0.125,
                                                    0.17677669529663689,
                                                    0.25,
                                                    0.35355339059327379,
                                                    0.5,
                                                    0.70710678118654757,
                                                    1,
                                                    1.4142135623730951,
                                                    2,
                                                    2.8284271247461903,
                                                    4,
                                                    5.6568542494923806,
                                                    8,
                                                    11.313708498984761,
                                                    16,
                                                    22.627416997969522,
                                                    32};
static const double FOURTH_ROOT_2 = 1.189207115002721; /* to the middle of a cell, on a log scale */
static const double FAITH_RETURNS = 4;                 /* what is assumed of a cell counts as so many returns */
static const double FAITH_ALL = 10;                    /* and of their overall height as so many */
enum { PIECES = 8 };                                   /* of the horizon, in the expectation */

static int cell_of(double waited) {
    int cell = 0;
    while (cell + 1 < FORECAST_CYCLE_CELLS && waited >= border[cell + 1])
        cell++;
    return cell;
}

/* What somebody of average faith would have taken for the rate of a cell. */
static double faith(int cell) {
    return 1 / (1 + (cell == 0 ? border[1] / 2 : border[cell] * FOURTH_ROOT_2));
}

struct count {
    double returns[FORECAST_CYCLE_CELLS], waited[FORECAST_CYCLE_CELLS];
};

static void count_gap(struct count *count, double cycles, bool returned) {
    int last = cell_of(cycles);
    for (int c = 0; c < last; c++)
        count->waited[c] += border[c + 1] - border[c];
    count->waited[last] += cycles - border[last];
    count->returns[last] += returned;
}

static double cycle_days(const struct cycle_recent *recent, int32_t prior_days) {
    int64_t e4;
    if (cycle_estimate(recent->n > 0 ? cycle_recent_median_x2(recent) : 0, recent->n, prior_days, &e4) != STAT_OK)
        return prior_days;
    return (double)e4 / 1e4;
}

static int32_t prior_of(const struct forecast_cycle *cycle, uint32_t segment) {
    return cycle->prior_days[segment <= cycle->segments ? segment : 0];
}

/* One histogram at a time, so that memory does not grow with the number of segments. */
static int32_t median_gap(struct gap_histogram *h) {
    int32_t days;
    return gap_histogram_quantile(h, 5000, &days) == STAT_OK ? days : CYCLE_ASSUMED_DAYS;
}

static void priors_learn(struct arena *arena, const struct history *customer, const uint32_t *which, size_t n,
                         int32_t as_of, struct forecast_cycle *out) {
    size_t cells = (size_t)out->segments + 1;
    out->prior_days = arena_new(arena, int32_t, cells);
    struct arena_mark mark = arena_mark_get(arena);
    struct gap_histogram *h = arena_new(arena, struct gap_histogram, cells);
    for (size_t i = 0; i < n; i++) {
        const struct history *c = &customer[which[i]];
        size_t known = history_until(c, as_of);
        for (size_t j = 1; j < known; j++) {
            int32_t gap = c->day[j] - c->day[j - 1];
            gap_histogram_add(&h[0], gap, 1);
            if (c->segment > 0 && c->segment <= out->segments)
                gap_histogram_add(&h[c->segment], gap, 1);
        }
    }
    for (size_t s = 0; s < cells; s++)
        out->prior_days[s] = h[s].n >= CYCLE_PRIOR_GAPS || s == 0 ? median_gap(&h[s]) : out->prior_days[0];
    arena_rewind(arena, mark);
}

/* Where little was seen the faith speaks, in proportion to how true it was where much was seen. */
static void rates_from(const struct count *count, double rate[FORECAST_CYCLE_CELLS]) {
    double returns = FAITH_ALL, faithful = FAITH_ALL;
    for (int c = 0; c < FORECAST_CYCLE_CELLS; c++) {
        returns += count->returns[c];
        faithful += count->waited[c] * faith(c);
    }
    for (int c = 0; c < FORECAST_CYCLE_CELLS; c++)
        rate[c] =
            (count->returns[c] + FAITH_RETURNS) / (count->waited[c] + FAITH_RETURNS / (faith(c) * returns / faithful));
}

void forecast_cycle_learn(struct arena *arena, const struct history *customer, const uint32_t *which, size_t n,
                          uint32_t segments, int32_t as_of, struct forecast_cycle *out) {
    out->segments = segments;
    priors_learn(arena, customer, which, n, as_of, out);
    struct count count[2] = {0};
    double purchases = 0, cycles = 0;
    for (size_t i = 0; i < n; i++) {
        const struct history *c = &customer[which[i]];
        size_t known = history_until(c, as_of);
        struct cycle_recent recent = {0};
        for (size_t j = 0; j < known; j++) {
            bool returned = j + 1 < known;
            int32_t days = (returned ? c->day[j + 1] : as_of) - c->day[j];
            double waited = days / cycle_days(&recent, prior_of(out, c->segment));
            count_gap(&count[j > 0], waited, returned);
            purchases += returned;
            cycles += waited;
            if (returned)
                cycle_recent_add(&recent, days);
        }
    }
    rates_from(&count[0], out->rate[0]);
    rates_from(&count[1], out->rate[1]);
    out->pace = (purchases + FAITH_RETURNS) / (cycles + 2 * FAITH_RETURNS);
}

int64_t forecast_cycle_e4(const struct forecast_cycle *cycle, const struct history *h, size_t n) {
    struct cycle_recent recent = {0};
    for (size_t j = n > CYCLE_RECENT ? n - CYCLE_RECENT : 1; j < n; j++)
        cycle_recent_add(&recent, h->day[j] - h->day[j - 1]);
    return (int64_t)(cycle_days(&recent, prior_of(cycle, h->segment)) * 1e4);
}

double forecast_cycle_none(const struct forecast_cycle *cycle, double x, double days_cycle, double silent,
                           double days) {
    const double *rate = cycle->rate[x > 0];
    double from = silent / days_cycle, to = (silent + days) / days_cycle, sum = 0;
    for (int c = cell_of(from); from < to; c++) {
        double end = c + 1 < FORECAST_CYCLE_CELLS ? fmin(border[c + 1], to) : to;
        sum += rate[c] * fmax(end - from, 0);
        from = fmax(end, from);
    }
    return exp(-sum);
}

double forecast_cycle_expected(const struct forecast_cycle *cycle, double x, double days_cycle, double silent,
                               double days) {
    double sum = 0, before = 1;
    for (int i = 1; i <= PIECES; i++) {
        double end = days * i / PIECES, none = forecast_cycle_none(cycle, x, days_cycle, silent, end);
        double left = days - days * (i - 0.5) / PIECES;
        sum += (before - none) * (1 + cycle->pace * left / days_cycle);
        before = none;
    }
    return sum;
}
