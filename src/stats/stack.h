// SPDX-License-Identifier: Apache-2.0
/* stack -- a model's chance put right by what the company's own past shows that it overlooks.
 *
 * A ridge logistic regression on the model's log odds and plain features of the history, trained on customers as they
 * were known on several days of the past (origins) and on whether they bought in the horizon after. It is pulled toward
 * the model itself: with little data, or where the features add nothing, it says what the model says. The level of
 * each origin (a season, a crisis) is an effect of its own, and the level of the future is foretold from theirs.
 * docs/methods/stack.md.
 */
#ifndef REATIVA_STATS_STACK_H
#define REATIVA_STATS_STACK_H

#include "base/arena.h"
#include "stats/feature.h"
#include "stats/stat.h"

enum { STACK_ORIGINS_MOST = 24, STACK_CELLS = (FEATURES + 1) * (FEATURES + 2) / 2 };

/* Customers as known on one day, and what they did. */
struct stack_origin {
    int32_t day;
    size_t n;
    const double *x;  /* [n][FEATURES] */
    const uint8_t *y; /* [n] bought in the horizon after */
};

/* Plain numbers, so that it can be kept as text. */
struct stack {
    double centre[FEATURES], scale[FEATURES]; /* scale 0: the feature never varied and is left out */
    double low[FEATURES], high[FEATURES];     /* a value outside what was seen counts as its edge */
    double weight[FEATURES];
    double constant; /* log odds of a customer average in all, at the level foretold */
    double unseen;   /* variance of what the future may bring to that level */
    double usual;    /* what `constant` would be at the company's usual level */
    /* Of (weight, level), lower triangle by rows: what the rows leave open, not what the future may bring to the level. */
    double covariance[STACK_CELLS];
};

/* stack_train -- origins[n] the newest first, n >= 1, first < day, day + horizon_days <= as_of each; first: the company's first day.
 * returns   STAT_TOO_FEW when hardly anybody bought, or hardly anybody did not
 * cost      O(rows FEATURES^2) a step, some six steps; rows are not copied */
enum stat_code stack_train(struct arena *arena, const struct stack_origin *origin, size_t n, int32_t first,
                           int32_t as_of, int32_t horizon_days, unsigned threads, struct stack *out);

/* stack_log_odds -- of a purchase in the horizon; *usual, unless NULL, the same at the usual level; *noise, unless NULL, its
 * standard deviation. Pure. */
double stack_log_odds(const struct stack *stack, const double x[FEATURES], double *usual, double *noise);

#endif
