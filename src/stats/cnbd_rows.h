// SPDX-License-Identifier: Apache-2.0
/* cnbd_rows -- minus the log-likelihood of all customers, with gradient and Hessian; private to cnbd*.c.
 *
 * Coordinates of the search: log r; log alpha - log r (of the mean time a phase takes); logit of the mean of p; log(a + b);
 * then the coefficients of covariates on the rate, then on leaving. Without leaving there are the first two and the rate's. They
 * are nearly uncorrelated, every boundary is one of them running off, and covariates are linear in them.
 */
#ifndef REATIVA_STATS_CNBD_ROWS_H
#define REATIVA_STATS_CNBD_ROWS_H

#include <stdint.h>

#include "base/arena.h"
#include "stats/cnbd.h"

enum { CNBD_LOG_R = 0, CNBD_LOG_TIME, CNBD_LOGIT_P, CNBD_LOG_SIZE, CNBD_CORE };

struct cnbd_time {
    double log;   /* log1p(time / alpha) */
    double share; /* time / (alpha + time) */
};

struct cnbd_rows {
    const struct cbs *data;
    const struct model_covariates *covariates; /* n = 0: none */
    unsigned threads;
    size_t blocks;
    uint32_t *t_x_at, *T_at; /* [rows] places in time[] */
    size_t times;            /* distinct ones of each group */
    double *time;
    uint32_t *time_group;    /* NULL: one group */
    struct cnbd_time *table; /* [times] */
    double *sums;            /* [blocks][1 + n + n * n] */
    /* of the question being answered */
    enum cnbd_leaving leaving;
    int32_t k;
    size_t n; /* coordinates */
    const double *at;
};

/* cnbd_rows_make -- data and covariates must live as long. cost: 56 B a row at most, 40 with few distinct times. */
void cnbd_rows_make(struct arena *arena, const struct cbs *data, const struct model_covariates *covariates,
                    unsigned threads, struct cnbd_rows *out);
/* cnbd_rows_ask -- what the next evaluations are of; returns the number of coordinates. */
size_t cnbd_rows_ask(struct cnbd_rows *rows, enum cnbd_leaving leaving, int32_t k);
/* cnbd_rows_at -- an optimise_function; owner is the struct above. (k - 1) litt - x log (k - 1)! is left out. */
bool cnbd_rows_at(void *owner, const double *at, double *value, double *gradient, double *hessian);

/* One customer group's own alpha, a, b at a point. */
struct cnbd cnbd_rows_model(const struct cnbd_rows *rows, const double *at, size_t group);

#endif
