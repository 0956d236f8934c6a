// SPDX-License-Identifier: Apache-2.0
/* stack_parts -- what the files of the stack share. Private to stats/stack*.c.
 */
#ifndef REATIVA_STATS_STACK_PARTS_H
#define REATIVA_STATS_STACK_PARTS_H

#include "stats/stack.h"

/* -- levels: stack_level.c -- */

struct stack_levels {
    size_t n;
    double precision[STACK_ORIGINS_MOST * STACK_ORIGINS_MOST]; /* inverse of their prior covariance */
    double ahead[STACK_ORIGINS_MOST];                          /* the level foretold = sum of ahead[i] level[i] */
    double noise;                                              /* variance of what that cannot know */
};
/* stack_levels_make -- what the levels of windows of horizon_days that begin on day[n] say of the one that begins on as_of; first:
 * since when the company is known. false: not to be told, numbers out of all proportion. */
bool stack_levels_make(struct arena *arena, const int32_t *day, size_t n, int32_t as_of, int32_t horizon_days,
                       int32_t first, struct stack_levels *out);

/* -- regression: stack_fit.c -- */

struct stack_problem {
    const struct stack_origin *origin;
    size_t n;
    const struct stack *frame; /* centre, scale, low, high */
    double row_weight;         /* windows overlap: a row is worth less than a row */
    double penalty;
    double prior[FEATURES]; /* what the weights are pulled toward */
    double offset;
    const struct stack_levels *levels;
    unsigned threads;
};
struct stack_solution {
    double weight[FEATURES], level[STACK_ORIGINS_MOST];
    double of_weights[FEATURES * FEATURES];        /* covariance of the weights */
    double of_both[FEATURES * STACK_ORIGINS_MOST]; /* of weight and level */
    double of_levels[STACK_ORIGINS_MOST * STACK_ORIGINS_MOST];
};
bool stack_fit(struct arena *arena, const struct stack_problem *problem, struct stack_solution *out);

/* A raw feature in the frame: clipped, centred, scaled. */
double stack_framed(const struct stack *frame, size_t feature, double x);

#endif
