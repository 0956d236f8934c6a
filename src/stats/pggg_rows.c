// SPDX-License-Identifier: Apache-2.0
/* pggg_rows -- the log-likelihood of all customers, many times over for
 * parameters that are not far from each other.
 *
 * Where a customer's integral over k has its mass is found once, as a plan
 * relative to what moves with the parameters (pggg_plan); each value then costs
 * the points themselves and no search.
 *
 * Must not change after it is made. Invariant: the sum runs over blocks of rows
 * in order, so threads do not change it.
 */
#include "base/parallel.h"
#include "stats/pggg_parts.h"

enum { BLOCK = 32 };

struct pggg_rows {
    const struct cbs *data;
    size_t blocks;
    struct pggg_plan *plan;
};

static struct cbs_customer customer_of(const struct cbs *d, size_t i) {
    return (struct cbs_customer){d->x[i], d->t_x[i], d->T[i], d->x[i] > 0 ? d->litt[i] : 0};
}

static size_t block_end(const struct pggg_rows *rows, size_t block) {
    size_t end = (block + 1) * BLOCK;
    return end < rows->data->rows ? end : rows->data->rows;
}

struct evaluation {
    const struct pggg_rows *rows;
    const double *v;
    double *block;
};

static void plan_task(void *owner, size_t block) {
    const struct evaluation *e = owner;
    for (size_t i = block * BLOCK; i < block_end(e->rows, block); i++) {
        struct cbs_customer c = customer_of(e->rows->data, i);
        pggg_plan_make(e->v, &c, &e->rows->plan[i]);
    }
}

struct pggg_rows *pggg_rows_make(struct arena *arena, const struct cbs *data, const double *v, unsigned threads) {
    struct pggg_rows *rows = arena_new(arena, struct pggg_rows, 1);
    rows->data = data;
    rows->blocks = (data->rows + BLOCK - 1) / BLOCK;
    rows->plan = arena_new(arena, struct pggg_plan, data->rows);
    struct evaluation e = {.rows = rows, .v = v};
    parallel_run(threads, rows->blocks, plan_task, &e);
    return rows;
}

size_t pggg_rows_blocks(const struct pggg_rows *rows) {
    return rows->blocks;
}

static void sum_task(void *owner, size_t block) {
    const struct evaluation *e = owner;
    double sum = 0;
    for (size_t i = block * BLOCK; i < block_end(e->rows, block); i++) {
        struct cbs_customer c = customer_of(e->rows->data, i);
        sum += e->rows->data->weight[i] * pggg_plan_loglik(e->v, &c, &e->rows->plan[i]);
    }
    e->block[block] = sum;
}

double pggg_rows_loglik(const struct pggg_rows *rows, const double *v, double *block, unsigned threads) {
    struct evaluation e = {.rows = rows, .v = v, .block = block};
    double sum = 0;
    parallel_run(threads, rows->blocks, sum_task, &e);
    for (size_t i = 0; i < rows->blocks; i++)
        sum += block[i];
    return sum;
}
