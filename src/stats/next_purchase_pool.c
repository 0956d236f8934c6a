// SPDX-License-Identifier: Apache-2.0
/* next_purchase_pool -- how far each segment's rate of buying differs from the company's, as far as its customers prove it.
 *
 * The company is fitted first. Then one number a segment is sought, its offset d of log rate (alpha exp(-d)): near its best
 * the log-likelihood of the segment's customers is a parabola, whose top and curvature come from three values (taken
 * twice, the second time around the first top). Tops of small segments are noise as much as truth: with variance 1/c each,
 * they are taken as drawn around 0 with a spread t, t is the likeliest, and each one is pulled to d t^2 / (t^2 + 1/c).
 * This is the credibility formula again (docs/methods/cycle.md), with the weight found in the data. At the end the
 * company is fitted once more with these offsets as a covariate, so that what segments explain is not counted a second
 * time as difference between customers.
 *
 * Must not let a segment of few customers speak for itself. Invariant: segment 0, and everybody when the spread is 0, has
 * the company's rate.
 */
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/next_purchase.h"

enum { BLOCK_ROWS = 512, SEGMENT_ROWS_MOST = 16384, PASSES = 2, SPREADS = 60, POINTS = 3 };

#define STEP 0.1
#define OFFSET_MOST 2.0
#define SPREAD_LEAST 0.01
#define SPREAD_MOST 2.0
#define RATE 1 /* place of alpha among the parameters */

struct block {
    uint32_t segment;
    size_t from, to, stride;
    double value[POINTS]; /* log-likelihood at the offset less STEP, there, and plus STEP */
};

struct pooling {
    const struct cbs *data;
    const struct model_def *def;
    struct model_params company;
    uint32_t segments;
    struct block *block;
    size_t blocks;
    double *offset, *curvature; /* [segments + 1] */
};

static void block_run(void *owner, size_t task) {
    const struct pooling *p = owner;
    const struct cbs *data = p->data;
    struct block *b = &p->block[task];
    struct model_params params[POINTS];
    for (int i = 0; i < POINTS; i++) {
        params[i] = p->company;
        params[i].v[RATE] *= exp(-(p->offset[b->segment] + (i - 1) * STEP));
        b->value[i] = 0;
    }
    for (size_t row = b->from; row < b->to; row += b->stride) {
        struct cbs_customer c = {data->x[row], data->t_x[row], data->T[row], data->litt ? data->litt[row] : 0};
        for (int i = 0; i < POINTS; i++)
            b->value[i] += data->weight[row] * p->def->loglik(&params[i], &c);
    }
}

/* Rows come sorted by group. A segment of very many rows is looked at in steps. */
static void blocks_make(struct arena *arena, struct pooling *p) {
    const struct cbs *data = p->data;
    p->block = arena_new(arena, struct block, data->rows / BLOCK_ROWS + p->segments + 2);
    for (size_t from = 0, end; from < data->rows; from = end) {
        uint32_t segment = data->group[from];
        for (end = from; end < data->rows && data->group[end] == segment; end++)
            ;
        size_t stride = (end - from - 1) / SEGMENT_ROWS_MOST + 1;
        for (size_t at = from; segment > 0 && segment <= p->segments && at < end; at += BLOCK_ROWS * stride) {
            size_t to = end - at > BLOCK_ROWS * stride ? at + BLOCK_ROWS * stride : end;
            p->block[p->blocks++] = (struct block){.segment = segment, .from = at, .to = to, .stride = stride};
        }
    }
}

