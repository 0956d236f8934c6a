// SPDX-License-Identifier: Apache-2.0
/* mixk -- predictions of the mixture over regularity.
 *
 * A customer belongs to component k with the posterior share w_k L_k / sum_j w_j L_j; whatever is asked of it is the mean of
 * the components' exact answers under these shares (docs/methods/mixk.md). What all components have in common, the beta
 * function of x and the parameters of leaving, cancels in the shares; P(alive) needs only how much rarer the silence since
 * t_x is for one who stays; P(active) only how much rarer it gets with the horizon:
 *     1 - (A / (A + t))^R S(T + t) / S(T),   A = alpha / k + T, R = r + kx, S the sum over the phases of an open gap.
 *
 * Must not be given parameters that its check refuses. Invariant: shares sum to 1 and are 0 where the weight is.
 */
#include "stats/mixk.h"

#include <math.h>

#include "stats/cnbd.h"
#include "stats/mixk_likelihood.h"
#include "stats/special.h"

const int32_t mixk_k[MIXK_PARTS] = {1, 2, 4, 8};

enum { MIXK_R = 0, MIXK_ALPHA, MIXK_A, MIXK_B, MIXK_W };

#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8
#define WEIGHT_ROUNDING 1e-9
/* Under this the difference from 1 has lost too many digits, and the sum over phases is taken, which has none to lose. */
#define SMALL_ACTIVE 1e-5

static enum stat_code mixk_check(const struct model_params *params) {
    double sum = 0;
    if (params->k != 1)
        return STAT_DOMAIN;
    for (size_t i = 0; i < MIXK_W; i++)
        if (!(params->v[i] >= PARAMETER_LEAST && params->v[i] <= PARAMETER_MOST))
            return STAT_DOMAIN;
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        if (!(params->v[MIXK_W + i] >= 0))
            return STAT_DOMAIN;
        sum += params->v[MIXK_W + i];
    }
    if (!(fabs(sum - 1) <= WEIGHT_ROUNDING))
        return STAT_DOMAIN;
    return STAT_OK;
}

struct model_params mixk_part(const struct model_params *params, size_t i) {
    struct model_params part = {.kind = MODEL_MBGCNBD, .k = mixk_k[i]};
    part.v[0] = params->v[MIXK_R];
    part.v[1] = params->v[MIXK_ALPHA] / mixk_k[i];
    part.v[2] = params->v[MIXK_A];
    part.v[3] = params->v[MIXK_B];
    return part;
}

/* -- one customer -- */

bool mixk_customer_can(const struct model_params *params) {
    if (params->kind == MODEL_MIXK || params->kind == MODEL_MBGNBD)
        return true;
    bool found = false;
    for (size_t i = 0; i < MIXK_PARTS; i++)
        found = found || params->k == mixk_k[i];
    return params->kind == MODEL_MBGCNBD && found;
}

/* Sum over m < k of (shape)_m / m! u^m. */
static double phases_sum(int32_t k, double shape, double u) {
    static const double part[] = {0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5, 1.0 / 6, 1.0 / 7};
    double term = 1, sum = 1;
    for (int32_t m = 1; m < k; m++) {
        term *= (shape + (m - 1)) * (u * part[m]);
        sum += term;
    }
    return sum;
}

static double part_weight(const struct model_params *params, size_t i) {
    if (params->kind == MODEL_MIXK)
        return params->v[MIXK_W + i];
    return params->k == mixk_k[i] ? 1 : 0;
}

/* Fills what customer has of component i; log of its likelihood, the beta part that all have in common left out. */
static double part_make(const struct cbs_customer *c, size_t i, struct mixk_customer *customer) {
    static const double log_factorial[MIXK_PARTS] = {0, 0, 1.7917594692280550008, 8.5251613610654143002}; /* (k-1)! */
    int32_t k = mixk_k[i];
    double r = customer->r, purchases = k * c->x, shape = r + purchases, A = customer->alpha / k;
    customer->scale[i] = A + c->T;
    customer->phases[i] = phases_sum(k, shape, customer->waited / (A + c->T));
    double silence = shape * log1p(customer->waited / (A + c->t_x));
    double stayed = log(customer->b + c->x) + log(customer->phases[i]) - silence, left = log(customer->a);
    customer->alive[i] = 1 / (1 + exp(left - stayed));
    double time = special_log_rising(r, purchases) - r * log1p(c->t_x / A) - purchases * log(A + c->t_x);
    return (k - 1) * c->litt - c->x * log_factorial[i] + time + special_log_add(left, stayed);
}

