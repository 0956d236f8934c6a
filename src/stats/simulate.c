// SPDX-License-Identifier: Apache-2.0
/* simulate -- invented customers, drawn exactly as each model says that customers come about.
 *
 * A customer is drawn first (its rate, its regularity, how it leaves), then its gaps one after the other until it has left or
 * the time is over. Whatever the model, that is one struct: gaps are Gamma(shape, phase rate); it leaves by a chance after
 * purchases, or at a moment, or never. Rates are kept as logs: with a small r most are far under 1e-300, which means "never buys",
 * not 0.
 *
 * Must not use a model's formulas: it is what they are held against. Invariant: the draws of one customer come from its own
 * stream alone.
 */
#include "stats/simulate.h"

#include <math.h>
#include <stdbool.h>

#include "stats/mixk.h"

struct buyer {
    double shape;          /* phases a gap: a whole number, or any (PGGG) */
    double log_phase_rate; /* log of phases a unit of time */
    double p_leave;        /* after a purchase that is a chance to leave */
    bool leaves_at_first;  /* the first purchase, at 0, is one too */
    double leaves_at;      /* INFINITY: does not leave by time */
};

/* Which part of the mixture, by one draw. */
static int32_t mixture_k(const double *weight, struct random *chance) {
    double at = random_unit(chance);
    size_t part = 0;
    for (size_t i = 0; i < MIXK_PARTS; i++)
        if (weight[i] > 0) {
            part = i;
            if (at < weight[i])
                break;
            at -= weight[i];
        }
    return mixk_k[part];
}

static void buyer_by_chance(const struct model_params *params, int32_t k, struct random *chance, struct buyer *out) {
    out->shape = k;
    out->log_phase_rate = random_log_gamma(chance, params->v[0]) - log(params->v[1]);
    if (params->kind != MODEL_NBD)
        out->p_leave = random_beta(chance, params->v[2], params->v[3]);
    out->leaves_at_first = params->kind == MODEL_MBGNBD || params->kind == MODEL_MBGCNBD || params->kind == MODEL_MIXK;
}

static double moment_of_leaving(double s, double beta, struct random *chance) {
    double log_rate = random_log_gamma(chance, s) - log(beta);
    return exp(log(random_exponential(chance)) - log_rate);
}

static void buyer_make(const struct model_params *params, struct random *chance, struct buyer *out) {
    const double *v = params->v;
    *out = (struct buyer){.leaves_at = INFINITY};
    if (params->kind == MODEL_PNBD) {
        out->shape = 1;
        out->log_phase_rate = random_log_gamma(chance, v[0]) - log(v[1]);
        out->leaves_at = moment_of_leaving(v[2], v[3], chance);
    } else if (params->kind == MODEL_PGGG) {
        double log_k = random_log_gamma(chance, v[0]) - log(v[1]);
        out->shape = fmax(exp(log_k), 1e-300);
        out->log_phase_rate = log_k + random_log_gamma(chance, v[2]) - log(v[3]);
        out->leaves_at = moment_of_leaving(v[4], v[5], chance);
    } else if (params->kind == MODEL_MIXK) {
        /* Component k has the scale alpha / k, that is k times the rate. */
        int32_t k = mixture_k(v + 4, chance);
        buyer_by_chance(params, k, chance, out);
        out->log_phase_rate += log(k);
    } else {
        buyer_by_chance(params, params->k, chance, out);
    }
}

static double gap_draw(const struct buyer *buyer, struct random *chance) {
    double log_phases = buyer->shape == 1 ? log(random_exponential(chance)) : random_log_gamma(chance, buyer->shape);
    return exp(log_phases - buyer->log_phase_rate);
}

enum stat_code simulate_customer(const struct model_params *params, struct random *chance, double until, double *time,
                                 size_t room, size_t *n) {
    const struct model_def *def = model_of(params->kind);
    if (!def || params->kind == MODEL_GAMMAGAMMA || def->check(params) != STAT_OK || !(until >= 0) || isinf(until))
        return STAT_DOMAIN;
    struct buyer buyer;
    buyer_make(params, chance, &buyer);
    double end = fmin(until, buyer.leaves_at), at = 0;
    size_t found = 0;
    bool leaves = buyer.leaves_at_first && random_unit(chance) < buyer.p_leave;
    while (!leaves) {
        at += gap_draw(&buyer, chance);
        if (!(at <= end))
            break;
        if (found == room)
            return STAT_DOMAIN;
        time[found++] = at;
        leaves = buyer.p_leave > 0 && random_unit(chance) < buyer.p_leave;
    }
    *n = found;
    return STAT_OK;
}
