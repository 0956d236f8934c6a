// SPDX-License-Identifier: Apache-2.0
/* pnbd_rows -- the log-likelihood of all customers with gradient and Hessian, as the fit of Pareto/NBD needs it. */
#ifndef REATIVA_STATS_PNBD_ROWS_H
#define REATIVA_STATS_PNBD_ROWS_H

#include "stats/pnbd_parts.h"

struct pnbd_rows;

/* pnbd_rows_make -- O(rows); at most 128 B a distinct (group, x, T). */
struct pnbd_rows *pnbd_rows_make(struct arena *arena, const struct cbs *data, const struct model_covariates *covariates,
                                 unsigned threads);

/* The parameters of group g: at[4 + 2n] holds logarithms of r, alpha, s, beta, then rate[n], drop[n]. */
void pnbd_rows_group(const struct model_covariates *covariates, const double *at, size_t group, double *param);

/* pnbd_rows_value -- an optimise_function: owner is the pnbd_rows, value the NEGATIVE log-likelihood. hessian may be NULL. */
bool pnbd_rows_value(void *owner, const double *at, double *value, double *gradient, double *hessian);

#endif
