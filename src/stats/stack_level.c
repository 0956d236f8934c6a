// SPDX-License-Identifier: Apache-2.0
/* stack_level -- how far the company's level now can be told from its levels then.
 *
 * Behind the levels stands the company's pace: by how much all customers buy more or less at a time, on the scale of log odds.
 * It is taken as a Gaussian process with two parts, one that comes back every year and one that fades within months. The
 * level of an origin is by how much the log odds of its customers lay above what the model said: the mean pace of the
 * horizon after it, less the mean pace of all the time before, which the model took for usual. That last term matters: a model that
 * was fitted after a high season expects it to go on, and is the more wrong the better the season was. Besides, the model
 * may always be off by something (one constant), and each origin by something of its own.
 *
 * Given the levels of the origins, that of a later day is a weighted mean of them, plus what cannot be known. Under a year of
 * origins the season has no say; beyond, those of the same time of the year weigh most. The sizes were measured over
 * companies: docs/methods/stack.md.
 */
#include <math.h>
#include <stdlib.h>

#include "stats/optimise.h"
#include "stats/stack_parts.h"

static const double STAYS = 0.15, SEASON = 0.5, FADES = 0.6, NOISE = 0.1; /* standard deviations, log odds */
static const double SEASON_WIDTH = 0.7;                                   /* of the sine of half the year's angle */
static const double FADE_DAYS = 180;
static const double YEAR_DAYS = 365.25, PI = 3.141592653589793;
enum { CELL_DAYS = 10, CELLS_MOST = 400 }; /* the pace is looked at in cells: beyond 4,000 days in longer ones */

static double pace_covariance(double days) {
    double turn = sin(PI * days / YEAR_DAYS) / SEASON_WIDTH;
    return SEASON * SEASON * exp(-2 * turn * turn) + FADES * FADES * exp(-days / FADE_DAYS);
}

struct cells {
    size_t n;
    double first, days; /* the middle of cell c is first + (c + 1/2) days */
    double *covariance; /* [n] of the pace of cells so many apart */
};

/* What the level of an origin is of the pace: out[cells.n], summing to 1 ahead and to -1 behind. */
static void level_of_pace(const struct cells *cells, int32_t day, int32_t horizon_days, double *out) {
    double ahead = 0, behind = 0;
    for (size_t c = 0; c < cells->n; c++) {
        double middle = cells->first + ((double)c + 0.5) * cells->days;
        behind += middle <= day;
        ahead += middle > day && middle <= (double)day + horizon_days;
    }
    for (size_t c = 0; c < cells->n; c++) {
        double middle = cells->first + ((double)c + 0.5) * cells->days;
        if (middle <= day)
            out[c] = -1 / behind;
        else
            out[c] = middle <= (double)day + horizon_days ? 1 / ahead : 0;
    }
}

static void spread(const struct cells *cells, const double *level, double *out) {
    for (size_t c = 0; c < cells->n; c++) {
        out[c] = 0;
        for (size_t d = 0; d < cells->n; d++)
            out[c] += level[d] * cells->covariance[c > d ? c - d : d - c];
    }
}

/* Prior covariances of the levels of day[n] and, last, of as_of: [n + 1][n + 1]. */
static void covariances(struct arena *arena, const int32_t *day, size_t n, int32_t as_of, int32_t horizon_days,
                        int32_t first, double *out) {
    struct arena_mark mark = arena_mark_get(arena);
    double span = (double)as_of + horizon_days - first;
    struct cells cells = {.first = first, .days = fmin(fmax(span / CELLS_MOST, CELL_DAYS), horizon_days)};
    cells.n = (size_t)ceil(span / cells.days) + 1;
    cells.covariance = arena_new(arena, double, cells.n);
    for (size_t c = 0; c < cells.n; c++)
        cells.covariance[c] = pace_covariance((double)c * cells.days);
    double *level = arena_new(arena, double, (n + 1) * cells.n), *spreads = arena_new(arena, double, cells.n);
    for (size_t i = 0; i <= n; i++)
        level_of_pace(&cells, i < n ? day[i] : as_of, horizon_days, level + i * cells.n);
    for (size_t i = 0; i <= n; i++) {
        spread(&cells, level + i * cells.n, spreads);
        for (size_t j = 0; j <= n; j++) {
            double sum = STAYS * STAYS + (i == j ? NOISE * NOISE : 0);
            for (size_t c = 0; c < cells.n; c++)
                sum += level[j * cells.n + c] * spreads[c];
            out[i * (n + 1) + j] = sum;
        }
    }
    arena_rewind(arena, mark);
}

bool stack_levels_make(struct arena *arena, const int32_t *day, size_t n, int32_t as_of, int32_t horizon_days,
                       int32_t first, struct stack_levels *out) {
    enum { SIDE = STACK_ORIGINS_MOST + 1 };
    double all[SIDE * SIDE], prior[STACK_ORIGINS_MOST * STACK_ORIGINS_MOST] = {0};
    covariances(arena, day, n, as_of, horizon_days, first, all);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            prior[i * n + j] = all[i * (n + 1) + j];
    out->n = n;
    if (!optimise_inverse(prior, n, out->precision))
        return false;
    const double *with = all + n * (n + 1);
    out->noise = with[n];
    for (size_t i = 0; i < n; i++) {
        out->ahead[i] = 0;
        for (size_t j = 0; j < n; j++)
            out->ahead[i] += out->precision[i * n + j] * with[j];
        out->noise -= out->ahead[i] * with[i];
    }
    out->noise = fmax(out->noise, 0);
    return true;
}
