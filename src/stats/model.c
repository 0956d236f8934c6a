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
#include "stats/mixk.h"
#include "stats/pnbd.h"

static const struct model_def *const table[] = {
    &nbd_def, &bgnbd_def, &mbgnbd_def, &bgcnbd_def, &mbgcnbd_def, &mixk_def, &pnbd_def,
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
        /* The odds a : b times e^drop, a + b as it was. */
        double a = params.v[LEAVE_FIRST], b = params.v[LEAVE_SECOND], odds = a / b * exp(drop);
        params.v[LEAVE_FIRST] = bounded((a + b) * (odds / (1 + odds)));
        params.v[LEAVE_SECOND] = bounded((a + b) / (1 + odds));
    }
    return params;
}

/* -- many customers -- */

enum { PREDICT_BLOCK = 32768 };

struct prediction {
    const struct model_params *params;
    const struct model_def *def;
    const struct model_many *customers;
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
    size_t from = block * PREDICT_BLOCK, to = from + PREDICT_BLOCK;
    if (to > p->customers->n)
        to = p->customers->n;
    if (p->def->active == cnbd_active)
        cnbd_predict(p->params, p->customers, from, to, p->horizon, p->p_alive, p->p_active, p->expected);
    else
        predict_each(p, from, to);
}

enum stat_code model_predict(const struct model_params *params, const struct model_many *customers, double horizon,
                             unsigned threads, double *p_alive, double *p_active, double *expected) {
    struct prediction p = {params, model_of(params->kind), customers, horizon, p_alive, p_active, expected};
    if (!p.def || !p.def->alive || p.def->check(params) != STAT_OK || !(horizon >= 0))
        return STAT_DOMAIN;
    parallel_run(threads, (customers->n + PREDICT_BLOCK - 1) / PREDICT_BLOCK, predict_block, &p);
    return STAT_OK;
}
