// SPDX-License-Identifier: Apache-2.0
/* pggg_chain -- Markov chains over the six parameters of Pareto/GGG, and whether to believe them.
 */
#ifndef REATIVA_STATS_PGGG_CHAIN_H
#define REATIVA_STATS_PGGG_CHAIN_H

#include "stats/pggg_parts.h"

/* The log of a density of the logs of the parameters; scratch is the chain's own. */
typedef double pggg_density(const void *owner, const double *log_v, double *scratch);

struct pggg_sampling {
    pggg_density *density;
    const void *owner;
    size_t scratch;       /* doubles a chain */
    const double *mean;   /* [6] where the density peaks, */
    const double *spread; /* [6][6] and the covariance there */
    uint64_t seed;
    size_t chains, draws, burn, thin;
    unsigned threads;
};

/* draw[chains][draws][6]; false: the covariance is none. Chain c draws from stream c of the seed, so threads do not matter. */
bool pggg_sample(struct arena *arena, const struct pggg_sampling *sampling, double *draw);

/* R-hat and effective size of parameter p: split chains, on ranks; the worse of location and spread for R-hat. */
void pggg_diagnose(struct arena *arena, const double *draw, size_t chains, size_t draws, size_t p, double *r_hat,
                   double *effective);

#endif
