// SPDX-License-Identifier: Apache-2.0
/* pnbd_fit -- Pareto/NBD by maximum likelihood, and what the end of the search means.
 *
 * Newton's method in a trust region on the logarithms of the parameters, with exact derivatives (pnbd_rows). Several fixed
 * starts are followed, on a thinned sample where there are many rows; the best end is followed on all rows.
 *
 * The likelihood often has no peak but a ridge: with s and beta growing together in proportion all customers leave at the
 * same rate s / beta, and data that do not show how lifetimes differ cannot tell how far along the ridge they are. The same
 * holds for r and alpha. Bounds are put far out, in units of the longest T so that the unit of time changes nothing; who
 * ends there, or on a place without curvature, is said to be on a ridge, and predictions are as good there as anywhere
 * on it. Last, the best fit in which nobody leaves (the NBD's) is made as well: where it is as likely, leaving cannot be
 * told from customers that differ.
 *
 * Must not draw lots. Invariant: the fit is never less likely than the NBD's.
 */
#include <math.h>
#include <string.h>

#include "stats/optimise.h"
#include "stats/pnbd.h"
#include "stats/pnbd_rows.h"

enum { STARTS = 3, SAMPLE_ROWS = 1500, SAMPLE_STEPS = 60 };

#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8
#define SHAPE_LEAST 1e-6
#define SHAPE_MOST 1e5
#define TIME_LEAST 1e-6 /* of the longest T */
#define TIME_MOST 1e4
#define COEFFICIENT_MOST 20.0   /* of the log of alpha or beta, at the largest covariate */
#define LEAVING_GAIN_LEAST 0.5  /* of log-likelihood that leaving must explain, or it is said that it cannot be told */
#define R_EXTREME 0.01          /* shape under which most never buy again */
#define CORRELATION_RIDGE 0.995 /* of the logs of two parameters: one is only known given the other */

struct search {
    struct optimise_problem problem;
    double low[OPTIMISE_MOST], high[OPTIMISE_MOST];
    struct optimise_result result;
};

/* -- where to look --------------------------------------------------------------------------------------------------- */

static void bounds_make(const struct cbs *data, const struct model_covariates *covariates, struct search *s) {
    double longest = 0;
    for (size_t i = 0; i < data->rows; i++)
        longest = fmax(longest, data->T[i]);
    for (int i = 0; i < PNBD_PARAMS; i++) {
        bool shape = i == PNBD_R || i == PNBD_S;
        s->low[i] = log(shape ? SHAPE_LEAST : fmax(TIME_LEAST * longest, PARAMETER_LEAST));
        s->high[i] = log(shape ? SHAPE_MOST : fmin(TIME_MOST * longest, PARAMETER_MOST));
    }
    for (size_t j = 0; j < covariates->n; j++) {
        double size = 0;
        for (size_t g = 0; g < covariates->groups; g++)
            size = fmax(size, fabs(covariates->z[g * covariates->n + j]));
        double most = size > 0 ? COEFFICIENT_MOST / size : 0;
        for (size_t i = PNBD_PARAMS + j; i < s->problem.n; i += covariates->n) {
            s->low[i] = -most;
            s->high[i] = most;
        }
    }
}

/* The mean gap as it looks when nobody leaves, and three opinions of how customers differ and leave. */
static void starts_make(const struct cbs *data, size_t n, double *starts) {
    static const double r[STARTS] = {0.7, 1.5, 0.4}, gaps[STARTS] = {1, 0.3, 1}, s[STARTS] = {0.5, 0.3, 2},
                        spans[STARTS] = {0.5, 0.05, 10};
    double span = data->T_sum / (double)data->customers, gap = data->T_sum / (data->x_sum + 1);
    for (size_t i = 0; i < STARTS; i++) {
        double *at = starts + i * n;
        at[PNBD_R] = log(r[i]);
        at[PNBD_ALPHA] = log(r[i] * gap * gaps[i]);
        at[PNBD_S] = log(s[i]);
        at[PNBD_BETA] = log(span * spans[i]);
    }
}

