// SPDX-License-Identifier: Apache-2.0
/* feature -- one customer's history, as known at the end of a day, in plain numbers that a regression can weigh.
 *
 * Counts and times are on log scales, so that no outlier rules; windows are in proportion to the horizon that is asked
 * about. docs/methods/stack.md lists and explains them.
 */
#ifndef REATIVA_STATS_FEATURE_H
#define REATIVA_STATS_FEATURE_H

#include "stats/history.h"

enum feature {
    FEATURE_MODEL,          /* log odds of the model's chance of a purchase in the horizon */
    FEATURE_ALIVE,          /* log odds of its chance to be a customer still */
    FEATURE_RECENCY,        /* log of days silent / horizon */
    FEATURE_RECENCY_SQUARE, /* its square */
    FEATURE_SILENT_8,       /* log of days silent beyond log of so many; 0 before: a line that may bend there */
    FEATURE_SILENT_15,
    FEATURE_SILENT_30,
    FEATURE_SILENT_60,
    FEATURE_SILENT_120,
    FEATURE_SILENT_240,
    FEATURE_OVERDUE,    /* log of days silent / typical gap */
    FEATURE_OVERDUE_M2, /* bends at exp(-2), exp(-1), ... of a gap */
    FEATURE_OVERDUE_M1,
    FEATURE_OVERDUE_0,
    FEATURE_OVERDUE_P1,
    FEATURE_OVERDUE_P2,
    FEATURE_REPEATS, /* log(1 + x) */
    FEATURE_ONE,     /* 1: a single purchase */
    FEATURE_AGE,     /* log of days since the first purchase */
    FEATURE_LAST_THIRD,
    FEATURE_LAST_1, /* log(1 + purchases) in the last third, one, two, four horizons */
    FEATURE_LAST_2,
    FEATURE_LAST_4,
    FEATURE_GAP_1, /* log of the last gap, of the one before / typical gap; 0: none */
    FEATURE_GAP_2,
    FEATURE_SPREAD,          /* log of the sd of log gaps */
    FEATURE_OVERDUE_SPREAD,  /* overdue in such sds */
    FEATURE_RECENCY_REPEATS, /* recency x repeats */
    FEATURE_TYPICAL,         /* log of the typical gap */
    FEATURE_VALUE,           /* mean log of a purchase's value */
    FEATURE_VALUE_LAST,      /* the last one less that mean */
    FEATURE_VALUE_RECENT,    /* a mean that forgets, less that mean */
    FEATURE_FADING_6,        /* log of purchases that fade with age by exp(-days / (horizon / 6)), ... */
    FEATURE_FADING_3,
    FEATURE_FADING_1,
    FEATURE_FADING_X2,
    FEATURE_FADING_X4,
    FEATURE_FADING_X8,
    FEATURE_MONTHS_12, /* of the last 12, 6 months of 30 days: in how many did it buy? */
    FEATURE_MONTHS_6,
    FEATURE_BLOCK_0, /* 1: bought in the last horizon, the one before, ... */
    FEATURE_BLOCK_1,
    FEATURE_BLOCK_2,
    FEATURE_BLOCK_3,
    FEATURE_OWN_LONGER,  /* share of own gaps that were as long as this silence */
    FEATURE_OWN_RETURN,  /* log odds that one of those ended within the horizon */
    FEATURE_OWN_LONGEST, /* log of days silent / own longest gap */
    FEATURE_OVERDUE_REPEATS,
    FEATURE_LATE_REPEATS,
    FEATURE_MODEL_REPEATS,
    FEATURE_YEAR_BOUGHT, /* 1: bought in the same horizon one year earlier */
    FEATURE_YEAR_COUNT,  /* log(1 + purchases) in it */
    FEATURE_YEAR_BEFORE, /* and in the horizon before that */
    FEATURE_YEAR_KNOWN,  /* 1: was a customer by then */
    FEATURES
};

/* What is typical of the company's customers on that day: what own gaps are pulled toward. */
struct feature_company {
    int32_t horizon_days;
    double log_gap;  /* mean over customers of their mean log gap */
    double variance; /* of log gaps within a customer */
};
/* feature_company_learn -- customer[which[i]], i < n, as known on day. O(purchases). */
void feature_company_learn(const struct history *customer, const uint32_t *which, size_t n, int32_t day,
                           int32_t horizon_days, struct feature_company *out);

/* feature_make -- p_active, p_alive: the model's, of that day. The history must have a purchase by then.
 * out[FEATURES] finite. O(purchases). */
void feature_make(const struct feature_company *company, const struct history *h, int32_t day, double p_active,
                  double p_alive, double out[FEATURES]);

#endif
