// SPDX-License-Identifier: Apache-2.0
/* cnbd_fit -- the likeliest parameters of the family, and what is to be known of them.
 *
 * Starts (one from the moments, three more, and the optimum without leaving) are followed on a thinned copy of the rows, the
 * best of them on all: a few thousand rows know well enough which valley is the deepest. Covariates are centred and scaled for
 * the search. The model without leaving is fitted beside: where its likelihood is as good, leaving cannot be told from
 * customers that differ, and that is said.
 *
 * A boundary is no accident: each of them is a simpler model, and is named. r or a + b at their upper bound: customers do not
 * differ. p at its lower: nobody leaves. a + b or r at their lower: customers are of two kinds, and nothing between.
 *
 * Must not draw starts by lot. Invariant: the result depends on the rows alone, not on threads or the order of customers.
 */
#include <math.h>
#include <string.h>

#include "stats/cnbd.h"
#include "stats/cnbd_rows.h"
#include "stats/covariate.h"
#include "stats/optimise.h"
#include "stats/special.h"

#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8
#define R_LEAST 1e-5
#define R_MOST 1e7
#define SIZE_LEAST 1e-7
#define SIZE_MOST 1e7
#define P_LEAST 1e-5
#define TIME_RANGE 14.0      /* the log of mean time may be so far from what all purchases give */
#define COEFFICIENT_MOST 8.0 /* times the farthest a covariate is from its mean */
#define GAIN_LEAST 2.0       /* two parameters, by AIC */
#define GAIN_CLEAR 20.0

enum { THIN_ROWS = 4096, STARTS_MOST = 7, COORDINATES_MOST = CNBD_CORE + 2 * MODEL_COVARIATES };

struct fitting {
    struct arena *arena;
    const struct cbs *data;
    const struct model_fit_options *options;
    struct covariate covariate;
    enum cnbd_leaving leaving;
    struct cnbd_rows all, thin; /* thin.data NULL: all are few */
    double low[COORDINATES_MOST], high[COORDINATES_MOST];
};

/* -- the problem -- */

/* Of every few rows the middle one with the weight of all: rows beside each other are alike. */
static const struct cbs *data_thin(struct arena *arena, const struct cbs *data) {
    if (data->rows <= 2 * THIN_ROWS)
        return NULL;
    size_t most = data->rows / (data->rows / THIN_ROWS) + 1;
    struct cbs *thin = arena_new(arena, struct cbs, 1);
    *thin = *data;
    thin->x = arena_new(arena, double, most);
    thin->t_x = arena_new(arena, double, most);
    thin->T = arena_new(arena, double, most);
    thin->weight = arena_new(arena, double, most);
    thin->group = data->group ? arena_new(arena, uint32_t, most) : NULL;
    thin->litt = NULL;
    thin->rows = 0;
    size_t stride = data->rows / THIN_ROWS;
    for (size_t from = 0; from < data->rows; from += stride) {
        size_t to = from + stride < data->rows ? from + stride : data->rows, middle = from + (to - from) / 2;
        double weight = 0;
        for (size_t i = from; i < to; i++)
            weight += data->weight[i];
        thin->x[thin->rows] = data->x[middle];
        thin->t_x[thin->rows] = data->t_x[middle];
        thin->T[thin->rows] = data->T[middle];
        thin->weight[thin->rows] = weight;
        if (thin->group)
            thin->group[thin->rows] = data->group[middle];
        thin->rows++;
    }
    return thin;
}

/* Log of the time that a phase would take if nobody had left. */
static double log_time_of(const struct cbs *data, int32_t k) {
    return log(data->T_sum) - log(data->x_sum) - log(k);
}

