// SPDX-License-Identifier: Apache-2.0
/* crossing URL [CUSTOMERS [CROSSED]] -- what it costs, after a score, to find who crossed a line.
 *
 * Fills an empty database with the score of so many customers, of whom so many become late on each of the last 30 days, notes what was known
 * yesterday, and times the noting of today, which is rolled back each time. Prints milliseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "app/crossings.h"
#include "store/customer.h"
#include "store/import.h"
#include "store/score.h"

enum { TODAY = 20000, TIMES = 9, AGO = 30 };
static const int64_t DAY_US = INT64_C(86400) * 1000000;

static struct arena arena;
static struct cx cx = {.arena = &arena};
static struct db *db;

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

/* Customers in turn: late on one of the last days, late or gone for longer, or well within their time. */
static struct score_row row_of(int64_t id, int64_t crossed) {
    static int32_t gap[] = {40};
    int64_t place = id * 7919 % 1000003; /* so that those of a day do not lie side by side */
    int64_t late = crossed * AGO, kind = id <= late ? 0 : 1 + id % 4;
    int32_t day = kind == 0   ? TODAY - (int32_t)(id % AGO)
                  : kind == 1 ? TODAY - 40 - (int32_t)(place % 40)
                  : kind == 2 ? TODAY - 100 - (int32_t)(place % 500)
                              : TODAY + 1 + (int32_t)(place % 60);
    struct score_row row = {.customer_id = id,
                            .purchases = 2,
                            .first = {day - 100},
                            .last = {day - 60},
                            .gap_days = gap,
                            .at_risk_on = {day},
                            .inactive_on = {day + 90},
                            .lost_on = {day + 700},
                            .value_total = 1000,
                            .prior_days = 30};
    row.status = row.inactive_on.n <= TODAY ? STATUS_INACTIVE : day <= TODAY ? STATUS_AT_RISK : STATUS_ACTIVE;
    return row;
}

static void customers_make(int64_t customers) {
    struct customer_writer *writer;
    int64_t import_id, changed;
    char code[32];
    must(import_begin(&cx, db, IMPORT_ORDERS, S("bench"), 1, &import_id) && customer_writer_open(&cx, db, &writer));
    for (int64_t id = 1; id <= customers; id++) {
        struct customer_fact fact = {.customer_id = id,
                                     .import_id = import_id,
                                     .source = FACT_FROM_CUSTOMERS,
                                     .day = DAY_NONE,
                                     .closed_on = DAY_NONE,
                                     .last_contact = DAY_NONE};
        int n = snprintf(code, sizeof code, "C%08lld", (long long)id);
        must(customer_writer_add(&cx, writer, id, (struct str){code, (size_t)n}));
        must(customer_writer_fact(&cx, writer, &fact));
    }
    must(customer_writer_close(&cx, writer) && customer_merge(&cx, db, import_id, &changed));
}

static void fill(int64_t customers, int64_t crossed) {
    struct score_writer *writer;
    struct score_run run = {.as_of = {TODAY}, .policy = S("\tdays 90 at-risk 60\n"), .customers = customers};
    run.a_code = run.b_code = S("Z");
    must(db_write(&cx, db));
    customers_make(customers);
    must(score_writer_open(&cx, db, false, &writer));
    for (int64_t id = 1; id <= customers; id++) {
        struct score_row row = row_of(id, crossed);
        must(score_writer_row(&cx, writer, &row));
    }
    must(score_writer_forecast(&cx, writer, &(struct forecast_kept){.method = FORECAST_NONE}));
    must(score_writer_close(&cx, writer, &run) && db_commit(&cx, db));
}

/* As it was yesterday: who became late today was not. */
static void known_yesterday(int64_t customers) {
    struct day yesterday = {TODAY - 1};
    must(db_write(&cx, db) && crossings_note(&cx, db, yesterday, false, customers, yesterday.n * DAY_US) &&
         db_commit(&cx, db));
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fputs("crossing URL [CUSTOMERS [CROSSED]]\n", stderr);
        return 2;
    }
    int64_t customers = argc > 2 ? strtoll(argv[2], NULL, 10) : 1000000;
    int64_t crossed = argc > 3 ? strtoll(argv[3], NULL, 10) : 1000, news = 0;
    double ms[TIMES];
    arena_init(&arena, 0, arena_full_exit, NULL);
    must(db_open(&cx, str_from(argv[1]), DB_CREATE, &db));
    fill(customers, crossed);
    known_yesterday(customers);
    for (int i = 0; i < TIMES; i++) {
        struct crossing *found;
        size_t n;
        must(db_write(&cx, db));
        double start = now_ms();
        must(crossings_note(&cx, db, (struct day){TODAY}, false, customers, TODAY * DAY_US));
        ms[i] = now_ms() - start;
        must(crossing_news(&cx, db, (struct day){TODAY}, (struct day){TODAY}, &found, &n));
        news = (int64_t)n;
        db_rollback(db);
    }
    qsort(ms, TIMES, sizeof *ms, ascending);
    printf("%lld customers, %lld crossed today: %.1f ms (%.1f to %.1f)\n", (long long)customers, (long long)news,
           ms[TIMES / 2], ms[0], ms[TIMES - 1]);
    db_close(db);
    arena_clear(&arena);
    return news == crossed && ms[TIMES / 2] <= 100 ? 0 : 1;
}
