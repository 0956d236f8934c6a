// SPDX-License-Identifier: Apache-2.0
/* gammagamma_fit -- Gamma-Gamma by maximum likelihood, and whether value and frequency go together.
 *
 * Newton's method on log p, log q, log gamma with exact derivatives. Money is first divided by the geometric mean of the
 * customers' means, so that cents or reais give the same search; gamma and the likelihood are scaled back at the end. The
 * likelihood depends on a customer's x by gamma functions, which are tabled per distinct x, and on its value by
 * v = log(x z / gamma) alone:
 *     log f = -log z - log B(px, q) - q log(1 + e^v) - px log(1 + e^-v).
 *
 * The model says that the expected value of a purchase is the same for rare and frequent customers; their correlation says
 * whether that holds. Customers are sorted, equal ones are one row with a weight, and sums run over fixed blocks: neither the
 * order of customers nor the number of threads changes a bit.
 *
 * Must not use a customer without a positive mean: it is counted and left out.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/gammagamma_parts.h"
#include "stats/optimise.h"
#include "stats/special.h"

enum { CUSTOMERS_LEAST = 4, BLOCK_ROWS = 4096, STARTS = 3, SECOND = 6 };

#define LOG_MOST 13.815510557964274 /* of p and q: 1e-6 .. 1e6 */
#define LOG_GAMMA_MOST 27.7         /* of gamma over the geometric mean */
#define CORRELATION_MOST 0.15       /* of value and frequency: more is said, */
#define CORRELATION_SURE 3.0        /* when it is as many standard errors from 0 */
#define RIDGE_CORRELATION 0.95
#define RIDGE_ERROR 0.7 /* of a log: not known to a factor of two */

/* The upper triangle by rows. */
enum { PP, PQ, PG, QQ, QG, GG };

struct gammagamma_sums {
    double value, first[GAMMAGAMMA_PARAMS], second[SECOND];
};

/* What a customer's gamma functions are, by x. */
struct count {
    double x;
    double log_beta;           /* B(px, q) */
    double by_p, by_q;         /* digamma(px + q) - digamma(px), - digamma(q) */
    double tri_sum, tri_shape; /* trigamma(px + q), trigamma(px) */
};

struct search {
    struct gammagamma_customer *c; /* sorted, distinct; mean over the scale */
    double *weight, *log_sum;      /* log(x mean) */
    size_t rows;
    struct count *count;
    uint32_t *count_of; /* [rows] */
    size_t counts;
    size_t blocks;
    struct gammagamma_sums *part;
    double p, q, log_gamma, tri_q;
    unsigned threads;
};

/* -- customers as rows ----------------------------------------------------------------------------------------------- */

static int customer_order(const void *a, const void *b) {
    const struct gammagamma_customer *left = a, *right = b;
    if (left->x != right->x)
        return left->x > right->x ? 1 : -1;
    return (left->mean > right->mean) - (left->mean < right->mean);
}

static bool is_usable(const struct gammagamma_customer *c) {
    return c->x >= 1 && c->mean > 0 && isfinite(c->x) && isfinite(c->mean);
}

static size_t usable_take(const struct gammagamma_customer *c, size_t n, struct gammagamma_customer *out) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (is_usable(&c[i]))
            out[kept++] = c[i];
    qsort(out, kept, sizeof *out, customer_order);
    return kept;
}

/* Joins equal customers, and tables the distinct x. */
static void rows_make(struct arena *arena, struct gammagamma_customer *c, size_t n, struct search *s) {
    s->c = c;
    s->weight = arena_new(arena, double, n);
    s->count_of = arena_new(arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) {
        if (s->rows == 0 || customer_order(&c[i], &c[s->rows - 1]) != 0) {
            s->counts += s->rows == 0 || c[i].x != c[s->rows - 1].x;
            s->count_of[s->rows] = (uint32_t)(s->counts - 1);
            c[s->rows++] = c[i];
        }
        s->weight[s->rows - 1]++;
    }
    s->count = arena_new(arena, struct count, s->counts);
    for (size_t i = 0; i < s->rows; i++)
        s->count[s->count_of[i]].x = c[i].x;
    s->blocks = (s->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    s->part = arena_new(arena, struct gammagamma_sums, s->blocks);
}

/* The log of the geometric mean of the means, and the customers' means over it. */
static double scale_take(struct arena *arena, struct search *s, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < s->rows; i++)
        sum += s->weight[i] * log(s->c[i].mean);
    double log_scale = sum / (double)n;
    s->log_sum = arena_new(arena, double, s->rows);
    for (size_t i = 0; i < s->rows; i++)
        s->log_sum[i] = log(s->c[i].x) + log(s->c[i].mean) - log_scale;
    return log_scale;
}

/* -- likelihood ------------------------------------------------------------------------------------------------------ */

