// SPDX-License-Identifier: Apache-2.0
/* shop -- customers and score rows drawn by a seed, in memory and in a fresh database, so that a test can compute what
 * the store should answer. Codes are longer than they differ, names have accents and repeat, many numbers are equal,
 * some are absent.
 */
#ifndef REATIVA_TESTS_STORE_SHOP_H
#define REATIVA_TESTS_STORE_SHOP_H

#include "fixture.h"
#include "stats/stat.h"
#include "store/customer.h"
#include "store/import.h"
#include "store/label.h"
#include "store/score.h"

enum { SHOP_TODAY = 20000, SHOP_GAPS = 400 };

struct shop_customer {
    struct score_row row;
    struct str name, name_fold, tax_id, phone, label[LABEL_KIND_END];
    int64_t label_id[LABEL_KIND_END];
    struct day last_contact;
    bool gone;
};
struct shop {
    struct fixture *fixture;
    uint64_t seed;
    struct shop_customer *customer;
    size_t n;
    struct score_run run;
    int32_t gap_days[SHOP_GAPS];
};

static inline uint64_t shop_random(struct shop *shop, uint64_t n) {
    shop->seed ^= shop->seed << 13;
    shop->seed ^= shop->seed >> 7;
    shop->seed ^= shop->seed << 17;
    return (shop->seed >> 11) % n;
}

/* A number below n, or now and then none. */
static inline int64_t shop_number(struct shop *shop, uint64_t n) {
    return shop_random(shop, 8) ? (int64_t)shop_random(shop, n) : STAT_NONE;
}

static inline struct day shop_day(struct shop *shop, int32_t from, uint64_t n) {
    return shop_random(shop, 8) ? (struct day){from + (int32_t)shop_random(shop, n)} : DAY_NONE;
}

/* Many equal numbers, now and then none; of a fifth of those who bought nothing is foretold. */
static inline struct forecast shop_forecast(struct shop *shop, bool bought) {
    struct forecast f = {.method =
                             bought ? (enum forecast_method)(FORECAST_CYCLE + shop_random(shop, 8)) : FORECAST_NONE};
    if (shop_random(shop, 5) == 0)
        f.method = FORECAST_NONE;
    f.p_active_e4 = (int64_t)shop_random(shop, 21) * 500;
    f.p_active_low_e4 = f.p_active_e4 * 3 / 4;
    f.p_active_high_e4 = f.p_active_e4 + (10000 - f.p_active_e4) / 4;
    f.p_alive_e4 = shop_number(shop, 10001);
    f.next_on = shop_day(shop, SHOP_TODAY, 60);
    f.next_from = day_is(f.next_on) ? (struct day){SHOP_TODAY + 1} : DAY_NONE;
    f.next_to = day_is(f.next_on) ? (struct day){f.next_on.n + 20} : DAY_NONE;
    f.expected_90d_e4 = (int64_t)shop_random(shop, 100000);
    f.expected_value_365d_cents = shop_number(shop, 1000000);
    return f;
}

static inline void shop_row(struct shop *shop, struct shop_customer *c) {
    struct score_row *r = &c->row;
    r->status = (enum status)shop_random(shop, STATUS_COUNT);
    r->purchases = r->status == STATUS_PROSPECT ? 0 : 1 + (int64_t)(shop_random(shop, 12) * shop_random(shop, 12));
    bool bought = r->purchases > 0;
    r->last = bought ? (struct day){SHOP_TODAY - (int32_t)shop_random(shop, 900)} : DAY_NONE;
    r->first = bought ? (struct day){r->last.n - (int32_t)shop_random(shop, 900)} : DAY_NONE;
    r->gap_median_e4 = r->purchases > 1 ? (int64_t)shop_random(shop, 90) * 5000 : STAT_NONE;
    r->gap_mean_e4 = r->purchases > 1 ? (int64_t)shop_random(shop, 1000000) : STAT_NONE;
    r->gap_sd_e4 = r->purchases > 2 ? (int64_t)shop_random(shop, 1000000) : STAT_NONE;
    r->cycle_e4 = bought ? 10000 + (int64_t)shop_random(shop, 900000) : STAT_NONE;
    r->overdue_e4 = bought ? (int64_t)shop_random(shop, 90000) : STAT_NONE;
    r->prior_days = bought ? 30 : STAT_NONE;
    r->prior_assumed = shop_random(shop, 2);
    r->rule = (int64_t)shop_random(shop, 2);
    r->at_risk_on = bought ? shop_day(shop, SHOP_TODAY - 500, 900) : DAY_NONE;
    r->inactive_on = bought ? shop_day(shop, SHOP_TODAY - 500, 900) : DAY_NONE;
    r->lost_on = bought ? shop_day(shop, SHOP_TODAY, 700) : DAY_NONE;
    r->value_total = (int64_t)shop_random(shop, 300) * 1000 - 20000;
    r->ranked = bought && SHOP_TODAY - r->last.n < 365;
    r->value_12m = r->ranked ? (int64_t)shop_random(shop, 200) * 1000 - 5000 : 0;
    r->value_prev_12m = (int64_t)shop_random(shop, 100) * 1000;
    r->average_cents = shop_number(shop, 5000);
    r->return_e4 = shop_number(shop, 300);
    r->trend = (enum trend)shop_random(shop, 4);
    r->gap_days = shop->gap_days;
    r->forecast = shop_forecast(shop, bought);
}

