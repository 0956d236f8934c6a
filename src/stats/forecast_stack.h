// SPDX-License-Identifier: Apache-2.0
/* forecast_stack -- the company's past as training data of the stack: origins a third of a horizon apart, each with the model
 * as it would have been fitted then. Private to stats/forecast*.c.
 */
#ifndef REATIVA_STATS_FORECAST_STACK_H
#define REATIVA_STATS_FORECAST_STACK_H

#include "stats/forecast_look.h"
#include "stats/stack.h"

enum { FORECAST_STACK_ROWS = 40000 };
/* The model that is put right, and the one that knows of regular buying. docs/methods/stack.md. */
#define FORECAST_STACK_PLAIN MODEL_MBGNBD
#define FORECAST_STACK_REGULAR MODEL_MIXK

struct forecast_origins {
    size_t n; /* the newest first */
    struct stack_origin row[STACK_ORIGINS_MOST];
    struct forecast_origin origin[STACK_ORIGINS_MOST];
    int32_t horizon_days, first;
};

/* forecast_origin_make -- the models as of past->day, fitted on all of its customers. */
enum stat_code forecast_origin_make(struct arena *arena, const struct forecast_company *company,
                                    const struct forecast_past *past, int32_t horizon_days, unsigned threads,
                                    struct forecast_origin *out);
/* forecast_origins_step -- days between origins. */
int32_t forecast_origins_step(int32_t horizon_days);
/* forecast_origins_make -- from one horizon before `until` back to where too little was known. n may be 0. */
void forecast_origins_make(struct arena *arena, const struct forecast_company *company,
                           const struct forecast_sample *sample, int32_t first, int32_t until, int32_t horizon_days,
                           unsigned threads, uint64_t seed, struct forecast_origins *out);
/* forecast_origins_train -- the stack as it would have been trained on `day`. */
enum stat_code forecast_origins_train(struct arena *arena, const struct forecast_origins *origins, int32_t day,
                                      unsigned threads, struct stack *out);
/* forecast_origins_say -- what it would have said of everybody then; day must be an origin's. false: it is none. */
bool forecast_origins_say(const struct forecast_origins *origins, const struct stack *stack,
                          const struct forecast_company *company, const struct forecast_past *past, unsigned threads,
                          double *p, double *expected);

/* forecast_stack_log_odds -- of one customer: its features by the models as of day, and the stack's word on them. */
double forecast_stack_log_odds(const struct stack *stack, const struct forecast_origin *origin, const struct history *h,
                               const struct cbs_customer *c, int32_t day, double *usual, double *noise);

#endif
