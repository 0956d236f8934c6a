// SPDX-License-Identifier: Apache-2.0
/* list URL [CUSTOMERS [DOCUMENTS]] -- how long lists take on a large database.
 *
 * Fills an empty database through the store's own writers (drawn by a fixed seed; status, value and rep hang together as in
 * a real company, so that a filter may want just those customers that an order puts last), then asks for the first 50
 * by every single filter in every order, and for the totals of every filter. Prints medians in milliseconds. A database that is filled
 * already is only asked.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/document.h"
#include "stats/stat.h"
#include "store/customer.h"
#include "store/document.h"
#include "store/import.h"
#include "store/list.h"
#include "store/score.h"

enum { TODAY = 20000, SHOWN = 50, TIMES = 5, REPS = 300, SEGMENTS = 9, REGIONS = 27, CITIES = 5000, COMPANIES = 3 };

static struct arena arena;
static struct cx cx = {.arena = &arena};
static struct db *db;
static uint64_t seed = 88172645463325252u;

static uint64_t draw(uint64_t n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (seed >> 11) % n;
}

static double now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void must(bool good) {
    if (good)
        return;
    fprintf(stderr, "%.*s: %s\n", STR_ARG(cx.err.key), cx.err.detail);
    exit(1);
}

static struct str text(char *room, size_t n, const char *before, int digits, uint64_t number) {
    int length = snprintf(room, n, "%s%0*llu", before, digits, (unsigned long long)number);
    return (struct str){room, (size_t)length};
}

/* -- filling ------------------------------------------------------------------------------------------------------------ */

struct drawn {
    struct score_row row;
    int64_t label[LABEL_KIND_END];
    struct day last_contact;
};

static int32_t gap_days[64];

/* The longer it is gone in its own time, the less likely; who is unlikely has no day. */
static struct forecast draw_forecast(const struct score_row *r) {
    if (r->purchases == 0 || r->status == STATUS_CLOSED)
        return (struct forecast){0};
    int64_t p = 9900 * 10000 / (10000 + r->overdue_e4) - (int64_t)draw(100);
    p = p > 10 ? p : 10;
    bool day = p > 2000;
    struct day from = {TODAY + 1 + (int32_t)draw(20)};
    return (struct forecast){.method = FORECAST_STACK,
                             .p_active_e4 = p,
                             .p_active_low_e4 = p * 8 / 10,
                             .p_active_high_e4 = p + (10000 - p) / 5,
                             .p_alive_e4 = p + (10000 - p) / 3,
                             .next_on = day ? (struct day){from.n + 10 + (int32_t)draw(30)} : DAY_NONE,
                             .next_from = day ? from : DAY_NONE,
                             .next_to = day ? (struct day){from.n + 60} : DAY_NONE,
                             .expected_90d_e4 = p * 2,
                             .expected_value_365d_cents = r->average_cents * p / 2500};
}

