// SPDX-License-Identifier: Apache-2.0
/* mixk_fit -- the mixture over regularity, by maximum likelihood.
 *
 * Newton's method in a trust region with exact derivatives (mixk_likelihood). A mixture has more than one hill, so several
 * starts are followed, on a sample of the rows where there are many (every so-manieth of the sorted rows, which is a fair
 * cut through x, t_x and T); the best end is then followed on all rows.
 *
 * The usual end lies on the boundary: a component that the data do not need has weight exactly 0 and does not count as a
 * parameter. When mu runs to its lower bound nobody ever leaves, and phi says nothing; the fit is made once more with
 * both fixed there to see how much leaving explains at all.
 *
 * Must not draw lots. Invariant: the weights given back sum to 1.
 */
#include <math.h>
#include <string.h>

#include "stats/mixk_likelihood.h"

enum { STARTS = 4, SAMPLE_ROWS = 3000, SAMPLE_STEPS = 60 };

#define COEFFICIENT_MOST 20.0
/* Log-likelihood that leaving must explain, or it is said that it cannot be told. */
#define LEAVING_GAIN_LEAST 0.5
#define R_EXTREME 0.01

/* r, alpha, mean of p and a + b, within which the parameters stay in 1e-8 .. 1e8. */
static const double core_low[MIXK_CORE] = {1e-5, 1e-6, 1e-6, 1e-2};
static const double core_high[MIXK_CORE] = {1e5, 1e7, 1 - 1e-6, 1e5};

struct search {
    struct mixk_likelihood likelihood;
    struct optimise_problem problem;
    double low[OPTIMISE_MOST], high[OPTIMISE_MOST];
    struct optimise_result result;
};

static double logit(double p) {
    return log(p / (1 - p));
}

static void bounds_make(size_t n, double *low, double *high) {
    for (size_t i = 0; i < n; i++) {
        bool core = i < MIXK_CORE, mass = !core && i < MIXK_OWN;
        low[i] = core ? log(core_low[i]) : mass ? 0 : -COEFFICIENT_MOST;
        high[i] = core ? log(core_high[i]) : mass ? 2 : COEFFICIENT_MOST;
    }
    low[MIXK_MU] = logit(core_low[MIXK_MU]);
    high[MIXK_MU] = logit(core_high[MIXK_MU]);
}

/* Rates of repeat purchase as they look when nobody leaves, and four opinions of how customers differ. */
static void starts_make(const struct cbs *data, size_t n, double *starts) {
    static const double r[STARTS] = {0.7, 1.5, 0.5, 1}, p[STARTS] = {0.1, 0.3, 0.05, 0.2},
                        sum[STARTS] = {3, 1.5, 10, 2};
    static const double mass[STARTS][MIXK_PARTS] = {
        {.25, .25, .25, .25}, {.85, .05, .05, .05}, {.1, .2, .4, .3}, {.2, .6, .15, .05}};
    double gap = data->T_sum > 0 ? data->T_sum / (data->x_sum + 1) : 1;
    memset(starts, 0, STARTS * n * sizeof *starts);
    for (size_t i = 0; i < STARTS; i++) {
        double *at = starts + i * n;
        at[MIXK_LOG_R] = log(r[i]);
        at[MIXK_LOG_ALPHA] = log(r[i] * gap);
        at[MIXK_MU] = logit(p[i]);
        at[MIXK_PHI] = log(sum[i]);
        memcpy(at + MIXK_MASS, mass[i], sizeof mass[i]);
    }
}

static void start_given(const double *v, size_t n, double *at) {
    memset(at, 0, n * sizeof *at);
    at[MIXK_LOG_R] = log(v[0]);
    at[MIXK_LOG_ALPHA] = log(v[1]);
    at[MIXK_MU] = log(v[2] / v[3]);
    at[MIXK_PHI] = log(v[2] + v[3]);
    for (size_t i = 0; i < MIXK_PARTS; i++)
        at[MIXK_MASS + i] = fmax(v[MIXK_CORE + i], 1e-3); /* a way out of a bound of last time */
}

static void into_box(const struct search *s, double *at, size_t starts) {
    size_t n = s->likelihood.n;
    for (size_t i = 0; i < starts * n; i++)
        at[i] = fmin(fmax(at[i], s->low[i % n]), s->high[i % n]);
}

/* -- from coordinates of the search to parameters -- */

static void params_from(const double *at, struct model_params *out) {
    double sum = exp(at[MIXK_PHI]), mass = 0;
    *out = (struct model_params){.kind = MODEL_MIXK, .k = 1};
    out->v[0] = exp(at[MIXK_LOG_R]);
    out->v[1] = exp(at[MIXK_LOG_ALPHA]);
    out->v[2] = sum / (1 + exp(-at[MIXK_MU]));
    out->v[3] = sum / (1 + exp(at[MIXK_MU]));
    for (size_t i = 0; i < MIXK_PARTS; i++)
        mass += at[MIXK_MASS + i];
    for (size_t i = 0; i < MIXK_PARTS; i++)
        out->v[MIXK_CORE + i] = at[MIXK_MASS + i] / mass;
}