static void count_task(void *owner, size_t task) {
    struct search *s = owner;
    size_t end = (task + 1) * BLOCK_ROWS < s->counts ? (task + 1) * BLOCK_ROWS : s->counts;
    for (size_t i = task * BLOCK_ROWS; i < end; i++) {
        struct count *count = &s->count[i];
        double shape = s->p * count->x;
        count->log_beta = special_log_beta(shape, s->q);
        count->by_p = special_digamma_rising(shape, s->q);
        count->by_q = special_digamma_rising(s->q, shape);
        count->tri_sum = special_trigamma(shape + s->q);
        count->tri_shape = special_trigamma(shape);
    }
}

static void row_add(const struct search *s, size_t row, struct gammagamma_sums *sum) {
    const struct count *count = &s->count[s->count_of[row]];
    double weight = s->weight[row], shape = s->p * count->x, q = s->q, v = s->log_sum[row] - s->log_gamma;
    double small = exp(-fabs(v)), log_more = log1p(small), part = 1 / (1 + small);
    double u = v > 0 ? part : small * part, rest = v > 0 ? small * part : part;
    double log_u = (v > 0 ? 0 : v) - log_more, log_rest = (v > 0 ? -v : 0) - log_more;
    double by_p = shape * (count->by_p + log_u), by_q = q * (count->by_q + log_rest);
    sum->value += weight * (shape * log_u + q * log_rest - count->log_beta);
    sum->first[GAMMAGAMMA_P] += weight * by_p;
    sum->first[GAMMAGAMMA_Q] += weight * by_q;
    sum->first[GAMMAGAMMA_GAMMA] += weight * (q * u - shape * rest);
    sum->second[PP] += weight * (by_p + shape * shape * (count->tri_sum - count->tri_shape));
    sum->second[PQ] += weight * shape * q * count->tri_sum;
    sum->second[PG] -= weight * shape * rest;
    sum->second[QQ] += weight * (by_q + q * q * (count->tri_sum - s->tri_q));
    sum->second[QG] += weight * q * u;
    sum->second[GG] -= weight * (shape + q) * u * rest;
}

static void rows_task(void *owner, size_t task) {
    struct search *s = owner;
    size_t end = (task + 1) * BLOCK_ROWS < s->rows ? (task + 1) * BLOCK_ROWS : s->rows;
    struct gammagamma_sums sum = {0};
    for (size_t i = task * BLOCK_ROWS; i < end; i++)
        row_add(s, i, &sum);
    s->part[task] = sum;
}

/* Of money over the scale, without -log z, which is the same for all parameters. */
static bool likelihood_at(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    struct search *s = owner;
    s->p = exp(at[GAMMAGAMMA_P]);
    s->q = exp(at[GAMMAGAMMA_Q]);
    s->log_gamma = at[GAMMAGAMMA_GAMMA];
    s->tri_q = special_trigamma(s->q);
    parallel_run(s->threads, (s->counts + BLOCK_ROWS - 1) / BLOCK_ROWS, count_task, s);
    parallel_run(s->threads, s->blocks, rows_task, s);
    struct gammagamma_sums sum = {0};
    for (size_t b = 0; b < s->blocks; b++) {
        sum.value += s->part[b].value;
        for (int i = 0; i < GAMMAGAMMA_PARAMS; i++)
            sum.first[i] += s->part[b].first[i];
        for (int i = 0; i < SECOND; i++)
            sum.second[i] += s->part[b].second[i];
    }
    *value = -sum.value;
    for (size_t i = 0, k = 0; i < GAMMAGAMMA_PARAMS; i++) {
        gradient[i] = -sum.first[i];
        for (size_t j = i; hessian && j < GAMMAGAMMA_PARAMS; j++, k++)
            hessian[i * GAMMAGAMMA_PARAMS + j] = hessian[j * GAMMAGAMMA_PARAMS + i] = -sum.second[k];
    }
    return isfinite(*value);
}

/* -- correlation ----------------------------------------------------------------------------------------------------- */

/* Pearson's, of x and the mean; 0 where one of them does not differ. */
static double correlation_of(const struct search *s, size_t n) {
    double x = 0, z = 0, xx = 0, xz = 0, zz = 0;
    for (size_t i = 0; i < s->rows; i++) {
        x += s->weight[i] * s->c[i].x / (double)n;
        z += s->weight[i] * s->c[i].mean / (double)n;
    }
    for (size_t i = 0; i < s->rows; i++) {
        double off_x = s->c[i].x - x, off_z = s->c[i].mean / z - 1;
        xx += s->weight[i] * off_x * off_x;
        xz += s->weight[i] * off_x * off_z;
        zz += s->weight[i] * off_z * off_z;
    }
    double square = xx * zz;
    return square > 0 && isfinite(square) ? fmax(-1, fmin(1, xz / sqrt(square))) : 0;
}

/* -- the end --------------------------------------------------------------------------------------------------------- */

