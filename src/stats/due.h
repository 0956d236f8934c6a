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
    DUE_DAYS = 1,   /* fixed days */
    DUE_CYCLE,      /* times the customer's own cycle */
    DUE_PROBABILITY /* the chance that the customer still is one, stats/alive.h */
};

struct due_rule {
    enum due_kind kind;
    int32_t inactive_days, at_risk_days; /* DUE_DAYS: 1 <= at_risk_days <= inactive_days */
    int64_t inactive_e4, at_risk_e4;     /* DUE_CYCLE: times the cycle; 0 < at_risk_e4 <= inactive_e4.
                                            DUE_PROBABILITY: under this chance; 0 < inactive_e4 <= at_risk_e4 < 10000 */
    int32_t floor_days,
        ceiling_days;  /* DUE_CYCLE: bounds of the days to inactivity; at-risk keeps its proportion of it */
    int32_t lost_days; /* 730 by default */
};

struct due {
    struct day at_risk_on, inactive_on, lost_on;
};

/* What is usual where nobody said otherwise; also what stands in for a chance that is not known. */
enum {
    DUE_USUAL_INACTIVE_E4 = 25000,
    DUE_USUAL_AT_RISK_E4 = 15000,
    DUE_USUAL_FLOOR_DAYS = 20,
    DUE_USUAL_CEILING_DAYS = 365
};

/* due_in -- the three days when so many days of silence are exceeded; lost not before inactive. */
struct due due_in(struct day last_purchase, int64_t at_risk_days, int64_t inactive_days, int64_t lost_days);
/* due_after -- DUE_CYCLE: I = clamp(floor(inactive_e4 x cycle), floor, ceiling); at-risk after
 * floor(at_risk_e4 x cycle), or floor(I x at_risk / inactive) when I was clamped. cycle_e4 is ignored by DUE_DAYS.
 * DUE_PROBABILITY: what stands in where no chance is known, the usual cycle rule with the rule's own lost_days. O(1). */
struct due due_after(const struct due_rule *rule, struct day last_purchase, int64_t cycle_e4);

#endif