/* The top of the parabola through each segment's three values; curvature 0: it has none, and no offset. */
static void tops_find(struct arena *arena, struct pooling *p, unsigned threads) {
    double *value = arena_new(arena, double, POINTS *((size_t)p->segments + 1));
    parallel_run(threads, p->blocks, block_run, p);
    for (size_t b = 0; b < p->blocks; b++)
        for (size_t i = 0; i < POINTS; i++)
            value[p->block[b].segment * POINTS + i] += p->block[b].value[i] * (double)p->block[b].stride;
    for (size_t s = 1; s <= p->segments; s++) {
        const double *v = value + s * POINTS;
        double slope = (v[2] - v[0]) / (2 * STEP), bend = -(v[2] - 2 * v[1] + v[0]) / (STEP * STEP);
        bool top = bend > 0 && isfinite(slope / bend);
        p->curvature[s] = top ? bend : 0;
        p->offset[s] = top ? fmin(fmax(p->offset[s] + slope / bend, -OFFSET_MOST), OFFSET_MOST) : 0;
    }
}

static double spread_value(const struct pooling *p, double spread) {
    double value = 0;
    for (size_t s = 1; s <= p->segments; s++)
        if (p->curvature[s] > 0) {
            double variance = spread * spread + 1 / p->curvature[s];
            value -= 0.5 * (log(variance) + p->offset[s] * p->offset[s] / variance);
        }
    return value;
}

/* 0, or the likeliest of a geometric grid; the steps are finer than a handful of segments can tell apart. */
static double spread_find(const struct pooling *p) {
    double best = 0, best_value = spread_value(p, 0);
    for (int i = 0; i < SPREADS; i++) {
        double spread = SPREAD_LEAST * pow(SPREAD_MOST / SPREAD_LEAST, i / (SPREADS - 1.0));
        double value = spread_value(p, spread);
        if (value > best_value) {
            best_value = value;
            best = spread;
        }
    }
    return best;
}

/* The fit with the offsets as a covariate, if it is better; else the company's with the offsets as they are. */
static void fit_again(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                      const struct model_def *def, struct next_purchase_pool *pool) {
    struct model_fit *again = arena_new(arena, struct model_fit, 1);
    struct model_fit_options with = *options;
    with.covariates = (struct model_covariates){.n = 1, .groups = pool->segments + (size_t)1, .z = pool->offset};
    with.start = pool->company.params.v;
    pool->company.rate[0] = 1;
    if (def->fit(arena, data, &with, again) == STAT_OK && again->stop != MODEL_NOT_CONVERGED &&
        again->loglik > pool->company.loglik)
        pool->company = *again;
}

enum stat_code next_purchase_pool_learn(struct arena *arena, const struct cbs *data, uint32_t segments,
                                        enum model_kind kind, const struct model_fit_options *options,
                                        struct next_purchase_pool *out) {
    const struct model_def *def = model_of(kind);
    struct model_fit_options alone = *options;
    memset(out, 0, sizeof *out);
    out->segments = segments;
    out->offset = arena_new(arena, double, (size_t)segments + 1);
    if (!def || !def->loglik)
        return STAT_DOMAIN;
    alone.covariates = (struct model_covariates){0};
    enum stat_code code = def->fit(arena, data, &alone, &out->company);
    if (code != STAT_OK || !data->group || segments == 0)
        return code;
    struct pooling p = {.data = data, .def = def, .company = out->company.params, .segments = segments};
    p.offset = out->offset;
    p.curvature = arena_new(arena, double, (size_t)segments + 1);
    blocks_make(arena, &p);
    for (int pass = 0; pass < PASSES; pass++)
        tops_find(arena, &p, options->threads);
    out->spread = spread_find(&p);
    for (size_t s = 1; s <= segments; s++) {
        double proved = out->spread * out->spread * p.curvature[s];
        out->offset[s] *= proved / (1 + proved);
    }
    if (out->spread > 0)
        fit_again(arena, data, options, def, out);
    return STAT_OK;
}

struct model_params next_purchase_pool_params(const struct next_purchase_pool *pool, uint32_t segment) {
    struct model_covariates one = {.n = 1, .groups = 1, .z = NULL};
    if (!(pool->spread > 0) || segment == 0 || segment > pool->segments)
        return pool->company.params;
    return model_with(&pool->company, &one, &pool->offset[segment]);
}
