// SPDX-License-Identifier: Apache-2.0
/* pnbd_fit -- Pareto/NBD by maximum likelihood, and what the end of the search means.
 *
 * Newton's method in a trust region on the logarithms of the parameters, with exact derivatives (pnbd_rows). Several fixed
 * starts are followed, on a thinned sample where there are many rows; the best end is followed on all rows.
 *
 * The likelihood often has no peak but a ridge: with s and beta growing together in proportion all customers leave at the
 * same rate s / beta, and data that do not show how lifetimes differ cannot tell how far along the ridge they are. The same
 * holds for r and alpha. Bounds are put far out, in units of the longest T so that the unit of time changes nothing; who
 * ends there, or where the two are known only together, is said to be on a ridge, and predictions are as good there as
 * anywhere on it. The NBD, in which nobody leaves, is fitted as well: where it is as good, leaving cannot be told from
 * customers that differ; and where the search has missed it, the search goes on from there.
 *
 * Must not draw lots. Invariant: the fit is never less likely than the NBD's by more than the bounds cost, about 1e-4.
 */
#include <math.h>
#include <string.h>

#include "stats/covariate.h"
#include "stats/optimise.h"
#include "stats/pnbd.h"
#include "stats/pnbd_rows.h"

enum {
    STARTS = 4,
    SAMPLE = 1500,
    SAMPLE_GROWTH = 25,
    SAMPLE_WORTH = 2,
    SAMPLE_STEPS = 60,
    FREE_MOST = PNBD_PARAMS + 2 * MODEL_COVARIATES
};

#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8
#define ROUNDING 1e-12
#define SHAPE_LEAST 1e-6
#define SHAPE_MOST 1e5
#define TIME_LEAST 1e-6 /* of the longest T */
#define TIME_MOST 1e4
#define COEFFICIENT_MOST 20.0  /* times the farthest covariate, in standard deviations */
#define LEAVING_GAIN_LEAST 2.0 /* of log-likelihood: what AIC asks of two parameters */
#define R_EXTREME 0.01         /* shape under which most never buy again */
#define SHAPE_FAR 10.0         /* from beyond it a peak nearer in is not seen */
#define RIDGE_CORRELATION 0.95 /* of the logs of two parameters that are known only together, */
#define RIDGE_ERROR 0.7        /* when one alone is not known to a factor of two */

struct search {
    struct arena *arena;
    const struct cbs *data;
    const struct model_fit_options *options;
    struct covariate covariate;
    struct optimise_problem problem;
    double low[FREE_MOST], high[FREE_MOST];
    struct optimise_result result;
};

/* -- where to look --------------------------------------------------------------------------------------------------- */

static void bounds_make(struct search *s) {
    double longest = 0;
    for (size_t i = 0; i < s->data->rows; i++)
        longest = fmax(longest, s->data->T[i]);
    for (int i = 0; i < PNBD_PARAMS; i++) {
        bool shape = i == PNBD_R || i == PNBD_S;
        s->low[i] = log(shape ? SHAPE_LEAST : fmax(TIME_LEAST * longest, PARAMETER_LEAST));
        s->high[i] = log(shape ? SHAPE_MOST : fmin(TIME_MOST * longest, PARAMETER_MOST));
    }
    for (size_t i = PNBD_PARAMS; i < s->problem.n; i++) {
        s->high[i] = COEFFICIENT_MOST / s->covariate.farthest[(i - PNBD_PARAMS) % s->covariate.scaled.n];
        s->low[i] = -s->high[i];
    }
}

static bool start_is_given(const double *start) {
    for (int i = 0; start && i < PNBD_PARAMS; i++)
        if (!(start[i] > 0 && isfinite(start[i])))
            return false;
    return start;
}

/* The mean gap as it looks when nobody leaves, and opinions of how customers differ and leave: the last one, that some leave
 * at once and the others never, is a hill of its own. */
static size_t starts_make(const struct search *s, double *starts) {
    static const double r[STARTS] = {0.7, 1.5, 0.4, 2}, gaps[STARTS] = {1, 0.3, 1, 0.7},
                        shape[STARTS] = {0.5, 0.3, 2, 0.03}, spans[STARTS] = {0.5, 0.05, 10, 1e-4};
    double span = s->data->T_sum / (double)s->data->customers, gap = s->data->T_sum / s->data->x_sum;
    size_t n = 0;
    if (start_is_given(s->options->start)) {
        for (int i = 0; i < PNBD_PARAMS; i++)
            starts[i] = log(s->options->start[i]);
        n++;
    }
    for (size_t i = 0; i < STARTS; i++, n++) {
        double *at = starts + n * s->problem.n;
        at[PNBD_R] = log(r[i]);
        at[PNBD_ALPHA] = log(r[i] * gap * gaps[i]);
        at[PNBD_S] = log(shape[i]);
        at[PNBD_BETA] = log(span * spans[i]);
    }
    return n;
}

