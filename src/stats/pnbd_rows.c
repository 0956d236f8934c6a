// SPDX-License-Identifier: Apache-2.0
/* pnbd_rows -- the log-likelihood of all customers, with gradient and Hessian.
 *
 * A row's likelihood is C(x) [e^left(x, t_x) + e^next(x, T)] (pnbd_likelihood.c). The three parts cost an integral or a gamma
 * function each, their sum only one exp and one log1p; and where time is counted in days there are far fewer distinct (x, t_x) and
 * (x, T) than rows. Rows are sorted by (group, x, t_x, T): `left` is computed once a run of equal (x, t_x); `next` of
 * each distinct (group, x, T) goes into a table, unless nearly every row has its own (time not in days), when the table
 * would be larger than the data and nothing were saved; C of each distinct x into another.
 *
 * Tasks are fixed blocks of rows, added up in their order: the same bits for any number of threads.
 */
#include "stats/pnbd_rows.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"

enum { BLOCK_ROWS = 4096, BLOCK_PAIRS = 512, TIMES_MOST = 1 << 16, SLOTS = 1 << 18 };

struct pnbd_rows {
    const struct cbs *data;
    const struct model_covariates *covariates;
    unsigned threads;
    size_t params; /* 4 + 2 columns */
    size_t xs;
    double *x; /* [xs], increasing */
    struct pnbd_half *count;
    size_t pairs; /* distinct (group, x, T); 0: not kept */
    uint32_t *pair_row;
    uint32_t *pair; /* [rows] */
    struct pnbd_half *next;
    size_t blocks;
    double *part; /* [blocks][part_n]: value, gradient, upper triangle of the Hessian by rows */
    size_t part_n;
    const double *at; /* where it is being evaluated */
};

/* -- made once ------------------------------------------------------------------------------------------------------- */

static uint32_t group_of(const struct cbs *data, size_t row) {
    return data->group ? data->group[row] : 0;
}

static int x_order(const void *a, const void *b) {
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

static void xs_make(struct arena *arena, struct pnbd_rows *rows) {
    const struct cbs *data = rows->data;
    size_t runs = 1;
    for (size_t i = 1; i < data->rows; i++)
        runs += data->x[i] != data->x[i - 1];
    rows->x = arena_new(arena, double, runs);
    size_t n = 0;
    for (size_t i = 0; i < data->rows; i++)
        if (i == 0 || data->x[i] != data->x[i - 1])
            rows->x[n++] = data->x[i];
    if (data->group)
        qsort(rows->x, n, sizeof *rows->x, x_order);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || rows->x[i] != rows->x[i - 1])
            rows->x[rows->xs++] = rows->x[i];
    rows->count = arena_new(arena, struct pnbd_half, rows->xs);
}

/* The distinct T, found by hashing. */
struct times {
    double *value;
    uint32_t *slot; /* place + 1 */
    size_t n;
};

/* Place of T; TIMES_MOST when there are too many. */
static size_t time_place(struct times *times, double T) {
    uint64_t bits;
    memcpy(&bits, &T, sizeof bits);
    size_t at = (size_t)((bits * 0x9E3779B97F4A7C15u) >> 40) % SLOTS;
    for (; times->slot[at] != 0; at = (at + 1) % SLOTS)
        if (times->value[times->slot[at] - 1] == T)
            return times->slot[at] - 1;
    if (times->n == TIMES_MOST)
        return TIMES_MOST;
    times->value[times->n] = T;
    times->slot[at] = (uint32_t)++times->n;
    return times->n - 1;
}

/* Numbers the distinct (group, x, T); false when that saves little. */
static bool pairs_number(struct arena *arena, struct pnbd_rows *rows) {
    const struct cbs *data = rows->data;
    struct times times = {.value = arena_new(arena, double, TIMES_MOST), .slot = arena_new(arena, uint32_t, SLOTS)};
    /* Of each T: the run of equal (group, x) that met it last, counted from 1, and its pair there. */
    uint32_t *run_last = arena_new(arena, uint32_t, TIMES_MOST), *pair_last = arena_new(arena, uint32_t, TIMES_MOST);
    uint32_t run = 0;
    for (size_t i = 0; i < data->rows; i++) {
        size_t place = time_place(&times, data->T[i]);
        if (place == TIMES_MOST || rows->pairs > data->rows / 2)
            return false;
        run += i == 0 || data->x[i] != data->x[i - 1] || group_of(data, i) != group_of(data, i - 1);
        if (run_last[place] != run) {
            run_last[place] = run;
            pair_last[place] = (uint32_t)rows->pairs;
            rows->pair_row[rows->pairs++] = (uint32_t)i;
        }
        rows->pair[i] = pair_last[place];
    }
    return true;
}

