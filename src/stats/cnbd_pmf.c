// SPDX-License-Identifier: Apache-2.0
/* cnbd_pmf -- the distribution of the number of purchases in the horizon.
 *
 * Of a customer that is alive, J gaps would end by T + t if nobody left (cnbd_future), and the purchase after n others
 * is made with chance g(n) = (b')_n / (a + b')_n. So P(X >= n) = g(n - 1) P(J >= n), and
 *     P(X = n) = g(n - 1) P(J = n) + [g(n - 1) - g(n)] P(J > n),   g(n - 1) - g(n) = g(n - 1) a/(a + b' + n - 1).
 * P(J = n) is summed from the negative binomial's own recurrence, on a scale that cannot underflow; P(J > n) is summed
 * backwards from the tail beyond the last n, which is an incomplete beta function.
 *
 * Must not subtract a sum from 1. Invariant: every term is positive.
 */
#include <math.h>

#include "stats/cnbd.h"
#include "stats/special.h"

#define SCALE 1e200
#define LOG_SCALE 460.51701859880913680
#define EXP_LEAST -600.0
#define TAU_LARGE 1e5

/* Of a customer that is alive. */
struct counts {
    int32_t k;
    double shape, tau;
    double a, stay;
    double phase[MODEL_K_MOST];
    double alive;
};

static struct counts counts_of(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    struct cnbd model = cnbd_of(params);
    bool never = model.leaving == CNBD_NEVER;
    double withstood = model.leaving == CNBD_AFTER_EVERY ? c->x + 1 : c->x;
    struct counts counts = {.k = model.k,
                            .shape = model.r + model.k * c->x,
                            .tau = horizon / (model.alpha + c->T),
                            .a = never ? 0 : model.a,
                            .stay = never ? 1 : model.b + withstood};
    counts.alive = cnbd_alive_given(&model, c, cnbd_phases(&model, c, counts.phase));
    return counts;
}

/* P(N >= n), n >= 1. */
static double ends_at_least(double shape, double tau, double n) {
    if (tau > TAU_LARGE) /* 1 - z has lost its digits */
        return 1 - special_beta_lower(shape, n, 1 / (1 + tau));
    return special_beta_lower(n, shape, tau / (1 + tau));
}

/* P(J >= n), n >= 1. */
static double gaps_at_least(const struct counts *counts, double n) {
    double sum = 0;
    for (int32_t m = 0; m < counts->k; m++)
        if (counts->phase[m] > 0)
            sum += counts->phase[m] * ends_at_least(counts->shape + m, counts->tau, counts->k * n - m);
    return sum;
}

/* P(J = 0 .. most) of those in phase m, times the share of the phase, added to out. */
static void gaps_add(const struct counts *counts, int32_t m, size_t most, double *out) {
    double shape = counts->shape + m, z = counts->tau / (1 + counts->tau), term = counts->phase[m];
    double log_scale = -shape * log1p(counts->tau), scale = exp(log_scale);
    int32_t left = counts->k - m;
    size_t j = 0;
    for (double n = 0;; n += 1) {
        out[j] += term * scale;
        if (--left == 0) {
            left = counts->k;
            if (++j > most)
                return;
        }
        term *= z * (shape + n) / (n + 1);
        if (log_scale < EXP_LEAST && term > SCALE) {
            term /= SCALE;
            log_scale += LOG_SCALE;
            scale = exp(log_scale);
        }
    }
}

enum stat_code cnbd_pmf(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                        double horizon, size_t most, double *out) {
    if (cnbd_check(params) != STAT_OK || !(horizon >= 0) || isinf(horizon))
        return STAT_DOMAIN;
    struct counts counts = counts_of(params, c, horizon);
    struct arena_mark mark = arena_mark_get(arena);
    double *exactly = arena_new(arena, double, most + 1);
    for (int32_t m = 0; m < counts.k; m++)
        if (counts.phase[m] > 0)
            gaps_add(&counts, m, most, exactly);
    double more = horizon > 0 ? gaps_at_least(&counts, (double)most + 1) : 0;
    for (size_t n = most; n > 0; n--) {
        out[n] = more; /* P(J > n), until the second pass */
        more += exactly[n];
    }
    out[0] = 1 - counts.alive + counts.alive * exactly[0];
    double there = counts.alive; /* alive x g(n - 1) */
    for (size_t n = 1; n <= most; n++) {
        double leaves = counts.a / (counts.a + counts.stay + (double)(n - 1));
        out[n] = there * (exactly[n] + leaves * out[n]);
        there *= 1 - leaves;
    }
    arena_rewind(arena, mark);
    return STAT_OK;
}

enum stat_code cnbd_pmf_new(struct arena *arena, const struct model_params *params, double t, size_t most,
                            double *out) {
    return cnbd_pmf(arena, params, &(struct cbs_customer){0}, t, most, out);
}

double cnbd_at_least(const struct model_params *params, const struct cbs_customer *c, double horizon, double n) {
    if (n < 1)
        return 1;
    if (!(horizon > 0))
        return 0;
    struct counts counts = counts_of(params, c, horizon);
    double there = counts.a > 0 ? cnbd_stays(counts.a, counts.stay, n - 1) : 1;
    return counts.alive * there * gaps_at_least(&counts, n);
}
