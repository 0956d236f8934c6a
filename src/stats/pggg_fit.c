// SPDX-License-Identifier: Apache-2.0
/* pggg_fit -- the posterior of the six parameters of Pareto/GGG: its peak, then
 * draws from it.
 *
 * Priors are normal on logs and wide: of the mean regularity t/gamma about 2,
 * of the shapes t about 3, r and s about 1, of the scales alpha and beta about
 * the mean time watched, so that days or weeks give the same answer. They
 * decide only what the data leave open: how alike regularities are where all
 * gaps look alike, or leaving where nobody leaves.
 *
 * The peak is found by Newton's method on differences of the log posterior. How
 * the points of the integrals lie is found anew at each place that it reaches
 * (pggg_rows), until it stays; the chains (pggg_chain) need it only roughly.
 *
 * What is reported as the parameters is the mean of the logs' draws, raised to
 * e: on a ridge (s and beta) the mean of the parameters themselves lies beside
 * the ridge, that of the logs on it.
 *
 * Must not depend on threads. Invariant: without enough customers or with gaps
 * unknown nothing is written.
 */
#include <math.h>
#include <string.h>

#include "stats/optimise.h"
#include "stats/pggg_chain.h"
#include "stats/pggg_parts.h"

#define PRIOR_WIDTH 1.5
#define DIFFERENCE 0.01  /* of a log, for the Hessian */
#define LOG_MOST 18.0    /* parameters stay within 1.5e-8 and 6.6e7 */
#define MOVED_LEAST 0.05 /* standard deviations: the peak stays */
#define R_HAT_MOST 1.05
#define LEAVING_LEAST 1e-3
#define RIDGE_CORRELATION 0.99

enum { N = PGGG_PARAMS, ROUNDS = 8, ROUND_STEPS = 6, CHAINS = 4, DRAWS = 250, BURN = 60, SAMPLE_ROUNDS = 3 };

struct posterior {
    const struct cbs *data;
    const struct pggg_rows *rows;
    double time; /* log of the mean time watched */
    double *block;
    unsigned threads;
};

static double prior_log(const struct posterior *p, const double *log_v) {
    const struct {
        double value, middle, spread;
    } all[] = {
        {log_v[PGGG_T] - log_v[PGGG_GAMMA], log(2), PRIOR_WIDTH},
        {log_v[PGGG_T], log(3), PRIOR_WIDTH},
        {log_v[PGGG_R], 0, PRIOR_WIDTH},
        {log_v[PGGG_ALPHA], p->time, 2.5},
        {log_v[PGGG_S], 0, PRIOR_WIDTH},
        {log_v[PGGG_BETA], p->time, 2.5},
    };
    double sum = 0;
    for (size_t i = 0; i < N; i++) {
        double off = (all[i].value - all[i].middle) / all[i].spread;
        sum -= 0.5 * off * off;
    }
    return sum;
}

static double posterior_log(const struct posterior *p, const double *log_v, double *block, unsigned threads) {
    double v[N];
    for (size_t i = 0; i < N; i++) {
        if (!(fabs(log_v[i]) < LOG_MOST))
            return -INFINITY;
        v[i] = exp(log_v[i]);
    }
    return prior_log(p, log_v) + pggg_rows_loglik(p->rows, v, block, threads);
}

static double chain_density(const void *owner, const double *log_v, double *scratch) {
    double value = posterior_log(owner, log_v, scratch, 1);
    return isnan(value) ? -INFINITY : value;
}

/* -- the peak
 * --------------------------------------------------------------------------------------------------------
 */

static double moved(const struct posterior *p, const double *at, double step, size_t i, size_t j) {
    double place[N];
    memcpy(place, at, sizeof place);
    place[i] += step;
    if (j != i)
        place[j] += step;
    return -posterior_log(p, place, p->block, p->threads);
}

/* Minus the log posterior; gradient and Hessian by differences of it. */
static bool peak_function(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    const struct posterior *p = owner;
    double up[N], down[N], h = DIFFERENCE;
    *value = -posterior_log(p, at, p->block, p->threads);
    if (!isfinite(*value))
        return false;
    for (size_t i = 0; i < N; i++) {
        up[i] = moved(p, at, h, i, i);
        down[i] = moved(p, at, -h, i, i);
        gradient[i] = (up[i] - down[i]) / (2 * h);
        hessian[i * N + i] = (up[i] - 2 * *value + down[i]) / (h * h);
    }
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < i; j++) {
            double both = moved(p, at, h, i, j) + moved(p, at, -h, i, j);
            double mixed = both - up[i] - up[j] - down[i] - down[j] + 2 * *value;
            hessian[i * N + j] = hessian[j * N + i] = mixed / (2 * h * h);
        }
    return true;
}

