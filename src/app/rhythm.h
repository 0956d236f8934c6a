// SPDX-License-Identifier: Apache-2.0
/* rhythm -- the distribution of gaps of the company and its groups, and the rule it speaks for (the `cycle` command). */
#ifndef REATIVA_APP_RHYTHM_H
#define REATIVA_APP_RHYTHM_H

#include "app/flow.h"
#include "core/policy.h"
#include "stats/gap.h"

struct rhythm_group {
    struct str group;
    int64_t customers, repeat_customers;
    const struct gap_histogram *gaps;
    int32_t within[4]; /* days that hold 50, 80, 90, 95 % of the repeat purchases; -1: too few */
    int64_t
        cycle_within_e4[4]; /* the same in cycles of the customer's own, as expected before each; STAT_NONE: too few */
    bool enough;            /* CYCLE_PRIOR_GAPS gaps at least */
    struct due_rule recommended; /* when enough: cycle, with at-risk and inactive where 80 and 95 % have come back */
};

/* The histogram in bars: each holds `step` days, in days or whole weeks, the last also all that are longer. */
enum { RHYTHM_BARS = 16 };
struct rhythm_bars {
    int32_t step;
    int64_t bar[RHYTHM_BARS];
};
struct rhythm_bars rhythm_bars(const struct rhythm_group *group);

/* After score_for. group 0 is the whole company when by = FLOW_ALL; else one a group, most customers first. */
bool rhythm_make(struct cx *cx, struct db *db, struct day as_of, enum flow_by by, struct rhythm_group **out, size_t *n);

#endif
