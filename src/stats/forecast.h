// SPDX-License-Identifier: Apache-2.0
/* forecast -- what a company can say of each of its customers: chance of a purchase, next day, number, value.
 *
 * forecast_learn looks at the company's own past: it fits the models as they would have been fitted one and more
 * horizons ago, sees which foretold best who bought, fits that one on all that is known now and keeps with it how
 * far to trust it. forecast_customer is then a function of that and of one customer's history alone, so that one
 * customer scored later gives the same bits as all together.
 */
#ifndef REATIVA_STATS_FORECAST_H
#define REATIVA_STATS_FORECAST_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/str.h"
#include "stats/history.h"
#include "stats/measure.h"
#include "stats/model.h"

enum { FORECAST_HORIZON_DAYS = 90, FORECAST_YEAR_DAYS = 365 };

/* What can be chosen. The order is that of preference among equals. */
enum forecast_method {
    FORECAST_NONE = 0, /* nothing: no purchases to learn from */
    FORECAST_CYCLE,    /* the plain cycle rule: history too short for more */
    FORECAST_NBD,
    FORECAST_BGNBD,
    FORECAST_MBGNBD,
    FORECAST_MBGCNBD,
    FORECAST_MIXK,
    FORECAST_PNBD,
    FORECAST_STACK,
    FORECAST_METHODS
};
const char *forecast_method_name(enum forecast_method method); /* "cycle", "mixk", ... */
bool forecast_method_parse(struct str name, enum forecast_method *out);

struct forecast_company {
    const struct history *customer;
    size_t n;
    uint32_t segments; /* histories name 0 .. segments */
    struct day as_of;
};

struct forecast_wish {
    bool automatic;              /* choose; else: */
    enum forecast_method method; /* this one, or STAT_TOO_FEW */
    int32_t horizon_days;        /* 0: FORECAST_HORIZON_DAYS */
    unsigned threads;
    uint64_t seed; /* of the sample when there are more customers than are looked at */
};

/* What was found while choosing; for `score`, `backtest` and the pages. */
struct forecast_trial {
    enum forecast_method method;
    bool tried;
    struct measure measure; /* out of time, all origins together */
    double shape; /* its log score with the level of each origin put right: how well customers are told apart */
};
struct forecast_report {
    enum forecast_method chosen;
    struct forecast_trial trial[FORECAST_METHODS];
    int64_t customers, purchases;
    struct day first_day;
    struct day
        enough_on; /* chosen CYCLE because history is short: models can be tried from this day on; DAY_NONE: not for that reason, or not a matter of days alone */
    int origins;   /* cuts that were looked back to */
    uint32_t warnings; /* enum model_warning */
    bool
        season; /* numbers and waits run by the company's season: it has one, and it would have helped at the looks back */
};

struct forecast_model; /* all that forecast_customer needs; lives in the arena */

enum stat_code forecast_learn(struct arena *arena, const struct forecast_company *company,
                              const struct forecast_wish *wish, struct forecast_model **out,
                              struct forecast_report *report);

/* One customer. Numbers that cannot be had are STAT_NONE, days DAY_NONE. */
struct forecast {
    enum forecast_method method;
    int64_t p_active_e4, p_active_low_e4,
        p_active_high_e4;                   /* at least one purchase in the next 90 days; low <= p <= high */
    int64_t p_alive_e4;                     /* never of a model by which one purchase means alive for ever */
    struct day next_on, next_from, next_to; /* 80 %; none when another purchase is too unlikely to name a day */
    int64_t expected_90d_e4;                /* purchases */
    int64_t expected_value_365d_cents;
};
/* history up to as_of of the model; the caller's days after it are not looked at. cycle_e4 as the fold has it (STAT_NONE: none). Pure; O(history). */
void forecast_customer(const struct forecast_model *model, const struct history *history, int64_t cycle_e4,
                       struct forecast *out);
/* forecast_none_within -- P(no purchase in the next t days), 0 when t <= 0. */
double forecast_none_within(const struct forecast_model *model, const struct history *history, int64_t cycle_e4,
                            int32_t days);
enum forecast_method forecast_model_method(const struct forecast_model *model);

/* forecast_write, forecast_read -- to text (one line, letters, digits and blanks) and back without losing a bit, so that it can be kept. */
void forecast_write(const struct forecast_model *model, struct buf *to);
enum stat_code forecast_read(struct arena *arena, struct str text, struct forecast_model **out);

#endif
