// SPDX-License-Identifier: Apache-2.0
/* forecast_cycle -- the plain cycle rule as a chance: how often do customers come back who are this late for their cycle?
 *
 * Time since the last purchase is counted in the customer's own cycles. Of all gaps of the company, open ones included up
 * to the day they are known to, each stretch of that time gets its rate: returns by cycles waited. What has not been seen
 * is what a customer of average faith would do (rate 1 / (1 + cycles waited)), worth a few returns. One-time buyers have
 * rates of their own: their cycle is that of others. Private to stats/forecast*.c. docs/methods/forecast.md.
 */
#ifndef REATIVA_STATS_FORECAST_CYCLE_H
#define REATIVA_STATS_FORECAST_CYCLE_H

#include "base/arena.h"
#include "stats/history.h"

enum { FORECAST_CYCLE_CELLS = 18 };

struct forecast_cycle {
    double rate[2][FORECAST_CYCLE_CELLS]; /* [0] one-time buyers, [1] the others; returns per cycle waited */
    double pace;                          /* purchases per cycle, over all customers and all of their time */
    uint32_t segments;
    int32_t *prior_days; /* [segments + 1], [0] the company: the gap of who has none */
};

/* forecast_cycle_learn -- from customer[which[i]], i < n, as known on as_of. O(purchases). */
void forecast_cycle_learn(struct arena *arena, const struct history *customer, const uint32_t *which, size_t n,
                          uint32_t segments, int32_t as_of, struct forecast_cycle *out);
/* forecast_cycle_e4 -- the cycle by these priors, as docs/methods/cycle.md. n = purchases known, >= 1. */
int64_t forecast_cycle_e4(const struct forecast_cycle *cycle, const struct history *h, size_t n);
/* forecast_cycle_none -- P(no purchase within `days` | silent for `silent` days). x: repeat purchases. */
double forecast_cycle_none(const struct forecast_cycle *cycle, double x, double cycle_days, double silent, double days);
/* forecast_cycle_expected -- E(purchases within `days`). */
double forecast_cycle_expected(const struct forecast_cycle *cycle, double x, double cycle_days, double silent,
                               double days);

#endif
