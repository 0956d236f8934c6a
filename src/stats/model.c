// SPDX-License-Identifier: Apache-2.0
/* model -- the table of all models, and what is the same for all of them.
 *
 * Each model's file has one `struct model_def`, named in the table below. Must not know how a model works. Invariant: a row's
 * place in the table has no meaning; kinds and names are each there once.
 */
#include "stats/model.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/cnbd.h"
#include "stats/gammagamma.h"
#include "stats/mixk.h"
#include "stats/pggg.h"
#include "stats/pnbd.h"

static const struct model_def *const table[] = {
    &nbd_def, &bgnbd_def, &mbgnbd_def, &bgcnbd_def, &mbgcnbd_def, &mixk_def, &pnbd_def, &pggg_def, &gammagamma_def,
};

enum { TABLE = sizeof table / sizeof *table };

const struct model_def *model_of(enum model_kind kind) {
    for (size_t i = 0; i < TABLE; i++)
        if (table[i]->kind == kind)
            return table[i];
    return NULL;
}

const struct model_def *model_named(const char *name, size_t n) {
    for (size_t i = 0; i < TABLE; i++)
        if (strlen(table[i]->name) == n && memcmp(table[i]->name, name, n) == 0)
            return table[i];
    return NULL;
}

/* -- covariates -- */

enum { RATE = 1, LEAVE_FIRST = 2, LEAVE_SECOND = 3 }; /* alpha; a and b, or s and beta */

#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8

static double bounded(double v) {
    return fmin(fmax(v, PARAMETER_LEAST), PARAMETER_MOST);
}

struct model_params model_with(const struct model_fit *fit, const struct model_covariates *covariates,
                               const double *z) {
    struct model_params params = fit->params;
    if (!z || covariates->n == 0)
        return params;
    double rate = 0, drop = 0;
    for (size_t i = 0; i < covariates->n; i++) {
        rate += fit->rate[i] * z[i];
        drop += fit->drop[i] * z[i];
    }
    params.v[RATE] = bounded(params.v[RATE] * exp(-rate));
    if (params.kind == MODEL_PNBD) {
        params.v[LEAVE_SECOND] = bounded(params.v[LEAVE_SECOND] * exp(-drop));
    } else if (params.kind != MODEL_NBD) {
        /* a + b as it was */
        double a = params.v[LEAVE_FIRST], b = params.v[LEAVE_SECOND], logit = log(a) - log(b) + drop;
        params.v[LEAVE_FIRST] = bounded((a + b) / (1 + exp(-logit)));
        params.v[LEAVE_SECOND] = bounded((a + b) / (1 + exp(logit)));
    }
    return params;
}

/* -- leaving -- */

static const double SILENT_DAYS = 3653, ALIVE_FOR_EVER = 0.99;

bool model_knows_leaving(const struct model_params *params) {
    const struct cbs_customer silent = {.T = SILENT_DAYS};
    return model_of(params->kind)->alive(params, &silent) < ALIVE_FOR_EVER;
}

/* -- many customers -- */

enum { PREDICT_BLOCK = 32768, PREDICT_BLOCK_SLOW = 16 }; /* slow: milliseconds a customer */

struct prediction {
    const struct model_params *params;
    const struct model_def *def;
    const struct model_many *customers;
    size_t block;
    double horizon;
    double *p_alive, *p_active, *expected;
};

static void predict_each(const struct prediction *p, size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
        const struct model_many *many = p->customers;
        struct cbs_customer c = {many->x[i], many->t_x[i], many->T[i], many->litt ? many->litt[i] : 0};
        if (p->p_alive)
            p->p_alive[i] = p->def->alive(p->params, &c);
        if (p->p_active)
            p->p_active[i] = p->def->active(p->params, &c, p->horizon);
        if (p->expected)
            p->expected[i] = p->def->expected(p->params, &c, p->horizon);
    }
}

