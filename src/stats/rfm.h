// SPDX-License-Identifier: Apache-2.0
/* rfm -- quintiles of recency, frequency and money, and the usual segment names.
 *
 * The score of a value v among n is 1 + the number of k in 1..4 with 5 * less(v) >= k * n, where less(v) counts the customers with a
 * strictly smaller value: equal customers always get equal scores (unlike NTILE). So each quintile is a threshold: the
 * smallest value that reaches it. R uses the last purchase day, F the purchases, M the net value of all time; customers
 * that never bought take no part.
 */
#ifndef REATIVA_STATS_RFM_H
#define REATIVA_STATS_RFM_H

#include <stddef.h>
#include <stdint.h>

#include "stats/stat.h"

enum { RFM_CUTS = 4 };

struct rfm_cuts {
    int64_t from[RFM_CUTS]; /* score k + 2 begins at this value; INT64_MAX when nobody reaches it */
    int64_t less[RFM_CUTS]; /* customers below from[k] */
    int64_t n;
};

/* rfm_cuts_find -- value[n] sorted ascending. STAT_TOO_FEW n = 0. O(n). */
enum stat_code rfm_cuts_find(const int64_t *value, size_t n, struct rfm_cuts *out);
int rfm_score(const struct rfm_cuts *cuts, int64_t value); /* 1..5 */

/* rfm_segment -- the usual name of (r, f) [m is not used by it], as a catalog phrase: "champions", "loyal", "potential_loyal", "new", "promising",
 * "need_attention", "about_to_sleep", "at_risk", "cannot_lose", "hibernating", "lost". Table: docs/methods/rfm.md. */
const char *rfm_segment(int r, int f);

#endif
