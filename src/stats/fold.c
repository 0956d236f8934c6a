// SPDX-License-Identifier: Apache-2.0
/* fold -- one pass over a customer's purchases in date order: state = step(state, purchase).
 *
 * Must not look ahead, and must not depend on the as-of date: the state after k purchases is the same whether more
 * follow or not. Invariant: on any code but STAT_OK neither the state nor the result has changed.
 */
#include "stats/fold.h"

enum { DAY_FIRST = -719162, DAY_LAST = 2932896 }; /* 0001-01-01, 9999-12-31 */

/* What the new purchase says about the time before it, by what was expected then. */
static struct fold_step step_from(const struct fold_state *before, struct day purchase) {
    struct fold_step step = {.cycle_before_e4 = STAT_NONE};
    if (before->purchases == 0)
        return step;
    step.gap_days = purchase.n - before->last.n;
    step.cycle_before_e4 = before->cycle_e4;
    step.episode_ended = fold_open_episode(before, purchase, &step.episode);
    if (step.episode_ended)
        step.episode.ended_on = purchase;
    return step;
}

enum stat_code fold_purchase(struct fold_state *state, const struct due_rule *rule, const struct prior_table *prior,
                             size_t segment, struct day purchase, struct fold_step *out) {
    if (purchase.n < DAY_FIRST || purchase.n > DAY_LAST)
        return STAT_DOMAIN;
    if (state->purchases > 0 && purchase.n <= state->last.n)
        return STAT_DOMAIN;

    struct fold_state next = *state;
    struct fold_step step = step_from(state, purchase);
    if (state->purchases == 0)
        next.first = purchase;
    else
        cycle_recent_add(&next.recent, step.gap_days);
    next.purchases++;
    next.last = purchase;
    next.prior_days = prior_days(prior, segment, purchase, &next.prior_assumed);
    int32_t own_median_x2 = next.recent.n > 0 ? cycle_recent_median_x2(&next.recent) : 0;
    enum stat_code code = cycle_estimate(own_median_x2, next.recent.n, next.prior_days, &next.cycle_e4);
    if (code != STAT_OK)
        return code;
    next.due = due_after(rule, purchase, next.cycle_e4);
    *state = next;
    *out = step;
    return STAT_OK;
}

bool fold_open_episode(const struct fold_state *state, struct day as_of, struct fold_episode *out) {
    if (state->purchases == 0 || as_of.n < state->due.inactive_on.n)
        return false;
    *out = (struct fold_episode){.began_on = state->due.inactive_on, .ended_on = DAY_NONE};
    return true;
}
