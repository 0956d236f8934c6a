// SPDX-License-Identifier: Apache-2.0
/* gammagamma -- the value of a purchase: Gamma with a rate that differs between customers (Fader, Hardie 2013).
 */
#ifndef REATIVA_STATS_GAMMAGAMMA_H
#define REATIVA_STATS_GAMMAGAMMA_H

#include "stats/model.h"

struct gammagamma_customer {
    double x;    /* purchases that the mean is of, >= 1 */
    double mean; /* > 0 */
};
/* gammagamma_fit -- customers with x < 1 or mean <= 0 are left out and counted in *left_out. STAT_TOO_FEW: under 4 remain. */
enum stat_code gammagamma_fit(struct arena *arena, const struct gammagamma_customer *c, size_t n, unsigned threads,
                              int64_t *left_out, struct model_fit *out);
/* gammagamma_expected -- E(value of a purchase | x, mean); x = 0: the population's mean. INFINITY when it has none (q <= 1 and x = 0). */
double gammagamma_expected(const struct model_params *params, const struct gammagamma_customer *c);
double gammagamma_loglik(const struct model_params *params, const struct gammagamma_customer *c);

#endif