/* How far the peak went, in standard deviations of the logs. */
static double distance(const double *from, const double *to, const double *covariance) {
    double most = 0;
    for (size_t i = 0; i < N; i++)
        most = fmax(most, fabs(from[i] - to[i]) / sqrt(covariance[i * N + i]));
    return most;
}

/* at: a start, then the peak; covariance: there. */
static bool peak_find(struct arena *arena, struct posterior *p, double *at, double *covariance) {
    struct optimise_problem problem = {
        .n = N, .function = peak_function, .owner = p, .hessian = true, .iterations_most = ROUND_STEPS};
    double low[N], high[N];
    for (size_t i = 0; i < N; i++) {
        low[i] = -LOG_MOST + 2 * DIFFERENCE;
        high[i] = LOG_MOST - 2 * DIFFERENCE;
    }
    problem.low = low;
    problem.high = high;
    for (int round = 0; round < ROUNDS; round++) {
        struct optimise_result result;
        double v[N];
        for (size_t i = 0; i < N; i++)
            v[i] = exp(at[i]);
        p->rows = pggg_rows_make(arena, p->data, v, p->threads);
        p->block = arena_new(arena, double, pggg_rows_blocks(p->rows));
        if (!optimise_minimum(&problem, at, 1, &result))
            return false;
        optimise_covariance(&problem, &result, covariance);
        double way = distance(at, result.at, covariance);
        memcpy(at, result.at, N * sizeof *at);
        if (way < MOVED_LEAST)
            break;
    }
    /* What the data leave open is as wide as its prior, by itself. */
    for (size_t i = 0; i < N; i++)
        if (!isfinite(covariance[i * (N + 1)])) {
            for (size_t j = 0; j < N; j++)
                covariance[i * N + j] = covariance[j * N + i] = 0;
            covariance[i * (N + 1)] = PRIOR_WIDTH * PRIOR_WIDTH;
        }
    return true;
}

/* Everybody alike but for a little, at the rate that was seen. */
static void start_make(const struct posterior *p, const double *given, double *out) {
    const struct cbs *d = p->data;
    double time = d->T_sum / (double)d->customers, rate = fmax(d->x_sum, 0.5) / d->T_sum;
    const double start[N] = {2, 1, 1, 1 / rate, 0.5, time};
    for (size_t i = 0; i < N; i++)
        out[i] = log(given ? given[i] : start[i]);
}

/* -- what the draws say
 * ----------------------------------------------------------------------------------------------
 */

static void draws_write(const double *draw, size_t n, struct model_fit *out) {
    double mean[N] = {0}, plain[N] = {0};
    for (size_t d = 0; d < n; d++)
        for (size_t i = 0; i < N; i++) {
            mean[i] += draw[d * N + i] / (double)n;
            plain[i] += exp(draw[d * N + i]) / (double)n;
        }
    for (size_t i = 0; i < N; i++) {
        double square = 0;
        for (size_t d = 0; d < n; d++)
            square += (exp(draw[d * N + i]) - plain[i]) * (exp(draw[d * N + i]) - plain[i]);
        out->params.v[i] = exp(mean[i]);
        out->se[i] = sqrt(square / (double)(n - 1));
        for (size_t j = 0; j < N; j++) {
            double sum = 0;
            for (size_t d = 0; d < n; d++)
                sum += (draw[d * N + i] - mean[i]) * (draw[d * N + j] - mean[j]);
            out->covariance[i * MODEL_PARAMS + j] = sum / (double)(n - 1);
        }
    }
}

static bool chains_agree(const struct model_fit *fit) {
    for (size_t i = 0; i < N; i++)
        if (!(fit->r_hat[i] <= R_HAT_MOST))
            return false;
    return true;
}

static uint32_t warnings_of(const struct cbs *data, const struct model_fit *fit) {
    const double *v = fit->params.v, *c = fit->covariance;
    uint32_t warnings = data->repeaters == 0 ? MODEL_WARN_NO_REPEAT : 0;
    double leaving = -expm1(-v[PGGG_S] * log1p(data->T_sum / (double)data->customers / v[PGGG_BETA]));
    if (leaving < LEAVING_LEAST)
        warnings |= MODEL_WARN_NO_DROPOUT;
    if (!chains_agree(fit))
        warnings |= MODEL_WARN_CHAINS_APART;
    for (size_t i = 0; i < N; i += 2) {
        double both = c[i * (MODEL_PARAMS + 1)] * c[(i + 1) * (MODEL_PARAMS + 1)];
        if (c[i * MODEL_PARAMS + i + 1] > RIDGE_CORRELATION * sqrt(both))
            warnings |= MODEL_WARN_RIDGE;
    }
    return warnings;
}

