// SPDX-License-Identifier: Apache-2.0
/* mixk_fit -- the mixture over regularity, by maximum likelihood.
 *
 * Newton's method in a trust region with exact derivatives (mixk_likelihood). A mixture has more than one hill, so several
 * starts are followed, on a sample of the rows where there are many (every so-manieth of the sorted rows, which is a fair
 * cut through x, t_x and T); the best end is then followed on all rows.
 *
 * At the usual end a component that the data do not need has weight exactly 0 and does not count as a parameter. When mu
 * runs to its lower bound nobody ever leaves, and phi says nothing; the fit is made once more with both fixed there to see
 * how much leaving explains at all.
 *
 * Must not draw lots. Invariant: the weights given back sum to 1.
 */
#include <math.h>
#include <string.h>

#include "stats/covariate.h"
#include "stats/mixk_likelihood.h"

enum { STARTS = 6, SAMPLE_ROWS = 3000, SAMPLE_STEPS = 60 };

#define COEFFICIENT_MOST 20.0
/* Log-likelihood that leaving must explain, or it is said that it cannot be told. */
#define LEAVING_GAIN_LEAST 2.0 /* two parameters, by AIC */
#define R_EXTREME 0.01
#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8
/* A mass is kept above this until the hill is found: where a few customers can be of one component only the likelihood falls
 * without end towards 0, and no step leads away from there. */
#define MASS_LEAST 1e-6
/* A parameter that moves less than this with a coordinate that is not known is known all the same. */
#define CHANGE_LEAST 1e-3

/* r, alpha, mean of p and a + b. Where a or b would leave 1e-8 .. 1e8 a + b means nothing any more (params_from). */
static const double core_low[MIXK_CORE] = {1e-5, 1e-7, 1e-6, 1e-7};
static const double core_high[MIXK_CORE] = {1e7, 1e8, 1 - 1e-6, 1e7};

struct search {
    struct mixk_likelihood likelihood;
    struct covariate covariate;
    struct optimise_problem problem;
    double low[OPTIMISE_MOST], high[OPTIMISE_MOST];
    struct optimise_result result;
};

static double logit(double p) {
    return log(p / (1 - p));
}

static void bounds_make(struct search *s) {
    for (size_t i = 0; i < s->likelihood.n; i++) {
        bool core = i < MIXK_CORE, mass = !core && i < MIXK_OWN;
        size_t columns = s->covariate.scaled.n;
        double coefficient = core || mass ? 0 : COEFFICIENT_MOST / s->covariate.farthest[(i - MIXK_RATE) % columns];
        s->low[i] = core ? log(core_low[i]) : mass ? MASS_LEAST : -coefficient;
        s->high[i] = core ? log(core_high[i]) : mass ? 2 : coefficient;
    }
    /* so low that nobody who left is expected among all purchases */
    s->low[MIXK_MU] = logit(fmin(core_low[MIXK_MU], 1e-4 / s->likelihood.data->x_sum));
    s->high[MIXK_MU] = logit(core_high[MIXK_MU]);
}

