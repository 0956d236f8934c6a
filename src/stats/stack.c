// SPDX-License-Identifier: Apache-2.0
/* stack -- see the header.
 *
 * First the frame: each feature centred and scaled by what the training rows show, and cut at their outer two thousandths, so that
 * a customer unlike any seen is taken as the most extreme that was. Then the regression (stack_fit.c), pulled toward weight
 * one for the model's log odds and zero for all else. Last the level of the future (stack_level.c).
 */
#include "stats/stack.h"

#include <math.h>
#include <string.h>

#include "stats/stack_parts.h"

static const double PENALTY = 50; /* measured, docs/methods/stack.md */
static const double EDGE = 0.002; /* share of rows beyond the cut at each end */
static const double SCALE_LEAST = 1e-9;
enum { CLASS_LEAST = 10, CUT_SAMPLE = 4096 };

static void sift(double *v, size_t root, size_t n) {
    for (size_t child; (child = 2 * root + 1) < n; root = child) {
        if (child + 1 < n && v[child] < v[child + 1])
            child++;
        if (v[root] >= v[child])
            return;
        double t = v[root];
        v[root] = v[child];
        v[child] = t;
    }
}

static void sort(double *v, size_t n) {
    for (size_t i = n / 2; i-- > 0;)
        sift(v, i, n);
    for (size_t i = n; i-- > 1;) {
        double t = v[0];
        v[0] = v[i];
        v[i] = t;
        sift(v, 0, i);
    }
}

/* Every so manieth row is enough to see where the outer ones begin. */
static void cuts_find(struct arena *arena, const struct stack_origin *origin, size_t n, size_t rows, size_t feature,
                      struct stack *out) {
    struct arena_mark mark = arena_mark_get(arena);
    size_t stride = rows / CUT_SAMPLE + 1, taken = 0, at = 0;
    double *v = arena_new(arena, double, rows / stride + 1);
    for (size_t o = 0; o < n; o++)
        for (size_t i = 0; i < origin[o].n; i++, at++)
            if (at % stride == 0)
                v[taken++] = origin[o].x[i * FEATURES + feature];
    sort(v, taken);
    size_t out_of = (size_t)((double)taken * EDGE);
    out->low[feature] = v[out_of];
    out->high[feature] = v[taken - 1 - out_of];
    arena_rewind(arena, mark);
}

static void frame_make(struct arena *arena, const struct stack_origin *origin, size_t n, size_t rows,
                       struct stack *out) {
    for (size_t f = 0; f < FEATURES; f++) {
        cuts_find(arena, origin, n, rows, f, out);
        double sum = 0, square = 0;
        for (size_t o = 0; o < n; o++)
            for (size_t i = 0; i < origin[o].n; i++)
                sum += fmin(fmax(origin[o].x[i * FEATURES + f], out->low[f]), out->high[f]);
        out->centre[f] = sum / (double)rows;
        for (size_t o = 0; o < n; o++)
            for (size_t i = 0; i < origin[o].n; i++) {
                double away = fmin(fmax(origin[o].x[i * FEATURES + f], out->low[f]), out->high[f]) - out->centre[f];
                square += away * away;
            }
        double scale = sqrt(square / (double)rows);
        out->scale[f] = scale > SCALE_LEAST ? scale : 0;
    }
}

static void keep(const struct stack_problem *p, const struct stack_levels *levels, const struct stack_solution *s,
                 struct stack *out) {
    size_t n = levels->n, cell = 0;
    double ahead = 0, mean = 0, level = 0;
    memcpy(out->weight, s->weight, sizeof out->weight);
    for (size_t i = 0; i < n; i++) {
        ahead += levels->ahead[i] * s->level[i];
        mean += s->level[i] / (double)n;
        for (size_t j = 0; j < n; j++)
            level += levels->ahead[i] * levels->ahead[j] * s->of_levels[i * n + j];
    }
    out->constant = p->offset + ahead;
    out->usual = p->offset + mean;
    out->unseen = levels->noise;
    for (size_t f = 0; f < FEATURES; f++)
        for (size_t g = 0; g <= f; g++)
            out->covariance[cell++] = s->of_weights[f * FEATURES + g];
    for (size_t f = 0; f < FEATURES; f++) {
        double both = 0;
        for (size_t i = 0; i < n; i++)
            both += levels->ahead[i] * s->of_both[f * n + i];
        out->covariance[cell++] = both;
    }
    out->covariance[cell] = level;
}

enum stat_code stack_train(struct arena *arena, const struct stack_origin *origin, size_t n, int32_t first,
                           int32_t as_of, int32_t horizon_days, unsigned threads, struct stack *out) {
    size_t rows = 0, bought = 0;
    int32_t day[STACK_ORIGINS_MOST], apart = horizon_days;
    for (size_t o = 0; o < n; o++) {
        rows += origin[o].n;
        for (size_t i = 0; i < origin[o].n; i++)
            bought += origin[o].y[i];
        day[o] = origin[o].day;
        if (o > 0 && day[o - 1] - day[o] < apart)
            apart = day[o - 1] - day[o];
    }
    if (bought < CLASS_LEAST || rows - bought < CLASS_LEAST)
        return STAT_TOO_FEW;
    struct stack_levels levels;
    if (!stack_levels_make(arena, day, n, as_of, horizon_days, first, &levels))
        return STAT_DOMAIN;
    frame_make(arena, origin, n, rows, out);
    struct stack_problem problem = {.origin = origin,
                                    .n = n,
                                    .frame = out,
                                    .row_weight = (double)apart / horizon_days,
                                    .penalty = PENALTY,
                                    .offset = out->centre[FEATURE_MODEL],
                                    .levels = &levels,
                                    .threads = threads};
    problem.prior[FEATURE_MODEL] = out->scale[FEATURE_MODEL];
    struct arena_mark mark = arena_mark_get(arena);
    struct stack_solution *solution = arena_new(arena, struct stack_solution, 1);
    bool done = stack_fit(arena, &problem, solution);
    if (done)
        keep(&problem, &levels, solution, out);
    arena_rewind(arena, mark);
    return done ? STAT_OK : STAT_DOMAIN;
}

double stack_log_odds(const struct stack *stack, const double x[FEATURES], double *usual, double *noise) {
    double z[FEATURES + 1], sum = 0;
    for (size_t f = 0; f < FEATURES; f++) {
        z[f] = stack_framed(stack, f, x[f]);
        sum += z[f] * stack->weight[f];
    }
    z[FEATURES] = 1;
    if (usual)
        *usual = stack->usual + sum;
    if (noise) {
        const double *cell = stack->covariance;
        double variance = 0;
        for (size_t f = 0; f <= FEATURES; f++) {
            double row = 0;
            for (size_t g = 0; g < f; g++)
                row += *cell++ * z[g];
            variance += z[f] * (2 * row + *cell++ * z[f]);
        }
        *noise = sqrt(fmax(variance, 0));
    }
    double odds = stack->constant + sum;
    return odds / sqrt(1 + 0.39269908169872414 * (stack->unseen));
}