static void predict_block(void *owner, size_t block) {
    const struct prediction *p = owner;
    size_t from = block * p->block, to = from + p->block;
    if (to > p->customers->n)
        to = p->customers->n;
    if (p->def->active == cnbd_active)
        cnbd_predict(p->params, p->customers, from, to, p->horizon, p->p_alive, p->p_active, p->expected);
    else if (p->def == &mixk_def)
        mixk_predict(p->params, p->customers, from, to, p->horizon, p->p_alive, p->p_active, p->expected);
    else if (p->def == &pnbd_def)
        pnbd_predict(p->params, p->customers, from, to, p->horizon, p->p_alive, p->p_active, p->expected);
    else
        predict_each(p, from, to);
}

enum stat_code model_predict(const struct model_params *params, const struct model_many *customers, double horizon,
                             unsigned threads, double *p_alive, double *p_active, double *expected) {
    struct prediction p = {.params = params,
                           .def = model_of(params->kind),
                           .customers = customers,
                           .block = params->kind == MODEL_PGGG ? PREDICT_BLOCK_SLOW : PREDICT_BLOCK,
                           .horizon = horizon,
                           .p_alive = p_alive,
                           .p_active = p_active,
                           .expected = expected};
    if (!p.def || !p.def->alive || p.def->check(params) != STAT_OK || !(horizon >= 0) || isinf(horizon))
        return STAT_DOMAIN;
    parallel_run(threads, (customers->n + p.block - 1) / p.block, predict_block, &p);
    return STAT_OK;
}

/* -- a range -- */

#define COUNT_MOST 0x1p52

/* How likely more than n purchases are. */
struct tail {
    const struct model_params *params;
    const struct cbs_customer *c;
    double horizon;
    double share[MIXK_PARTS];         /* mixk */
    const struct pggg_future *future; /* pggg */
};

static double tail_more(const struct tail *tail, double n) {
    if (tail->params->kind == MODEL_PGGG)
        return pggg_future_at_least(tail->future, tail->horizon, n + 1);
    if (tail->params->kind == MODEL_PNBD)
        return pnbd_at_least(tail->params, tail->c, tail->horizon, n + 1);
    if (tail->params->kind != MODEL_MIXK)
        return cnbd_at_least(tail->params, tail->c, tail->horizon, n + 1);
    double more = 0;
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        struct model_params part = mixk_part(tail->params, i);
        if (tail->share[i] > 0)
            more += tail->share[i] * cnbd_at_least(&part, tail->c, tail->horizon, n + 1);
    }
    return more;
}

/* The least n with at most `rest` beyond it. */
static double tail_quantile(const struct tail *tail, double rest) {
    if (tail_more(tail, 0) <= rest)
        return 0;
    double low = 0, high = 1;
    while (high < COUNT_MOST && tail_more(tail, high) > rest) {
        low = high;
        high *= 2;
    }
    while (high - low > 1) {
        double middle = floor(low + (high - low) / 2);
        if (tail_more(tail, middle) <= rest)
            high = middle;
        else
            low = middle;
    }
    return high;
}

enum stat_code model_interval(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                              double horizon, double share, double *low, double *high) {
    const struct model_def *def = model_of(params->kind);
    if (!def || !def->pmf || def->check(params) != STAT_OK || !(horizon >= 0) || isinf(horizon) ||
        !(share > 0 && share < 1))
        return STAT_DOMAIN;
    struct tail tail = {.params = params, .c = c, .horizon = horizon};
    struct arena_mark mark = arena_mark_get(arena);
    double rest = (1 - share) / 2;
    if (params->kind == MODEL_MIXK)
        mixk_posterior(params, c, tail.share);
    if (params->kind == MODEL_PGGG)
        tail.future = pggg_future_make(arena, params, c);
    double expected = def->expected(params, c, horizon);
    *low = fmin(tail_quantile(&tail, 1 - rest), floor(expected));
    *high = fmax(tail_quantile(&tail, rest), ceil(expected));
    arena_rewind(arena, mark);
    return STAT_OK;
}
