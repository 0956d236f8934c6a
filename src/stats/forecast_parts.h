// SPDX-License-Identifier: Apache-2.0
/* forecast_parts -- what a forecast is made of. Private to stats/forecast*.c.
 */
#ifndef REATIVA_STATS_FORECAST_PARTS_H
#define REATIVA_STATS_FORECAST_PARTS_H

#include "stats/forecast.h"
#include "stats/forecast_cycle.h"
#include "stats/next_purchase.h"
#include "stats/stack.h"

/* -- how far a chance is to be trusted: forecast_trust.c -- */

enum { FORECAST_TRUST_BINS = 6 };
/* Seen out of time: at chances around at[i] (log odds) the share that bought was off by shift[i], known to +- noise[i] (one
 * standard deviation); a whole cut was off by about `level`. All on the scale of log odds; bins ascending. */
struct forecast_trust {
    int32_t bins;
    double at[FORECAST_TRUST_BINS], shift[FORECAST_TRUST_BINS], noise[FORECAST_TRUST_BINS];
    double level;
};
/* One look back: what was said of n customers and what they did. */
struct forecast_look {
    size_t n;
    const double *p;
    const uint8_t *happened;
};
/* forecast_trust_learn -- from looks[n]; n = 0 gives a wide faith. */
void forecast_trust_learn(struct arena *arena, const struct forecast_look *look, size_t n, struct forecast_trust *out);
/* forecast_look_level -- by how much all log odds of a look must move so that as many were foretold as came. */
double forecast_look_level(const struct forecast_look *look);
/* forecast_look_shape -- the mean log score when each look's level is put right: how well customers are told apart, with all
 * that is known of them but how the company's year would go. */
double forecast_look_shape(const struct forecast_look *look, size_t n);
/* forecast_trust_range -- the 80 % range around p; noise: what else is unknown of this customer (sd of log odds). */
void forecast_trust_range(const struct forecast_trust *trust, double p, double noise, double *low, double *high);

double forecast_log_odds(double p); /* p cut at 1e-9 from 0 and 1 */
double forecast_chance(double log_odds);

/* -- what a purchase is worth: forecast_value.c -- */

struct forecast_value {
    bool known;                 /* somebody paid something */
    struct model_params params; /* kind MODEL_NONE: no Gamma-Gamma; then a mean pulled to that of all */
    double mean_cents;          /* of the customers' mean purchases */
};
void forecast_value_learn(struct arena *arena, const struct history *customer, const uint32_t *which, size_t n,
                          int32_t as_of, unsigned threads, struct forecast_value *out, uint32_t *warnings);
double forecast_value_cents(const struct forecast_value *value, const struct history *h, size_t known);

/* -- what the stack looks through: forecast_stack.c -- */

struct forecast_origin {
    struct model_params plain, regular; /* as fitted on that day */
    struct forecast_cycle cycle;
    struct feature_company company;
};

/* -- the whole -- */

struct forecast_model {
    enum forecast_method method;
    int32_t as_of, horizon_days;
    struct forecast_cycle cycle;
    struct model_params base; /* of the method that is one model */
    struct stack *stack;      /* STACK only, as what it looks through: */
    struct forecast_origin origin;
    bool counts; /* the model of numbers and waits could be fitted */
    uint32_t segments;
    struct model_params *count; /* [segments + 1] */
    struct next_purchase_levels levels;
    bool seasonal;
    struct season season; /* time of the waits */
    struct forecast_trust trust;
    struct forecast_value value;
};

/* MODEL_NONE for those that are no single model. */
enum model_kind forecast_kind(enum forecast_method method);

struct forecast_said {
    double p;     /* of a purchase in the horizon */
    double usual; /* the same at the company's usual level: no season, no crisis */
    double noise; /* sd of its log odds, as far as it is of this customer */
};
/* forecast_say -- the chance by the method itself. */
struct forecast_said forecast_say(const struct forecast_model *model, const struct history *h,
                                  const struct cbs_customer *c, int64_t cycle_e4);

#endif
