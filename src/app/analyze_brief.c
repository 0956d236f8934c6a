// SPDX-License-Identifier: Apache-2.0
/* analyze_brief.c -- part by part, customers to a few numbers each; then the cuts of all; then who came first, first.
 */
#include <string.h>

#include "app/analyze_parts.h"
#include "app/heap.h"
#include "app/radix.h"
#include "stats/gap.h"
#include "stats/stat.h"

/* A thread's room. */
struct brief_room {
    struct settle_room settle;
    struct sale_day *day;
    size_t days;
    int32_t *purchase, *scratch;
    int64_t *cents;
    size_t purchases, scratches, centses;
};

static void gaps_take(const struct analyze *a, const struct sale_customer *c, struct brief_room *room,
                      struct brief *out) {
    room->purchase = heap_grown(room->purchase, &room->purchases, c->purchases, sizeof *room->purchase);
    room->scratch = heap_grown(room->scratch, &room->scratches, c->purchases, sizeof *room->scratch);
    room->cents = heap_grown(room->cents, &room->centses, c->purchases, sizeof *room->cents);
    size_t n = sale_customer_purchases(c, room->purchase, room->cents);
    const struct day *day = (const struct day *)(const void *)room->purchase; /* same size: an int32 each */
    struct gap_summary gaps;
    if (gap_summarise(day, n, a->median ? room->scratch : NULL, &gaps) == STAT_OK) {
        out->gap_median_e4 = gaps.median_e4;
        out->gap_mean_e4 = gaps.mean_e4;
        out->gap_sd_e4 = gaps.sd_e4;
    }
    out->first = day[0];
    out->last = day[n - 1];
}

static bool brief_make(const struct analyze *a, size_t part, uint32_t c, struct brief_room *room, struct brief *out) {
    const struct gather_part *of = &a->gather.part[part];
    struct sale_customer customer;
    struct score_row row;
    const struct gather_customer *who = room->settle.customer[c];
    room->day = heap_grown(room->day, &room->days, settle_entries(&room->settle, c), sizeof *room->day);
    settle_customer(&a->settle, &room->settle, part, c, room->day, &customer);
    if (customer.later) {
        return false;
    }
    derive_values(&customer, a->settle.as_of, &row);
    *out = (struct brief){.who = *who,
                          .kept = c < of->kept_room ? of->kept[c] : NULL,
                          .value_12m = row.value_12m,
                          .value_prev_12m = row.value_prev_12m,
                          .value_total = row.value_total,
                          .return_e4 = row.return_e4,
                          .gap_median_e4 = STAT_NONE,
                          .gap_mean_e4 = STAT_NONE,
                          .gap_sd_e4 = STAT_NONE,
                          .first = DAY_NONE,
                          .last = DAY_NONE,
                          .purchases = customer.purchases,
                          .ranked = row.ranked};
    if (customer.purchases > 0) {
        gaps_take(a, &customer, room, out);
    }
    return true;
}

static void parts_make(void *owner, size_t task) {
    (void)task;
    struct analyze_work *work = owner;
    struct analyze *a = work->analyze;
    struct brief_room room = {0};
    for (size_t part; (part = atomic_fetch_add(&work->next, 1)) < GATHER_PARTS;) {
        size_t n = a->gather.part[part].n, made = 0;
        if (!analyze_part(work, part, &room.settle)) {
            break;
        }
        a->of[part] = heap_raw(n + 1, sizeof *a->of[part]);
        for (size_t c = 0; c < n; c++) {
            made += brief_make(a, part, (uint32_t)c, &room, &a->of[part][made]);
        }
        a->ofs[part] = made;
    }
    settle_room_clear(&room.settle);
    free(room.day);
    free(room.purchase);
    free(room.scratch);
    free(room.cents);
}

static void by_order(struct analyze *a) {
    struct radix_item *item = heap_raw(a->n + 1, sizeof *item);
    size_t at = 0;
    for (size_t part = 0; part < GATHER_PARTS; part++) {
        for (size_t i = 0; i < a->ofs[part]; i++) {
            const struct brief *b = &a->of[part][i];
            item[at++] = (struct radix_item){b->who.order, (uint64_t)(uintptr_t)b};
        }
    }
    radix_sort(item, a->n);
    a->by_order = heap_raw(a->n + 1, sizeof *a->by_order);
    for (size_t i = 0; i < a->n; i++) {
        a->by_order[i] = (const struct brief *)(uintptr_t)item[i].value;
    }
    free(item);
}

static bool cuts_make(struct cx *cx, struct analyze *a) {
    struct cut_value *value = heap_raw(a->n + 1, sizeof *value);
    for (size_t i = 0; i < a->n; i++) {
        const struct brief *b = a->by_order[i];
        value[i] =
            (struct cut_value){gather_code(&b->who), b->value_12m, b->value_total, b->last, b->purchases, b->ranked};
    }
    bool ok = cuts_find(cx, value, a->n, &a->run);
    free(value);
    return ok;
}

bool analyze_brief(struct cx *cx, struct analyze *a) {
    struct analyze_work work = {.analyze = a};
    bool ok = analyze_parts(cx, &work, parts_make);
    gather_forget(&a->gather);
    for (size_t part = 0; part < GATHER_PARTS; part++) {
        a->n += a->ofs[part];
    }
    by_order(a);
    return ok && cuts_make(cx, a);
}

void analyze_brief_customer(const struct analyze *a, size_t at, struct customer *c) {
    const struct brief *b = a->by_order[at];
    struct str code = gather_code(&b->who);
    analyze_absent(code, c);
    if (b->kept) {
        analyze_told(b->kept, c);
    }
    c->purchases = b->purchases;
    c->first_purchase = b->first;
    c->last_purchase = b->last;
    c->recency_days = day_is(b->last) ? a->settle.as_of.n - b->last.n : STAT_NONE;
    c->gap_median_e4 = b->gap_median_e4;
    c->gap_mean_e4 = b->gap_mean_e4;
    c->gap_sd_e4 = b->gap_sd_e4;
    c->value_total = b->value_total;
    c->value_12m = b->value_12m;
    c->value_prev_12m = b->value_prev_12m;
    c->average_cents = b->purchases ? decimal_divide(b->value_total, b->purchases) : STAT_NONE;
    c->return_e4 = b->return_e4;
    c->abc = cuts_class(&a->run, b->ranked, b->value_12m, code);
    if (b->purchases > 0) {
        c->r = rfm_score(&a->run.r, b->last.n);
        c->f = rfm_score(&a->run.f, b->purchases);
        c->m = rfm_score(&a->run.m, b->value_total);
    }
}