/* Every so-manieth row: rows are sorted, so it is a fair cut through x, t_x and T. */
static void sample_make(struct arena *arena, const struct cbs *data, size_t stride, struct cbs *out) {
    size_t most = data->rows / stride + 1;
    *out = (struct cbs){.x = arena_new(arena, double, most),
                        .t_x = arena_new(arena, double, most),
                        .T = arena_new(arena, double, most),
                        .weight = arena_new(arena, double, most),
                        .group = data->group ? arena_new(arena, uint32_t, most) : NULL};
    for (size_t i = 0; i < data->rows; i += stride) {
        out->x[out->rows] = data->x[i];
        out->t_x[out->rows] = data->t_x[i];
        out->T[out->rows] = data->T[i];
        out->weight[out->rows] = data->weight[i];
        if (data->group)
            out->group[out->rows] = data->group[i];
        out->rows++;
    }
}

/* -- the search ------------------------------------------------------------------------------------------------------ */

static bool search_sample(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                          size_t stride, struct search *s, const double *starts, size_t starts_n) {
    struct arena_mark mark = arena_mark_get(arena);
    struct cbs sample;
    sample_make(arena, data, stride, &sample);
    s->problem.owner = pnbd_rows_make(arena, &sample, &options->covariates, options->threads);
    s->problem.iterations_most = SAMPLE_STEPS;
    bool found = optimise_minimum(&s->problem, starts, starts_n, &s->result);
    s->problem.iterations_most = 0;
    arena_rewind(arena, mark);
    return found;
}

static bool search_run(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                       struct search *s) {
    size_t n = s->problem.n, starts_n = options->start ? STARTS + 1 : STARTS;
    size_t stride = data->rows / SAMPLE_ROWS + 1;
    double *starts = arena_new(arena, double, starts_n *n);
    starts_make(data, n, starts + (starts_n - STARTS) * n);
    if (options->start)
        for (int i = 0; i < PNBD_PARAMS; i++)
            starts[i] = log(options->start[i]);
    if (stride > 1) {
        if (!search_sample(arena, data, options, stride, s, starts, starts_n))
            return false;
        memcpy(starts, s->result.at, n * sizeof *starts);
        starts_n = 1;
    }
    int iterations = stride > 1 ? s->result.iterations : 0;
    s->problem.owner = pnbd_rows_make(arena, data, &options->covariates, options->threads);
    bool found = optimise_minimum(&s->problem, starts, starts_n, &s->result);
    s->result.iterations += iterations;
    return found;
}

/* The best fit in which nobody leaves, from here: how much more likely leaving makes the data. Where that is a loss, the search
 * goes on from there. */
static double leaving_gain(struct search *s) {
    struct optimise_problem never = s->problem;
    size_t columns = (never.n - PNBD_PARAMS) / 2;
    double low[OPTIMISE_MOST], high[OPTIMISE_MOST], start[OPTIMISE_MOST];
    memcpy(low, s->low, sizeof low);
    memcpy(high, s->high, sizeof high);
    memcpy(start, s->result.at, sizeof start);
    low[PNBD_S] = high[PNBD_S] = s->low[PNBD_S];
    low[PNBD_BETA] = high[PNBD_BETA] = s->high[PNBD_BETA];
    for (size_t i = PNBD_PARAMS + columns; i < never.n; i++)
        low[i] = high[i] = 0;
    never.low = low;
    never.high = high;
    struct optimise_result bound, further;
    if (!optimise_minimum(&never, start, 1, &bound))
        return INFINITY;
    if (bound.value < s->result.value && optimise_minimum(&s->problem, bound.at, 1, &further) &&
        further.value < s->result.value) {
        further.iterations += s->result.iterations;
        s->result = further;
    }
    return bound.value - s->result.value;
}

/* -- what the end means ---------------------------------------------------------------------------------------------- */

static bool at_low(const struct search *s, size_t i) {
    return s->result.at[i] <= s->low[i];
}
static bool at_high(const struct search *s, size_t i) {
    return s->result.at[i] >= s->high[i];
}