/* Rates of repeat purchase as they look when nobody leaves, and six opinions of how customers differ. */
static void starts_make(const struct cbs *data, size_t n, double *starts) {
    static const double r[STARTS] = {0.7, 1.5, 0.5, 1, 0.05, 0.2}, p[STARTS] = {0.1, 0.3, 0.05, 0.2, 0.1, 0.02},
                        sum[STARTS] = {3, 1.5, 10, 2, 10, 100};
    static const double mass[STARTS][MIXK_PARTS] = {{.25, .25, .25, .25}, {.85, .05, .05, .05}, {.1, .2, .4, .3},
                                                    {.2, .6, .15, .05},   {.25, .25, .25, .25}, {.4, .3, .2, .1}};
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

static void params_from(const struct search *s, struct model_fit *out) {
    const double *at = s->result.at;
    const struct covariate *c = &s->covariate;
    double log_alpha = at[MIXK_LOG_ALPHA], mu = at[MIXK_MU], mass = 0;
    for (size_t i = 0; i < c->scaled.n; i++) {
        out->rate[i] = at[MIXK_RATE + i] / c->spread[i];
        out->drop[i] = at[MIXK_RATE + c->scaled.n + i] / c->spread[i];
        log_alpha += out->rate[i] * c->centre[i];
        mu -= out->drop[i] * c->centre[i];
    }
    out->params = (struct model_params){.kind = MODEL_MIXK, .k = 1};
    double mean = 1 / (1 + exp(-mu)), rest = 1 / (1 + exp(mu));
    double sum = fmax(exp(at[MIXK_PHI]), PARAMETER_LEAST / fmin(mean, rest));
    double v[MIXK_CORE] = {exp(at[MIXK_LOG_R]), exp(log_alpha), sum * mean, sum * rest};
    for (size_t i = 0; i < MIXK_CORE; i++)
        out->params.v[i] = fmin(fmax(v[i], PARAMETER_LEAST), PARAMETER_MOST);
    for (size_t i = 0; i < MIXK_PARTS; i++)
        mass += at[MIXK_MASS + i];
    for (size_t i = 0; i < MIXK_PARTS; i++)
        out->params.v[MIXK_CORE + i] = at[MIXK_MASS + i] / mass;
}

/* change[i][j]: how log parameter i (of a weight: its logit against the largest) moves with coordinate j. */
static void changes_make(const struct search *s, const struct model_params *params,
                         double change[MODEL_PARAMS][OPTIMISE_MOST]) {
    const struct covariate *c = &s->covariate;
    const double *weight = params->v + MIXK_CORE, *at = s->result.at;
    double mean = params->v[2] / (params->v[2] + params->v[3]);
    size_t largest = 0;
    memset(change, 0, MODEL_PARAMS * sizeof *change);
    change[0][MIXK_LOG_R] = change[1][MIXK_LOG_ALPHA] = change[2][MIXK_PHI] = change[3][MIXK_PHI] = 1;
    change[2][MIXK_MU] = 1 - mean;
    change[3][MIXK_MU] = -mean;
    for (size_t i = 0; i < c->scaled.n; i++) {
        double far = c->centre[i] / c->spread[i];
        change[1][MIXK_RATE + i] = far;
        change[2][MIXK_RATE + c->scaled.n + i] = -(1 - mean) * far;
        change[3][MIXK_RATE + c->scaled.n + i] = mean * far;
    }
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
    for (size_t i = 0; i < n; i++)
        if (fabs(change[i]) > CHANGE_LEAST && !isfinite(covariance[i * n + i]))
            return false;
    return true;
}

static void covariance_make(const struct search *s, const double *covariance, struct model_fit *out) {
    double change[MODEL_PARAMS][OPTIMISE_MOST];
    size_t n = s->likelihood.n;
    changes_make(s, &out->params, change);
    for (size_t u = 0; u < MODEL_PARAMS; u++)
        for (size_t v = 0; v < MODEL_PARAMS; v++) {
            double sum = 0;
            for (size_t i = 0; i < n; i++)
                for (size_t j = 0; j < n; j++)
                    if (change[u][i] != 0 && change[v][j] != 0)
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
        bool free = weight[i] > 0 && weight[i] < 1;
        out->se[MIXK_CORE + i] = free ? weight[i] * sqrt(fmax(sum, 0)) : INFINITY;
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

static uint32_t warnings_of(const struct search *s) {
    uint32_t warnings = 0;
    if (at_low(s, MIXK_MU))
        warnings |= MODEL_WARN_NO_DROPOUT;
    if (at_high(s, MIXK_LOG_R) || at_high(s, MIXK_LOG_ALPHA) || at_high(s, MIXK_MU) || at_high(s, MIXK_PHI))
        warnings |= MODEL_WARN_HOMOGENEOUS;
    if (exp(s->result.at[MIXK_LOG_R]) < R_EXTREME || at_low(s, MIXK_LOG_ALPHA) || at_low(s, MIXK_PHI))
        warnings |= MODEL_WARN_HETEROGENEITY_EXTREME;
    for (size_t i = MIXK_OWN; i < s->likelihood.n; i++)
        if (at_low(s, i) || at_high(s, i))
            warnings |= MODEL_WARN_SEPARATED;
    return warnings;
}

/* A component of weight 0 is no boundary to speak of: the others are an optimum of their own. */
static enum model_stop stop_of(const struct search *s, uint32_t *warnings) {
    const uint64_t masses = ((UINT64_C(1) << MIXK_PARTS) - 1) << MIXK_MASS;
    switch (s->result.stop) {
    case OPTIMISE_CONVERGED:
        return MODEL_CONVERGED;
    case OPTIMISE_BOUND:
        return s->result.at_bound & ~masses ? MODEL_AT_BOUND : MODEL_CONVERGED;
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
    for (size_t i = MIXK_RATE + s->covariate.scaled.n; i < s->likelihood.n; i++)
        low[i] = high[i] = start[i] = 0;
    never.low = low;
    never.high = high;
    struct optimise_result result;
    return optimise_minimum(&never, start, 1, &result) && result.value - s->result.value >= LEAVING_GAIN_LEAST;
}

static void fit_write(struct arena *arena, struct search *s, const struct cbs *data, struct model_fit *out) {
    size_t n = s->likelihood.n, c = s->covariate.scaled.n;
    double *covariance = arena_new(arena, double, n *n);
    memset(out, 0, sizeof *out);
    params_from(s, out);
    optimise_covariance(&s->problem, &s->result, covariance);
    covariance_make(s, covariance, out);
    weights_se(out);
    for (size_t i = 0; i < c; i++) {
        size_t rate = MIXK_RATE + i, drop = rate + c;
        out->rate_se[i] = sqrt(covariance[rate * (n + 1)]) / s->covariate.spread[i];
        out->drop_se[i] = sqrt(covariance[drop * (n + 1)]) / s->covariate.spread[i];
    }
    out->free = count_free(s);
    out->loglik = -s->result.value;
    out->customers = data->customers;
    out->unique = (int64_t)data->rows;
    out->aic = 2 * (double)out->free - 2 * out->loglik;
    out->bic = (double)out->free * log((double)out->customers) - 2 * out->loglik;
    out->iterations = s->result.iterations;
    out->warnings = warnings_of(s);
    out->stop = stop_of(s, &out->warnings);
}

/* The last steps, in which masses may become 0. */
static bool search_end(struct search *s) {
    double start[OPTIMISE_MOST];
    int iterations = s->result.iterations;
    memcpy(start, s->result.at, sizeof start);
    for (size_t i = MIXK_MASS; i < MIXK_OWN; i++)
        s->low[i] = 0;
    if (!optimise_minimum(&s->problem, start, 1, &s->result))
        return false;
    s->result.iterations += iterations;
    return true;
}

/* The best end of all starts: on a sample of the rows where they are many, then from there on all of them. */
static bool search_run(struct arena *arena, struct search *s, const struct cbs *data,
                       const struct model_fit_options *options) {
    bool alone = options->start && options->start_alone;
    size_t stride = alone ? 1 : data->rows / SAMPLE_ROWS + 1, starts_n = STARTS;
    mixk_likelihood_init(arena, data, &s->covariate.scaled, stride, options->threads, &s->likelihood);
    size_t n = s->likelihood.n;
    double *starts = arena_new(arena, double, (STARTS + 1) * n);
    s->problem = (struct optimise_problem){.n = n, .function = mixk_likelihood_at, .owner = &s->likelihood};
    s->problem.hessian = true;
    s->problem.low = s->low;
    s->problem.high = s->high;
    bounds_make(s);
    if (options->start)
        start_given(options->start, n, starts + n * starts_n++);
    starts_make(data, n, starts);
    into_box(s, starts, starts_n);
    if (alone)
        return optimise_minimum(&s->problem, starts + n * STARTS, 1, &s->result);
    if (stride > 1) {
        s->problem.iterations_most = SAMPLE_STEPS;
        if (!optimise_minimum(&s->problem, starts, starts_n, &s->result))
            return false;
        memcpy(starts, s->result.at, n * sizeof *starts);
        starts_n = 1;
        s->problem.iterations_most = 0;
        mixk_likelihood_init(arena, data, &s->covariate.scaled, 1, options->threads, &s->likelihood);
    }
    return optimise_minimum(&s->problem, starts, starts_n, &s->result) && search_end(s);
}

static enum stat_code fit_make(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                               struct model_fit *out) {
    struct search *s = arena_new(arena, struct search, 1);
    int64_t free_least = MIXK_CORE + MIXK_PARTS - 1 + 2 * (int64_t)options->covariates.n;
    if (!covariate_scale(arena, data, &options->covariates, &s->covariate) || (!data->litt && data->repeaters > 0))
        return STAT_DOMAIN;
    if (data->customers < free_least || data->repeaters == 0)
        return STAT_TOO_FEW;
    if (!search_run(arena, s, data, options))
        return STAT_DOMAIN;
    fit_write(arena, s, data, out);
    if (!options->start_alone && !(out->warnings & MODEL_WARN_NO_DROPOUT) && !leaving_is_told(s))
        out->warnings |= MODEL_WARN_NO_DROPOUT;
    return STAT_OK;
}

enum stat_code mixk_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        struct model_fit *out) {
    struct arena_mark mark = arena_mark_get(arena);
    enum stat_code code = fit_make(arena, data, options, out);
    arena_rewind(arena, mark);
    return code;
}