static void pairs_make(struct arena *arena, struct pnbd_rows *rows) {
    struct arena_mark mark = arena_mark_get(arena);
    if (rows->data->rows >= UINT32_MAX)
        return;
    rows->pair_row = arena_new(arena, uint32_t, rows->data->rows / 2 + 2);
    rows->pair = arena_new(arena, uint32_t, rows->data->rows);
    struct arena_mark scratch = arena_mark_get(arena);
    bool kept = pairs_number(arena, rows);
    arena_rewind(arena, kept ? scratch : mark);
    if (kept)
        rows->next = arena_new(arena, struct pnbd_half, rows->pairs);
    else
        rows->pairs = 0;
}

struct pnbd_rows *pnbd_rows_make(struct arena *arena, const struct cbs *data, const struct model_covariates *covariates,
                                 unsigned threads) {
    struct pnbd_rows *rows = arena_new(arena, struct pnbd_rows, 1);
    rows->data = data;
    rows->covariates = covariates;
    rows->threads = threads;
    rows->params = PNBD_PARAMS + 2 * covariates->n;
    rows->part_n = 1 + rows->params + rows->params * (rows->params + 1) / 2;
    rows->blocks = (data->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    rows->part = arena_new(arena, double, rows->blocks * rows->part_n);
    xs_make(arena, rows);
    pairs_make(arena, rows);
    return rows;
}

/* -- evaluated many times -------------------------------------------------------------------------------------------- */

void pnbd_rows_group(const struct model_covariates *covariates, const double *at, size_t group, double *param) {
    double log_alpha = at[PNBD_ALPHA], log_beta = at[PNBD_BETA];
    for (size_t j = 0; j < covariates->n; j++) {
        double z = covariates->z[group * covariates->n + j];
        log_alpha -= at[PNBD_PARAMS + j] * z;
        log_beta -= at[PNBD_PARAMS + covariates->n + j] * z;
    }
    param[PNBD_R] = exp(at[PNBD_R]);
    param[PNBD_ALPHA] = exp(log_alpha);
    param[PNBD_S] = exp(at[PNBD_S]);
    param[PNBD_BETA] = exp(log_beta);
}

/* Counts are tabled for alpha = 1: what alpha adds is linear, and it may differ between groups. */
static void count_task(void *owner, size_t task) {
    struct pnbd_rows *rows = owner;
    double param[PNBD_PARAMS] = {exp(rows->at[PNBD_R]), 1, 1, 1};
    size_t end = (task + 1) * BLOCK_PAIRS < rows->xs ? (task + 1) * BLOCK_PAIRS : rows->xs;
    for (size_t i = task * BLOCK_PAIRS; i < end; i++)
        pnbd_count_derive(param, rows->x[i], &rows->count[i]);
}

static void next_task(void *owner, size_t task) {
    struct pnbd_rows *rows = owner;
    double param[PNBD_PARAMS];
    uint32_t group = UINT32_MAX;
    size_t end = (task + 1) * BLOCK_PAIRS < rows->pairs ? (task + 1) * BLOCK_PAIRS : rows->pairs;
    for (size_t i = task * BLOCK_PAIRS; i < end; i++) {
        size_t row = rows->pair_row[i];
        if (i == task * BLOCK_PAIRS || group != group_of(rows->data, row)) {
            group = group_of(rows->data, row);
            pnbd_rows_group(rows->covariates, rows->at, group, param);
        }
        pnbd_half_derive(param, rows->data->x[row], rows->data->T[row], false, &rows->next[i]);
    }
}

static void half_add(struct pnbd_half *sum, const struct pnbd_half *half, double weight) {
    sum->log += weight * half->log;
    for (int i = 0; i < PNBD_PARAMS; i++)
        sum->first[i] += weight * half->first[i];
    for (int i = 0; i < PNBD_SECOND; i++)
        sum->second[i] += weight * half->second[i];
}

/* log(e^left + e^next) with derivatives, but for what is linear in `left`: that is returned as its weight. */
static double row_add(const struct pnbd_half *left, const struct pnbd_half *next, double weight,
                      struct pnbd_half *sum) {
    double apart = left->log - next->log, small = exp(-fabs(apart));
    double share_large = 1 / (1 + small), share_small = small * share_large;
    double share_next = apart > 0 ? share_small : share_large, share_left = apart > 0 ? share_large : share_small;
    sum->log += weight * (log1p(small) + (apart > 0 ? left->log : next->log));
    double weight_next = weight * share_next, weight_both = weight_next * share_left, between[PNBD_PARAMS];
    for (int i = 0; i < PNBD_PARAMS; i++) {
        sum->first[i] += weight_next * next->first[i];
        between[i] = left->first[i] - next->first[i];
    }
    for (int i = 0, k = 0; i < PNBD_PARAMS; i++)
        for (int j = i; j < PNBD_PARAMS; j++, k++)
            sum->second[k] += weight_next * next->second[k] + weight_both * between[i] * between[j];
    return weight * share_left;
}

/* One run of rows with the same group, x and t_x, from `row` on; returns its end. */
static size_t run_add(const struct pnbd_rows *rows, const double *param, size_t row, size_t end,
                      struct pnbd_half *sum) {
    const struct cbs *data = rows->data;
    double x = data->x[row], t_x = data->t_x[row], weight_left = 0, weight = 0;
    uint32_t group = group_of(data, row);
    struct pnbd_half left, own;
    pnbd_half_derive(param, x, t_x, true, &left);
    for (; row < end && data->x[row] == x && data->t_x[row] == t_x && group_of(data, row) == group; row++) {
        const struct pnbd_half *next = &own;
        if (rows->pairs > 0)
            next = &rows->next[rows->pair[row]];
        else
            pnbd_half_derive(param, x, data->T[row], false, &own);
        weight_left += row_add(&left, next, data->weight[row], sum);
        weight += data->weight[row];
    }
    left.log = 0; /* is in the sum already */
    half_add(sum, &left, weight_left);
    const double *place = bsearch(&x, rows->x, rows->xs, sizeof *rows->x, x_order);
    half_add(sum, &rows->count[place - rows->x], weight);
    sum->log -= weight * x * log(param[PNBD_ALPHA]);
    return row;
}

/* What a parameter moves in its group: one of the four logarithms, times a factor. */
static double moves(const struct pnbd_rows *rows, size_t param, uint32_t group, size_t *which) {
    size_t n = rows->covariates->n;
    if (param < PNBD_PARAMS) {
        *which = param;
        return 1;
    }
    size_t column = (param - PNBD_PARAMS) % n;
    *which = param - PNBD_PARAMS < n ? PNBD_ALPHA : PNBD_BETA;
    return -rows->covariates->z[group * n + column];
}

static void group_add(const struct pnbd_rows *rows, const struct pnbd_half *sum, uint32_t group, double *part) {
    static const int triangle[PNBD_PARAMS][PNBD_PARAMS] = {{0, 1, 2, 3}, {1, 4, 5, 6}, {2, 5, 7, 8}, {3, 6, 8, 9}};
    double *gradient = part + 1, *second = gradient + rows->params;
    part[0] += sum->log;
    for (size_t i = 0; i < rows->params; i++) {
        size_t one, other;
        double factor = moves(rows, i, group, &one);
        gradient[i] += factor * sum->first[one];
        for (size_t j = i; j < rows->params; j++) {
            double both = factor * moves(rows, j, group, &other);
            *second++ += both * sum->second[triangle[one][other]];
        }
    }
}

static void rows_task(void *owner, size_t task) {
    struct pnbd_rows *rows = owner;
    size_t row = task * BLOCK_ROWS, end = row + BLOCK_ROWS < rows->data->rows ? row + BLOCK_ROWS : rows->data->rows;
    double *part = rows->part + task * rows->part_n;
    for (size_t i = 0; i < rows->part_n; i++)
        part[i] = 0;
    while (row < end) {
        uint32_t group = group_of(rows->data, row);
        double param[PNBD_PARAMS];
        struct pnbd_half sum = {0};
        pnbd_rows_group(rows->covariates, rows->at, group, param);
        while (row < end && group_of(rows->data, row) == group)
            row = run_add(rows, param, row, end, &sum);
        group_add(rows, &sum, group, part);
    }
}

static size_t tasks_of(size_t n, size_t block) {
    return (n + block - 1) / block;
}

bool pnbd_rows_value(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    struct pnbd_rows *rows = owner;
    rows->at = at;
    parallel_run(rows->threads, tasks_of(rows->xs, BLOCK_PAIRS), count_task, rows);
    parallel_run(rows->threads, tasks_of(rows->pairs, BLOCK_PAIRS), next_task, rows);
    parallel_run(rows->threads, rows->blocks, rows_task, rows);
    double *sum = rows->part;
    for (size_t block = 1; block < rows->blocks; block++)
        for (size_t i = 0; i < rows->part_n; i++)
            sum[i] += rows->part[block * rows->part_n + i];
    *value = -sum[0];
    for (size_t i = 0; i < rows->params; i++)
        gradient[i] = -sum[1 + i];
    const double *second = sum + 1 + rows->params;
    for (size_t i = 0; hessian && i < rows->params; i++)
        for (size_t j = i; j < rows->params; j++)
            hessian[i * rows->params + j] = hessian[j * rows->params + i] = -*second++;
    return isfinite(*value);
}
