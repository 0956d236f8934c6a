// SPDX-License-Identifier: Apache-2.0
/* due -- the days on which a customer turns at-risk, inactive and lost, if no purchase comes.
 *
 * Must not know the as-of date: a status is where it falls among these days, and that is asked elsewhere.
 * Invariant: at_risk_on <= inactive_on <= lost_on, for every rule and every day.
 */
#include "stats/due.h"

__extension__ typedef __int128 int128;

enum { DAY_LAST = 2932896 }; /* 9999-12-31: nothing is due later */

static const int64_t E8 = 100000000; /* two factors in ten-thousandths */

static int64_t clamp(int128 v, int64_t low, int64_t high) {
    return v < low ? low : v > high ? high : (int64_t)v;
}

/* The day on which `days` have passed and are exceeded. */
static struct day day_after(struct day last, int64_t days) {
    return (struct day){(int32_t)clamp((int128)last.n + days + 1, INT32_MIN, DAY_LAST)};
}

/* Whole days in `times_e4` cycles. */
static int128 days_in(int64_t times_e4, int64_t cycle_e4) {
    return cycle_e4 > 0 ? (int128)times_e4 * cycle_e4 / E8 : 0;
}

static void cycle_days(const struct due_rule *rule, int64_t cycle_e4, int64_t *at_risk, int64_t *inactive) {
    int128 wished = days_in(rule->inactive_e4, cycle_e4);
    *inactive = clamp(wished, rule->floor_days, rule->ceiling_days);
    int128 at_risk_wished = days_in(rule->at_risk_e4, cycle_e4);
    if (*inactive != wished && rule->inactive_e4 > 0)
        at_risk_wished = (int128)*inactive * rule->at_risk_e4 / rule->inactive_e4;
    *at_risk = clamp(at_risk_wished, 0, *inactive);
}

struct due due_in(struct day last_purchase, int64_t at_risk_days, int64_t inactive_days, int64_t lost_days) {
    if (!day_is(last_purchase))
        return (struct due){DAY_NONE, DAY_NONE, DAY_NONE};
    return (struct due){
        .at_risk_on = day_after(last_purchase, at_risk_days < inactive_days ? at_risk_days : inactive_days),
        .inactive_on = day_after(last_purchase, inactive_days),
        .lost_on = day_after(last_purchase, lost_days > inactive_days ? lost_days : inactive_days),
    };
}

/* Nobody is lost later than the rule says because another one stands in. */
static struct due_rule stand_in(const struct due_rule *rule) {
    int32_t lost = rule->lost_days;
    return (struct due_rule){.kind = DUE_CYCLE,
                             .inactive_e4 = DUE_USUAL_INACTIVE_E4,
                             .at_risk_e4 = DUE_USUAL_AT_RISK_E4,
                             .floor_days = lost < DUE_USUAL_FLOOR_DAYS ? lost : DUE_USUAL_FLOOR_DAYS,
                             .ceiling_days = lost < DUE_USUAL_CEILING_DAYS ? lost : DUE_USUAL_CEILING_DAYS,
                             .lost_days = lost};
}

struct due due_after(const struct due_rule *rule, struct day last_purchase, int64_t cycle_e4) {
    int64_t at_risk = rule->at_risk_days, inactive = rule->inactive_days;
    struct due_rule usual = stand_in(rule);
    if (rule->kind != DUE_DAYS)
        cycle_days(rule->kind == DUE_CYCLE ? rule : &usual, cycle_e4, &at_risk, &inactive);
    return due_in(last_purchase, at_risk, inactive, rule->lost_days);
}