/* -- the search ------------------------------------------------------------------------------------------------------ */

/* Every step-th customer in the order of the rows: a fair cut through x, t_x and T. */
static void sample_make(struct arena *arena, const struct cbs *data, double step, struct cbs *out) {
    size_t most = (size_t)((double)data->customers / step) + 1;
    *out = (struct cbs){.x = arena_new(arena, double, most),
                        .t_x = arena_new(arena, double, most),
                        .T = arena_new(arena, double, most),
                        .weight = arena_new(arena, double, most),
                        .group = data->group ? arena_new(arena, uint32_t, most) : NULL};
    double passed = step / 2;
    for (size_t i = 0; i < data->rows; i++) {
        double before = floor(passed / step);
        passed += data->weight[i];
        double taken = floor(passed / step) - before;
        if (taken == 0)
            continue;
        out->weight[out->rows] = taken * step;
        out->x[out->rows] = data->x[i];
        out->t_x[out->rows] = data->t_x[i];
        out->T[out->rows] = data->T[i];
        if (data->group)
            out->group[out->rows] = data->group[i];
        out->rows++;
    }
}

/* The best end on the sample takes the place of the first start. */
static bool sample_search(struct search *s, double step, double *starts, size_t starts_n) {
    struct arena_mark mark = arena_mark_get(s->arena);
    struct cbs sample;
    sample_make(s->arena, s->data, step, &sample);
    s->problem.owner = pnbd_rows_make(s->arena, &sample, &s->covariate.scaled, s->options->threads);
    s->problem.iterations_most = SAMPLE_STEPS;
    bool found = optimise_minimum(&s->problem, starts, starts_n, &s->result);
    s->problem.iterations_most = 0;
    arena_rewind(s->arena, mark);
    memcpy(starts, s->result.at, s->problem.n * sizeof *starts);
    return found;
}

/* A start far out on a ridge comes in along it: the rate that shape and scale make together stays. */
static void start_come_in(double *start) {
    for (int i = PNBD_R; i <= PNBD_S; i += PNBD_S - PNBD_R) {
        double out = fmax(start[i] - log(SHAPE_FAR), 0);
        start[i] -= out;
        start[i + 1] -= out;
    }
}

static bool search_run(struct search *s) {
    double *starts = arena_new(s->arena, double, (STARTS + 1) * s->problem.n);
    size_t starts_n = starts_make(s, starts);
    int iterations = 0;
    bool alone = s->options->start_alone && start_is_given(s->options->start);
    if (alone) {
        starts_n = 1;
        start_come_in(starts);
    }
    /* Samples that grow: Newton's method is near its end when it comes to all rows. */
    for (double n = SAMPLE; !alone && n * SAMPLE_WORTH < (double)s->data->rows; n *= SAMPLE_GROWTH) {
        if (!sample_search(s, (double)s->data->customers / n, starts, starts_n))
            return false;
        starts_n = 1;
        iterations += s->result.iterations;
    }
    s->problem.owner = pnbd_rows_make(s->arena, s->data, &s->covariate.scaled, s->options->threads);
    bool found = optimise_minimum(&s->problem, starts, starts_n, &s->result);
    s->result.iterations += iterations;
    return found;
}

/* Nobody leaves: the place in this search that is the NBD's. */
static void never_place(const struct search *s, const struct model_fit *nbd, double *at) {
    size_t columns = s->covariate.scaled.n;
    memset(at, 0, s->problem.n * sizeof *at);
    at[PNBD_R] = log(nbd->params.v[0]);
    at[PNBD_ALPHA] = log(nbd->params.v[1]);
    at[PNBD_S] = s->low[PNBD_S];
    at[PNBD_BETA] = s->high[PNBD_BETA];
    for (size_t j = 0; j < columns; j++) {
        at[PNBD_ALPHA] -= nbd->rate[j] * s->covariate.centre[j];
        at[PNBD_PARAMS + j] = nbd->rate[j] * s->covariate.spread[j];
    }
}

