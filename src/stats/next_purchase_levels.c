// SPDX-License-Identifier: Apache-2.0
/* next_purchase_levels -- what a model's levels are worth, learnt from who returned and who has not yet.
 *
 * If a model is right, the level F at which a customer returned is uniform on 0 .. 1, and one that has not returned lies
 * above the level reached when watching ended. The distribution of these levels, with the unfinished ones, is therefore the
 * map from what the model says to what happens. It is estimated as shares of BINS equal bins: an unfinished level
 * is spread over what lies above it in proportion to the shares there, until nothing moves (the self-consistent estimate of
 * Efron 1967, for bins). CAUTION customers whose levels are uniform are added, so that few returns move the map little
 * and bins that nobody has reached keep the model's own shape.
 *
 * What was off a horizon ago is only in part what will be off now (the rest was that season's, or growth), so the map goes
 * TRUST of the way from the model's own levels; measured in docs/methods/next_purchase.md.
 *
 * Must not look at who a customer is. Invariant: the map rises strictly from (0, 0) to (1, 1).
 */
#include <math.h>

#include "stats/next_purchase.h"

enum { BINS = NEXT_PURCHASE_KNOTS + 1, ROUNDS_MOST = 500 };

#define CAUTION 30.0
#define TRUST 0.5
#define MOVED_LEAST 1e-12

struct next_purchase_levels next_purchase_levels_same(void) {
    struct next_purchase_levels same;
    for (int i = 0; i < NEXT_PURCHASE_KNOTS; i++)
        same.to[i] = (i + 1) / (double)BINS;
    return same;
}

static double knot(const struct next_purchase_levels *levels, int i) {
    return i <= 0 ? 0 : i >= BINS ? 1 : levels->to[i - 1];
}

double next_purchase_levels_map(const struct next_purchase_levels *levels, double level) {
    if (!(level > 0))
        return 0;
    if (level >= 1)
        return 1;
    int bin = (int)(level * BINS);
    double low = knot(levels, bin), high = knot(levels, bin + 1);
    return low + (high - low) * (level * BINS - bin);
}

double next_purchase_levels_unmap(const struct next_purchase_levels *levels, double worth) {
    if (!(worth > 0))
        return 0;
    if (worth >= 1)
        return 1;
    int bin = 0;
    while (bin < BINS - 1 && knot(levels, bin + 1) < worth)
        bin++;
    double low = knot(levels, bin), high = knot(levels, bin + 1);
    return high > low ? (bin + (worth - low) / (high - low)) / BINS : (bin + 1) / (double)BINS;
}

static int bin_of(double level) {
    int bin = (int)(level * BINS);
    return bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
}

/* Spreads an unfinished level over what lies above it. */
static void spread(const double *share, double level, double *count) {
    int bin = bin_of(level);
    double part = fmin(fmax(bin + 1 - level * BINS, 0), 1), above = share[bin] * part;
    for (int i = bin + 1; i < BINS; i++)
        above += share[i];
    if (!(above > 0)) {
        count[BINS - 1] += 1;
        return;
    }
    count[bin] += share[bin] * part / above;
    for (int i = bin + 1; i < BINS; i++)
        count[i] += share[i] / above;
}

static double round_of(const double *level, const uint8_t *returned, size_t n, double *share) {
    double count[BINS], moved = 0;
    for (int i = 0; i < BINS; i++)
        count[i] = CAUTION / BINS;
    for (size_t i = 0; i < n; i++)
        if (returned[i])
            count[bin_of(level[i])] += 1;
        else
            spread(share, level[i], count);
    for (int i = 0; i < BINS; i++) {
        double now = count[i] / ((double)n + CAUTION);
        moved = fmax(moved, fabs(now - share[i]));
        share[i] = now;
    }
    return moved;
}

enum stat_code next_purchase_levels_learn(const double *level, const uint8_t *returned, size_t n,
                                          struct next_purchase_levels *out) {
    size_t returns = 0;
    *out = next_purchase_levels_same();
    for (size_t i = 0; i < n; i++) {
        if (!(level[i] >= 0 && level[i] <= 1))
            return STAT_DOMAIN;
        returns += returned[i] != 0;
    }
    if (returns < NEXT_PURCHASE_RETURNS_LEAST)
        return STAT_TOO_FEW;
    double share[BINS], sum = 0;
    for (int i = 0; i < BINS; i++)
        share[i] = 1.0 / BINS;
    for (int round = 0; round < ROUNDS_MOST && round_of(level, returned, n, share) > MOVED_LEAST; round++)
        ;
    for (int i = 0; i < NEXT_PURCHASE_KNOTS; i++) {
        sum += share[i];
        out->to[i] += TRUST * (sum - out->to[i]);
    }
    return STAT_OK;
}