/* The number after a text, in so many digits at least. */
static inline struct str shop_text(struct shop *shop, const char *before, int digits, uint64_t n) {
    char text[100];
    snprintf(text, sizeof text, "%s%0*llu", before, digits, (unsigned long long)n);
    return str_copy(&shop->fixture->arena, str_from(text));
}

static inline void shop_draw(struct shop *shop, size_t i, struct shop_customer *c) {
    static const char *const names[] = {"Padaria São João ", "Ágil ", "Zé do Açaí ", "agil "};
    static const char *const same[] = {"", "Comercial Ômega", "COMERCIAL  OMEGA"};
    c->row.customer_id = (int64_t)i + 1 + (int64_t)(i / 100); /* ids have holes */
    c->row.code = shop_text(shop, "CLIENTE-", 5, i * 7919 % 100003);
    uint64_t name = shop_random(shop, 7);
    c->name = name < 3 ? str_from(same[name]) : shop_text(shop, names[name - 3], 0, shop_random(shop, 40));
    c->name_fold = str_fold(&shop->fixture->arena, c->name);
    c->tax_id = shop_random(shop, 3) ? shop_text(shop, "", 14, shop_random(shop, 100000000)) : (struct str){0};
    c->phone = shop_text(shop, "+55 (11) 9", 4, i);
    const uint64_t kinds[LABEL_KIND_END] = {
        [LABEL_COMPANY] = 3, [LABEL_REP] = 12, [LABEL_SEGMENT] = 9, [LABEL_REGION] = 27, [LABEL_CITY] = 300};
    for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++) {
        uint64_t which = shop_random(shop, kinds[kind]);
        c->label[kind] = which ? shop_text(shop, "L", 0, which) : (struct str){0};
    }
    c->last_contact = shop_day(shop, SHOP_TODAY - 200, 200);
    shop_row(shop, c);
}

static inline void shop_customers_put(struct shop *shop) {
    struct fixture *f = shop->fixture;
    struct customer_writer *writer;
    int64_t import_id, changed;
    fixture_good(f, import_begin(&f->cx, f->db, IMPORT_CUSTOMERS, S("shop"), 1, &import_id));
    fixture_good(f, customer_writer_open(&f->cx, f->db, &writer));
    for (size_t i = 0; i < shop->n; i++) {
        struct shop_customer *c = &shop->customer[i];
        struct customer_fact fact = {.customer_id = c->row.customer_id,
                                     .import_id = import_id,
                                     .source = FACT_FROM_CUSTOMERS,
                                     .day = DAY_NONE,
                                     .name = c->name,
                                     .tax_id = c->tax_id,
                                     .phone = c->phone,
                                     .closed_on = DAY_NONE,
                                     .last_contact = c->last_contact};
        for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++) {
            fixture_good(f, label_of(&f->cx, f->db, (enum label_kind)kind, c->label[kind], &c->label_id[kind]));
            fact.label[kind] = c->label_id[kind];
        }
        fixture_good(f, customer_writer_add(&f->cx, writer, c->row.customer_id, c->row.code));
        fixture_good(f, customer_writer_fact(&f->cx, writer, &fact));
    }
    fixture_good(f, customer_writer_close(&f->cx, writer));
    fixture_good(f, customer_merge(&f->cx, f->db, import_id, &changed));
}