static void draw_customer(int64_t id, struct drawn *out) {
    struct score_row *r = &out->row;
    uint64_t u = draw(1000);
    *r = (struct score_row){.customer_id = id, .gap_days = gap_days, .prior_days = 30, .prior_assumed = false};
    r->purchases = draw(50) ? 1 + (int64_t)(draw(1000) < 300 ? 0 : draw(20)) : 0;
    bool bought = r->purchases > 0, often = r->purchases > 1;
    int32_t recency = (int32_t)(u * u * u / 700000);
    r->last = bought ? (struct day){TODAY - recency} : DAY_NONE;
    r->first = bought ? (struct day){TODAY - recency - (int32_t)r->purchases * 30} : DAY_NONE;
    r->cycle_e4 = bought ? 100000 + (int64_t)draw(900000) : STAT_NONE;
    r->gap_median_e4 = often ? r->cycle_e4 / 5000 * 5000 : STAT_NONE;
    r->gap_mean_e4 = often ? r->cycle_e4 + (int64_t)draw(10000) : STAT_NONE;
    r->gap_sd_e4 = r->purchases > 2 ? (int64_t)draw(300000) : STAT_NONE;
    r->overdue_e4 = bought ? (int64_t)recency * 100000000 / r->cycle_e4 : STAT_NONE;
    int32_t cycle = bought ? (int32_t)(r->cycle_e4 / 10000) : 0;
    r->at_risk_on = bought ? (struct day){r->last.n + cycle * 3 / 2} : DAY_NONE;
    r->inactive_on = bought ? (struct day){r->last.n + cycle * 5 / 2} : DAY_NONE;
    r->lost_on = bought ? (struct day){r->last.n + 731} : DAY_NONE;
    r->status = !bought                     ? STATUS_PROSPECT
                : draw(50) == 0             ? STATUS_CLOSED
                : TODAY >= r->lost_on.n     ? STATUS_LOST
                : TODAY >= r->inactive_on.n ? STATUS_INACTIVE
                : TODAY >= r->at_risk_on.n  ? STATUS_AT_RISK
                : r->purchases == 1         ? STATUS_NEW
                                            : STATUS_ACTIVE;
    r->average_cents = bought ? 1000 + (int64_t)draw(1000000) : STAT_NONE;
    r->value_total = bought ? r->purchases * r->average_cents : 0;
    r->ranked = bought && recency < 365;
    r->value_12m = r->ranked ? (r->purchases / 2 + 1) * r->average_cents : 0;
    r->value_prev_12m = bought ? r->purchases / 3 * r->average_cents : 0;
    r->return_e4 = bought && draw(10) == 0 ? (int64_t)draw(5000) : bought ? 0 : STAT_NONE;
    r->trend = (enum trend)draw(4);
    /* Rep 1 has 80 of 1,000 customers, those that nobody has seen for long; rep 2 has 80 of any kind. */
    uint64_t who = draw(1000);
    out->label[LABEL_REP] = recency > 600 && who < 450 ? 1 : who < 80 ? 2 : 3 + (int64_t)draw(REPS - 2);
    out->label[LABEL_SEGMENT] = 1 + (int64_t)draw(SEGMENTS);
    out->label[LABEL_REGION] = 1 + (int64_t)draw(REGIONS);
    out->label[LABEL_CITY] = id % 50000 == 7 ? 1 : 2 + (int64_t)draw(CITIES - 1); /* city 1: 20 of a million */
    out->label[LABEL_COMPANY] = 1 + (int64_t)draw(COMPANIES);
    out->last_contact = draw(3) ? (struct day){TODAY - (int32_t)draw(400)} : DAY_NONE;
    r->forecast = draw_forecast(r);
}

static void make_labels(int64_t first[LABEL_KIND_END]) {
    static const int64_t n[LABEL_KIND_END] = {0, COMPANIES, REPS, SEGMENTS, REGIONS, CITIES};
    static const char *const name[LABEL_KIND_END] = {"", "E", "R", "S", "UF", "Cidade "};
    char room[64];
    for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++) {
        for (int64_t i = 1; i <= n[kind]; i++) {
            int64_t id;
            must(label_of(&cx, db, (enum label_kind)kind, text(room, sizeof room, name[kind], 4, (uint64_t)i), &id));
            first[kind] = i == 1 ? id : first[kind];
        }
    }
}