static size_t or_default(int32_t given, size_t usual) {
    return given > 0 ? (size_t)given : usual;
}

static bool is_fit_for(const struct cbs *data, const struct model_fit_options *options) {
    bool gaps_known = data->litt != NULL || data->repeaters == 0;
    if (!gaps_known || options->covariates.n > 0 || !(data->T_sum > 0))
        return false;
    for (size_t i = 0; options->start && i < N; i++)
        if (!(fabs(log(options->start[i])) < LOG_MOST))
            return false;
    return true;
}

/* Draws, and what they say; false: the peak's covariance is none. */
static bool round_run(struct arena *arena, const struct pggg_sampling *sampling, struct model_fit *fit) {
    struct arena_mark mark = arena_mark_get(arena);
    size_t draws = sampling->chains * sampling->draws;
    double *draw = arena_new(arena, double, draws *N);
    bool done = draws > 1 && pggg_sample(arena, sampling, draw);
    if (done) {
        draws_write(draw, draws, fit);
        for (size_t i = 0; i < N; i++)
            pggg_diagnose(arena, draw, sampling->chains, sampling->draws, i, &fit->r_hat[i], &fit->effective[i]);
        fit->iterations += (int)(sampling->chains * (sampling->burn + sampling->draws * sampling->thin));
    }
    arena_rewind(arena, mark);
    return done;
}

/* Chains that do not agree have at least seen more of the posterior than its
 * peak: they are where twice as many start from, unless the caller has said how
 * many draws there are to be. */
static bool rounds_run(struct arena *arena, struct pggg_sampling *sampling, bool again, struct model_fit *fit) {
    double mean[N], spread[N * N];
    for (int round = 0; round < SAMPLE_ROUNDS; round++) {
        if (!round_run(arena, sampling, fit))
            return false;
        if (!again || chains_agree(fit) || round + 1 == SAMPLE_ROUNDS)
            break;
        for (size_t i = 0; i < N; i++) {
            mean[i] = log(fit->params.v[i]);
            for (size_t j = 0; j < N; j++)
                spread[i * N + j] = fit->covariance[i * MODEL_PARAMS + j];
        }
        sampling->mean = mean;
        sampling->spread = spread;
        sampling->draws *= 2;
    }
    return true;
}

enum stat_code pggg_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        struct model_fit *out) {
    struct arena_mark mark = arena_mark_get(arena);
    if (!is_fit_for(data, options))
        return STAT_DOMAIN;
    if (data->customers < N)
        return STAT_TOO_FEW;
    struct posterior p = {.data = data, .threads = options->threads};
    struct model_fit fit = {.params = {.kind = MODEL_PGGG, .k = 1}, .free = N, .stop = MODEL_SAMPLED};
    double peak[N], covariance[N * N];
    p.time = log(data->T_sum / (double)data->customers);
    start_make(&p, options->start, peak);
    bool found = peak_find(arena, &p, peak, covariance);
    if (found) {
        struct pggg_sampling sampling = {.density = chain_density,
                                         .owner = &p,
                                         .scratch = pggg_rows_blocks(p.rows),
                                         .mean = peak,
                                         .spread = covariance,
                                         .seed = options->seed,
                                         .chains = or_default(options->chains, CHAINS),
                                         .draws = or_default(options->draws, DRAWS),
                                         .burn = or_default(options->burn, BURN),
                                         .thin = or_default(options->thin, 1),
                                         .threads = options->threads};
        found = rounds_run(arena, &sampling, options->draws <= 0, &fit);
    }
    if (found) {
        fit.loglik = pggg_rows_loglik(p.rows, fit.params.v, p.block, options->threads);
        fit.customers = data->customers;
        fit.unique = (int64_t)data->rows;
        fit.aic = 2 * (double)fit.free - 2 * fit.loglik;
        fit.bic = (double)fit.free * log((double)fit.customers) - 2 * fit.loglik;
        fit.warnings = warnings_of(data, &fit);
        *out = fit;
    }
    arena_rewind(arena, mark);
    /* Gaps that are all equal: ever more like clockwork is ever likelier, and
   * nothing is foretold from there. */
    return found && model_of(MODEL_PGGG)->check(&out->params) == STAT_OK ? STAT_OK : STAT_DOMAIN;
}
