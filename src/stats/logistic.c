// SPDX-License-Identifier: Apache-2.0
/* logistic -- ridge logistic regression by Newton's method.
 *
 * The function to make small is convex, so the only care needed is not to step too far: a Newton step that does not make
 * it smaller is halved until it does. Near the minimum every step doubles the number of right digits; the size of the
 * step in standard errors (the Newton decrement) says when that is enough.
 *
 * With eta = x . beta, -log p(y) is log(1 + e^eta) for y = 0 and log(1 + e^-eta) for y = 1. It is summed over blocks of
 * rows whose borders depend on the number of rows alone, then over the blocks in their order: the same bits for any
 * number of threads.
 *
 * Must not scale or centre columns: that is the caller's, who knows what they mean.
 * Invariant: what is returned is a minimum; where there is none (classes that a column parts and no penalty), it says so.
 */
#include "stats/logistic.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/optimise.h"

enum { BLOCKS_MOST = 256, BLOCK_ROWS_LEAST = 1024, STEPS_MOST = 100, HALVINGS_MOST = 60 };

static const double DECREMENT_ENOUGH = 1e-12; /* squared, in standard errors; the step taken then squares it again */
static const double MOVE_ENOUGH = 1e-3;  /* of the log odds of any row; where classes are parted it never gets there */
static const double VALUE_NOISE = 1e-13; /* relative rounding of the sum of all rows */

struct work {
    const struct logistic_data *data;
    const double *beta;
    size_t block_rows, blocks;
    size_t stride; /* of the sums of one block: value, gradient[columns], lower triangle of the Hessian */
    double *sum;
};

/* The chances of yes and no, and -log of that of what happened: without overflow, and without loss in either tail. */
struct chance {
    double yes, no, loss;
};

static struct chance chance_of(double eta, bool happened) {
    double e = exp(-fabs(eta)), large = 1 / (1 + e), small = e * large;
    double against = happened ? -eta : eta;
    return (struct chance){.yes = eta >= 0 ? large : small,
                           .no = eta >= 0 ? small : large,
                           .loss = (against > 0 ? against : 0) + log1p(e)};
}

static double row_weight(const struct logistic_data *data, size_t i) {
    return data->weight ? data->weight[i] : 1;
}

static void sum_block(void *owner, size_t block) {
    struct work *work = owner;
    const struct logistic_data *data = work->data;
    size_t columns = data->columns;
    size_t end = (block + 1) * work->block_rows < data->n ? (block + 1) * work->block_rows : data->n;
    double *sum = work->sum + block * work->stride, *gradient = sum + 1, *hessian = gradient + columns;
    memset(sum, 0, work->stride * sizeof *sum);
    for (size_t i = block * work->block_rows; i < end; i++) {
        double weight = row_weight(data, i);
        if (weight <= 0)
            continue;
        const double *x = data->x + i * columns;
        double eta = 0;
        for (size_t j = 0; j < columns; j++)
            eta += x[j] * work->beta[j];
        bool happened = data->y[i] != 0;
        struct chance chance = chance_of(eta, happened);
        sum[0] += weight * chance.loss;
        /* Not p - y: where p rounds to 1 the slope would be 0, and a coefficient that runs off look like an answer. */
        double slope = weight * (happened ? -chance.no : chance.yes), bend = weight * chance.yes * chance.no;
        double *row = hessian;
        for (size_t j = 0; j < columns; j++) {
            gradient[j] += slope * x[j];
            double scaled = bend * x[j];
            for (size_t k = 0; k <= j; k++)
                row[k] += scaled * x[k];
            row += j + 1;
        }
    }
}

/* The penalised value at beta; its gradient[columns] and full hessian[columns * columns]. */
static double evaluate(struct work *work, double penalty, const double *beta, unsigned threads, double *gradient,
                       double *hessian) {
    size_t columns = work->data->columns;
    work->beta = beta;
    parallel_run(threads, work->blocks, sum_block, work);
    double *total = work->sum;
    for (size_t b = 1; b < work->blocks; b++)
        for (size_t i = 0; i < work->stride; i++)
            total[i] += work->sum[b * work->stride + i];
    double value = total[0];
    const double *triangle = total + 1 + columns;
    for (size_t j = 0; j < columns; j++) {
        gradient[j] = total[1 + j];
        for (size_t k = 0; k <= j; k++)
            hessian[j * columns + k] = hessian[k * columns + j] = *triangle++;
    }
    for (size_t j = 1; j < columns; j++) {
        value += penalty / 2 * beta[j] * beta[j];
        gradient[j] += penalty * beta[j];
        hessian[j * columns + j] += penalty;
    }
    return value;
}