static void bounds_set(struct fitting *f, enum cnbd_leaving leaving, int32_t k, size_t n) {
    double log_time = log_time_of(f->data, k), p_least = fmin(P_LEAST, 1e-4 / f->data->x_sum);
    f->low[CNBD_LOG_R] = log(R_LEAST);
    f->high[CNBD_LOG_R] = fmin(log(R_MOST), log(0.1 * PARAMETER_MOST) - log_time);
    f->low[CNBD_LOG_TIME] = log_time - TIME_RANGE;
    f->high[CNBD_LOG_TIME] = log_time + TIME_RANGE;
    size_t core = CNBD_LOGIT_P;
    if (leaving != CNBD_NEVER) {
        f->low[CNBD_LOGIT_P] = log(p_least);
        f->high[CNBD_LOGIT_P] = -log(p_least);
        f->low[CNBD_LOG_SIZE] = log(SIZE_LEAST);
        f->high[CNBD_LOG_SIZE] = log(SIZE_MOST);
        core = CNBD_CORE;
    }
    for (size_t i = core; i < n; i++) {
        f->high[i] = COEFFICIENT_MOST / f->covariate.farthest[(i - core) % f->covariate.scaled.n];
        f->low[i] = -f->high[i];
    }
}

/* One problem at a time: they share rows and bounds. */
static struct optimise_problem problem_of(struct fitting *f, struct cnbd_rows *rows, enum cnbd_leaving leaving,
                                          int32_t k) {
    size_t n = cnbd_rows_ask(rows, leaving, k);
    bounds_set(f, leaving, k, n);
    return (struct optimise_problem){
        .n = n, .function = cnbd_rows_at, .owner = rows, .hessian = true, .low = f->low, .high = f->high};
}

struct starts {
    size_t n;
    double at[STARTS_MOST][COORDINATES_MOST];
};

static bool search(struct fitting *f, struct cnbd_rows *rows, enum cnbd_leaving leaving, int32_t k,
                   const struct starts *starts, struct optimise_result *out) {
    struct optimise_problem problem = problem_of(f, rows, leaving, k);
    double packed[STARTS_MOST * COORDINATES_MOST];
    for (size_t i = 0; i < starts->n; i++)
        memcpy(packed + i * problem.n, starts->at[i], problem.n * sizeof *packed);
    return optimise_minimum(&problem, packed, starts->n, out);
}

/* On the thinned rows first, where there are any; then from there. */
static bool search_twice(struct fitting *f, enum cnbd_leaving leaving, int32_t k, const struct starts *starts,
                         struct optimise_result *out) {
    if (!f->thin.data)
        return search(f, &f->all, leaving, k, starts, out);
    if (!search(f, &f->thin, leaving, k, starts, out))
        return false;
    struct starts best = {.n = 1};
    memcpy(best.at[0], out->at, sizeof best.at[0]);
    return search(f, &f->all, leaving, k, &best, out);
}

/* -- starts -- */

static double clamp(double v, double low, double high) {
    return fmin(fmax(v, low), high);
}

/* r of a negative binomial with the mean and variance of k x. */
static double r_of_moments(const struct cbs *data, int32_t k) {
    double mean = data->x_sum / (double)data->customers, square = 0;
    for (size_t i = 0; i < data->rows; i++)
        square += data->weight[i] * data->x[i] * data->x[i];
    double variance = k * k * (square / (double)data->customers - mean * mean);
    mean *= k;
    return clamp(mean * mean / fmax(variance - mean, 1e-3 * mean), 0.05, 20);
}

static void start_set(double *start, double r, double log_time, double p, double size) {
    start[CNBD_LOG_R] = log(r);
    start[CNBD_LOG_TIME] = log_time;
    start[CNBD_LOGIT_P] = log(p) - log1p(-p);
    start[CNBD_LOG_SIZE] = log(size);
}

static void start_from_params(double *start, const double *v) {
    start[CNBD_LOG_R] = log(v[0]);
    start[CNBD_LOG_TIME] = log(v[1]) - log(v[0]);
    start[CNBD_LOGIT_P] = log(v[2]) - log(v[3]);
    start[CNBD_LOG_SIZE] = log(v[2] + v[3]);
}

static bool start_is_given(const struct fitting *f) {
    const double *v = f->options->start;
    for (size_t i = 0, n = f->leaving == CNBD_NEVER ? 2 : 4; v && i < n; i++)
        if (!(v[i] > 0) || isinf(v[i]))
            return false;
    return v;
}

