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
    FEATURE_MODEL,      /* log odds of the model's chance of a purchase in the horizon */
    FEATURE_ALIVE,      /* log odds of its chance to be a customer still */
    FEATURE_REGULAR,    /* by how much a model that knows of regular buying is above it, in log odds */
    FEATURE_CYCLE,      /* by how much the plain cycle rule is above it, in log odds */
    FEATURE_RECENCY,    /* log of days silent / horizon */
    FEATURE_OVERDUE,    /* log of days silent / typical gap: own gaps, pulled toward the company's */
    FEATURE_OVERDUE_M1, /* how far that is beyond -1, 0, 1; else 0: a line that may bend there */
    FEATURE_OVERDUE_0,
    FEATURE_OVERDUE_P1,
    FEATURE_REPEATS,         /* log(1 + x) */
    FEATURE_ONE,             /* 1: a single purchase */
    FEATURE_MODEL_REPEATS,   /* the model's log odds x repeats */
    FEATURE_OVERDUE_REPEATS, /* overdue x repeats */
    FEATURE_LATE_REPEATS,    /* the part of overdue above 0 x repeats */
    FEATURE_LAST_GAP,        /* log of the last gap / typical gap; 0: none */
    FEATURE_OWN_RETURN,  /* of own gaps that were as long as this silence: log odds that one ended within the horizon */
    FEATURE_OWN_LONGEST, /* log of days silent / own longest gap */
    FEATURE_MONTHS_12,   /* of the last 12, 6 months of 30 days: in how many did it buy? */
    FEATURE_MONTHS_6,
    FEATURE_VALUE,       /* mean log of a purchase's value */
    FEATURE_VALUE_LAST,  /* the last one less that mean */
    FEATURE_YEAR_BOUGHT, /* 1: bought in the same horizon one year earlier */
    FEATURE_YEAR_COUNT,  /* log(1 + purchases) in it */
    FEATURE_YEAR_BEFORE, /* and in the horizon before that */
    FEATURE_YEAR_KNOWN,  /* 1: was a customer by then */
    FEATURES
};

/* What is typical of the company's customers on that day: what own gaps are pulled toward. */
struct feature_company {
    int32_t horizon_days;
    double log_gap; /* mean over customers of their mean log gap */
};
/* feature_company_learn -- customer[which[i]], i < n, as known on day. O(purchases). */
void feature_company_learn(const struct history *customer, const uint32_t *which, size_t n, int32_t day,
                           int32_t horizon_days, struct feature_company *out);

/* What the models say of the customer on that day. */
struct feature_chances {
    double active, alive; /* the plain model: a purchase in the horizon; a customer still */
    double regular;       /* a purchase in the horizon by the one that knows of regular buying */
    double cycle;         /* and by the cycle rule */
};

/* feature_make -- the history must have a purchase by that day. out[FEATURES] finite. O(purchases). */
void feature_make(const struct feature_company *company, const struct history *h, int32_t day,
                  const struct feature_chances *chances, double out[FEATURES]);

#endif
