// SPDX-License-Identifier: Apache-2.0
/* analyze_full.c -- everybody's days side by side as a score reads them from a database; from there on it is a score.
 *
 * The sentence that says why counts the waits of all customers, so they are folded twice: to count, and to tell.
 */
#include <string.h>

#include "app/analyze_parts.h"
#include "app/derive_all.h"
#include "app/heap.h"
#include "app/radix.h"
#include "stats/stat.h"

/* ---- sales ---- */

static void parts_make(void *owner, size_t task) {
    (void)task;
    struct analyze_work *work = owner;
    struct analyze *a = work->analyze;
    struct settle_room room = {0};
    for (size_t part; (part = atomic_fetch_add(&work->next, 1)) < GATHER_PARTS;) {
        struct gather_part *of = &a->gather.part[part];
        if (!analyze_part(work, part, &room)) {
            break;
        }
        work->customer[part] = heap_raw(of->n + 1, sizeof *work->customer[part]);
        a->days[part] = heap_raw(of->narrows + of->wides + 1, sizeof *a->days[part]);
        size_t at = 0;
        for (size_t c = 0; c < of->n; c++) {
            struct sale_customer *customer = &work->customer[part][c];
            settle_customer(&a->settle, &room, part, (uint32_t)c, a->days[part] + at, customer);
            customer->code = gather_code(room.customer[c]);
            customer->id = (int64_t)room.customer[c]->order;
            at += customer->days;
        }
    }
    settle_room_clear(&room);
}

static int32_t label_number(struct analyze *a, enum label_kind kind, struct str code) {
    int64_t id = 0;
    if (code.n == 0 || map_find(&a->label[kind], code, &id)) {
        return (int32_t)id;
    }
    id = (int64_t)++a->label_codes;
    a->label_code = heap_grown_zeroed(a->label_code, &a->label_room, a->label_codes + 1, sizeof *a->label_code);
    a->label_code[id] = str_copy(&a->labels_arena, code);
    map_put(&a->label[kind], code, id);
    return (int32_t)id;
}

static void labels_take(struct analyze *a, const struct gather_kept *kept, struct sale_customer *c) {
    static const enum label_kind kind[GATHER_TEXTS] = {[GATHER_COMPANY] = LABEL_COMPANY,
                                                       [GATHER_REP] = LABEL_REP,
                                                       [GATHER_SEGMENT] = LABEL_SEGMENT,
                                                       [GATHER_REGION] = LABEL_REGION,
                                                       [GATHER_CITY] = LABEL_CITY};
    for (size_t i = GATHER_COMPANY; i < GATHER_TEXTS; i++) {
        c->label[kind[i]] = label_number(a, kind[i], kept->of[i].text);
    }
}

static void span_take(struct sales *sales, const struct sale_customer *c) {
    if (c->days > 0) {
        sales_span(sales, c->day[0].day);
        sales_span(sales, c->day[c->days - 1].day);
    }
}

static void sales_make(struct analyze *a, struct analyze_work *work) {
    struct sales *sales = &a->sales;
    size_t n = 0;
    for (size_t part = 0; part < GATHER_PARTS; part++) {
        n += a->gather.part[part].n;
    }
    struct radix_item *place = heap_raw(n + 1, sizeof *place);
    n = 0;
    for (size_t part = 0; part < GATHER_PARTS; part++) {
        for (size_t c = 0; c < a->gather.part[part].n; c++) {
            if (!work->customer[part][c].later) {
                uint64_t order = (uint64_t)work->customer[part][c].id; /* until it is numbered */
                place[n++] = (struct radix_item){order, (uint64_t)part << 32 | c};
            }
        }
    }
    radix_sort(place, n);
    *sales = (struct sales){.as_of = a->settle.as_of, .first_day = DAY_NONE, .last_day = DAY_NONE, .n = n};
    arena_init(&sales->texts, 0, arena_full_exit, NULL);
    sales->customer = heap_raw(n + 1, sizeof *sales->customer);
    a->kept = heap_new(n + 1, sizeof *a->kept);
    for (size_t i = 0; i < n; i++) {
        struct sale_customer *c = &sales->customer[i];
        size_t part = place[i].value >> 32, number = place[i].value & UINT32_MAX;
        *c = work->customer[part][number];
        c->id = (int64_t)i + 1;
        span_take(sales, c);
        a->kept[i] = number < a->gather.part[part].kept_room ? a->gather.part[part].kept[number] : NULL;
        if (a->kept[i]) {
            labels_take(a, a->kept[i], c);
        }
    }
    free(place);
    sales_total(sales);
}

bool analyze_full(struct cx *cx, struct analyze *a) {
    struct analyze_work work = {.analyze = a};
    bool ok = analyze_parts(cx, &work, parts_make);
    gather_forget(&a->gather);
    if (ok) {
        sales_make(a, &work);
    }
    a->n = a->sales.n;
    for (size_t part = 0; part < GATHER_PARTS; part++) {
        free(work.customer[part]);
    }
    return ok;
}