static void starts_make(const struct fitting *f, int32_t k, struct starts *out) {
    double log_time = log_time_of(f->data, k);
    *out = (struct starts){0};
    if (start_is_given(f)) {
        double v[4] = {1, 1, 1, 1};
        memcpy(v, f->options->start, (f->leaving == CNBD_NEVER ? 2 : 4) * sizeof *v);
        start_from_params(out->at[out->n++], v);
    }
    start_set(out->at[out->n++], r_of_moments(f->data, k), log_time - 0.5, 0.3, 3);
    start_set(out->at[out->n++], 0.5, log_time - 1, 0.1, 1);
    start_set(out->at[out->n++], 3, log_time - 0.2, 0.5, 1);
    start_set(out->at[out->n++], 10, log_time - 2, 0.85, 3);
}

/* The optimum without leaving, with hardly any: of some customers, or of all alike. */
static void starts_add_never(struct starts *starts, const struct optimise_result *never, size_t covariates) {
    for (double size = 1; size <= 1e4; size *= 1e4) {
        double *start = starts->at[starts->n++];
        start_set(start, 1, 0, 0.01, size);
        memcpy(start, never->at, CNBD_LOGIT_P * sizeof *start);
        memcpy(start + CNBD_CORE, never->at + CNBD_LOGIT_P, covariates * sizeof *start);
    }
}

/* -- what was found -- */

struct found {
    int32_t k;
    bool no_dropout;
    struct optimise_result result;
    double loglik;
};

static double constant_of(const struct cbs *data, int32_t k) {
    return k > 1 ? (k - 1) * data->litt_sum - data->x_sum * special_log_gamma(k) : 0;
}

/* How much better the model with leaving is than the best one without; on all rows only when the thinned are in doubt. */
static bool gain_of(struct fitting *f, int32_t k, const struct optimise_result *never, double thin_gain,
                    const struct optimise_result *with, double *gain) {
    *gain = thin_gain;
    if (!f->thin.data || thin_gain > GAIN_CLEAR)
        return true;
    struct starts start = {.n = 1};
    struct optimise_result result;
    memcpy(start.at[0], never->at, sizeof start.at[0]);
    if (!search(f, &f->all, CNBD_NEVER, k, &start, &result))
        return false;
    *gain = result.value - with->value;
    return true;
}

static bool find_with_leaving(struct fitting *f, int32_t k, struct starts *starts, struct found *out) {
    struct cnbd_rows *few = f->thin.data ? &f->thin : &f->all;
    struct optimise_result never;
    if (!search(f, few, CNBD_NEVER, k, starts, &never))
        return false;
    starts_add_never(starts, &never, f->covariate.scaled.n);
    if (!search(f, few, f->leaving, k, starts, &out->result))
        return false;
    double gain = never.value - out->result.value;
    if (f->thin.data) {
        struct starts best = {.n = 1};
        memcpy(best.at[0], out->result.at, sizeof best.at[0]);
        if (!search(f, &f->all, f->leaving, k, &best, &out->result))
            return false;
    }
    if (!gain_of(f, k, &never, gain, &out->result, &gain))
        return false;
    out->no_dropout = gain < GAIN_LEAST;
    return true;
}

static bool find(struct fitting *f, int32_t k, struct found *out) {
    struct starts starts;
    starts_make(f, k, &starts);
    *out = (struct found){.k = k};
    if (f->options->start_alone && start_is_given(f)) {
        starts.n = 1;
        bool ended = search(f, &f->all, f->leaving, k, &starts, &out->result);
        out->loglik = ended ? constant_of(f->data, k) - out->result.value : -INFINITY;
        return ended;
    }
    bool found = f->leaving == CNBD_NEVER ? search_twice(f, CNBD_NEVER, k, &starts, &out->result)
                                          : find_with_leaving(f, k, &starts, out);
    out->loglik = found ? constant_of(f->data, k) - out->result.value : -INFINITY;
    return found;
}

/* -- in the model's own terms -- */