static void make_customers(int64_t customers, int64_t import_id, struct drawn *drawn) {
    static const char *const names[] = {"Padaria São João ",     "Comercial de Alimentos ", "Distribuidora Ômega ",
                                        "Mercado Irmãos Souza ", "Auto Peças União ",       "Farmácia Vida "};
    int64_t first[LABEL_KIND_END];
    struct customer_writer *writer;
    char code[32], name[64], tax[32];
    int64_t changed;
    make_labels(first);
    must(customer_writer_open(&cx, db, &writer));
    for (int64_t id = 1; id <= customers; id++) {
        struct drawn *d = &drawn[id - 1];
        draw_customer(id, d);
        for (int kind = LABEL_COMPANY; kind < LABEL_KIND_END; kind++)
            d->label[kind] += first[kind] - 1;
        struct customer_fact fact = {.customer_id = id,
                                     .import_id = import_id,
                                     .source = FACT_FROM_CUSTOMERS,
                                     .day = DAY_NONE,
                                     .closed_on = DAY_NONE,
                                     .last_contact = d->last_contact};
        fact.name = text(name, sizeof name, id % 333333 == 5 ? "Quitanda Xangô " : names[draw(6)], 0, draw(100000));
        fact.tax_id = text(tax, sizeof tax, "", 14, draw(99999999999999));
        memcpy(fact.label, d->label, sizeof fact.label);
        d->row.code = text(code, sizeof code, "C", 8, (uint64_t)id * 7919 % 100000007);
        must(customer_writer_add(&cx, writer, id, d->row.code));
        must(customer_writer_fact(&cx, writer, &fact));
    }
    must(customer_writer_close(&cx, writer));
    must(customer_merge(&cx, db, import_id, &changed));
}

static void make_documents(int64_t customers, int64_t documents, int64_t import_id, const struct drawn *drawn) {
    struct document_writer *writer;
    char number[32];
    must(document_writer_open(&cx, db, import_id, &writer));
    for (int64_t id = 1; id <= documents; id++) {
        const struct drawn *d = &drawn[draw((uint64_t)customers)];
        struct document_row row = {.id = id,
                                   .customer_id = d->row.customer_id,
                                   .source = DOCUMENT_FROM_ORDERS,
                                   .company_id = d->label[LABEL_COMPANY],
                                   .number = text(number, sizeof number, "", 9, (uint64_t)id),
                                   .kind = DOCUMENT_SALE,
                                   .day = {TODAY - (int32_t)draw(1400)},
                                   .rep_id = d->label[LABEL_REP],
                                   .value_cents = 1000 + (int64_t)draw(100000),
                                   .lines = 1,
                                   .hash = (int64_t)draw(UINT64_C(1) << 52)};
        const struct document_line line = {
            .quantity_e4 = 10000, .price_e4 = row.value_cents * 100, .value_cents = row.value_cents};
        must(document_writer_add(&cx, writer, &row, &line));
    }
    must(document_writer_close(&cx, writer));
}

