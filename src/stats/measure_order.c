// SPDX-License-Identifier: Apache-2.0
/* measure_order -- AUC and lift of weighted cases, sorted once.
 *
 * AUC is the chance that of two cases of one cut, one that happened and one that did not, the one that happened was given
 * the larger p; equal p count half. Walking up the sorted cases, each group of equal p adds
 * happened * (not happened before + not happened in the group / 2).
 *
 * Lift walks down until a tenth of the weight of the cut is passed; the group of equal p in which the tenth ends counts
 * in proportion, as if its order were drawn at random.
 *
 * Where an order is given beside p, read it for p. Invariant: nothing here depends on the order in which cases were
 * given, nor on p beyond its order.
 */
#include "stats/measure_order.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS };

/* Places sorted by key, equal keys in their order before: least digit first, digits that are all equal skipped. */
static uint32_t *sort_by(const uint64_t *key, size_t n, uint32_t *place, uint32_t *room) {
    for (int shift = 0; shift < 64; shift += DIGIT_BITS) {
        size_t start[DIGITS] = {0};
        for (size_t i = 0; i < n; i++)
            start[(key[i] >> shift) & (DIGITS - 1)]++;
        if (n == 0 || start[(key[0] >> shift) & (DIGITS - 1)] == n)
            continue;
        size_t sum = 0;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t count = start[d];
            start[d] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++)
            room[start[(key[place[i]] >> shift) & (DIGITS - 1)]++] = place[i];
        uint32_t *was = place;
        place = room;
        room = was;
    }
    return place;
}

/* Bits in the order of the doubles: of positive ones the sign is set, of negative ones all are turned; -0 is made 0. */
static uint64_t order_key(double v) {
    const uint64_t sign = UINT64_C(1) << 63;
    double no_minus_zero = v + 0.0;
    uint64_t bits;
    memcpy(&bits, &no_minus_zero, sizeof bits);
    return bits & sign ? ~bits : bits | sign;
}

struct sorter {
    uint64_t *key;
    uint32_t *place, *room;
};

static struct sorter sorter_new(struct arena *arena, size_t n) {
    struct sorter sorter = {.key = arena_new(arena, uint64_t, n),
                            .place = arena_new(arena, uint32_t, n),
                            .room = arena_new(arena, uint32_t, n)};
    for (size_t i = 0; i < n; i++)
        sorter.place[i] = (uint32_t)i;
    return sorter;
}

static void sorter_run(struct sorter *sorter, size_t n) {
    uint32_t *sorted = sort_by(sorter->key, n, sorter->place, sorter->room);
    if (sorted != sorter->place) {
        sorter->room = sorter->place;
        sorter->place = sorted;
    }
}

const uint32_t *measure_sorted_by_chance(struct arena *arena, const struct measure_cases *cases) {
    struct sorter sorter = sorter_new(arena, cases->n);
    for (size_t i = 0; i < cases->n; i++)
        sorter.key[i] = order_key(cases->p[i]);
    sorter_run(&sorter, cases->n);
    return sorter.place;
}

static void number_customers(struct arena *arena, const struct measure_cases *cases, struct measure_order *out) {
    struct sorter sorter = sorter_new(arena, cases->n);
    for (size_t i = 0; i < cases->n; i++)
        sorter.key[i] = cases->customer[i];
    sorter_run(&sorter, cases->n);
    for (size_t i = 0; i < cases->n; i++) {
        uint32_t number = cases->customer[sorter.place[i]];
        if (i == 0 || out->customer_number[out->customers - 1] != number)
            out->customer_number[out->customers++] = number;
        out->customer_of_case[sorter.place[i]] = (uint32_t)(out->customers - 1);
    }
}

