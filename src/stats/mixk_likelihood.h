// SPDX-License-Identifier: Apache-2.0
/* mixk_likelihood -- minus the log-likelihood of the mixture over regularity, with gradient and Hessian; private to src/stats.
 *
 * Coordinates of the search: log r, log alpha, mu = logit of the mean of p, phi = log(a + b), then a mass for each component,
 * then the coefficients of covariates (rate, drop). Covariates add to log alpha and mu, so every customer's own coordinates
 * are linear in these. Masses need not sum to 1: the function adds customers x (their sum - 1), whose minimum over the
 * scale of the masses is where they do. So each mass has only one bound, 0, and may lie on it.
 */
#ifndef REATIVA_STATS_MIXK_LIKELIHOOD_H
#define REATIVA_STATS_MIXK_LIKELIHOOD_H

#include "stats/mixk.h"
#include "stats/optimise.h"

enum {
    MIXK_LOG_R = 0,
    MIXK_LOG_ALPHA,
    MIXK_MU,
    MIXK_PHI,
    MIXK_CORE, /* of one customer */
    MIXK_MASS = MIXK_CORE,
    MIXK_RATE = MIXK_MASS + MIXK_PARTS, /* then drop */
    MIXK_OWN = MIXK_RATE                /* coordinates that every row has */
};
enum { MIXK_PHASES = 15 }; /* 1 + 2 + 4 + 8 */
_Static_assert(MIXK_OWN + 2 * MODEL_COVARIATES <= OPTIMISE_MOST, "the search holds them all");

struct mixk_likelihood {
    const struct cbs *data;
    struct model_covariates covariates;
    size_t stride; /* every so many rows are looked at */
    unsigned threads;
    size_t n; /* coordinates */
    size_t rows, blocks;
    double customers; /* weight of the rows looked at */
    double *sums;     /* [blocks][1 + n + n * n] */
    const double *at;
    bool with_hessian;
};

/* mixk_likelihood_init -- data and covariates must live as long. */
void mixk_likelihood_init(struct arena *arena, const struct cbs *data, const struct model_covariates *covariates,
                          size_t stride, unsigned threads, struct mixk_likelihood *out);
/* mixk_likelihood_at -- an optimise_function; owner is the struct above. */
bool mixk_likelihood_at(void *owner, const double *at, double *value, double *gradient, double *hessian);

/* mixk_fit -- the table's fit. STAT_DOMAIN when data has repeaters and no litt (cbs_make with per_litt); STAT_TOO_FEW when nobody
 * bought again or there are fewer customers than parameters. */
enum stat_code mixk_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        struct model_fit *out);

#endif