static int descending(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* Cuts where 80 and 95 % of the value are; codes do not matter at a value that one customer has. */
static void make_run(int64_t customers, const struct drawn *drawn, struct score_run *run) {
    int64_t *value = arena_new(&arena, int64_t, (size_t)customers), n = 0, all = 0, sum = 0;
    for (int64_t i = 0; i < customers; i++) {
        if (drawn[i].row.ranked)
            all += value[n++] = drawn[i].row.value_12m;
    }
    qsort(value, (size_t)n, sizeof *value, descending);
    *run = (struct score_run){.as_of = {TODAY},
                              .policy = S("\tdays 90 at-risk 60\n"),
                              .customers = customers,
                              .value_12m = all,
                              .ranked = n,
                              .a = {.ties = 1},
                              .b = {.ties = 1},
                              .a_code = S("Z"),
                              .b_code = S("Z")};
    for (int64_t i = 0; i < n; sum += value[i++]) {
        if (sum * 10 < all * 8)
            run->a.value_cents = value[i];
        if (sum * 100 < all * 95)
            run->b.value_cents = value[i];
    }
    run->r = (struct rfm_cuts){.from = {TODAY - 600, TODAY - 300, TODAY - 100, TODAY - 20}};
    run->f = (struct rfm_cuts){.from = {2, 5, 9, 15}};
    run->m = (struct rfm_cuts){.from = {100000, 1000000, 4000000, 9000000}};
}

static void make_score(int64_t customers, const struct drawn *drawn) {
    struct score_writer *writer;
    struct score_run run;
    make_run(customers, drawn, &run);
    double start = now_ms();
    must(score_writer_open(&cx, db, false, &writer));
    for (int64_t i = 0; i < customers; i++) {
        const struct score_row *row = &drawn[i].row;
        must(score_writer_row(&cx, writer, row));
        struct score_episode episode = {row->customer_id, row->inactive_on, DAY_NONE};
        if (row->purchases)
            must(score_writer_episode(&cx, writer, &episode));
    }
    double rows = now_ms();
    must(score_writer_forecast(&cx, writer, &(struct forecast_kept){.method = FORECAST_STACK, .learnt_on = {TODAY}}));
    must(score_writer_close(&cx, writer, &run));
    printf("score      %8.2f s (rows %.2f s, columns and indexes %.2f s)\n", (now_ms() - start) / 1e3,
           (rows - start) / 1e3, (now_ms() - rows) / 1e3);
}

static void fill(int64_t customers, int64_t documents) {
    struct drawn *drawn = arena_new(&arena, struct drawn, (size_t)customers);
    int64_t import_id;
    for (int i = 0; i < 64; i++)
        gap_days[i] = 20 + i;
    double start = now_ms();
    must(db_write(&cx, db));
    must(import_begin(&cx, db, IMPORT_ORDERS, S("bench"), 1, &import_id));
    make_customers(customers, import_id, drawn);
    double made = now_ms();
    printf("customers  %8.2f s\n", (made - start) / 1e3);
    make_documents(customers, documents, import_id, drawn);
    printf("documents  %8.2f s\n", (now_ms() - made) / 1e3);
    make_score(customers, drawn);
    double before = now_ms();
    must(db_commit(&cx, db));
    printf("commit     %8.2f s\n", (now_ms() - before) / 1e3);
}

/* -- asking ------------------------------------------------------------------------------------------------------------- */

struct named {
    const char *name;
    struct list_filter filter;
};

static struct list_codes one(const char *code) {
    return (struct list_codes){.code = {str_from(code)}, .n = 1};
}

static size_t filters(struct named *f) {
    size_t n = 0;
#define FILTER(text, field, value)                                                                                     \
    f[n] = (struct named){(text), list_filter_any()};                                                                  \
    f[n++].filter.field = value
    FILTER("none", statuses, 0);
    FILTER("status=lost", statuses, 1u << STATUS_LOST);
    FILTER("status=new", statuses, 1u << STATUS_NEW);
    FILTER("status=at_risk,inactive", statuses, 1u << STATUS_AT_RISK | 1u << STATUS_INACTIVE);
    FILTER("company (a third)", company, one("E0002"));
    FILTER("rep (80 k, long gone)", rep, one("R0001"));
    FILTER("rep (80 k, any)", rep, one("R0002"));
    FILTER("rep (3 k)", rep, one("R0250"));
    FILTER("segment (a ninth)", segment, one("S0005"));
    FILTER("region", region, one("UF0011"));
    FILTER("city (20)", city, one("Cidade 0001"));
    FILTER("city (200)", city, one("Cidade 0777"));
    FILTER("rfm=champions", rfm, one("champions"));
    FILTER("abc=A", abc, 1);
    FILTER("abc=C", abc, 4);
    FILTER("min-value 50,000.00", min_value, 5000000);
    FILTER("max-value 0", max_value, 0);
    FILTER("min-total", min_total, 9000000);
    FILTER("min-purchases 15", min_purchases, 15);
    FILTER("max-purchases 1", max_purchases, 1);
    FILTER("min-recency 700", min_recency, 700);
    FILTER("max-recency 7", max_recency, 7);
    FILTER("not-contacted-for 390", not_contacted_for, 390);
    FILTER("due today", due_from, ((struct day){TODAY}));
    f[n - 1].filter.due_to = (struct day){TODAY};
    FILTER("min-chance 90", min_chance_e4, 9000);
    FILTER("max-chance 1", max_chance_e4, 100);
    FILTER("next within a week", next_to, ((struct day){TODAY + 7}));
    FILTER("search xango (3)", search, S("xangô"));
    FILTER("search omega (a sixth)", search, S("omega"));
    FILTER("search nothing like it", search, S("qwertyui"));
    FILTER("code", code, S("C00007919"));
#undef FILTER
    return n;
}

static bool see(struct cx *with, void *owner, const struct customer *customer) {
    (void)with;
    (void)customer;
    ++*(int64_t *)owner;
    return true;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* column < 0: the totals. */
static double median_ms(const struct score_run *run, const struct list_filter *filter, int column, bool down) {
    double ms[TIMES];
    for (int i = 0; i < TIMES; i++) {
        struct arena_mark mark = arena_mark_get(&arena);
        struct list_totals totals;
        int64_t seen = 0;
        double start = now_ms();
        must(column < 0
                 ? list_total(&cx, db, run, filter, &totals)
                 : list_each(&cx, db, run, filter, (struct list_order){(enum column)column, down}, SHOWN, see, &seen));
        ms[i] = now_ms() - start;
        arena_rewind(&arena, mark);
    }
    qsort(ms, TIMES, sizeof *ms, ascending);
    return ms[TIMES / 2];
}

static void ask(void) {
    struct named filter[40];
    struct score_run run;
    bool found;
    size_t n = filters(filter);
    must(db_read(&cx, db) && score_run_find(&cx, db, &found, &run));
    printf("\n%-26s %8s %8s %8s  %s\n", "filter, 50 shown", "median", "worst", "totals", "worst order");
    for (size_t i = 0; i < n; i++) {
        double all[2 * COLUMN_COUNT], worst = 0;
        char order[64] = "";
        size_t k = 0;
        for (int column = 0; column < COLUMN_COUNT; column++) {
            for (int down = 0; down < 2 && column_defs[column].sortable; down++) {
                all[k] = median_ms(&run, &filter[i].filter, column, down);
                if (all[k] > worst) {
                    worst = all[k];
                    snprintf(order, sizeof order, "%s%s", down ? "-" : "", column_defs[column].name);
                }
                k++;
            }
        }
        qsort(all, k, sizeof *all, ascending);
        printf("%-26s %8.1f %8.1f %8.1f  %s\n", filter[i].name, all[k / 2], worst,
               median_ms(&run, &filter[i].filter, -1, false), order);
    }
    db_rollback(db);
}

/* 100 rows put, and a dozen steps from each cut, as an incremental score does; taken back. */
static void change(void) {
    struct score_run run;
    bool found;
    must(db_write(&cx, db) && score_run_find(&cx, db, &found, &run));
    double start = now_ms();
    for (int64_t i = 0; i < 100; i++) {
        struct score_row row;
        must(score_row_find(&cx, db, (int64_t)draw((uint64_t)run.customers) + 1, &found, &row));
        row.value_total += 100;
        row.value_12m += 100;
        must(score_row_put(&cx, db, &row, NULL, 0));
    }
    double put = now_ms();
    for (int i = 0; i < 12; i++) {
        struct score_rank from = {run.a.value_cents, run.a_code}, *near;
        int64_t value = run.m.from[1], times;
        size_t n;
        must(score_ranked_next(&cx, db, &from, i % 2, 100, &near, &n));
        for (int k = 0; k < 12; k++)
            must(score_axis_next(&cx, db, (enum score_axis)(k % 3), k % 3 == 2 ? value : run.f.from[1], i % 2, &found,
                                 &value, &times));
    }
    double walked = now_ms();
    must(score_run_put(&cx, db, &run));
    printf("\n100 rows changed: %.1f ms; 12 walks of 100 and 144 steps from the cuts: %.1f ms; run: %.1f ms\n",
           put - start, walked - put, now_ms() - walked);
    db_rollback(db);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("list URL [CUSTOMERS [DOCUMENTS]]\n", stderr);
        return 2;
    }
    arena_init(&arena, 0, arena_full_exit, NULL);
    bool any_there;
    must(db_open(&cx, str_from(argv[1]), DB_CREATE, &db));
    must(document_any(&cx, db, &any_there));
    if (!any_there)
        fill(argc > 2 ? strtoll(argv[2], NULL, 10) : 1000000, argc > 3 ? strtoll(argv[3], NULL, 10) : 10000000);
    ask();
    change();
    db_close(db);
    arena_clear(&arena);
    return 0;
}
