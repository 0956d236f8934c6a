// SPDX-License-Identifier: Apache-2.0
/* next_purchase -- when will this customer buy again: the distribution of the wait, of one customer.
 *
 * Any model gives P(at least one purchase in t); as a function of t that is the distribution of the wait, with a gap at
 * the end for those who never return. Three things are done to it here: time may run by the company's season, the levels
 * are mapped by what the company's own past taught (next_purchase_levels), and quantiles are taken among those who return
 * within NEXT_PURCHASE_LIMIT_DAYS. docs/methods/next_purchase.md.
 */
#ifndef REATIVA_STATS_NEXT_PURCHASE_H
#define REATIVA_STATS_NEXT_PURCHASE_H

#include "base/arena.h"
#include "stats/mixk.h"
#include "stats/model.h"
#include "stats/season.h"

enum { NEXT_PURCHASE_LIMIT_DAYS = 730 };
/* A return within the limit less likely than this names no day. */
#define NEXT_PURCHASE_RETURN_LEAST 0.2
/* An interval longer than this says nothing that a calendar does not. */
enum { NEXT_PURCHASE_WIDTH_MOST_DAYS = 548 };

/* -- levels: a monotone map of the model's levels, learnt one horizon earlier -- */

enum { NEXT_PURCHASE_KNOTS = 8, NEXT_PURCHASE_RETURNS_LEAST = 100 };
/* to[i] is what the level (i + 1) / (NEXT_PURCHASE_KNOTS + 1) of the model is worth; 0 and 1 stay; straight between.
 * Few numbers, so that it can be kept as text. */
struct next_purchase_levels {
    double to[NEXT_PURCHASE_KNOTS];
};
struct next_purchase_levels next_purchase_levels_same(void); /* the map that changes nothing */
double next_purchase_levels_map(const struct next_purchase_levels *levels, double level);   /* of the model to worth */
double next_purchase_levels_unmap(const struct next_purchase_levels *levels, double worth); /* and back */
/* next_purchase_levels_learn -- from a cut in the past: of each customer known then, its wait made with levels NULL,
 *   returned[i] = 1: level[i] = next_purchase_level on the day of its first return within the horizon;
 *   returned[i] = 0: level[i] = 1 - next_purchase_none_within the horizon.
 * returns   STAT_TOO_FEW when fewer than NEXT_PURCHASE_RETURNS_LEAST returned, STAT_DOMAIN a level outside 0 .. 1 (out: same)
 * cost      O(n) a round, some tens of rounds */
enum stat_code next_purchase_levels_learn(const double *level, const uint8_t *returned, size_t n,
                                          struct next_purchase_levels *out);

/* -- the wait of one customer -- */

/* All that the distribution needs, computed once; to be made by next_purchase_wait only. */
struct next_purchase_wait {
    struct model_params params;
    struct cbs_customer customer;
    const struct season *season; /* lives as long as the wait */
    struct next_purchase_levels levels;
    int32_t as_of;
    double clock; /* season_time of as_of */
    bool mixed;   /* the customer is in mixk: the fast way */
    struct mixk_customer mixk;
};
/* next_purchase_wait -- params of this very customer (its segment's: next_purchase_pool_params), c in the time that params were
 * fitted in (season_summary), season NULL: none, levels NULL: same; as_of in days since 1970-01-01. */
void next_purchase_wait(const struct model_params *params, const struct cbs_customer *c, const struct season *season,
                        int32_t as_of, const struct next_purchase_levels *levels, struct next_purchase_wait *out);
/* next_purchase_none_within -- P(no purchase in the next `days`); 1 for days <= 0. */
double next_purchase_none_within(const struct next_purchase_wait *wait, int32_t days);
/* next_purchase_level -- P(a purchase within `days`) of the model, before the levels are mapped, at the middle of the last
 * day: the level of a customer that returned on that day. */
double next_purchase_level(const struct next_purchase_wait *wait, int32_t days);

enum next_purchase_code {
    NEXT_PURCHASE_SAID = 0,
    NEXT_PURCHASE_UNLIKELY, /* a return is too unlikely to name a day */
    NEXT_PURCHASE_VAGUE     /* the interval would be longer than NEXT_PURCHASE_WIDTH_MOST_DAYS */
};
struct next_purchase {
    enum next_purchase_code code;
    double p_return;      /* within the limit; always there */
    int32_t from, on, to; /* days since 1970-01-01, as_of < from <= on <= to; the 10, 50 and 90 % of those who return
                                 within the limit; 0 unless SAID */
};
/* next_purchase_find -- O(20) evaluations of the distribution. limit_days 0: NEXT_PURCHASE_LIMIT_DAYS. */
void next_purchase_find(const struct next_purchase_wait *wait, int32_t limit_days, struct next_purchase *out);

/* -- pooling: each segment has its own rate as far as it can prove it -- */

struct next_purchase_pool {
    struct model_fit company; /* params: of who belongs to no segment; rate[0], drop[0]: what an offset of 1 does */
    double spread;            /* sd of log rate between segments; 0: they do not differ */
    uint32_t segments;
    double *
        offset; /* [segments + 1] of log rate, the covariate of a segment; 0 for segment 0 and, when spread is 0, for all */
};
/* next_purchase_pool_learn -- fits `kind` to data (group = segment 0 .. segments; NULL: none), finds how far the segments differ, pulls each
 * one toward the company as far as its customers are few, and fits again with these offsets as a covariate on the rate.
 * returns   as the model's fit */
enum stat_code next_purchase_pool_learn(struct arena *arena, const struct cbs *data, uint32_t segments,
                                        enum model_kind kind, const struct model_fit_options *options,
                                        struct next_purchase_pool *out);
struct model_params next_purchase_pool_params(const struct next_purchase_pool *pool, uint32_t segment);

#endif
