// SPDX-License-Identifier: Apache-2.0
/* model -- times of the models on many invented customers, summary in memory: a line a step, `name seconds`.
 *
 *     model N THREADS [FILE]      FILE: the customers are written there too (x t_x T, doubles), for a peer to fit
 *
 * The customers are a BG/NBD company's of two years, in days. What is measured starts with the customers as they came
 * and ends with the fit; the copy that cbs_make may disorder is made before the clock starts. For bench/bench_model.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "stats/model.h"
#include "stats/simulate.h"

enum { YEARS_DAYS = 730, STARTS_DAYS = 365, PURCHASES_MOST = 20000 };

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void full(void *owner, size_t wanted) {
    (void)owner;
    fprintf(stderr, "no memory for %zu bytes\n", wanted);
    exit(1);
}

static void invent(struct cbs_customer *c, size_t n) {
    const struct model_params company = {.kind = MODEL_BGNBD, .k = 1, .v = {0.5, 30.0, 0.8, 2.4}};
    double *time = malloc(PURCHASES_MOST * sizeof *time);
    for (size_t i = 0; time != NULL && i < n; i++) {
        struct random chance;
        size_t purchases = 0;
        random_seed(&chance, 7, i);
        double T = YEARS_DAYS - floor(random_unit(&chance) * STARTS_DAYS), last = 0, litt = 0, x = 0;
        if (simulate_customer(&company, &chance, T, time, PURCHASES_MOST, &purchases) != STAT_OK)
            exit(1);
        for (size_t k = 0; k < purchases; k++) { /* purchases of one day are one */
            double day = ceil(time[k]);
            if (day > last) {
                litt += log(day - last);
                last = day;
                x++;
            }
        }
        c[i] = (struct cbs_customer){x, last, T, litt};
    }
    free(time);
}

static void keep(const struct cbs_customer *c, size_t n, const char *path) {
    FILE *to = fopen(path, "wb");
    for (size_t i = 0; to != NULL && i < n; i++)
        fwrite(&c[i], sizeof(double), 3, to);
    if (to == NULL || fclose(to) != 0) {
        perror(path);
        exit(1);
    }
}

static void fit(enum model_kind kind, const struct cbs_customer *from, struct cbs_customer *room, size_t n,
                unsigned threads) {
    const struct model_def *def = model_of(kind);
    struct arena arena;
    struct cbs data;
    struct model_fit out;
    struct model_fit_options options = {.k = 1, .threads = threads};
    arena_init(&arena, 0, full, NULL);
    memcpy(room, from, n * sizeof *room);
    double start = now();
    if (cbs_make(&arena, room, NULL, n, kind == MODEL_MIXK, threads, &data) != STAT_OK ||
        def->fit(&arena, &data, &options, &out) != STAT_OK) {
        fprintf(stderr, "%s: no fit\n", def->name);
        exit(1);
    }
    printf("%s %.4f %zu %d %.6f\n", def->name, now() - start, data.rows, out.iterations, out.loglik);
    fflush(stdout);
    arena_clear(&arena);
}

static void predict(const struct cbs_customer *c, size_t n, unsigned threads) {
    const struct model_params params = {.kind = MODEL_BGNBD, .k = 1, .v = {0.5, 30.0, 0.8, 2.4}};
    double *column = malloc(6 * n * sizeof *column);
    if (column == NULL)
        exit(1);
    double *x = column, *t_x = x + n, *T = t_x + n, *alive = T + n, *active = alive + n, *expected = active + n;
    for (size_t i = 0; i < n; i++) {
        x[i] = c[i].x;
        t_x[i] = c[i].t_x;
        T[i] = c[i].T;
    }
    memset(alive, 0, 3 * n * sizeof *alive); /* memory that was never touched is not what is measured */
    double start = now();
    if (model_predict(&params, &(struct model_many){n, x, t_x, T, NULL}, 90, threads, alive, active, expected) !=
        STAT_OK)
        exit(1);
    printf("predict %.4f\n", now() - start);
    free(column);
}

int main(int argc, char **argv) {
    size_t n = argc > 2 ? strtoul(argv[1], NULL, 10) : 0;
    if (n == 0)
        return 2;
    unsigned threads = (unsigned)strtoul(argv[2], NULL, 10);
    struct cbs_customer *c = malloc(n * sizeof *c), *room = malloc(n * sizeof *room);
    if (c == NULL || room == NULL)
        return 1;
    invent(c, n);
    if (argc > 3)
        keep(c, n, argv[3]);
    memset(room, 0, n * sizeof *room);
    fit(MODEL_BGNBD, c, room, n, threads);
    fit(MODEL_MBGNBD, c, room, n, threads);
    fit(MODEL_PNBD, c, room, n, threads);
    predict(c, n, threads);
    free(c);
    free(room);
    return 0;
}