void measure_order_make(struct arena *arena, const struct measure_cases *cases, struct measure_order *out) {
    size_t n = cases->n;
    *out = (struct measure_order){.n = n,
                                  .customer_of_case = arena_new(arena, uint32_t, n),
                                  .customer_number = arena_new(arena, uint32_t, n),
                                  .customer = arena_new(arena, uint32_t, n),
                                  .mark = arena_new(arena, uint8_t, n)};
    struct arena_mark mark = arena_mark_get(arena);
    number_customers(arena, cases, out);
    const double *by = cases->order ? cases->order : cases->p;
    struct sorter sorter = sorter_new(arena, n);
    for (size_t i = 0; i < n; i++)
        sorter.key[i] = order_key(by[i]);
    sorter_run(&sorter, n);
    for (size_t i = 0; i < n; i++)
        sorter.key[i] = cases->cut[i];
    sorter_run(&sorter, n);
    for (size_t i = 0; i < n; i++) {
        uint32_t at = sorter.place[i], next = i + 1 < n ? sorter.place[i + 1] : 0;
        bool last_of_cut = i + 1 == n || cases->cut[next] != cases->cut[at];
        bool last_of_tie = last_of_cut || by[next] > by[at];
        out->customer[i] = out->customer_of_case[at];
        out->mark[i] = (uint8_t)((cases->happened[at] ? MEASURE_HAPPENED : 0) |
                                 (last_of_tie ? MEASURE_LAST_OF_TIE : 0) | (last_of_cut ? MEASURE_LAST_OF_CUT : 0));
        out->cuts += last_of_cut ? 1 : 0;
    }
    arena_rewind(arena, mark);
}

static uint64_t weight_at(const struct measure_order *order, const uint8_t *weight, size_t i) {
    return weight ? weight[order->customer[i]] : 1;
}

/* How many of the first tenth happened; the cases of the cut are [start, end) and end with the likeliest. */
static double happened_in_tenth(const struct measure_order *order, const uint8_t *weight, size_t start, size_t end,
                                uint64_t all) {
    double tenth = (double)all / 10, seen = 0, found = 0;
    for (size_t i = end; i > start && seen < tenth;) {
        uint64_t yes = 0, group = 0;
        do {
            i--;
            uint64_t w = weight_at(order, weight, i);
            group += w;
            yes += order->mark[i] & MEASURE_HAPPENED ? w : 0;
        } while (i > start && !(order->mark[i - 1] & MEASURE_LAST_OF_TIE));
        double part = seen + (double)group <= tenth ? 1 : (tenth - seen) / (double)group;
        found += part * (double)yes;
        seen += (double)group;
    }
    return found;
}

/* Sums over cuts, each weighted by its cases. */
struct order_sums {
    double auc, auc_cases, lift, lift_cases;
};

static void cut_add(struct order_sums *sums, double concordant_x2, double yes, double no, double in_tenth) {
    double all = yes + no;
    if (yes > 0 && no > 0) {
        sums->auc += all * (concordant_x2 / 2 / yes / no);
        sums->auc_cases += all;
    }
    if (yes > 0) {
        sums->lift += all * (in_tenth / (all / 10)) / (yes / all);
        sums->lift_cases += all;
    }
}

void measure_order_figures(const struct measure_order *order, const uint8_t *weight, double *auc, double *lift) {
    struct order_sums sums = {0};
    uint64_t yes = 0, no = 0, tie_yes = 0, tie_no = 0, concordant_x2 = 0;
    size_t start = 0;
    for (size_t i = 0; i < order->n; i++) {
        uint64_t w = weight_at(order, weight, i);
        uint8_t mark = order->mark[i];
        uint64_t happened = mark & MEASURE_HAPPENED ? w : 0;
        tie_yes += happened;
        tie_no += w - happened;
        if (!(mark & MEASURE_LAST_OF_TIE))
            continue;
        concordant_x2 += tie_yes * (2 * no + tie_no);
        yes += tie_yes;
        no += tie_no;
        tie_yes = tie_no = 0;
        if (!(mark & MEASURE_LAST_OF_CUT))
            continue;
        double in_tenth = yes > 0 ? happened_in_tenth(order, weight, start, i + 1, yes + no) : 0;
        cut_add(&sums, (double)concordant_x2, (double)yes, (double)no, in_tenth);
        yes = no = concordant_x2 = 0;
        start = i + 1;
    }
    *auc = sums.auc_cases > 0 ? sums.auc / sums.auc_cases : NAN;
    *lift = sums.lift_cases > 0 ? sums.lift / sums.lift_cases : NAN;
}
