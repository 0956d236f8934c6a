// SPDX-License-Identifier: Apache-2.0
/* next_purchase -- the wait of one customer until it buys again.
 *
 * F(d) = P(a purchase within d days) of the model, asked in seasonal time where there is a season, then mapped by the
 * levels. F does not reach 1: some never return. So a day is named only of those who return within a limit: the 10, 50 and
 * 90 % of F(d) / F(limit). A day d is the d-th after as_of, and F(d) counts all of it.
 *
 * Must not read a customer's purchases: they are in its summary. Invariant: from <= on <= to, each the first day on which
 * its share is reached.
 */
#include "stats/next_purchase.h"

#include <math.h>

void next_purchase_wait(const struct model_params *params, const struct cbs_customer *c, const struct season *season,
                        int32_t as_of, const struct next_purchase_levels *levels, struct next_purchase_wait *out) {
    *out = (struct next_purchase_wait){.params = *params, .customer = *c, .season = season, .as_of = as_of};
    out->levels = levels ? *levels : next_purchase_levels_same();
    out->clock = season_time(season, as_of);
    out->mixed = mixk_customer_can(params);
    if (out->mixed)
        mixk_customer_make(params, c, &out->mixk);
}

/* Before the levels are mapped. */
static double within(const struct next_purchase_wait *wait, int32_t days) {
    if (days <= 0)
        return 0;
    double t = season_time(wait->season, wait->as_of + days) - wait->clock;
    if (wait->mixed)
        return mixk_customer_active(&wait->mixk, t);
    return model_of(wait->params.kind)->active(&wait->params, &wait->customer, t);
}

double next_purchase_none_within(const struct next_purchase_wait *wait, int32_t days) {
    return 1 - next_purchase_levels_map(&wait->levels, within(wait, days));
}

double next_purchase_level(const struct next_purchase_wait *wait, int32_t days) {
    return 0.5 * (within(wait, days - 1) + within(wait, days));
}

/* The first day in (after, until] on which the level is reached, which it is on `until`. The secant through the ends of
 * the bracket, and its middle whenever the secant did not halve it. */
static int32_t day_of_level(const struct next_purchase_wait *wait, double level, int32_t after, int32_t until) {
    int32_t low = after, high = until;
    double at_low = within(wait, low), at_high = within(wait, high);
    bool halve = false;
    while (high - low > 1) {
        int32_t width = high - low, try = low + width / 2;
        if (!halve && at_high > at_low)
            try = low + (int32_t)ceil((level - at_low) / (at_high - at_low) * width);
        try = try <= low ? low + 1 : try >= high ? high - 1 : try;
        double at = within(wait, try);
        if (at < level) {
            low = try;
            at_low = at;
        } else {
            high = try;
            at_high = at;
        }
        halve = high - low > width / 2;
    }
    return high;
}

void next_purchase_find(const struct next_purchase_wait *wait, int32_t limit_days, struct next_purchase *out) {
    int32_t limit = limit_days > 0 ? limit_days : NEXT_PURCHASE_LIMIT_DAYS;
    *out = (struct next_purchase){.p_return = 1 - next_purchase_none_within(wait, limit)};
    if (!(out->p_return >= NEXT_PURCHASE_RETURN_LEAST)) {
        out->code = NEXT_PURCHASE_UNLIKELY;
        return;
    }
    static const double share[3] = {0.1, 0.5, 0.9};
    int32_t day[3], after = 0;
    for (int i = 0; i < 3; i++) {
        double level = next_purchase_levels_unmap(&wait->levels, share[i] * out->p_return);
        day[i] = after = level > within(wait, after) ? day_of_level(wait, level, after, limit) : after;
    }
    if (day[2] - day[0] > NEXT_PURCHASE_WIDTH_MOST_DAYS) {
        out->code = NEXT_PURCHASE_VAGUE;
        return;
    }
    out->from = wait->as_of + day[0];
    out->on = wait->as_of + day[1];
    out->to = wait->as_of + day[2];
}
