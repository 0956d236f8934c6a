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

enum { SEEN_MOST = 96, HASTE = 3, FIRST_LOOK = 6 };

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
        return mixk_customer_within(&wait->mixk, t);
    return model_of(wait->params.kind)->active(&wait->params, &wait->customer, t);
}

double next_purchase_none_within(const struct next_purchase_wait *wait, int32_t days) {
    return 1 - next_purchase_levels_map(&wait->levels, within(wait, days));
}

double next_purchase_level(const struct next_purchase_wait *wait, int32_t days) {
    return 0.5 * (within(wait, days - 1) + within(wait, days));
}

/* Days whose level has been looked at, ascending: what one quantile found out narrows the next. */
struct seen {
    int n;
    int32_t day[SEEN_MOST];
    double level[SEEN_MOST];
};

static void seen_add(struct seen *seen, int32_t day, double level) {
    int at = seen->n;
    if (at >= SEEN_MOST)
        return;
    for (; at > 0 && seen->day[at - 1] > day; at--) {
        seen->day[at] = seen->day[at - 1];
        seen->level[at] = seen->level[at - 1];
    }
    seen->day[at] = day;
    seen->level[at] = level;
    seen->n++;
}

/* The first day on which the level is reached, which it is on the last day seen. The secant through the ends of the
 * bracket; an end that stays twice counts half (the Illinois rule), and the middle is taken where that does not halve
 * the bracket in HASTE steps. */
static int32_t day_of_level(const struct next_purchase_wait *wait, double level, struct seen *seen) {
    int at = 0;
    while (at < seen->n - 1 && seen->level[at] < level)
        at++;
    if (at == 0)
        return seen->day[0];
    int32_t low = seen->day[at - 1], high = seen->day[at], width = high - low;
    double below = seen->level[at - 1] - level, above = seen->level[at] - level;
    int side = 0;
    for (int step = 1; high - low > 1; step++) {
        bool middle = !(above > below) || (step % HASTE == 0 && 2 * (high - low) > width);
        if (step % HASTE == 0)
            width = high - low;
        int32_t day = low + (middle ? (high - low) / 2 : (int32_t)(-below / (above - below) * (high - low)));
        day = day <= low ? low + 1 : day >= high ? high - 1 : day;
        double value = within(wait, day);
        seen_add(seen, day, value);
        if (value < level) {
            low = day;
            below = value - level;
            above *= side < 0 ? 0.5 : 1;
            side = -1;
        } else {
            high = day;
            above = value - level;
            below *= side > 0 ? 0.5 : 1;
            side = 1;
        }
    }
    return high;
}

void next_purchase_find(const struct next_purchase_wait *wait, int32_t limit_days, struct next_purchase *out) {
    int32_t limit = limit_days > 0 ? limit_days : NEXT_PURCHASE_LIMIT_DAYS;
    double at_limit = within(wait, limit);
    *out = (struct next_purchase){.p_return = next_purchase_levels_map(&wait->levels, at_limit)};
    if (!(out->p_return >= NEXT_PURCHASE_RETURN_LEAST)) {
        out->code = NEXT_PURCHASE_UNLIKELY;
        return;
    }
    static const double share[3] = {0.1, 0.5, 0.9};
    int32_t day[3];
    struct seen seen = {.n = 0};
    seen_add(&seen, 0, 0);
    for (int32_t first = FIRST_LOOK; first < limit; first *= FIRST_LOOK)
        seen_add(&seen, first, within(wait, first));
    seen_add(&seen, limit, at_limit);
    for (int i = 0; i < 3; i++)
        day[i] = day_of_level(wait, next_purchase_levels_unmap(&wait->levels, share[i] * out->p_return), &seen);
    if (day[2] - day[0] > NEXT_PURCHASE_WIDTH_MOST_DAYS) {
        out->code = NEXT_PURCHASE_VAGUE;
        return;
    }
    out->from = wait->as_of + day[0];
    out->on = wait->as_of + day[1];
    out->to = wait->as_of + day[2];
}