/* ---- customers ---- */

struct telling {
    struct analyze *analyze;
    struct company *company;
    struct waited *waited; /* by segment, 0: all */
    struct str *rule;
    analyze_visit *visit;
    void *owner;
};

static bool waits_count(struct cx *cx, void *owner, size_t at, const struct derived *d) {
    (void)cx;
    (void)at;
    struct telling *t = owner;
    for (size_t i = 0; i < d->waits; i++) {
        waited_add(&t->waited[d->waited[i].segment], d->waited[i].tenths, 1);
        if (d->waited[i].segment != 0) {
            waited_add(&t->waited[0], d->waited[i].tenths, 1);
        }
    }
    return true;
}

static void waited_take(const struct telling *t, const struct score_row *row, struct customer *c) {
    c->waited_e4 = STAT_NONE;
    if (!t->waited || !waited_asks(c->recency_days, c->cycle_e4)) {
        return;
    }
    size_t segment = derive_segment(&t->company->segments, row->segment_id);
    const struct waited *waited = &t->waited[segment];
    waited = waited->all < WAITED_FEW ? &t->waited[0] : waited;
    c->waited_e4 = waited_share_e4(waited, c->recency_days, c->cycle_e4);
}

static void numbers_take(const struct score_row *row, struct customer *c) {
    c->status = row->status;
    c->purchases = row->purchases;
    c->first_purchase = row->first;
    c->last_purchase = row->last;
    c->gap_median_e4 = row->gap_median_e4;
    c->gap_mean_e4 = row->gap_mean_e4;
    c->gap_sd_e4 = row->gap_sd_e4;
    c->cycle_e4 = row->cycle_e4;
    c->overdue_e4 = row->overdue_e4;
    c->at_risk_on = row->at_risk_on;
    c->inactive_on = row->inactive_on;
    c->lost_on = row->lost_on;
    c->value_total = row->value_total;
    c->value_12m = row->value_12m;
    c->value_prev_12m = row->value_prev_12m;
    c->average_cents = row->average_cents;
    c->return_e4 = row->return_e4;
    c->trend = row->trend;
    c->prior_days = row->prior_days;
    c->prior_assumed = row->prior_assumed;
    c->gap_days = row->gap_days;
    c->forecast = row->forecast;
}

static bool customer_tell(struct cx *cx, void *owner, size_t at, const struct derived *d) {
    struct telling *t = owner;
    const struct score_row *row = &d->row;
    const struct score_run *run = &t->company->run;
    struct customer c;
    analyze_absent(row->code, &c);
    if (t->analyze->kept[at]) {
        analyze_told(t->analyze->kept[at], &c);
    }
    numbers_take(row, &c);
    c.recency_days = day_is(row->last) ? run->as_of.n - row->last.n : STAT_NONE;
    c.abc = t->company->abc[at];
    c.rule = t->rule[row->rule];
    c.rule_stood_in = row->purchases > 0 && t->analyze->policy.rule[row->rule].due.kind == DUE_PROBABILITY &&
                      !alive_params(&t->company->alive, row->last);
    if (row->purchases > 0) {
        c.r = rfm_score(&run->r, row->last.n);
        c.f = rfm_score(&run->f, row->purchases);
        c.m = rfm_score(&run->m, row->value_total);
    }
    waited_take(t, row, &c);
    return t->visit(cx, t->owner, &c);
}

static bool asks_why(const struct analyze_options *options) {
    bool asked = false;
    for (size_t i = 0; i < options->columns; i++) {
        asked = asked || options->column[i] == COLUMN_WHY;
    }
    return asked;
}

bool analyze_full_each(struct cx *cx, struct analyze *a, analyze_visit *visit, void *owner) {
    struct company company;
    struct telling t = {.analyze = a, .company = &company, .visit = visit, .owner = owner};
    const struct company_wish wish = {.policy = &a->policy,
                                      .label_code = a->label_code,
                                      .label_codes = a->label_codes + 1,
                                      .model = a->options->model,
                                      .insist = true,
                                      .progress = a->options->read.progress};
    bool ok = company_find(cx, &a->sales, &wish, &company);
    t.rule = arena_new(cx->arena, struct str, a->policy.n);
    for (size_t i = 0; i < a->policy.n; i++) {
        t.rule[i] = policy_rule_text(cx->arena, &a->policy.rule[i].due);
    }
    if (ok && asks_why(a->options)) {
        t.waited = heap_new(company.segments.n + 1, sizeof *t.waited);
        ok = derive_all(cx, &company.derive, &a->sales, company.abc, waits_count, &t);
    }
    ok = ok && derive_all(cx, &company.derive, &a->sales, company.abc, customer_tell, &t);
    free(t.waited);
    company_clear(&company);
    return ok;
}