/* Whether leaving makes the data enough more likely. */
static bool leaving_is_told(struct search *s) {
    struct model_fit_options options = *s->options;
    struct arena_mark mark = arena_mark_get(s->arena);
    struct model_fit *nbd = arena_new(s->arena, struct model_fit, 1);
    double start[FREE_MOST];
    options.start = NULL;
    if (model_of(MODEL_NBD)->fit(s->arena, s->data, &options, nbd) != STAT_OK)
        return true;
    double never = -nbd->loglik;
    never_place(s, nbd, start);
    arena_rewind(s->arena, mark);
    struct optimise_result *further = arena_new(s->arena, struct optimise_result, 1);
    if (never < s->result.value && optimise_minimum(&s->problem, start, 1, further) &&
        further->value < s->result.value) {
        further->iterations += s->result.iterations;
        s->result = *further;
    }
    return never - s->result.value >= LEAVING_GAIN_LEAST;
}

/* -- what the end means ---------------------------------------------------------------------------------------------- */

static bool at_low(const struct search *s, size_t i) {
    return s->result.at[i] <= s->low[i];
}

static bool at_high(const struct search *s, size_t i) {
    return s->result.at[i] >= s->high[i];
}

/* Whether the logs of shape and scale at i, i + 1 are known only together. */
static bool is_ridge(const struct search *s, const double *covariance, size_t i) {
    size_t n = s->problem.n;
    double one = covariance[i * (n + 1)], other = covariance[(i + 1) * (n + 1)];
    if (isinf(one) || isinf(other))
        return false;
    return fmin(one, other) > RIDGE_ERROR * RIDGE_ERROR &&
           covariance[i * n + i + 1] > RIDGE_CORRELATION * sqrt(one * other);
}

/* s and beta mean nothing where leaving cannot be told. */
static uint32_t warnings_of(const struct search *s, const double *covariance, bool leaving_told) {
    uint32_t warnings = leaving_told ? 0 : MODEL_WARN_NO_DROPOUT;
    for (size_t i = 0; i < (leaving_told ? PNBD_PARAMS : PNBD_S); i += 2) {
        if (at_high(s, i) || at_high(s, i + 1))
            warnings |= MODEL_WARN_HOMOGENEOUS | MODEL_WARN_RIDGE;
        if (is_ridge(s, covariance, i))
            warnings |= MODEL_WARN_RIDGE;
    }
    bool extreme = s->result.at[PNBD_R] < log(R_EXTREME);
    for (size_t i = 0; i < (leaving_told ? PNBD_PARAMS : PNBD_S); i++)
        extreme = extreme || at_low(s, i);
    if (extreme)
        warnings |= MODEL_WARN_HETEROGENEITY_EXTREME;
    for (size_t i = PNBD_PARAMS; i < s->problem.n; i++)
        if (at_low(s, i) || at_high(s, i))
            warnings |= MODEL_WARN_SEPARATED;
    return warnings;
}

static enum model_stop stop_of(const struct search *s, uint32_t *warnings) {
    if (s->result.stop == OPTIMISE_STEPS || s->result.stop == OPTIMISE_STUCK) {
        *warnings |= MODEL_WARN_NOT_CONVERGED;
        return MODEL_NOT_CONVERGED;
    }
    bool never = *warnings & MODEL_WARN_NO_DROPOUT && s->result.at_bound;
    if (s->result.stop == OPTIMISE_FLAT && !never)
        *warnings |= MODEL_WARN_RIDGE;
    if (*warnings & MODEL_WARN_RIDGE)
        return MODEL_ON_RIDGE;
    return s->result.at_bound ? MODEL_AT_BOUND : MODEL_CONVERGED;
}

/* -- in the model's own terms ---------------------------------------------------------------------------------------- */

/* How log parameter i moves with coordinate j: alpha and beta carry the centres of the covariates. */
static double moves(const struct search *s, size_t i, size_t j) {
    size_t columns = s->covariate.scaled.n;
    if (j < PNBD_PARAMS)
        return i == j;
    size_t column = (j - PNBD_PARAMS) % columns, scale = j - PNBD_PARAMS < columns ? PNBD_ALPHA : PNBD_BETA;
    return i == scale ? s->covariate.centre[column] / s->covariate.spread[column] : 0;
}