void mixk_customer_make(const struct model_params *params, const struct cbs_customer *c, struct mixk_customer *out) {
    double value[MIXK_PARTS], top = -INFINITY, sum = 0;
    *out = (struct mixk_customer){.r = params->v[MIXK_R], .a = params->v[MIXK_A], .b = params->v[MIXK_B]};
    out->alpha = params->v[MIXK_ALPHA] * (params->kind == MODEL_MBGCNBD ? params->k : 1);
    out->x = c->x;
    out->T = c->T;
    out->waited = c->T - c->t_x;
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        double weight = part_weight(params, i);
        value[i] = weight > 0 ? log(weight) + part_make(c, i, out) : -INFINITY;
        top = fmax(top, value[i]);
    }
    for (size_t i = 0; i < MIXK_PARTS; i++)
        sum += out->share[i] = exp(value[i] - top);
    for (size_t i = 0; i < MIXK_PARTS; i++)
        out->share[i] /= sum;
    out->log_likelihood = top + log(sum);
}

/* The component as a model of its own. */
static struct cnbd part_of(const struct mixk_customer *customer, size_t i) {
    return (struct cnbd){.leaving = CNBD_AFTER_EVERY,
                         .k = mixk_k[i],
                         .r = customer->r,
                         .alpha = customer->alpha / mixk_k[i],
                         .a = customer->a,
                         .b = customer->b};
}

/* The mean over the phases of an open gap. */
static double phases_mean(const struct mixk_customer *customer, size_t i, const double *value) {
    double shape = customer->r + mixk_k[i] * customer->x, u = customer->waited / customer->scale[i];
    double term = 1 / customer->phases[i], sum = term * value[0];
    for (int32_t m = 1; m < mixk_k[i]; m++) {
        term *= (shape + (m - 1)) * u / m;
        sum += term * value[m];
    }
    return sum;
}

/* P(active) of one who is alive and of component i; where it is small to an accuracy of 1e-16 as the others, not of its digits. */
static double part_within(const struct mixk_customer *customer, size_t i, double horizon) {
    double shape = customer->r + mixk_k[i] * customer->x, later = customer->scale[i] + horizon;
    double rarer = -shape * log1p(horizon / customer->scale[i]);
    if (mixk_k[i] == 1)
        return -expm1(rarer);
    double phases = phases_sum(mixk_k[i], shape, (customer->waited + horizon) / later);
    return 1 - phases / customer->phases[i] * exp(rarer);
}

static double part_active(const struct mixk_customer *customer, size_t i, double horizon) {
    double within = part_within(customer, i, horizon);
    if (within > SMALL_ACTIVE || mixk_k[i] == 1)
        return within;
    struct cnbd part = part_of(customer, i);
    struct cnbd_future future;
    cnbd_future(&part, customer->x, customer->T, horizon, true, false, &future);
    return phases_mean(customer, i, future.active);
}

/* The mean over the components of what `of_part` says of who is alive. */
static double parts_mean(const struct mixk_customer *customer, double horizon,
                         double (*of_part)(const struct mixk_customer *, size_t, double)) {
    double mean = 0;
    if (!(horizon > 0))
        return 0;
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        double here = customer->share[i] * customer->alive[i];
        if (here > 0)
            mean += here * of_part(customer, i, horizon);
    }
    return fmin(mean, 1);
}

double mixk_customer_active(const struct mixk_customer *customer, double horizon) {
    return parts_mean(customer, horizon, part_active);
}

double mixk_customer_within(const struct mixk_customer *customer, double horizon) {
    return fmax(parts_mean(customer, horizon, part_within), 0);
}

double mixk_customer_alive(const struct mixk_customer *customer) {
    double alive = 0;
    for (size_t i = 0; i < MIXK_PARTS; i++)
        alive += customer->share[i] * customer->alive[i];
    return fmin(alive, 1);
}

/* memory: one for each component, for many customers at one horizon; NULL: none. */
static double expected_of(const struct mixk_customer *customer, double horizon, struct cnbd_memory *memory) {
    double expected = 0;
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        double here = customer->share[i] * customer->alive[i];
        if (!(here > 0))
            continue;
        struct cnbd part = part_of(customer, i);
        struct cnbd_future future;
        const double *by_phase = future.expected;
        if (memory)
            by_phase = part.k + cnbd_memory_future(&memory[i], &part, customer->x, customer->T, horizon, false, true);
        else
            cnbd_future(&part, customer->x, customer->T, horizon, false, true, &future);
        expected += here * phases_mean(customer, i, by_phase);
    }
    return expected;
}

double mixk_customer_expected(const struct mixk_customer *customer, double horizon) {
    return expected_of(customer, horizon, NULL);
}

