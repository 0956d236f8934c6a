// SPDX-License-Identifier: Apache-2.0
/* pggg -- Pareto/GGG: Pareto/NBD whose customers each buy with their own regularity k ~ Gamma(t, gamma).
 *
 * Gaps are Gamma(k, k lambda), lambda ~ Gamma(r, alpha); customers leave at a rate mu ~ Gamma(s, beta). docs/methods/pggg.md.
 */
#ifndef REATIVA_STATS_PGGG_H
#define REATIVA_STATS_PGGG_H

#include "stats/model.h"

extern const struct model_def pggg_def;

/* pggg_future -- one customer made ready to be asked for several numbers of purchases; lives in the arena. */
struct pggg_future;
struct pggg_future *pggg_future_make(struct arena *arena, const struct model_params *params,
                                     const struct cbs_customer *c);
/* P(at least n purchases in the horizon), n >= 1 a whole number; its cost does not grow with n. */
double pggg_future_at_least(const struct pggg_future *future, double horizon, double n);

#endif