/* change[i][j]: how log parameter i (of a weight: its logit against the largest) moves with coordinate j. */
static void changes_make(const struct model_params *params, const double *at,
                         double change[MODEL_PARAMS][MODEL_PARAMS]) {
    const double *weight = params->v + MIXK_CORE;
    double mean = params->v[2] / (params->v[2] + params->v[3]);
    size_t largest = 0;
    memset(change, 0, MODEL_PARAMS * sizeof *change);
    change[0][MIXK_LOG_R] = change[1][MIXK_LOG_ALPHA] = change[2][MIXK_PHI] = change[3][MIXK_PHI] = 1;
    change[2][MIXK_MU] = 1 - mean;
    change[3][MIXK_MU] = -mean;
    for (size_t i = 1; i < MIXK_PARTS; i++)
        if (weight[i] > weight[largest])
            largest = i;
    for (size_t i = 0; i < MIXK_PARTS; i++)
        if (i != largest && weight[i] > 0) {
            change[MIXK_MASS + i][MIXK_MASS + i] = 1 / at[MIXK_MASS + i];
            change[MIXK_MASS + i][MIXK_MASS + largest] = -1 / at[MIXK_MASS + largest];
        }
}

/* Covariance of the search's own coordinates; those that are not determined are infinite on the diagonal. */
static double between(const double *covariance, size_t n, size_t i, size_t j) {
    return isfinite(covariance[i * n + i]) && isfinite(covariance[j * n + j]) ? covariance[i * n + j] : 0;
}

static bool determined(const double *covariance, size_t n, const double *change) {
    for (size_t i = 0; i < MODEL_PARAMS; i++)
        if (fabs(change[i]) > 1e-3 && !isfinite(covariance[i * n + i]))
            return false;
    return true;
}

static void covariance_make(const double *covariance, size_t n, const double *at, struct model_fit *out) {
    double change[MODEL_PARAMS][MODEL_PARAMS];
    changes_make(&out->params, at, change);
    for (size_t u = 0; u < MODEL_PARAMS; u++)
        for (size_t v = 0; v < MODEL_PARAMS; v++) {
            double sum = 0;
            for (size_t i = 0; i < MODEL_PARAMS; i++)
                for (size_t j = 0; j < MODEL_PARAMS; j++)
                    sum += change[u][i] * between(covariance, n, i, j) * change[v][j];
            bool known = determined(covariance, n, change[u]) && determined(covariance, n, change[v]);
            out->covariance[u * MODEL_PARAMS + v] = known ? sum : 0;
        }
    for (size_t i = 0; i < MIXK_CORE; i++) {
        double variance = out->covariance[i * (MODEL_PARAMS + 1)];
        out->se[i] = determined(covariance, n, change[i]) ? out->params.v[i] * sqrt(variance) : INFINITY;
    }
}

/* Standard errors of the weights themselves: dw_i = w_i (dz_i - sum_j w_j dz_j), z the logits. */
static void weights_se(struct model_fit *out) {
    const double *weight = out->params.v + MIXK_CORE;
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        double sum = 0;
        for (size_t u = 0; u < MIXK_PARTS; u++)
            for (size_t v = 0; v < MIXK_PARTS; v++) {
                double cov = out->covariance[(MIXK_CORE + u) * MODEL_PARAMS + MIXK_CORE + v];
                sum += ((u == i) - weight[u]) * ((v == i) - weight[v]) * cov;
            }
        out->se[MIXK_CORE + i] = weight[i] > 0 ? weight[i] * sqrt(fmax(sum, 0)) : INFINITY;
    }
}

/* -- what the end means -- */

static size_t count_free(const struct search *s) {
    size_t free = 0, masses = 0;
    for (size_t i = 0; i < s->likelihood.n; i++) {
        bool bound = s->result.at_bound >> i & 1, mass = i >= MIXK_MASS && i < MIXK_OWN;
        masses += mass && s->result.at[i] > 0;
        free += !mass && !bound;
    }
    return free + masses - 1;
}

static bool at_low(const struct search *s, size_t i) {
    return s->result.at[i] <= s->low[i];
}

static bool at_high(const struct search *s, size_t i) {
    return s->result.at[i] >= s->high[i];
}

static uint32_t warnings_of(const struct search *s, const struct cbs *data) {
    uint32_t warnings = 0;
    if (at_low(s, MIXK_MU))
        warnings |= MODEL_WARN_NO_DROPOUT;
    if (at_high(s, MIXK_LOG_R) || at_high(s, MIXK_PHI))
        warnings |= MODEL_WARN_HOMOGENEOUS;
    if (exp(s->result.at[MIXK_LOG_R]) < R_EXTREME)
        warnings |= MODEL_WARN_HETEROGENEITY_EXTREME;
    if (data->repeaters == 0)
        warnings |= MODEL_WARN_NO_REPEAT;
    for (size_t i = MIXK_OWN; i < s->likelihood.n; i++)
        if (at_low(s, i) || at_high(s, i))
            warnings |= MODEL_WARN_SEPARATED;
    return warnings;
}