/* Whether gamma and p, or gamma and q, are known only together. */
static bool is_ridge(const double *covariance) {
    double gamma = covariance[GAMMAGAMMA_GAMMA * (GAMMAGAMMA_PARAMS + 1)];
    for (size_t i = 0; i < GAMMAGAMMA_GAMMA; i++) {
        double other = covariance[i * (GAMMAGAMMA_PARAMS + 1)];
        double both = covariance[i * GAMMAGAMMA_PARAMS + GAMMAGAMMA_GAMMA];
        if (isfinite(gamma) && isfinite(other) && fmin(gamma, other) > RIDGE_ERROR * RIDGE_ERROR &&
            fabs(both) > RIDGE_CORRELATION * sqrt(gamma * other))
            return true;
    }
    return false;
}

static enum model_stop stop_of(const struct optimise_result *result, uint32_t *warnings) {
    if (result->stop == OPTIMISE_STEPS || result->stop == OPTIMISE_STUCK) {
        *warnings |= MODEL_WARN_NOT_CONVERGED;
        return MODEL_NOT_CONVERGED;
    }
    if (result->at_bound)
        return MODEL_AT_BOUND;
    if (result->stop == OPTIMISE_FLAT)
        *warnings |= MODEL_WARN_RIDGE;
    return *warnings & MODEL_WARN_RIDGE ? MODEL_ON_RIDGE : MODEL_CONVERGED;
}

static void fit_write(const struct optimise_problem *problem, const struct optimise_result *result,
                      const struct search *s, double log_scale, size_t n, struct model_fit *out) {
    double covariance[GAMMAGAMMA_PARAMS * GAMMAGAMMA_PARAMS];
    optimise_covariance(problem, result, covariance);
    *out = (struct model_fit){.params = {.kind = MODEL_GAMMAGAMMA, .k = 1}, .free = GAMMAGAMMA_PARAMS};
    for (size_t i = 0; i < GAMMAGAMMA_PARAMS; i++) {
        double variance = covariance[i * (GAMMAGAMMA_PARAMS + 1)];
        double v = exp(result->at[i] + (i == GAMMAGAMMA_GAMMA ? log_scale : 0));
        out->params.v[i] = v;
        out->se[i] = v * sqrt(variance);
        for (size_t j = 0; j < GAMMAGAMMA_PARAMS && isfinite(variance); j++)
            if (isfinite(covariance[j * (GAMMAGAMMA_PARAMS + 1)]))
                out->covariance[i * MODEL_PARAMS + j] = covariance[i * GAMMAGAMMA_PARAMS + j];
        if (i != GAMMAGAMMA_GAMMA && result->at[i] >= LOG_MOST)
            out->warnings |= i == GAMMAGAMMA_P ? MODEL_WARN_PURCHASES_ALIKE : MODEL_WARN_HOMOGENEOUS;
    }
    out->customers = (int64_t)n;
    out->unique = (int64_t)s->rows;
    out->loglik = -result->value - (double)n * log_scale;
    out->aic = 2 * (double)out->free - 2 * out->loglik;
    out->bic = (double)out->free * log((double)n) - 2 * out->loglik;
    out->iterations = result->iterations;
    out->warnings |= is_ridge(covariance) ? MODEL_WARN_RIDGE : 0;
    out->stop = stop_of(result, &out->warnings);
    if (out->params.v[GAMMAGAMMA_Q] <= 1)
        out->warnings |= MODEL_WARN_NO_MEAN;
    out->correlation = correlation_of(s, n);
    bool sure = fabs(out->correlation) * sqrt((double)n) > CORRELATION_SURE;
    if (fabs(out->correlation) > CORRELATION_MOST && sure)
        out->warnings |= MODEL_WARN_VALUE_FREQUENCY;
}

enum stat_code gammagamma_fit(struct arena *arena, const struct gammagamma_customer *c, size_t n, unsigned threads,
                              int64_t *left_out, struct model_fit *out) {
    static const double starts[STARTS * GAMMAGAMMA_PARAMS] = {
        1.6, 1.2, 0.5, /* p 5, q 3.3 */
        0,   0.7, 1,   /* p 1, q 2 */
        4,   3,   3    /* alike */
    };
    static const double low[GAMMAGAMMA_PARAMS] = {-LOG_MOST, -LOG_MOST, -LOG_GAMMA_MOST},
                        high[GAMMAGAMMA_PARAMS] = {LOG_MOST, LOG_MOST, LOG_GAMMA_MOST};
    struct gammagamma_customer *kept = arena_new(arena, struct gammagamma_customer, n);
    size_t usable = usable_take(c, n, kept);
    *left_out = (int64_t)(n - usable);
    if (usable < CUSTOMERS_LEAST)
        return STAT_TOO_FEW;
    struct search s = {.threads = threads};
    rows_make(arena, kept, usable, &s);
    double log_scale = scale_take(arena, &s, usable);
    struct optimise_problem problem = {
        .n = GAMMAGAMMA_PARAMS, .function = likelihood_at, .owner = &s, .hessian = true, .low = low, .high = high};
    struct optimise_result *result = arena_new(arena, struct optimise_result, 1);
    if (!optimise_minimum(&problem, starts, STARTS, result))
        return STAT_DOMAIN;
    fit_write(&problem, result, &s, log_scale, usable, out);
    return STAT_OK;
}
