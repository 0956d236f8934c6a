// SPDX-License-Identifier: Apache-2.0
/* fold -- one pass over a customer's purchases in date order: state = step(state, purchase).
 *
 * After each purchase the state knows the summary and the due dates as they stood that day; when the next purchase
 * comes on or after inactive_on, the step reports an episode that has ended. So last year's flow of customers needs no stored flags, and one
 * more purchase costs one step. Nothing here looks ahead.
 */
#ifndef REATIVA_STATS_FOLD_H
#define REATIVA_STATS_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "stats/alive.h"
#include "stats/cycle.h"
#include "stats/due.h"
#include "stats/prior.h"
#include "stats/stat.h"

struct fold_state { /* zeroed = before the first purchase */
    int32_t purchases;
    struct day first, last;
    struct cycle_recent recent;
    int64_t cycle_e4;   /* after the last purchase */
    int32_t prior_days; /* the prior used for it */
    bool prior_assumed;
    double litt; /* sum of the logs of the gaps */
    const struct model_params
        *alive;     /* what judges the silence after the last purchase; NULL: the cycle, or fixed days */
    struct due due; /* where `alive` does: only after fold_settle */
};

struct fold_episode {
    struct day began_on; /* = inactive_on of the purchase before */
    struct day ended_on; /* the purchase that ended it; DAY_NONE while open */
};

struct fold_step {
    bool episode_ended;
    struct fold_episode episode;
    int32_t gap_days;        /* 0 at the first purchase */
    int64_t cycle_before_e4; /* what was expected before this purchase; STAT_NONE at the first */
};

/* fold_purchase -- one more purchase, later than the last. STAT_DOMAIN when it is not later. alive: for rules of chances, NULL
 * where there are none; it outlives the state. The due days of a chance are searched for only when they are asked for: most
 * purchases come while the customer is surely no episode, and one look tells that.
 * O(CYCLE_RECENT), no allocation. */
enum stat_code fold_purchase(struct fold_state *state, const struct due_rule *rule, const struct prior_table *prior,
                             const struct alive_table *alive, size_t segment, struct day purchase,
                             struct fold_step *out);
/* fold_settle -- the due days after the last purchase, where they are not known yet. */
void fold_settle(struct fold_state *state, const struct due_rule *rule);

/* fold_open_episode -- the episode that is open on as_of, if any: inactive_on <= as_of. The state is settled. */
bool fold_open_episode(const struct fold_state *state, struct day as_of, struct fold_episode *out);

#endif