/* Covariance of log parameters i and k; INFINITY where a coordinate that moves them is not known. */
static double covariance_between(const struct search *s, const double *covariance, size_t i, size_t k) {
    size_t n = s->problem.n;
    double sum = 0;
    for (size_t j = 0; j < n; j++) {
        double one = moves(s, i, j);
        if (one == 0)
            continue;
        if (isinf(covariance[j * (n + 1)]))
            return INFINITY;
        for (size_t l = 0; l < n; l++) {
            double other = moves(s, k, l);
            sum += other != 0 ? one * covariance[j * n + l] * other : 0;
        }
    }
    return sum;
}

static void errors_write(const struct search *s, const double *covariance, struct model_fit *out) {
    size_t n = s->problem.n, columns = s->covariate.scaled.n;
    for (size_t i = 0; i < PNBD_PARAMS; i++)
        out->se[i] = out->params.v[i] * sqrt(covariance_between(s, covariance, i, i));
    for (size_t i = 0; i < PNBD_PARAMS; i++)
        for (size_t k = 0; k < PNBD_PARAMS; k++)
            if (isfinite(out->se[i]) && isfinite(out->se[k]))
                out->covariance[i * MODEL_PARAMS + k] = covariance_between(s, covariance, i, k);
    for (size_t j = 0; j < columns; j++) {
        size_t rate = PNBD_PARAMS + j, drop = rate + columns;
        out->rate_se[j] = sqrt(covariance[rate * (n + 1)]) / s->covariate.spread[j];
        out->drop_se[j] = sqrt(covariance[drop * (n + 1)]) / s->covariate.spread[j];
    }
}

/* e^(log v) of a bound may lie beyond it by rounding. */
static double bounds_kept(double v) {
    double bounded = fmin(fmax(v, PARAMETER_LEAST), PARAMETER_MOST);
    return fabs(v - bounded) < ROUNDING * bounded ? bounded : v;
}

static void params_write(const struct search *s, struct model_fit *out) {
    size_t columns = s->covariate.scaled.n;
    double log_param[PNBD_PARAMS];
    memcpy(log_param, s->result.at, sizeof log_param);
    for (size_t j = 0; j < columns; j++) {
        out->rate[j] = s->result.at[PNBD_PARAMS + j] / s->covariate.spread[j];
        out->drop[j] = s->result.at[PNBD_PARAMS + columns + j] / s->covariate.spread[j];
        log_param[PNBD_ALPHA] += out->rate[j] * s->covariate.centre[j];
        log_param[PNBD_BETA] += out->drop[j] * s->covariate.centre[j];
    }
    for (int i = 0; i < PNBD_PARAMS; i++)
        out->params.v[i] = bounds_kept(exp(log_param[i]));
}

static enum stat_code fit_write(const struct search *s, bool leaving_told, struct model_fit *out) {
    size_t n = s->problem.n;
    struct model_fit fit = {.params = {.kind = MODEL_PNBD, .k = 1}, .free = n};
    double *covariance = arena_new(s->arena, double, n *n);
    optimise_covariance(&s->problem, &s->result, covariance);
    params_write(s, &fit);
    if (pnbd_check(&fit.params) != STAT_OK)
        return STAT_DOMAIN;
    errors_write(s, covariance, &fit);
    fit.loglik = -s->result.value;
    fit.customers = s->data->customers;
    fit.unique = (int64_t)s->data->rows;
    fit.aic = 2 * (double)fit.free - 2 * fit.loglik;
    fit.bic = (double)fit.free * log((double)fit.customers) - 2 * fit.loglik;
    fit.iterations = s->result.iterations;
    fit.warnings = warnings_of(s, covariance, leaving_told);
    fit.stop = stop_of(s, &fit.warnings);
    *out = fit;
    return STAT_OK;
}

enum stat_code pnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        struct model_fit *out) {
    size_t n = PNBD_PARAMS + 2 * options->covariates.n;
    struct search *s = arena_new(arena, struct search, 1);
    *s = (struct search){.arena = arena, .data = data, .options = options};
    if (!covariate_scale(arena, data, &options->covariates, &s->covariate))
        return STAT_DOMAIN;
    if (data->customers < (int64_t)n || data->repeaters == 0)
        return STAT_TOO_FEW;
    s->problem =
        (struct optimise_problem){.n = n, .function = pnbd_rows_value, .hessian = true, .low = s->low, .high = s->high};
    bounds_make(s);
    if (!search_run(s))
        return STAT_DOMAIN;
    return fit_write(s, options->start_alone || leaving_is_told(s), out);
}
