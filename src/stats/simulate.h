// SPDX-License-Identifier: Apache-2.0
/* simulate -- invented customers of a model: purchase times from the first purchase (time 0) on.
 */
#ifndef REATIVA_STATS_SIMULATE_H
#define REATIVA_STATS_SIMULATE_H

#include "stats/model.h"
#include "stats/random.h"

enum { SIMULATE_PURCHASES_MOST = 1000000 };

/* simulate_customer -- times of the repeat purchases in (0, until], ascending. One stream of `chance` a customer.
 * time[room]; *n the number found; STAT_DOMAIN when the parameters are none or more than room would be needed. */
enum stat_code simulate_customer(const struct model_params *params, struct random *chance, double until, double *time,
                                 size_t room, size_t *n);

#endif
