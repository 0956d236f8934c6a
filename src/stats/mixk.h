// SPDX-License-Identifier: Apache-2.0
/* mixk -- a finite mixture over regularity: each customer's gaps are Erlang-k with k one of 1, 2, 4, 8.
 *
 * Component k is MBG/CNBD-k with shared r, a, b and rate scale alpha / k, so that the mean gap does not depend on k; its
 * share is w_k. The likelihood keeps every term, (k-1) litt - x log (k-1)! too: without them components could not be
 * compared. docs/methods/mixk.md.
 *
 * In model_fit.covariance a weight stands for its multinomial logit log(w / w_largest): the row of the largest weight is
 * 0, and so are those of weights that are 0 (their se: INFINITY).
 */
#ifndef REATIVA_STATS_MIXK_H
#define REATIVA_STATS_MIXK_H

#include <stdbool.h>

#include "stats/model.h"

enum { MIXK_PARTS = 4 };
extern const int32_t mixk_k[MIXK_PARTS];
extern const struct model_def mixk_def;

/* What the mixture knows of one customer: computed once, asked for many horizons. Also of a customer of MBGNBD, and of
 * MBGCNBD whose k is one of mixk_k: they are the mixture with one part. */
struct mixk_customer {
    double r, alpha, a, b;
    double x, T, waited;       /* waited = T - t_x */
    double log_likelihood;     /* less the beta part, which all components have in common */
    double share[MIXK_PARTS];  /* how likely the customer is of the component */
    double alive[MIXK_PARTS];  /* P(alive) if it is */
    double scale[MIXK_PARTS];  /* alpha / k + T */
    double phases[MIXK_PARTS]; /* sum over the phases that its open gap may be in */
};
bool mixk_customer_can(const struct model_params *params);
void mixk_customer_make(const struct model_params *params, const struct cbs_customer *c, struct mixk_customer *out);
/* mixk_customer_active -- P(at least one purchase in (T, T + horizon]). */
double mixk_customer_active(const struct mixk_customer *customer, double horizon);
/* mixk_customer_within -- the same to 1e-13 of 1, small ones without their digits: for comparing with a level, many times. */
double mixk_customer_within(const struct mixk_customer *customer, double horizon);
double mixk_customer_alive(const struct mixk_customer *customer);
double mixk_customer_expected(const struct mixk_customer *customer, double horizon);
/* mixk_predict -- customers from .. to - 1 of many, as model_predict. */
void mixk_predict(const struct model_params *params, const struct model_many *customers, size_t from, size_t to,
                  double horizon, double *p_alive, double *p_active, double *expected);

/* mixk_posterior -- share[i]: how likely this customer is of component i. */
void mixk_posterior(const struct model_params *params, const struct cbs_customer *c, double share[MIXK_PARTS]);
/* mixk_part -- the parameters of component i, as MBGCNBD. */
struct model_params mixk_part(const struct model_params *params, size_t i);

#endif