void mixk_posterior(const struct model_params *params, const struct cbs_customer *c, double share[MIXK_PARTS]) {
    struct mixk_customer customer;
    mixk_customer_make(params, c, &customer);
    for (size_t i = 0; i < MIXK_PARTS; i++)
        share[i] = customer.share[i];
}

/* -- the table's functions -- */

static double mixk_loglik(const struct model_params *params, const struct cbs_customer *c) {
    struct mixk_customer customer;
    mixk_customer_make(params, c, &customer);
    double a = params->v[MIXK_A], b = params->v[MIXK_B];
    return customer.log_likelihood + special_log_rising(b, c->x) - special_log_rising(a + b, c->x + 1);
}

static double mixk_alive(const struct model_params *params, const struct cbs_customer *c) {
    struct mixk_customer customer;
    mixk_customer_make(params, c, &customer);
    return mixk_customer_alive(&customer);
}

static double mixk_active(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    struct mixk_customer customer;
    mixk_customer_make(params, c, &customer);
    return mixk_customer_active(&customer, horizon);
}

static double mixk_expected(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    struct mixk_customer customer;
    mixk_customer_make(params, c, &customer);
    return expected_of(&customer, horizon, NULL);
}

void mixk_predict(const struct model_params *params, const struct model_many *customers, size_t from, size_t to,
                  double horizon, double *p_alive, double *p_active, double *expected) {
    struct cnbd_memory memory[MIXK_PARTS];
    for (size_t i = 0; i < MIXK_PARTS; i++)
        cnbd_memory_init(&memory[i], mixk_k[i]);
    for (size_t i = from; i < to; i++) {
        struct cbs_customer c = {customers->x[i], customers->t_x[i], customers->T[i],
                                 customers->litt ? customers->litt[i] : 0};
        struct mixk_customer customer;
        mixk_customer_make(params, &c, &customer);
        if (p_alive)
            p_alive[i] = mixk_customer_alive(&customer);
        if (p_active)
            p_active[i] = mixk_customer_active(&customer, horizon);
        if (expected)
            expected[i] = expected_of(&customer, horizon, memory);
    }
}

static double mixk_expected_new(const struct model_params *params, double t) {
    double expected = 0;
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        struct model_params part = mixk_part(params, i);
        if (params->v[MIXK_W + i] > 0)
            expected += params->v[MIXK_W + i] * cnbd_expected_new(&part, t);
    }
    return expected;
}

/* out += share * a part's distribution; customer NULL: of one just won. */
static enum stat_code pmf_add(struct arena *arena, const struct model_params *part, const struct cbs_customer *c,
                              double t, size_t most, double share, double *out) {
    struct arena_mark mark = arena_mark_get(arena);
    double *pmf = arena_new(arena, double, most + 1);
    enum stat_code code = c ? cnbd_pmf(arena, part, c, t, most, pmf) : cnbd_pmf_new(arena, part, t, most, pmf);
    for (size_t n = 0; n <= most && code == STAT_OK; n++)
        out[n] += share * pmf[n];
    arena_rewind(arena, mark);
    return code;
}

static enum stat_code pmf_mix(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                              const double share[MIXK_PARTS], double t, size_t most, double *out) {
    enum stat_code code = STAT_OK;
    for (size_t n = 0; n <= most; n++)
        out[n] = 0;
    for (size_t i = 0; i < MIXK_PARTS && code == STAT_OK; i++) {
        struct model_params part = mixk_part(params, i);
        if (share[i] > 0)
            code = pmf_add(arena, &part, c, t, most, share[i], out);
    }
    return code;
}

static enum stat_code mixk_pmf(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                               double horizon, size_t most, double *out) {
    double share[MIXK_PARTS];
    mixk_posterior(params, c, share);
    return pmf_mix(arena, params, c, share, horizon, most, out);
}

static enum stat_code mixk_pmf_new(struct arena *arena, const struct model_params *params, double t, size_t most,
                                   double *out) {
    return pmf_mix(arena, params, NULL, params->v + MIXK_W, t, most, out);
}

const struct model_def mixk_def = {
    .kind = MODEL_MIXK,
    .name = "mixk",
    .param = {"r", "alpha", "a", "b", "w1", "w2", "w4", "w8"},
    .params = MODEL_PARAMS,
    .litt = true,
    .check = mixk_check,
    .loglik = mixk_loglik,
    .fit = mixk_fit,
    .alive = mixk_alive,
    .active = mixk_active,
    .expected = mixk_expected,
    .pmf = mixk_pmf,
    .expected_new = mixk_expected_new,
    .pmf_new = mixk_pmf_new,
};
