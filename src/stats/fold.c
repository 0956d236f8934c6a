// SPDX-License-Identifier: Apache-2.0
/* fold -- one pass over a customer's purchases in date order: state = step(state, purchase).
 *
 * Must not look ahead, and must not depend on the as-of date: the state after k purchases is the same whether more
 * follow or not. Invariant: on any code but STAT_OK neither the state nor the result has changed.
 */
#include "stats/fold.h"

#include <math.h>

enum { DAY_FIRST = -719162, DAY_LAST = 2932896 }; /* 0001-01-01, 9999-12-31 */

static struct alive_wait wait_of(const struct fold_state *state) {
    double t_x = (double)state->last.n - (double)state->first.n;
    const struct cbs_customer c = {.x = (double)state->purchases - 1, .t_x = t_x, .T = t_x, .litt = state->litt};
    struct alive_wait wait;
    alive_wait_make(state->alive, &c, &wait);
    return wait;
}

void fold_settle(struct fold_state *state, const struct due_rule *rule) {
    if (!state->alive)
        return;
    struct alive_wait wait = wait_of(state);
    state->due = alive_due(rule, state->last, &wait);
}

/* Settled only where the purchase may have ended an episode. */
static struct due due_before(const struct fold_state *before, const struct due_rule *rule, struct day purchase) {
    if (!before->alive)
        return before->due;
    struct alive_wait wait = wait_of(before);
    int64_t gap = (int64_t)purchase.n - before->last.n;
    if (gap <= rule->lost_days && alive_surely_over(&wait, rule->inactive_e4, (int32_t)gap))
        return (struct due){{INT32_MAX}, {INT32_MAX}, {INT32_MAX}};
    return alive_due(rule, before->last, &wait);
}

/* What the new purchase says about the time before it, by what was expected then. */
static struct fold_step step_from(struct fold_state *before, const struct due_rule *rule, struct day purchase) {
    struct fold_step step = {.cycle_before_e4 = STAT_NONE};
    if (before->purchases == 0)
        return step;
    step.gap_days = purchase.n - before->last.n;
    step.cycle_before_e4 = before->cycle_e4;
    before->due = due_before(before, rule, purchase);
    step.episode_ended = fold_open_episode(before, purchase, &step.episode);
    if (step.episode_ended)
        step.episode.ended_on = purchase;
    return step;
}

enum stat_code fold_purchase(struct fold_state *state, const struct due_rule *rule, const struct prior_table *prior,
                             const struct alive_table *alive, size_t segment, struct day purchase,
                             struct fold_step *out) {
    if (purchase.n < DAY_FIRST || purchase.n > DAY_LAST)
        return STAT_DOMAIN;
    if (state->purchases > 0 && purchase.n <= state->last.n)
        return STAT_DOMAIN;

    struct fold_state next = *state;
    struct fold_step step = step_from(&next, rule, purchase);
    if (state->purchases == 0) {
        next.first = purchase;
    } else {
        cycle_recent_add(&next.recent, step.gap_days);
        next.litt += rule->kind == DUE_PROBABILITY ? log(step.gap_days) : 0;
    }
    next.purchases++;
    next.last = purchase;
    next.prior_days = prior_days(prior, segment, purchase, &next.prior_assumed);
    int32_t own_median_x2 = next.recent.n > 0 ? cycle_recent_median_x2(&next.recent) : 0;
    enum stat_code code = cycle_estimate(own_median_x2, next.recent.n, next.prior_days, &next.cycle_e4);
    if (code != STAT_OK)
        return code;
    next.alive = rule->kind == DUE_PROBABILITY ? alive_params(alive, purchase) : NULL;
    next.due = next.alive ? (struct due){DAY_NONE, DAY_NONE, DAY_NONE} : due_after(rule, purchase, next.cycle_e4);
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
