// SPDX-License-Identifier: Apache-2.0
/* cycle -- the gap to expect next for one customer: its own median gap pulled toward its segment's.
 *
 * Must not look at dates or at other customers: what the segment does comes in as one number.
 * Invariant: the estimate lies between the own median and the prior, and is a whole number of tenths of a day.
 */
#include "stats/cycle.h"

#include <math.h>

enum {
    GAP_MAX_DAYS = 3652058, /* from the first to the last day of the calendar: twice it still fits */
    TENTH_E4 = 1000
};

void cycle_recent_add(struct cycle_recent *recent, int32_t gap_days) {
    if (gap_days < 1)
        return;
    recent->gap_days[recent->next] = gap_days < GAP_MAX_DAYS ? gap_days : GAP_MAX_DAYS;
    recent->next = (recent->next + 1) % CYCLE_RECENT;
    if (recent->n < CYCLE_RECENT)
        recent->n++;
}

int32_t cycle_recent_median_x2(const struct cycle_recent *recent) {
    int32_t sorted[CYCLE_RECENT];
    int32_t n = recent->n;
    /* The ring fills from its start, so the first n cells are the ones in use, in whatever order. */
    for (int32_t i = 0; i < n; i++) {
        int32_t j = i;
        for (; j > 0 && sorted[j - 1] > recent->gap_days[i]; j--)
            sorted[j] = sorted[j - 1];
        sorted[j] = recent->gap_days[i];
    }
    return sorted[(n - 1) / 2] + sorted[n / 2];
}

enum stat_code cycle_estimate(int32_t own_median_x2, int32_t own_n, int32_t prior_days, int64_t *cycle_e4) {
    if (own_n < 0 || prior_days < 1 || (own_n > 0 && own_median_x2 < 2))
        return STAT_DOMAIN;
    if (own_n == 0) {
        *cycle_e4 = (int64_t)prior_days * 10 * TENTH_E4;
        return STAT_OK;
    }
    double own = own_n * log(own_median_x2 / 2.0);
    double prior = CYCLE_PRIOR_WEIGHT * log((double)prior_days);
    double days = exp((own + prior) / ((double)own_n + CYCLE_PRIOR_WEIGHT));
    /* No true value lies on a half tenth (docs/methods/cycle.md), so the last bits of log and exp decide nothing. */
    *cycle_e4 = (int64_t)floor(days * 10 + 0.5) * TENTH_E4;
    return STAT_OK;
}
