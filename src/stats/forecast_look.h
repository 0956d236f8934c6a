// SPDX-License-Identifier: Apache-2.0
/* forecast_look -- looking back: the company as it was known on days of the past, and what happened in the horizon after.
 *
 * Must not show a candidate anything after the day of a look: summaries and fits are as of that day; `happened` and
 * `count` are for the judge alone. Private to stats/forecast*.c.
 */
#ifndef REATIVA_STATS_FORECAST_LOOK_H
#define REATIVA_STATS_FORECAST_LOOK_H

#include "stats/forecast_parts.h"

enum { FORECAST_LOOKS_MOST = 3, FORECAST_SAMPLE = 20000, FORECAST_SAMPLE_FIT = 100000 };
/* Customers that a model is fitted on only to see what it would have said: its few parameters need no more. */
enum {
    FORECAST_FIT_FIRST = 1000,   /* Pareto/NBD, the dearest by far: to find its valley, */
    FORECAST_FIT_DEAREST = 1500, /* and its end */
    FORECAST_FIT_TRIAL = 3000,
    FORECAST_FIT_ORIGIN = 6000
};

/* Customers that are looked at: places in the company, ascending. */
struct forecast_sample {
    uint32_t *which;
    size_t n;
};
/* forecast_sample_make -- all who had bought by `day`, or about `most` of them by a hash of their place. */
bool forecast_look_takes(uint64_t seed, size_t place, double share); /* is this place among that share of all? */
struct forecast_sample forecast_sample_make(struct arena *arena, const struct forecast_company *company, int32_t day,
                                            size_t most, uint64_t seed);

/* Everybody of a sample who had bought by the end of that day. */
struct forecast_past {
    int32_t day;
    size_t n;
    uint32_t *which;
    double *x, *t_x, *T, *litt;
    uint8_t *happened; /* bought in the horizon after; NULL when there was no asking */
    double *count;
    size_t bought;
};
/* horizon_days 0: do not ask what happened. */
void forecast_past_make(struct arena *arena, const struct forecast_company *company,
                        const struct forecast_sample *sample, int32_t day, int32_t horizon_days,
                        struct forecast_past *out);
/* forecast_past_fit -- a model as it would have been fitted on that day, on about `most` of the customers. *fit is what was
 * found on an earlier day, to start from, or its kind is another; then it is the new one. */
enum stat_code forecast_past_fit(struct arena *arena, const struct forecast_past *past, enum model_kind kind,
                                 size_t most, unsigned threads, struct model_fit *fit);
/* forecast_past_say -- its chance of each [n], and unless NULL its expectation; STAT_DOMAIN when one is no chance. */
enum stat_code forecast_past_say(const struct forecast_past *past, const struct model_params *params, double days,
                                 unsigned threads, double *p, double *expected);

#endif