static uint32_t warnings_of(const struct found *found, const struct optimise_problem *problem, size_t core) {
    const struct optimise_result *result = &found->result;
    uint32_t warnings = found->no_dropout ? MODEL_WARN_NO_DROPOUT : 0;
    for (size_t i = 0; i < problem->n; i++) {
        if (!(result->at_bound >> i & 1))
            continue;
        bool low = result->at[i] <= problem->low[i];
        if (i >= core)
            warnings |= MODEL_WARN_SEPARATED;
        else if (i == CNBD_LOG_TIME)
            warnings |= MODEL_WARN_NOT_CONVERGED;
        else if (i == CNBD_LOGIT_P)
            warnings |= low ? MODEL_WARN_NO_DROPOUT : MODEL_WARN_HOMOGENEOUS;
        else
            warnings |= low ? MODEL_WARN_HETEROGENEITY_EXTREME : MODEL_WARN_HOMOGENEOUS;
    }
    return warnings;
}

static enum model_stop stop_of(const struct optimise_result *result, uint32_t *warnings) {
    if (result->stop == OPTIMISE_STEPS || result->stop == OPTIMISE_STUCK)
        *warnings |= MODEL_WARN_NOT_CONVERGED;
    if (*warnings & MODEL_WARN_NOT_CONVERGED)
        return MODEL_NOT_CONVERGED;
    if (result->at_bound)
        return MODEL_AT_BOUND;
    if (result->stop != OPTIMISE_FLAT)
        return MODEL_CONVERGED;
    *warnings |= MODEL_WARN_RIDGE;
    return MODEL_ON_RIDGE;
}

/* variance of sum_i by[i] coordinate[i]; INFINITY where one of them is not known */
static double product(const double *covariance, size_t n, const double *by, const double *with) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (by[i] == 0)
            continue;
        if (isinf(covariance[i * n + i]))
            return INFINITY;
        for (size_t j = 0; j < n; j++)
            if (with[j] != 0)
                sum += by[i] * covariance[i * n + j] * with[j];
    }
    return sum;
}

/* Each log parameter's derivatives by the coordinates of the search. */
static void jacobian_make(const struct fitting *f, size_t core, double p, double by[CNBD_CORE][COORDINATES_MOST]) {
    size_t n = f->covariate.scaled.n;
    memset(by, 0, CNBD_CORE * sizeof *by);
    by[0][CNBD_LOG_R] = by[1][CNBD_LOG_R] = by[1][CNBD_LOG_TIME] = 1;
    for (size_t j = 0; j < n; j++)
        by[1][core + j] = f->covariate.centre[j] / f->covariate.spread[j];
    if (core < CNBD_CORE)
        return;
    by[2][CNBD_LOGIT_P] = 1 - p;
    by[3][CNBD_LOGIT_P] = -p;
    by[2][CNBD_LOG_SIZE] = by[3][CNBD_LOG_SIZE] = 1;
    for (size_t j = 0; j < n; j++) {
        by[2][core + n + j] = -(1 - p) * f->covariate.centre[j] / f->covariate.spread[j];
        by[3][core + n + j] = p * f->covariate.centre[j] / f->covariate.spread[j];
    }
}

static void errors_set(const struct fitting *f, const struct found *found, const struct optimise_problem *problem,
                       size_t core, double p, struct model_fit *out) {
    size_t n = problem->n;
    double *covariance = arena_new(f->arena, double, n *n);
    optimise_covariance(problem, &found->result, covariance);
    double by[CNBD_CORE][COORDINATES_MOST];
    jacobian_make(f, core, p, by);
    for (size_t i = 0; i < core; i++)
        out->se[i] = out->params.v[i] * sqrt(product(covariance, n, by[i], by[i]));
    for (size_t i = 0; i < core; i++)
        for (size_t j = 0; j < core; j++)
            if (isfinite(out->se[i]) && isfinite(out->se[j]))
                out->covariance[i * MODEL_PARAMS + j] = product(covariance, n, by[i], by[j]);
    for (size_t j = 0; j < f->covariate.scaled.n; j++) {
        size_t rate = core + j, drop = core + f->covariate.scaled.n + j;
        out->rate_se[j] = sqrt(covariance[rate * n + rate]) / f->covariate.spread[j];
        if (core == CNBD_CORE)
            out->drop_se[j] = sqrt(covariance[drop * n + drop]) / f->covariate.spread[j];
    }
}