/* Cuts that split the shop somewhere in the middle, with ties at their values. */
static inline void shop_cuts(struct shop *shop) {
    struct score_run *run = &shop->run;
    *run =
        (struct score_run){.as_of = {SHOP_TODAY},
                           .policy = S("segment=L1\tdays 60 at-risk 40\n\tcycle 2.5 at-risk 1.5 between 20 and 365\n"),
                           .facts = 7,
                           .made_us = 99,
                           .customers = (int64_t)shop->n,
                           .a = {.value_cents = 150000, .ties = 3, .above = 100, .sum_cents = 1000},
                           .b = {.value_cents = 60000, .ties = 3, .above = 200, .sum_cents = 2000},
                           .a_code = S("CLIENTE-05"),
                           .b_code = S("CLIENTE-04"),
                           .r = {.from = {19300, 19500, 19700, 19900}, .less = {1, 2, 3, 4}, .n = 5},
                           .f = {.from = {2, 5, 20, INT64_MAX}, .less = {1, 2, 3, 4}, .n = 5},
                           .m = {.from = {0, 40000, 90000, 150000}, .less = {1, 2, 3, 4}, .n = 5},
                           .season = true,
                           .model = S("auto")};
}

static inline struct forecast_kept shop_forecast_kept(void) {
    return (struct forecast_kept){
        .method = FORECAST_MIXK,
        .learnt_on = {SHOP_TODAY},
        .customers = 17,
        .purchases = 170,
        .first_day = {SHOP_TODAY - 900},
        .enough_on = DAY_NONE,
        .origins = 3,
        .warnings = 5,
        .season = true,
        .segments = S("3 7 12"),
        .model = S("mixk 0x1.8p-1\n0x1p+3"),
        .trial = {{FORECAST_CYCLE, 40, 11, {450000, 430000, 470000}, {STAT_NONE, STAT_NONE, STAT_NONE}},
                  {FORECAST_MIXK, 40, 11, {400001, 380000, 420000}, {810000, 790000, 830000}}},
        .trials = 2};
}

static inline void shop_score_put(struct shop *shop, bool temporary) {
    struct fixture *f = shop->fixture;
    struct score_writer *writer;
    fixture_good(f, score_writer_open(&f->cx, f->db, temporary, &writer));
    for (size_t i = 0; i < shop->n; i++) {
        const struct score_row *row = &shop->customer[i].row;
        if (shop->customer[i].gone)
            continue;
        fixture_good(f, score_writer_row(&f->cx, writer, row));
        if (row->status == STATUS_LOST && row->purchases) {
            struct score_episode episode = {row->customer_id, {row->last.n + 60}, DAY_NONE};
            fixture_good(f, score_writer_episode(&f->cx, writer, &episode));
        }
    }
    struct score_prior prior = {3, 600, {100, 40, 7, 31}};
    fixture_good(f, score_writer_prior(&f->cx, writer, &prior));
    for (int32_t t = 0; t < WAITED_TENTHS; t++) {
        struct score_waited waited = {0, t, 2};
        fixture_good(f, score_writer_waited(&f->cx, writer, &waited));
    }
    struct forecast_kept forecast = shop_forecast_kept();
    fixture_good(f, score_writer_forecast(&f->cx, writer, &forecast));
    fixture_good(f, score_writer_close(&f->cx, writer, &shop->run));
}

/* n customers, in the fixture's database and in memory; committed, score kept. */
static inline void shop_open(struct shop *shop, struct fixture *fixture, size_t n) {
    memset(shop, 0, sizeof *shop);
    shop->fixture = fixture;
    shop->seed = 88172645463325252u;
    shop->n = n;
    shop->customer = arena_new(&fixture->arena, struct shop_customer, n);
    for (int i = 0; i < SHOP_GAPS; i++)
        shop->gap_days[i] = 1 + i * 3;
    for (size_t i = 0; i < n; i++)
        shop_draw(shop, i, &shop->customer[i]);
    shop_cuts(shop);
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    shop_customers_put(shop);
    shop_score_put(shop, false);
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
}

#endif
