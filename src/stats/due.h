// SPDX-License-Identifier: Apache-2.0
/* due -- the days on which a customer turns at-risk, inactive and lost, if no purchase comes.
 *
 * "Inactive after N days" means recency > N, so inactive_on = last purchase + N + 1; the same for the other two.
 * at_risk_on <= inactive_on <= lost_on always.
 */
#ifndef REATIVA_STATS_DUE_H
#define REATIVA_STATS_DUE_H

#include <stdint.h>

#include "base/day.h"
#include "stats/stat.h"

enum due_kind {
    DUE_DAYS = 1, /* fixed days */
    DUE_CYCLE     /* times the customer's own cycle */
};

struct due_rule {
    enum due_kind kind;
    int32_t inactive_days, at_risk_days; /* DUE_DAYS: 1 <= at_risk_days <= inactive_days */
    int64_t inactive_e4, at_risk_e4;     /* DUE_CYCLE: times the cycle; 0 < at_risk_e4 <= inactive_e4 */
    int32_t floor_days,
        ceiling_days;  /* DUE_CYCLE: bounds of the days to inactivity; at-risk keeps its proportion of it */
    int32_t lost_days; /* 730 by default */
};

struct due {
    struct day at_risk_on, inactive_on, lost_on;
};

/* due_after -- DUE_CYCLE: I = clamp(floor(inactive_e4 x cycle), floor, ceiling); at-risk after
 * floor(at_risk_e4 x cycle), or floor(I x at_risk / inactive) when I was clamped. cycle_e4 is ignored by DUE_DAYS. O(1). */
struct due due_after(const struct due_rule *rule, struct day last_purchase, int64_t cycle_e4);

#endif
