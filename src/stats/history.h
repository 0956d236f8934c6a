// SPDX-License-Identifier: Apache-2.0
/* history -- the purchases of one customer, and what was known of them on an earlier day.
 */
#ifndef REATIVA_STATS_HISTORY_H
#define REATIVA_STATS_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "stats/cbs.h"
#include "stats/stat.h"

/* Days strictly increasing (days since 1970-01-01), the net value of each in minor units. */
struct history {
    const int32_t *day;
    const int64_t *cents;
    size_t n;
    uint32_t segment; /* place among the company's segments; 0: none */
};

/* history_until -- how many purchases lie on or before `day`. O(log n). */
size_t history_until(const struct history *h, int32_t day);
/* history_between -- how many lie in (after, until]. */
size_t history_between(const struct history *h, int32_t after, int32_t until);
/* history_summary -- as known on `day`, in days. STAT_TOO_FEW: had not bought yet. O(n) for litt. */
enum stat_code history_summary(const struct history *h, int32_t day, struct cbs_customer *out);

#endif
