// SPDX-License-Identifier: Apache-2.0
/* forecast_trust -- the range around a chance, from how wrong such chances were on the company's own past.
 *
 * Three things can be wrong with a chance. The whole company may buy more or less than foretold (a season, a crisis):
 * its size is how far off whole cuts were. Chances around some value may be wrong everywhere (those who were given 10 %
 * came back 14 times in 100): that is seen in bins of chance, each with the noise of its own number of customers. And what is
 * said of this customer may rest on little: the caller knows that. The three are added as variances on the scale of log
 * odds, and the range is stretched over the shift that a bin showed, never moved off the chance that is named.
 *
 * With no look back at all, the level of a cut is assumed to be off as companies mostly are. Numbers: docs/methods/forecast.md.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/forecast_parts.h"
#include "stats/special.h"

static const double Z_80 = 1.2815515655446004;
static const double LEVEL_FAITH = 0.35; /* sd of log odds by which a cut is off, before anything was seen */
static const double LEVEL_CUTS = 2;     /* what that faith is worth, in cuts */
static const double LEVEL_UNSEEN = 0.6; /* where no cut was looked back to at all: young companies are off by more */
static const double JEFFREYS = 0.5;
static const double CHANCE_EDGE = 1e-6; /* as in the log score of measure.h */

struct said {
    double p;
    uint8_t happened;
};

static void sift(struct said *s, size_t root, size_t n) {
    for (;;) {
        size_t child = 2 * root + 1;
        if (child >= n)
            return;
        if (child + 1 < n && s[child].p < s[child + 1].p)
            child++;
        if (s[root].p >= s[child].p)
            return;
        struct said t = s[root];
        s[root] = s[child];
        s[child] = t;
        root = child;
    }
}

static void sort(struct said *s, size_t n) {
    for (size_t i = n / 2; i-- > 0;)
        sift(s, i, n);
    for (size_t i = n; i-- > 1;) {
        struct said t = s[0];
        s[0] = s[i];
        s[i] = t;
        sift(s, 0, i);
    }
}

double forecast_look_level(const struct forecast_look *look) {
    double came = JEFFREYS, shift = 0;
    for (size_t i = 0; i < look->n; i++)
        came += look->happened[i];
    for (int step = 0; step < 30; step++) {
        double said = JEFFREYS, slope = 1e-9;
        for (size_t i = 0; i < look->n; i++) {
            double p = forecast_chance(forecast_log_odds(look->p[i]) + shift);
            said += p;
            slope += p * (1 - p);
        }
        double move = fmin(fmax((came - said) / slope, -1), 1);
        shift += move;
        if (fabs(move) < 1e-6)
            break;
    }
    return shift;
}

double forecast_look_shape(const struct forecast_look *look, size_t n) {
    double sum = 0, all = 0;
    for (size_t l = 0; l < n; l++) {
        double level = forecast_look_level(&look[l]);
        for (size_t i = 0; i < look[l].n; i++) {
            double p = forecast_chance(forecast_log_odds(look[l].p[i]) + level);
            sum -= log(fmax(look[l].happened[i] ? p : 1 - p, CHANCE_EDGE));
            all++;
        }
    }
    return all > 0 ? sum / all : 0;
}

static void bin_add(struct forecast_trust *out, const struct said *s, size_t n) {
    double said = 0, came = 0;
    for (size_t i = 0; i < n; i++) {
        said += s[i].p;
        came += s[i].happened;
    }
    double a = came + JEFFREYS, b = (double)n - came + JEFFREYS;
    double low = special_beta_quantile(a, b, 0.1), high = special_beta_quantile(a, b, 0.9);
    int32_t i = out->bins++;
    out->at[i] = forecast_log_odds((said + 0.0) / (double)n);
    out->shift[i] = forecast_log_odds(a / (a + b)) - out->at[i];
    out->noise[i] = (forecast_log_odds(high) - forecast_log_odds(low)) / (2 * Z_80);
}

void forecast_trust_learn(struct arena *arena, const struct forecast_look *look, size_t n, struct forecast_trust *out) {
    *out = (struct forecast_trust){0};
    size_t all = 0, at = 0;
    double square = LEVEL_CUTS * LEVEL_FAITH * LEVEL_FAITH;
    for (size_t l = 0; l < n; l++) {
        double off = forecast_look_level(&look[l]);
        square += off * off;
        all += look[l].n;
    }
    out->level = n > 0 ? sqrt(square / (LEVEL_CUTS + (double)n)) : LEVEL_UNSEEN;
    if (all < FORECAST_TRUST_BINS)
        return;
    struct arena_mark mark = arena_mark_get(arena);
    struct said *s = arena_new(arena, struct said, all);
    for (size_t l = 0; l < n; l++)
        for (size_t i = 0; i < look[l].n; i++)
            s[at++] = (struct said){look[l].p[i], look[l].happened[i]};
    sort(s, all);
    for (size_t b = 0, from = 0; b < FORECAST_TRUST_BINS; b++) {
        size_t to = all * (b + 1) / FORECAST_TRUST_BINS;
        while (to < all && to > 0 && s[to].p <= s[to - 1].p) /* equal chances are never apart */
            to++;
        if (to > from)
            bin_add(out, s + from, to - from);
        from = to > from ? to : from;
    }
    arena_rewind(arena, mark);
}

static double between(const struct forecast_trust *t, const double *value, double x) {
    if (t->bins == 0)
        return 0;
    if (x <= t->at[0])
        return value[0];
    for (int32_t i = 1; i < t->bins; i++)
        if (x < t->at[i])
            return value[i - 1] + (value[i] - value[i - 1]) * (x - t->at[i - 1]) / (t->at[i] - t->at[i - 1]);
    return value[t->bins - 1];
}

void forecast_trust_range(const struct forecast_trust *trust, double p, double noise, double *low, double *high) {
    double at = forecast_log_odds(p), shift = between(trust, trust->shift, at), bin = between(trust, trust->noise, at);
    double reach = Z_80 * sqrt(trust->level * trust->level + bin * bin + noise * noise);
    *low = fmin(forecast_chance(at + fmin(shift, 0) - reach), p);
    *high = fmax(forecast_chance(at + fmax(shift, 0) + reach), p);
}
