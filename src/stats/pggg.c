// SPDX-License-Identifier: Apache-2.0
/* pggg -- Pareto/GGG behind the table of models.
 *
 * Platzer and Reutterer's model is sampled with every customer's own unknowns in the chain, and predictions are drawn. Here rate and
 * leaving are integrated by formula and the regularity k by a rule of points: so a prediction is a number, the same each
 * time, and only the six parameters are left to sample (pggg_fit).
 *
 * Refused are parameters that say that purchases come like clockwork or in swarms: a mean regularity t/gamma beyond 1e4 or
 * under 1e-3, where the integrals over time are no longer smooth. With t <= 1 so many new customers buy in swarms that the
 * expectation of one is infinite: it is said so.
 *
 * Must not look at other customers. Invariant: chances are in [0, 1] and fall with the number of purchases.
 */
#include "stats/pggg.h"

#include <math.h>

#include "stats/pggg_parts.h"

#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8
#define REGULARITY_LEAST 1e-3
#define REGULARITY_MOST 1e4
#define ALIVE_FAIR 0.01

static const struct cbs_customer just_won = {.x = 0};

static enum stat_code pggg_check(const struct model_params *params) {
    for (size_t i = 0; i < PGGG_PARAMS; i++)
        if (!(params->v[i] >= PARAMETER_LEAST && params->v[i] <= PARAMETER_MOST))
            return STAT_DOMAIN;
    double regularity = params->v[PGGG_T] / params->v[PGGG_GAMMA];
    return regularity >= REGULARITY_LEAST && regularity <= REGULARITY_MOST ? STAT_OK : STAT_DOMAIN;
}

static double pggg_loglik(const struct model_params *params, const struct cbs_customer *c) {
    struct pggg_customer customer;
    pggg_customer_make(params->v, c, PGGG_FINE, &customer);
    return customer.loglik;
}

static double alive_of(const struct pggg_customer *customer) {
    double sum = 0;
    for (size_t i = 0; i < customer->nodes; i++)
        sum += customer->node[i].weight * customer->node[i].alive;
    return fmin(sum, 1);
}

/* fair: for what costs much a k. Of a customer that has almost surely left, what remains hangs on values of k that hardly count
 * otherwise: it stays fine. */
static void both_make(const struct model_params *params, const struct cbs_customer *c, struct pggg_customer *fine,
                      struct pggg_customer *fair) {
    pggg_customer_make(params->v, c, PGGG_FINE, fine);
    if (alive_of(fine) < ALIVE_FAIR)
        *fair = *fine;
    else
        pggg_customer_make(params->v, c, PGGG_FAIR, fair);
}

static double pggg_alive(const struct model_params *params, const struct cbs_customer *c) {
    struct pggg_customer customer;
    pggg_customer_make(params->v, c, PGGG_FINE, &customer);
    return alive_of(&customer);
}

static double pggg_active(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    struct pggg_customer customer;
    pggg_customer_make(params->v, c, PGGG_FINE, &customer);
    return pggg_active_of(&customer, horizon);
}

static double pggg_expected(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    struct pggg_customer fine, fair;
    both_make(params, c, &fine, &fair);
    return pggg_expected_of(&fine, &fair, horizon);
}

static enum stat_code pggg_pmf(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                               double horizon, size_t most, double *out) {
    struct pggg_customer fine, fair;
    if (!(horizon >= 0))
        return STAT_DOMAIN;
    both_make(params, c, &fine, &fair);
    pggg_pmf_of(arena, &fine, &fair, horizon, most, out);
    return STAT_OK;
}

struct pggg_future {
    struct model_params params;
    struct pggg_customer fine, fair;
};

struct pggg_future *pggg_future_make(struct arena *arena, const struct model_params *params,
                                     const struct cbs_customer *c) {
    struct pggg_future *future = arena_new(arena, struct pggg_future, 1);
    future->params = *params;
    both_make(&future->params, c, &future->fine, &future->fair);
    return future;
}

double pggg_future_at_least(const struct pggg_future *future, double horizon, double n) {
    return n <= 1 ? pggg_active_of(&future->fine, horizon) : pggg_more_of(&future->fair, horizon, n);
}

static double pggg_expected_new(const struct model_params *params, double t) {
    return pggg_expected(params, &just_won, t);
}

static enum stat_code pggg_pmf_new(struct arena *arena, const struct model_params *params, double t, size_t most,
                                   double *out) {
    return pggg_pmf(arena, params, &just_won, t, most, out);
}

const struct model_def pggg_def = {
    .kind = MODEL_PGGG,
    .name = "pggg",
    .param = {"t", "gamma", "r", "alpha", "s", "beta"},
    .params = PGGG_PARAMS,
    .litt = true,
    .check = pggg_check,
    .loglik = pggg_loglik,
    .fit = pggg_fit,
    .alive = pggg_alive,
    .active = pggg_active,
    .expected = pggg_expected,
    .pmf = pggg_pmf,
    .expected_new = pggg_expected_new,
    .pmf_new = pggg_pmf_new,
};
