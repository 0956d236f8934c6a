// SPDX-License-Identifier: Apache-2.0
/* stack_fit -- the regression of the stack, by Newton's method.
 *
 * Minimises, over the weights b of the framed features z and the levels d of the origins,
 *
 *     row_weight * sum over rows of -log p(y)  +  penalty / 2 |b - prior|^2  +  d' precision d / 2
 *
 * with log odds offset + z . b + d of the row's origin. A row has one level only, so the Hessian is a dense corner for the
 * weights, a strip for weights by levels, and a small corner for the levels, which is eliminated first (Schur).
 *
 * Rows are summed in fixed blocks that never mix origins, and the blocks in order: the same bits for any number of threads.
 * The function is convex; a step that does not lower it is halved.
 */
#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/optimise.h"
#include "stats/stack_parts.h"

enum { BLOCK_ROWS = 1024, STEPS_MOST = 40, HALVINGS_MOST = 30 };
enum { TRIANGLE = FEATURES * (FEATURES + 1) / 2 };
static const double DECREMENT_ENOUGH = 1e-8;

struct block {
    size_t origin, from, to;
    /* sums of the rows */
    double value, level_slope, level_bend;
    double slope[FEATURES], strip[FEATURES], bend[TRIANGLE];
};

struct fit {
    const struct stack_problem *problem;
    struct block *block;
    size_t blocks;
    double weight[FEATURES], level[STACK_ORIGINS_MOST];
    /* at (weight, level) */
    double value, slope[FEATURES], level_slope[STACK_ORIGINS_MOST];
    double bend[FEATURES * FEATURES], strip[FEATURES * STACK_ORIGINS_MOST];
    double level_bend[STACK_ORIGINS_MOST * STACK_ORIGINS_MOST];
};

double stack_framed(const struct stack *frame, size_t feature, double x) {
    if (frame->scale[feature] <= 0)
        return 0;
    return (fmin(fmax(x, frame->low[feature]), frame->high[feature]) - frame->centre[feature]) / frame->scale[feature];
}

static void sum_block(void *owner, size_t task) {
    struct fit *fit = owner;
    struct block *b = &fit->block[task];
    const struct stack_origin *origin = &fit->problem->origin[b->origin];
    double base = fit->problem->offset + fit->level[b->origin], z[FEATURES];
    b->value = b->level_slope = b->level_bend = 0;
    memset(b->slope, 0, sizeof b->slope);
    memset(b->strip, 0, sizeof b->strip);
    memset(b->bend, 0, sizeof b->bend);
    for (size_t i = b->from; i < b->to; i++) {
        double odds = base;
        for (size_t f = 0; f < FEATURES; f++) {
            z[f] = stack_framed(fit->problem->frame, f, origin->x[i * FEATURES + f]);
            odds += z[f] * fit->weight[f];
        }
        double e = exp(-fabs(odds)), small = e / (1 + e), p = odds >= 0 ? 1 - small : small;
        bool y = origin->y[i];
        b->value += log1p(e) + ((odds > 0) == y ? 0 : fabs(odds));
        double slope = p - y, bend = small * (1 - small);
        b->level_slope += slope;
        b->level_bend += bend;
        double *row = b->bend;
        for (size_t f = 0; f < FEATURES; f++) {
            b->slope[f] += slope * z[f];
            double scaled = bend * z[f];
            b->strip[f] += scaled;
            for (size_t g = 0; g <= f; g++)
                row[g] += scaled * z[g];
            row += f + 1;
        }
    }
}

static void sum_all(struct fit *fit) {
    const struct stack_problem *p = fit->problem;
    double w = p->row_weight;
    size_t n = p->n;
    parallel_run(p->threads, fit->blocks, sum_block, fit);
    fit->value = 0;
    memset(fit->slope, 0, sizeof fit->slope);
    memset(fit->level_slope, 0, sizeof fit->level_slope);
    memset(fit->bend, 0, sizeof fit->bend);
    memset(fit->strip, 0, sizeof fit->strip);
    memset(fit->level_bend, 0, sizeof fit->level_bend);
    for (size_t k = 0; k < fit->blocks; k++) {
        const struct block *b = &fit->block[k];
        const double *triangle = b->bend;
        fit->value += w * b->value;
        fit->level_slope[b->origin] += w * b->level_slope;
        fit->level_bend[b->origin * n + b->origin] += w * b->level_bend;
        for (size_t f = 0; f < FEATURES; f++) {
            fit->slope[f] += w * b->slope[f];
            fit->strip[f * n + b->origin] += w * b->strip[f];
            for (size_t g = 0; g <= f; g++)
                fit->bend[f * FEATURES + g] += w * *triangle++;
        }
    }
}

static void add_priors(struct fit *fit) {
    const struct stack_problem *p = fit->problem;
    size_t n = p->n;
    for (size_t f = 0; f < FEATURES; f++) {
        double away = fit->weight[f] - p->prior[f];
        fit->value += p->penalty / 2 * away * away;
        fit->slope[f] += p->penalty * away;
        fit->bend[f * FEATURES + f] += p->penalty;
        for (size_t g = 0; g < f; g++)
            fit->bend[g * FEATURES + f] = fit->bend[f * FEATURES + g];
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double precision = p->levels->precision[i * n + j];
            fit->value += precision / 2 * fit->level[i] * fit->level[j];
            fit->level_slope[i] += precision * fit->level[j];
            fit->level_bend[i * n + j] += precision;
        }
}

static void evaluate(struct fit *fit) {
    sum_all(fit);
    add_priors(fit);
}