static uint32_t warnings_of(const struct search *s, const struct cbs *data, const double *covariance) {
    size_t n = s->problem.n;
    uint32_t warnings = data->repeaters == 0 ? MODEL_WARN_NO_REPEAT : 0;
    for (size_t i = 0; i < PNBD_PARAMS; i++)
        if (at_high(s, i))
            warnings |= MODEL_WARN_HOMOGENEOUS | MODEL_WARN_RIDGE;
    for (size_t i = 0; i < PNBD_PARAMS; i += 2) {
        double square = covariance[i * n + i] * covariance[(i + 1) * n + i + 1];
        if (square > 0 && isfinite(square) && fabs(covariance[i * n + i + 1]) > CORRELATION_RIDGE * sqrt(square))
            warnings |= MODEL_WARN_RIDGE;
    }
    if (exp(s->result.at[PNBD_R]) < R_EXTREME)
        warnings |= MODEL_WARN_HETEROGENEITY_EXTREME;
    for (size_t i = PNBD_PARAMS; i < n; i++)
        if (s->high[i] > 0 && (at_low(s, i) || at_high(s, i)))
            warnings |= MODEL_WARN_SEPARATED;
    return warnings;
}

static enum model_stop stop_of(const struct search *s, uint32_t *warnings) {
    switch (s->result.stop) {
    case OPTIMISE_CONVERGED:
        return MODEL_CONVERGED;
    case OPTIMISE_BOUND:
        return *warnings & MODEL_WARN_RIDGE ? MODEL_ON_RIDGE : MODEL_AT_BOUND;
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

static void covariates_write(const struct search *s, const double *covariance, struct model_fit *out) {
    size_t n = s->problem.n, columns = (n - PNBD_PARAMS) / 2;
    for (size_t j = 0; j < columns; j++) {
        size_t rate = PNBD_PARAMS + j, drop = rate + columns;
        out->rate[j] = s->result.at[rate];
        out->rate_se[j] = sqrt(covariance[rate * (n + 1)]);
        out->drop[j] = s->result.at[drop];
        out->drop_se[j] = sqrt(covariance[drop * (n + 1)]);
    }
}

static void fit_write(struct arena *arena, const struct search *s, const struct cbs *data, struct model_fit *out) {
    size_t n = s->problem.n;
    double *covariance = arena_new(arena, double, n *n);
    optimise_covariance(&s->problem, &s->result, covariance);
    *out = (struct model_fit){.params = {.kind = MODEL_PNBD, .k = 1}, .free = n};
    for (size_t i = 0; i < PNBD_PARAMS; i++) {
        double variance = covariance[i * (n + 1)];
        out->params.v[i] = exp(s->result.at[i]);
        out->se[i] = out->params.v[i] * sqrt(variance);
        for (size_t j = 0; j < PNBD_PARAMS && isfinite(variance); j++)
            out->covariance[i * MODEL_PARAMS + j] = isfinite(covariance[j * (n + 1)]) ? covariance[i * n + j] : 0;
    }
    covariates_write(s, covariance, out);
    out->loglik = -s->result.value;
    out->customers = data->customers;
    out->unique = (int64_t)data->rows;
    out->aic = 2 * (double)out->free - 2 * out->loglik;
    out->bic = (double)out->free * log((double)out->customers) - 2 * out->loglik;
    out->iterations = s->result.iterations;
    out->warnings = warnings_of(s, data, covariance);
    out->stop = stop_of(s, &out->warnings);
}

enum stat_code pnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        struct model_fit *out) {
    struct search *s = arena_new(arena, struct search, 1);
    if (options->covariates.n > MODEL_COVARIATES)
        return STAT_DOMAIN;
    size_t n = PNBD_PARAMS + 2 * options->covariates.n;
    if (data->rows == 0 || data->customers < (int64_t)n || !(data->T_sum > 0))
        return STAT_TOO_FEW;
    s->problem =
        (struct optimise_problem){.n = n, .function = pnbd_rows_value, .hessian = true, .low = s->low, .high = s->high};
    bounds_make(data, &options->covariates, s);
    if (!search_run(arena, data, options, s))
        return STAT_DOMAIN;
    double gain = leaving_gain(s);
    fit_write(arena, s, data, out);
    if (gain < LEAVING_GAIN_LEAST)
        out->warnings |= MODEL_WARN_NO_DROPOUT;
    return STAT_OK;
}
