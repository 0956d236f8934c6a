// SPDX-License-Identifier: Apache-2.0
/* pnbd -- Pareto/NBD: purchases at a Gamma(r, alpha) rate until an unseen death at a Gamma(s, beta) rate. */
#ifndef REATIVA_STATS_PNBD_H
#define REATIVA_STATS_PNBD_H

#include "stats/model.h"

extern const struct model_def pnbd_def;

/* pnbd_residual -- E(purchases of all the future, discounted at `rate` a unit of time, continuously), rate > 0. */
double pnbd_residual(const struct model_params *params, const struct cbs_customer *c, double rate);

/* pnbd_at_least -- P(at least n purchases in the horizon), n >= 1 a whole number; its cost does not grow with n. */
double pnbd_at_least(const struct model_params *params, const struct cbs_customer *c, double horizon, double n);

/* pnbd_predict -- of customers from .. to - 1, each array [n] or NULL; the same bits as one by one. */
void pnbd_predict(const struct model_params *params, const struct model_many *customers, size_t from, size_t to,
                  double horizon, double *p_alive, double *p_active, double *expected);

#endif
