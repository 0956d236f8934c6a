// SPDX-License-Identifier: Apache-2.0
/* cycle -- the gap to expect next for one customer.
 *
 * Credibility estimate on the log scale: the median of the customer's own last CYCLE_RECENT gaps, pulled toward the
 * median gap of its segment (the prior):
 *
 *     log cycle = Z log own + (1 - Z) log prior,   Z = n / (n + CYCLE_PRIOR_WEIGHT),   n = own gaps that count
 *
 * Rounded to a tenth of a day, half up, so that a person can recompute every due date from the cycle shown. Source,
 * reasons and the figures behind CYCLE_PRIOR_WEIGHT and CYCLE_RECENT: docs/methods/cycle.md.
 */
#ifndef REATIVA_STATS_CYCLE_H
#define REATIVA_STATS_CYCLE_H

#include <stddef.h>
#include <stdint.h>

#include "stats/stat.h"

enum {
    CYCLE_RECENT = 12,      /* a rhythm changes: older gaps are left out */
    CYCLE_PRIOR_WEIGHT = 2, /* the segment counts as this many gaps; measured, see cycle.md */
    CYCLE_PRIOR_GAPS = 30,  /* a segment with fewer gaps than this speaks through the company */
    CYCLE_ASSUMED_DAYS = 30 /* the prior of a company with no gaps at all; answers say "assumed" */
};

/* The last gaps of one customer, oldest overwritten first. Zeroed = empty. */
struct cycle_recent {
    int32_t gap_days[CYCLE_RECENT];
    int32_t n;    /* up to CYCLE_RECENT */
    int32_t next; /* where the next one goes */
};
void cycle_recent_add(struct cycle_recent *recent, int32_t gap_days);
/* Median in half days (so that it is an integer): 2 * median. n >= 1. O(CYCLE_RECENT). */
int32_t cycle_recent_median_x2(const struct cycle_recent *recent);

/* cycle_estimate -- cycle_e4 (multiples of 1000 = tenths of a day); own_n = 0 gives the prior.
 * own_median_x2 >= 2 when own_n > 0; prior_days >= 1; else STAT_DOMAIN. */
enum stat_code cycle_estimate(int32_t own_median_x2, int32_t own_n, int32_t prior_days, int64_t *cycle_e4);

#endif
