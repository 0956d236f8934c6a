// SPDX-License-Identifier: Apache-2.0
/* random -- numbers from a seed: the same stream on every machine, one stream a customer or chain.
 *
 * xoshiro256++ (Blackman, Vigna 2019) seeded through SplitMix64. Streams (seed, number) are independent, so work can be
 * split over threads without changing a bit.
 */
#ifndef REATIVA_STATS_RANDOM_H
#define REATIVA_STATS_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t s[4];
};

void random_seed(struct random *r, uint64_t seed, uint64_t stream);
uint64_t random_next(struct random *r);
double random_unit(struct random *r);        /* in (0, 1), never 0 or 1 */
double random_normal(struct random *r);      /* mean 0, sd 1 */
double random_exponential(struct random *r); /* mean 1 */
double random_gamma(struct random *r,
                    double shape); /* scale 1; shape > 0, small shapes too (may round to 0: use log) */
double random_log_gamma(struct random *r, double shape); /* log of such a number, also where it is under 1e-300 */
double random_beta(struct random *r, double a, double b);
int64_t random_poisson(struct random *r, double mean);

#endif
