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
/* Name, parameters and check; what speaks of time is NULL. */
extern const struct model_def gammagamma_def;
/* gammagamma_check -- STAT_DOMAIN unless p and q are within 1e-8 .. 1e8 and gamma, an amount of money, within 1e-15 .. 1e25. */
enum stat_code gammagamma_check(const struct model_params *params);
/* gammagamma_fit -- customers with x < 1 or mean <= 0 (or no number) are left out and counted in *left_out. STAT_TOO_FEW: under 4 remain. */
enum stat_code gammagamma_fit(struct arena *arena, const struct gammagamma_customer *c, size_t n, unsigned threads,
                              int64_t *left_out, struct model_fit *out);
/* gammagamma_expected -- E(value of a purchase | x, mean); x = 0 or mean <= 0: the population's mean. INFINITY when it has none
 * (p x + q <= 1). */
double gammagamma_expected(const struct model_params *params, const struct gammagamma_customer *c);
double gammagamma_loglik(const struct model_params *params, const struct gammagamma_customer *c);
/* gammagamma_interval -- where the customer's own mean value of a purchase lies with probability `share` (half of the rest on
 * each side), given the parameters; x = 0 or mean <= 0: of a customer nothing is known of. STAT_DOMAIN: parameters, or share not in (0, 1). */
enum stat_code gammagamma_interval(const struct model_params *params, const struct gammagamma_customer *c, double share,
                                   double *low, double *high);

#endif
