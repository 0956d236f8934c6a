// SPDX-License-Identifier: Apache-2.0
/* stack_level -- how far the company's level now can be told from its levels then.
 *
 * A level is by how much all log odds of an origin lie above the model's. Levels are taken as draws of a Gaussian process
 * over time with four parts: one that stays, one that comes back every year, one that fades within months, and noise of
 * each origin. Given the levels of the origins, that of a later day is a weighted mean of them, plus what cannot be
 * known. Under a year of origins the season has no say (its part cannot be told from the one that stays); beyond, origins
 * of the same time of the year weigh most. The sizes were measured over companies: docs/methods/stack.md.
 */
#include <math.h>
#include <stdlib.h>

#include "stats/optimise.h"
#include "stats/stack_parts.h"

static const double STAYS = 0.3, SEASON = 0.25, FADES = 0.4, NOISE = 0.1; /* standard deviations, log odds */
static const double SEASON_WIDTH = 0.7;                                   /* of the sine of half the year's angle */
static const double FADE_DAYS = 180;
static const double YEAR_DAYS = 365.25, PI = 3.141592653589793;

static double covariance(int32_t a, int32_t b) {
    double days = fabs((double)a - b), turn = sin(PI * days / YEAR_DAYS) / SEASON_WIDTH;
    return STAYS * STAYS + SEASON * SEASON * exp(-2 * turn * turn) + FADES * FADES * exp(-days / FADE_DAYS);
}

bool stack_levels_make(const int32_t *day, size_t n, int32_t as_of, struct stack_levels *out) {
    double prior[STACK_ORIGINS_MOST * STACK_ORIGINS_MOST] = {0}, with[STACK_ORIGINS_MOST];
    for (size_t i = 0; i < n; i++) {
        with[i] = covariance(day[i], as_of);
        for (size_t j = 0; j < n; j++)
            prior[i * n + j] = covariance(day[i], day[j]) + (i == j ? NOISE * NOISE : 0);
    }
    out->n = n;
    if (!optimise_inverse(prior, n, out->precision))
        return false;
    out->noise = covariance(as_of, as_of) + NOISE * NOISE;
    for (size_t i = 0; i < n; i++) {
        out->ahead[i] = 0;
        for (size_t j = 0; j < n; j++)
            out->ahead[i] += out->precision[i * n + j] * with[j];
        out->noise -= out->ahead[i] * with[i];
    }
    out->noise = fmax(out->noise, 0);
    return true;
}
