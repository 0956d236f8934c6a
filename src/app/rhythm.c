// SPDX-License-Identifier: Apache-2.0
/* rhythm.c -- gaps of each group counted by length, and by length in cycles as they were expected before each.
 *
 * The cycle before each purchase is found by folding again: it is not kept, and a fold costs less than keeping it.
 */
#include "app/rhythm.h"

#include "app/derive.h"
#include "app/group.h"
#include "app/heap.h"
#include "app/priors.h"
#include "stats/fold.h"
#include "stats/stat.h"

enum { RATIO_CELLS = 1000, RATIO_PER_CYCLE = 20, SHARES = 4, E4 = 10000, BASIS_AT_RISK = 1, BASIS_INACTIVE = 3 };

static const int64_t share_e4[SHARES] = {5000, 8000, 9000, 9500};

struct tally {
    struct gap_histogram gaps;
    int64_t ratio[RATIO_CELLS + 1]; /* in twentieths of a cycle, rounded up */
    int64_t customers, repeat;
};

struct tallying {
    struct groups groups;
    struct tally **tally;
    size_t room;
    struct prior_table prior;
    struct derive_segments segments;
    struct due_rule any_rule; /* the cycle does not depend on it */
};

static struct tally *tally_at(struct tallying *t, size_t place) {
    t->tally = heap_grown_zeroed(t->tally, &t->room, place + 1, sizeof(struct tally *));
    if (!t->tally[place]) {
        t->tally[place] = heap_new(1, sizeof(struct tally));
    }
    return t->tally[place];
}

static bool customer_take(struct cx *cx, void *owner, const struct score_scan *row) {
    struct tallying *t = owner;
    struct tally *tally = tally_at(t, groups_place(cx, &t->groups, row));
    struct fold_state state = {0};
    struct fold_step step;
    struct day day = row->first;
    size_t segment = derive_segment(&t->segments, row->label[LABEL_SEGMENT]);
    tally->customers += row->purchases > 0;
    tally->repeat += row->purchases > 1;
    for (int64_t i = 0; i < row->purchases; i++) {
        day.n += i > 0 ? row->gap_days[i - 1] : 0;
        if (fold_purchase(&state, &t->any_rule, &t->prior, NULL, segment, day, &step) != STAT_OK) {
            return cx_fail(cx, ERR_BUG, S("score.fold"), cx_text(cx, "%lld", (long long)row->customer_id));
        }
        if (step.gap_days > 0) {
            gap_histogram_add(&tally->gaps, step.gap_days, 1);
            int64_t part =
                ((int64_t)step.gap_days * E4 * RATIO_PER_CYCLE + step.cycle_before_e4 - 1) / step.cycle_before_e4;
            tally->ratio[part < RATIO_CELLS ? part : RATIO_CELLS]++;
        }
    }
    return true;
}

/* Cycles that hold a share of the repeat purchases, to a twentieth, upwards. */
static int64_t ratio_within(const struct tally *tally, int64_t share) {
    int64_t sum = 0;
    for (size_t i = 0; i <= RATIO_CELLS; i++) {
        sum += tally->ratio[i];
        if (sum * E4 >= share * tally->gaps.n) {
            return (int64_t)i * E4 / RATIO_PER_CYCLE;
        }
    }
    return (int64_t)RATIO_CELLS * E4 / RATIO_PER_CYCLE;
}

/* Late where 80 % of the repeat purchases had come, inactive where 95 %: between the days that hold half of the gaps and
 * the days that hold 95 % of them twice over, so that a wild cycle does not make a wild rule. */
static struct due_rule recommend(const struct rhythm_group *g) {
    int64_t inactive = g->cycle_within_e4[BASIS_INACTIVE], at_risk = g->cycle_within_e4[BASIS_AT_RISK];
    inactive = inactive > E4 ? inactive : E4;
    at_risk = at_risk < inactive ? at_risk : inactive;
    int32_t floor = g->within[0] > 1 ? g->within[0] : 1;
    int32_t ceiling = 2 * g->within[BASIS_INACTIVE];
    return (struct due_rule){.kind = DUE_CYCLE,
                             .inactive_e4 = inactive,
                             .at_risk_e4 = at_risk > 0 ? at_risk : E4 / RATIO_PER_CYCLE,
                             .floor_days = floor,
                             .ceiling_days = ceiling < POLICY_LOST_DAYS ? ceiling : POLICY_LOST_DAYS,
                             .lost_days = POLICY_LOST_DAYS};
}

static void group_fill(struct cx *cx, const struct group *group, const struct tally *tally, struct rhythm_group *out) {
    struct gap_histogram *gaps = arena_new(cx->arena, struct gap_histogram, 1);
    *gaps = tally->gaps;
    *out = (struct rhythm_group){.group = group->name,
                                 .customers = tally->customers,
                                 .repeat_customers = tally->repeat,
                                 .gaps = gaps,
                                 .enough = gaps->n >= CYCLE_PRIOR_GAPS};
    for (size_t i = 0; i < SHARES; i++) {
        out->within[i] = -1;
        (void)gap_histogram_quantile(gaps, share_e4[i], &out->within[i]); /* none: stays -1 */
        out->cycle_within_e4[i] = gaps->n > 0 ? ratio_within(tally, share_e4[i]) : STAT_NONE;
    }
    if (out->enough) {
        out->recommended = recommend(out);
    }
}

/* Days in one bar: so that the bars reach where 95 % have come back, in days or whole weeks: many firms deliver on one
 * weekday, and any other step would draw waves that are not there. */
static int32_t bar_days(int32_t reach) {
    static const int32_t steps[] = {1, 2, 7, 14, 28, 56, 91};
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof steps[0] && steps[i] * (RHYTHM_BARS - 1) < reach) {
        i++;
    }
    return steps[i];
}

struct rhythm_bars rhythm_bars(const struct rhythm_group *group) {
    struct rhythm_bars bars = {
        .step = bar_days(group->within[BASIS_INACTIVE] > 0 ? group->within[BASIS_INACTIVE] : GAP_CELLS)};
    for (int32_t d = 1; d <= GAP_CELLS; d++) {
        int32_t at = (d - 1) / bars.step < RHYTHM_BARS - 1 ? (d - 1) / bars.step : RHYTHM_BARS - 1;
        bars.bar[at] += group->gaps->count[d];
    }
    return bars;
}

static int by_customers(const void *a, const void *b) {
    const struct rhythm_group *x = a, *y = b;
    if (x->customers != y->customers) {
        return x->customers > y->customers ? -1 : 1;
    }
    return str_compare(x->group, y->group);
}

bool rhythm_make(struct cx *cx, struct db *db, struct day as_of, enum flow_by by, struct rhythm_group **out,
                 size_t *n) {
    struct tallying t = {.any_rule = policy_default().due};
    bool ok = groups_open(cx, db, by, &t.groups) && priors_kept(cx, db, as_of, &t.segments, &t.prior) &&
              score_scan_each(cx, db, customer_take, &t);
    *n = t.groups.n;
    *out = arena_new(cx->arena, struct rhythm_group, t.groups.n + 1);
    for (size_t i = 0; ok && i < t.groups.n; i++) {
        group_fill(cx, &t.groups.group[i], tally_at(&t, i), &(*out)[i]);
    }
    qsort(*out, ok ? *n : 0, sizeof **out, by_customers);
    for (size_t i = 0; i < t.room; i++) {
        free(t.tally[i]);
    }
    free(t.tally);
    return ok;
}