static enum stat_code check(const struct logistic_data *data, double penalty) {
    if (data->columns == 0 || data->columns > OPTIMISE_MOST || !(penalty >= 0) || !isfinite(penalty))
        return STAT_DOMAIN;
    for (size_t i = 0; i < data->n * data->columns; i++)
        if (!isfinite(data->x[i]))
            return STAT_DOMAIN;
    bool yes = false, no = false;
    for (size_t i = 0; i < data->n; i++) {
        double weight = row_weight(data, i);
        if (!isfinite(weight) || weight < 0)
            return STAT_DOMAIN;
        if (weight > 0 && data->y[i])
            yes = true;
        else if (weight > 0)
            no = true;
    }
    return yes && no ? STAT_OK : STAT_TOO_FEW;
}

/* The constant alone has a closed form, and is a good place to start from. */
static double constant_start(const struct logistic_data *data) {
    double yes = 0, all = 0;
    for (size_t i = 0; i < data->n; i++) {
        double weight = row_weight(data, i);
        all += weight;
        yes += data->y[i] ? weight : 0;
    }
    return log(yes / (all - yes));
}

struct state {
    double value;
    double *beta, *gradient, *hessian;
};

/* A step from `at` along -step, halved until the value falls; false: it falls nowhere. */
static bool step_down(struct work *work, double penalty, unsigned threads, const struct state *at, const double *step,
                      struct state *next) {
    double length = 1, room = VALUE_NOISE * (1 + fabs(at->value));
    for (int halving = 0; halving < HALVINGS_MOST; halving++, length /= 2) {
        for (size_t j = 0; j < work->data->columns; j++)
            next->beta[j] = at->beta[j] - length * step[j];
        next->value = evaluate(work, penalty, next->beta, threads, next->gradient, next->hessian);
        if (next->value <= at->value + room)
            return true;
    }
    return false;
}

/* By how much a step can move the log odds of a row through one column. */
static double reach(const double *step, const double *largest, size_t columns) {
    double most = 0;
    for (size_t j = 0; j < columns; j++)
        most = fmax(most, fabs(step[j]) * largest[j]);
    return most;
}

static double *largest_of(struct arena *arena, const struct logistic_data *data) {
    double *largest = arena_new(arena, double, data->columns);
    for (size_t i = 0; i < data->n; i++)
        for (size_t j = 0; j < data->columns; j++)
            largest[j] = fmax(largest[j], fabs(data->x[i * data->columns + j]));
    return largest;
}

static struct state state_new(struct arena *arena, size_t columns) {
    return (struct state){.beta = arena_new(arena, double, columns),
                          .gradient = arena_new(arena, double, columns),
                          .hessian = arena_new(arena, double, columns *columns)};
}

enum stat_code logistic_fit(struct arena *arena, const struct logistic_data *data, double penalty, unsigned threads,
                            struct logistic_fit *out) {
    enum stat_code code = check(data, penalty);
    if (code != STAT_OK)
        return code;
    size_t columns = data->columns;
    struct logistic_fit fit = {.beta = arena_new(arena, double, columns),
                               .covariance = arena_new(arena, double, columns *columns)};
    struct arena_mark mark = arena_mark_get(arena);
    size_t rows = (data->n + BLOCKS_MOST - 1) / BLOCKS_MOST;
    struct work work = {.data = data, .stride = 1 + columns + columns * (columns + 1) / 2};
    work.block_rows = rows > BLOCK_ROWS_LEAST ? rows : BLOCK_ROWS_LEAST;
    work.blocks = (data->n + work.block_rows - 1) / work.block_rows;
    work.sum = arena_new(arena, double, work.blocks *work.stride);
    struct state at = state_new(arena, columns), next = state_new(arena, columns);
    double *step = arena_new(arena, double, columns), *largest = largest_of(arena, data);

    at.beta[0] = constant_start(data);
    at.value = evaluate(&work, penalty, at.beta, threads, at.gradient, at.hessian);
    bool done = false;
    while (!done && fit.iterations < STEPS_MOST) {
        if (!optimise_solve(at.hessian, columns, at.gradient, step))
            break;
        double decrement = 0;
        for (size_t j = 0; j < columns; j++)
            decrement += step[j] * at.gradient[j];
        if (!step_down(&work, penalty, threads, &at, step, &next))
            break;
        struct state was = at;
        at = next;
        next = was;
        fit.iterations++;
        done = decrement <= DECREMENT_ENOUGH && reach(step, largest, columns) <= MOVE_ENOUGH;
    }
    code = done && optimise_inverse(at.hessian, columns, fit.covariance) ? STAT_OK : STAT_DOMAIN;
    if (code == STAT_OK) {
        memcpy(fit.beta, at.beta, columns * sizeof *fit.beta);
        fit.loglik = -at.value;
        for (size_t j = 1; j < columns; j++)
            fit.loglik += penalty / 2 * at.beta[j] * at.beta[j];
        *out = fit;
    }
    arena_rewind(arena, mark);
    return code;
}
