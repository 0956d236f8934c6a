// SPDX-License-Identifier: Apache-2.0
/* logistic -- ridge logistic regression by Newton's method.
 *
 * Minimises sum_i weight_i * -log p(y_i) + penalty / 2 * sum_{j >= 1} beta_j^2; column 0 is the constant and is not
 * penalised. Columns are taken as they come: scale them before.
 */
#ifndef REATIVA_STATS_LOGISTIC_H
#define REATIVA_STATS_LOGISTIC_H

#include "base/arena.h"
#include "stats/stat.h"

struct logistic_data {
    size_t n, columns; /* columns <= OPTIMISE_MOST, column 0 all ones */
    const double *x;   /* [n][columns] */
    const uint8_t *y;
    const double *weight; /* NULL: 1 */
};
struct logistic_fit {
    double *beta;       /* [columns] */
    double *covariance; /* [columns * columns], inverse of the penalised Hessian */
    double loglik;      /* without the penalty */
    int iterations;
};
/* returns STAT_TOO_FEW when y is all 0 or all 1 (rows of weight 0 left out); STAT_DOMAIN when a value is not finite, a weight or the
 * penalty negative, or there is no minimum (penalty 0 and columns that depend on each other or part the classes).
 * O(n columns^2) a step. The same bits for any number of threads. */
enum stat_code logistic_fit(struct arena *arena, const struct logistic_data *data, double penalty, unsigned threads,
                            struct logistic_fit *out);

#endif