/* a may be under what model_check allows where nobody leaves: a + b means nothing there, and is made large enough. */
static void leaving_set(double p_logit, double log_size, double *v) {
    double p = 1 / (1 + exp(-p_logit)), q = 1 / (1 + exp(p_logit)), size = exp(log_size);
    size = fmax(size, PARAMETER_LEAST / fmin(p, q));
    v[2] = clamp(size * p, PARAMETER_LEAST, PARAMETER_MOST);
    v[3] = clamp(size * q, PARAMETER_LEAST, PARAMETER_MOST);
}

static enum stat_code fit_set(struct fitting *f, const struct found *found, enum model_kind kind,
                              struct model_fit *out) {
    const double *at = found->result.at;
    size_t n = f->covariate.scaled.n, core = f->leaving == CNBD_NEVER ? CNBD_LOGIT_P : CNBD_CORE;
    struct optimise_problem problem = problem_of(f, &f->all, f->leaving, found->k);
    struct model_fit fit = {.params = {.kind = kind, .k = found->k}, .free = problem.n};
    double log_alpha = at[CNBD_LOG_R] + at[CNBD_LOG_TIME], logit = core == CNBD_CORE ? at[CNBD_LOGIT_P] : 0;
    for (size_t j = 0; j < n; j++) {
        fit.rate[j] = at[core + j] / f->covariate.spread[j];
        log_alpha += fit.rate[j] * f->covariate.centre[j];
        if (core < CNBD_CORE)
            continue;
        fit.drop[j] = at[core + n + j] / f->covariate.spread[j];
        logit -= fit.drop[j] * f->covariate.centre[j];
    }
    fit.params.v[0] = exp(at[CNBD_LOG_R]);
    fit.params.v[1] = exp(log_alpha);
    if (core == CNBD_CORE)
        leaving_set(logit, at[CNBD_LOG_SIZE], fit.params.v);
    if (cnbd_check(&fit.params) != STAT_OK)
        return STAT_DOMAIN;
    errors_set(f, found, &problem, core, 1 / (1 + exp(-logit)), &fit);
    fit.loglik = found->loglik;
    fit.aic = 2 * (double)fit.free - 2 * fit.loglik;
    fit.bic = (double)fit.free * log((double)f->data->customers) - 2 * fit.loglik;
    fit.customers = f->data->customers;
    fit.unique = (int64_t)f->data->rows;
    fit.iterations = found->result.iterations;
    fit.warnings = warnings_of(found, &problem, core);
    fit.stop = stop_of(&found->result, &fit.warnings);
    *out = fit;
    return STAT_OK;
}

enum stat_code cnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        enum model_kind kind, struct model_fit *out) {
    struct model_params shape = {.kind = kind, .k = 1};
    struct fitting f = {.arena = arena, .data = data, .options = options, .leaving = cnbd_of(&shape).leaving};
    bool has_k = kind == MODEL_BGCNBD || kind == MODEL_MBGCNBD;
    if (!covariate_scale(arena, data, &options->covariates, &f.covariate) ||
        (has_k && (options->k < 0 || options->k > MODEL_K_MOST || !isfinite(data->litt_sum))))
        return STAT_DOMAIN;
    size_t parameters = f.leaving == CNBD_NEVER ? 2 + options->covariates.n : 4 + 2 * options->covariates.n;
    if (data->customers < (int64_t)parameters || data->repeaters == 0)
        return STAT_TOO_FEW;
    cnbd_rows_make(arena, data, &f.covariate.scaled, options->threads, &f.all);
    const struct cbs *thin = data_thin(arena, data);
    if (thin)
        cnbd_rows_make(arena, thin, &f.covariate.scaled, 1, &f.thin);
    int32_t from = has_k && options->k > 0 ? options->k : 1, to = has_k && options->k == 0 ? MODEL_K_MOST : from;
    struct found best = {.loglik = -INFINITY};
    for (int32_t k = from; k <= to; k++) {
        struct found found;
        if (find(&f, k, &found) && found.loglik > best.loglik)
            best = found;
    }
    if (best.k == 0)
        return STAT_DOMAIN;
    return fit_set(&f, &best, kind, out);
}
