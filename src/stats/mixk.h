// SPDX-License-Identifier: Apache-2.0
/* mixk -- a finite mixture over regularity: each customer's gaps are Erlang-k with k one of 1, 2, 4, 8.
 *
 * Component k is MBG/CNBD-k with shared r, a, b and rate scale alpha / k, so that the mean gap does not depend on k; its
 * share is w_k. docs/methods/mixk.md. The weights are fitted as multinomial logits against w1.
 */
#ifndef REATIVA_STATS_MIXK_H
#define REATIVA_STATS_MIXK_H

#include "stats/model.h"

enum { MIXK_PARTS = 4 };
extern const int32_t mixk_k[MIXK_PARTS];

/* mixk_posterior -- share[i]: how likely this customer is of component i. */
void mixk_posterior(const struct model_params *params, const struct cbs_customer *c, double share[MIXK_PARTS]);
/* mixk_part -- the parameters of component i, as MBGCNBD. */
struct model_params mixk_part(const struct model_params *params, size_t i);

#endif