/* The inverse of the levels' corner, and the weights' corner less what the levels explain. */
struct reduced {
    double inverse[STACK_ORIGINS_MOST * STACK_ORIGINS_MOST];
    double lift[FEATURES * STACK_ORIGINS_MOST]; /* strip times inverse */
    double bend[FEATURES * FEATURES];
};

static bool reduce(const struct fit *fit, struct reduced *out) {
    size_t n = fit->problem->n;
    if (!optimise_inverse(fit->level_bend, n, out->inverse))
        return false;
    for (size_t f = 0; f < FEATURES; f++)
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            for (size_t j = 0; j < n; j++)
                sum += fit->strip[f * n + j] * out->inverse[j * n + i];
            out->lift[f * n + i] = sum;
        }
    for (size_t f = 0; f < FEATURES; f++)
        for (size_t g = 0; g <= f; g++) {
            double sum = fit->bend[f * FEATURES + g];
            for (size_t i = 0; i < n; i++)
                sum -= out->lift[f * n + i] * fit->strip[g * n + i];
            out->bend[f * FEATURES + g] = out->bend[g * FEATURES + f] = sum;
        }
    return true;
}

/* Newton's step for both parts; returns its decrement squared, or -1. */
static double newton(const struct fit *fit, struct reduced *reduced, double *step, double *level_step) {
    size_t n = fit->problem->n;
    double right[FEATURES], decrement = 0;
    if (!reduce(fit, reduced))
        return -1;
    for (size_t f = 0; f < FEATURES; f++) {
        right[f] = fit->slope[f];
        for (size_t i = 0; i < n; i++)
            right[f] -= reduced->lift[f * n + i] * fit->level_slope[i];
    }
    if (!optimise_solve(reduced->bend, FEATURES, right, step))
        return -1;
    for (size_t i = 0; i < n; i++) {
        level_step[i] = 0;
        for (size_t j = 0; j < n; j++)
            level_step[i] += reduced->inverse[i * n + j] * fit->level_slope[j];
        for (size_t f = 0; f < FEATURES; f++)
            level_step[i] -= reduced->lift[f * n + i] * step[f];
        decrement += level_step[i] * fit->level_slope[i];
    }
    for (size_t f = 0; f < FEATURES; f++)
        decrement += step[f] * fit->slope[f];
    return fmax(decrement, 0);
}

static bool descend(struct fit *fit, const double *step, const double *level_step) {
    double weight[FEATURES], level[STACK_ORIGINS_MOST], value = fit->value, length = 1;
    memcpy(weight, fit->weight, sizeof weight);
    memcpy(level, fit->level, sizeof level);
    for (int halving = 0; halving < HALVINGS_MOST; halving++, length /= 2) {
        for (size_t f = 0; f < FEATURES; f++)
            fit->weight[f] = weight[f] - length * step[f];
        for (size_t i = 0; i < fit->problem->n; i++)
            fit->level[i] = level[i] - length * level_step[i];
        evaluate(fit);
        if (fit->value <= value + 1e-12 * (1 + fabs(value)))
            return true;
    }
    return false;
}

static void covariances(const struct fit *fit, const struct reduced *reduced, struct stack_solution *out) {
    size_t n = fit->problem->n;
    for (size_t f = 0; f < FEATURES; f++)
        for (size_t i = 0; i < n; i++) {
            double sum = 0;
            for (size_t g = 0; g < FEATURES; g++)
                sum -= out->of_weights[f * FEATURES + g] * reduced->lift[g * n + i];
            out->of_both[f * n + i] = sum;
        }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double sum = reduced->inverse[i * n + j];
            for (size_t f = 0; f < FEATURES; f++)
                sum -= reduced->lift[f * n + i] * out->of_both[f * n + j];
            out->of_levels[i * n + j] = sum;
        }
}

static size_t blocks_make(const struct stack_problem *p, struct block *block) {
    size_t blocks = 0;
    for (size_t i = 0; i < p->n; i++)
        for (size_t from = 0; from < p->origin[i].n; from += BLOCK_ROWS) {
            size_t to = from + BLOCK_ROWS < p->origin[i].n ? from + BLOCK_ROWS : p->origin[i].n;
            if (block)
                block[blocks] = (struct block){.origin = i, .from = from, .to = to};
            blocks++;
        }
    return blocks;
}

bool stack_fit(struct arena *arena, const struct stack_problem *problem, struct stack_solution *out) {
    struct arena_mark mark = arena_mark_get(arena);
    struct fit *fit = arena_new(arena, struct fit, 1);
    struct reduced *reduced = arena_new(arena, struct reduced, 1);
    double step[FEATURES], level_step[STACK_ORIGINS_MOST];
    fit->problem = problem;
    fit->blocks = blocks_make(problem, NULL);
    fit->block = arena_new(arena, struct block, fit->blocks);
    (void)blocks_make(problem, fit->block);
    memcpy(fit->weight, problem->prior, sizeof fit->weight);
    evaluate(fit);
    bool done = false, failed = false;
    for (int i = 0; i < STEPS_MOST && !done && !failed; i++) {
        double decrement = newton(fit, reduced, step, level_step);
        failed = decrement < 0 || !descend(fit, step, level_step);
        done = decrement < DECREMENT_ENOUGH;
    }
    if (done && !failed && reduce(fit, reduced) && optimise_inverse(reduced->bend, FEATURES, out->of_weights)) {
        memcpy(out->weight, fit->weight, sizeof out->weight);
        memcpy(out->level, fit->level, sizeof out->level);
        covariances(fit, reduced, out);
    } else {
        failed = true;
    }
    arena_rewind(arena, mark);
    return !failed;
}
