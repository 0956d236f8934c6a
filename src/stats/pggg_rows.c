// SPDX-License-Identifier: Apache-2.0
/* pggg_rows -- the log-likelihood of all customers, many times over for parameters that are not far from each other.
 *
 * The costly part of one customer is to find where its integrals have their mass. That hardly moves with the parameters, so
 * it is found once: each row keeps its values of k, with what depends on k alone, and the range in time of each. What moves
 * out of the ranges by as much as a posterior is wide stays under the error of the integrals.
 *
 * Must not change after it is made. Invariant: the sum runs over blocks of rows in order, so threads do not change it.
 */
#include <math.h>

#include "base/parallel.h"
#include "stats/pggg_parts.h"
#include "stats/special.h"
#include "stats/special_parts.h"

#define LOG_2PI 1.83787706640934548356

enum { BLOCK = 32, MAKING = 256 };

struct point {
    double q, k;
    double fixed; /* of the log of the term: what no parameter changes */
    struct pggg_range range;
};

struct row {
    double x, t_x, w, weight;
    double uneven, fixed;
    size_t first, points;
};

struct pggg_rows {
    size_t n, blocks;
    struct row *row;
    struct point *point;
};

/* -- made once ------------------------------------------------------------------------------------------------------- */

struct making {
    const struct cbs *data;
    const double *v;
    size_t from;
    struct pggg_customer *customer; /* [MAKING] */
};

static void making_task(void *owner, size_t task) {
    const struct making *m = owner;
    size_t i = m->from + task;
    const struct cbs *d = m->data;
    struct cbs_customer c = {d->x[i], d->t_x[i], d->T[i], d->x[i] > 0 ? d->litt[i] : 0};
    pggg_customer_make(m->v, &c, PGGG_GROSS, &m->customer[task]);
}

static void point_set(const struct pggg_customer *c, size_t i, struct point *out) {
    const struct pggg_node *node = &c->node[i];
    struct pggg_silence silence = {.s = c->v[PGGG_S], .b = c->v[PGGG_BETA] + c->c.t_x};
    out->k = node->k;
    out->q = log(node->k);
    out->fixed = node->log_measure;
    if (c->c.x > 0)
        out->fixed += c->c.x * (0.5 * out->q - special_stirling(out->k));
    pggg_wait_make(node->k, node->rest, node->scale, &silence.wait);
    if (c->c.T > c->c.t_x)
        pggg_silence_range(&silence, c->c.T - c->c.t_x, PGGG_GROSS_DEPTH, &out->range);
}

struct pggg_rows *pggg_rows_make(struct arena *arena, const struct cbs *data, const double *v, unsigned threads) {
    struct pggg_rows *rows = arena_new(arena, struct pggg_rows, 1);
    struct making m = {.data = data, .v = v, .customer = arena_new(arena, struct pggg_customer, MAKING)};
    size_t points = 0, room = 16 * data->rows + PGGG_NODES_MOST;
    rows->n = data->rows;
    rows->blocks = (data->rows + BLOCK - 1) / BLOCK;
    rows->row = arena_new(arena, struct row, data->rows);
    rows->point = arena_new(arena, struct point, room);
    for (m.from = 0; m.from < data->rows; m.from += MAKING) {
        size_t n = data->rows - m.from < MAKING ? data->rows - m.from : MAKING;
        parallel_run(threads, n, making_task, &m);
        for (size_t i = 0; i < n; i++) {
            const struct pggg_customer *c = &m.customer[i];
            struct row *row = &rows->row[m.from + i];
            *row = (struct row){.x = c->c.x, .t_x = c->c.t_x, .w = c->c.T - c->c.t_x};
            row->weight = data->weight[m.from + i];
            row->uneven = pggg_uneven(&c->c);
            row->fixed = c->c.x > 0 ? -0.5 * (c->c.x - 1) * LOG_2PI - c->c.litt : 0;
            row->first = points;
            row->points = c->nodes;
            if (points + c->nodes > room) {
                rows->point = arena_grow(arena, rows->point, room, 2 * room, sizeof *rows->point);
                room *= 2;
            }
            for (size_t j = 0; j < c->nodes; j++)
                point_set(c, j, &rows->point[points++]);
        }
    }
    return rows;
}

/* -- evaluated ------------------------------------------------------------------------------------------------------- */

struct evaluation {
    const struct pggg_rows *rows;
    const double *v;
    double log_prior, log_rate; /* constants of the densities of k and of lambda */
    double *block;
};

static double point_log(const double *v, const struct row *row, const struct point *point) {
    double k = point->k, sum = point->fixed + v[PGGG_T] * point->q - (v[PGGG_GAMMA] + row->uneven) * k;
    if (row->x > 0)
        sum += pggg_gaps_moving(v, row->x, row->t_x, k);
    if (!(row->w > 0))
        return sum;
    struct pggg_silence silence = {.s = v[PGGG_S], .b = v[PGGG_BETA] + row->t_x};
    pggg_wait_make(k, v[PGGG_R] + k * row->x, v[PGGG_ALPHA] / k + row->t_x, &silence.wait);
    double longer = pggg_wait_longer(&silence.wait, row->w);
    return sum + log(longer + pggg_silence_left(&silence, &point->range, 1));
}

static double row_log(const struct evaluation *e, const struct row *row) {
    double most = -INFINITY, sum = 0, value[PGGG_NODES_MOST];
    for (size_t j = 0; j < row->points; j++) {
        value[j] = point_log(e->v, row, &e->rows->point[row->first + j]);
        most = fmax(most, value[j]);
    }
    for (size_t j = 0; j < row->points; j++)
        sum += exp(value[j] - most);
    double constant = e->log_prior + row->fixed - e->v[PGGG_S] * log1p(row->t_x / e->v[PGGG_BETA]);
    return constant + (row->x > 0 ? e->log_rate : 0) + most + log(sum);
}

static void evaluation_task(void *owner, size_t block) {
    const struct evaluation *e = owner;
    size_t to = (block + 1) * BLOCK < e->rows->n ? (block + 1) * BLOCK : e->rows->n;
    double sum = 0;
    for (size_t i = block * BLOCK; i < to; i++)
        sum += e->rows->row[i].weight * row_log(e, &e->rows->row[i]);
    e->block[block] = sum;
}

double pggg_rows_loglik(const struct pggg_rows *rows, const double *v, double *block, unsigned threads) {
    double t = v[PGGG_T], r = v[PGGG_R], sum = 0;
    struct evaluation e = {.rows = rows,
                           .v = v,
                           .log_prior = t * log(v[PGGG_GAMMA]) - special_log_gamma(t),
                           .log_rate = r * log(v[PGGG_ALPHA]) - special_log_gamma(r) - r,
                           .block = block};
    parallel_run(threads, rows->blocks, evaluation_task, &e);
    for (size_t i = 0; i < rows->blocks; i++)
        sum += block[i];
    return sum;
}

size_t pggg_rows_blocks(const struct pggg_rows *rows) {
    return rows->blocks;
}