static enum model_stop stop_of(const struct search *s, uint32_t *warnings) {
    switch (s->result.stop) {
    case OPTIMISE_CONVERGED:
        return MODEL_CONVERGED;
    case OPTIMISE_BOUND:
        return MODEL_AT_BOUND;
    case OPTIMISE_FLAT:
        *warnings |= MODEL_WARN_RIDGE;
        return MODEL_ON_RIDGE;
    case OPTIMISE_STEPS:
    case OPTIMISE_STUCK:
        break;
    }
    *warnings |= MODEL_WARN_NOT_CONVERGED;
    return MODEL_NOT_CONVERGED;
}

/* How much less likely the data are when nobody ever leaves: the best fit of that kind, from here. */
static bool leaving_is_told(struct search *s) {
    struct optimise_problem never = s->problem;
    double low[OPTIMISE_MOST], high[OPTIMISE_MOST], start[OPTIMISE_MOST];
    memcpy(low, s->low, sizeof low);
    memcpy(high, s->high, sizeof high);
    memcpy(start, s->result.at, sizeof start);
    low[MIXK_MU] = high[MIXK_MU] = start[MIXK_MU] = s->low[MIXK_MU];
    low[MIXK_PHI] = high[MIXK_PHI] = start[MIXK_PHI] = 0;
    never.low = low;
    never.high = high;
    struct optimise_result result;
    if (!optimise_minimum(&never, start, 1, &result) || result.value - s->result.value < LEAVING_GAIN_LEAST)
        return false;
    return true;
}

static void fit_write(struct arena *arena, struct search *s, const struct cbs *data, struct model_fit *out) {
    size_t n = s->likelihood.n, c = s->likelihood.covariates.n;
    double *covariance = arena_new(arena, double, n *n);
    memset(out, 0, sizeof *out);
    params_from(s->result.at, &out->params);
    optimise_covariance(&s->problem, &s->result, covariance);
    covariance_make(covariance, n, s->result.at, out);
    weights_se(out);
    for (size_t i = 0; i < c; i++) {
        size_t rate = MIXK_RATE + i, drop = rate + c;
        out->rate[i] = s->result.at[rate];
        out->rate_se[i] = sqrt(covariance[rate * (n + 1)]);
        out->drop[i] = s->result.at[drop];
        out->drop_se[i] = sqrt(covariance[drop * (n + 1)]);
    }
    out->free = count_free(s);
    out->loglik = -s->result.value;
    out->customers = data->customers;
    out->unique = (int64_t)data->rows;
    out->aic = 2 * (double)out->free - 2 * out->loglik;
    out->bic = (double)out->free * log((double)out->customers) - 2 * out->loglik;
    out->iterations = s->result.iterations;
    out->warnings = warnings_of(s, data);
    out->stop = stop_of(s, &out->warnings);
}

enum stat_code mixk_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        struct model_fit *out) {
    if (data->rows == 0)
        return STAT_TOO_FEW;
    if ((!data->litt && data->repeaters > 0) || options->covariates.n > MODEL_COVARIATES)
        return STAT_DOMAIN;
    struct search *s = arena_new(arena, struct search, 1);
    size_t stride = data->rows / SAMPLE_ROWS + 1, starts_n = STARTS;
    mixk_likelihood_init(arena, data, &options->covariates, stride, options->threads, &s->likelihood);
    size_t n = s->likelihood.n;
    double *starts = arena_new(arena, double, (STARTS + 1) * n);
    s->problem = (struct optimise_problem){.n = n,
                                           .function = mixk_likelihood_at,
                                           .owner = &s->likelihood,
                                           .hessian = true,
                                           .low = s->low,
                                           .high = s->high};
    bounds_make(n, s->low, s->high);
    if (options->start)
        start_given(options->start, n, starts + n * starts_n++);
    starts_make(data, n, starts);
    into_box(s, starts, starts_n);
    if (stride > 1) {
        s->problem.iterations_most = SAMPLE_STEPS;
        if (!optimise_minimum(&s->problem, starts, starts_n, &s->result))
            return STAT_DOMAIN;
        memcpy(starts, s->result.at, n * sizeof *starts);
        starts_n = 1;
        s->problem.iterations_most = 0;
        mixk_likelihood_init(arena, data, &options->covariates, 1, options->threads, &s->likelihood);
    }
    if (!optimise_minimum(&s->problem, starts, starts_n, &s->result))
        return STAT_DOMAIN;
    fit_write(arena, s, data, out);
    if (!(out->warnings & MODEL_WARN_NO_DROPOUT) && !leaving_is_told(s))
        out->warnings |= MODEL_WARN_NO_DROPOUT;
    return STAT_OK;
}
