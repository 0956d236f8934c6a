// SPDX-License-Identifier: Apache-2.0
/* The stack's regression against its own definition computed the slow way, its levels against a finer integration
 * (python3, numpy: the formulas of docs/methods/stack.md on cells of half a day), and what it must learn from invented rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/random.h"
#include "stats/stack_parts.h"

static const double TOL_SLOPE = 1e-3;  /* of a sum over thousands of rows: the search stops at a decrement of 1e-8 */
static const double TOL_CELLS = 0.006; /* ten-day cells against half-day ones */
static const double TOL_LEARNT = 0.15;

enum { ORIGINS = 6, ROWS = 1500, HORIZON = 90, APART = 30, AS_OF = 1000 };

static struct arena arena;

static int arena_begin(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int arena_end(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static double chance_of(double log_odds) {
    return 1 / (1 + exp(-log_odds));
}

/* Rows whose truth is slope * (the model's log odds) + late * overdue + level of the origin; all other features are noise. */
static struct stack_origin *origins_make(size_t rows, double slope, double late, const double level[ORIGINS]) {
    struct stack_origin *origin = arena_new(&arena, struct stack_origin, ORIGINS);
    for (size_t o = 0; o < ORIGINS; o++) {
        struct random chance;
        double *x = arena_new(&arena, double, rows *FEATURES);
        uint8_t *y = arena_new(&arena, uint8_t, rows);
        random_seed(&chance, 17, o);
        for (size_t i = 0; i < rows; i++) {
            for (size_t f = 0; f < FEATURES; f++)
                x[i * FEATURES + f] = random_normal(&chance);
            x[i * FEATURES + FEATURE_MODEL] = 1.5 * random_normal(&chance) - 0.5;
            x[i * FEATURES + FEATURE_YEAR_KNOWN] = 1; /* never varies */
            double odds = slope * x[i * FEATURES + FEATURE_MODEL] + late * x[i * FEATURES + FEATURE_OVERDUE] + level[o];
            y[i] = random_unit(&chance) < chance_of(odds);
        }
        origin[o] = (struct stack_origin){.day = AS_OF - HORIZON - (int32_t)o * APART, .n = rows, .x = x, .y = y};
    }
    return origin;
}

static const double flat[ORIGINS] = {0};

static enum stat_code train(const struct stack_origin *origin, unsigned threads, struct stack *out) {
    memset(out, 0, sizeof *out);
    return stack_train(&arena, origin, ORIGINS, 0, AS_OF, HORIZON, threads, out);
}

/* -- the regression -- */

/* What stack_fit.c says it minimises, row by row. */
static double objective(const struct stack_problem *p, const double *weight, const double *level) {
    double value = 0;
    for (size_t o = 0; o < p->n; o++)
        for (size_t i = 0; i < p->origin[o].n; i++) {
            double odds = p->offset + level[o];
            for (size_t f = 0; f < FEATURES; f++)
                odds += weight[f] * stack_framed(p->frame, f, p->origin[o].x[i * FEATURES + f]);
            value += p->row_weight * log1p(exp(p->origin[o].y[i] ? -odds : odds));
        }
    for (size_t f = 0; f < FEATURES; f++)
        value += p->penalty / 2 * (weight[f] - p->prior[f]) * (weight[f] - p->prior[f]);
    for (size_t i = 0; i < p->n; i++)
        for (size_t j = 0; j < p->n; j++)
            value += level[i] * p->levels->precision[i * p->n + j] * level[j] / 2;
    return value;
}

static void stack_fit_ends_where_its_objective_has_no_slope(void **state) {
    (void)state;
    static const double level[ORIGINS] = {0.3, -0.2, 0.1, 0, 0.4, -0.3};
    struct stack_origin *origin = origins_make(400, 0.8, 0.5, level);
    struct stack frame;
    struct stack_levels levels;
    int32_t day[ORIGINS];
    for (size_t o = 0; o < ORIGINS; o++)
        day[o] = origin[o].day;
    assert_int_equal(train(origin, 1, &frame), STAT_OK);
    assert_true(stack_levels_make(&arena, day, ORIGINS, AS_OF, HORIZON, 0, &levels));
    struct stack_problem problem = {.origin = origin,
                                    .n = ORIGINS,
                                    .frame = &frame,
                                    .row_weight = 1.0 / 3,
                                    .penalty = 50,
                                    .offset = frame.centre[FEATURE_MODEL],
                                    .levels = &levels,
                                    .threads = 1};
    problem.prior[FEATURE_MODEL] = frame.scale[FEATURE_MODEL];
    struct stack_solution *s = arena_new(&arena, struct stack_solution, 1);
    assert_true(stack_fit(&arena, &problem, s));
    const double step = 1e-4, at_end = objective(&problem, s->weight, s->level);
    for (size_t f = 0; f < FEATURES + ORIGINS; f++) {
        double *v = f < FEATURES ? &s->weight[f] : &s->level[f - FEATURES], kept = *v;
        *v = kept + step;
        double up = objective(&problem, s->weight, s->level);
        *v = kept - step;
        double down = objective(&problem, s->weight, s->level);
        *v = kept;
        assert_true(fabs(up - down) / (2 * step) < TOL_SLOPE);
        assert_true(up >= at_end && down >= at_end);
    }
}

static void stack_without_rows_says_what_the_model_says(void **state) {
    (void)state;
    struct stack_origin *origin = origins_make(20, 1, 0, flat);
    struct stack stack;
    double x[FEATURES] = {0}, off = 0;
    assert_int_equal(train(origin, 1, &stack), STAT_OK);
    for (size_t i = 0; i < 20; i++) {
        memcpy(x, origin[0].x + i * FEATURES, sizeof x);
        off += fabs(stack_log_odds(&stack, x, NULL, NULL) - x[FEATURE_MODEL]) / 20;
    }
    assert_true(off < 0.4); /* 120 rows in which a third is one's own: pulled to the model, the rest is their noise */
}

static void stack_learns_what_the_model_overlooks(void **state) {
    (void)state;
    struct stack_origin *origin = origins_make(ROWS, 0.7, -0.6, flat);
    struct stack stack;
    assert_int_equal(train(origin, 1, &stack), STAT_OK);
    double per_model = stack.weight[FEATURE_MODEL] / stack.scale[FEATURE_MODEL];
    double per_overdue = stack.weight[FEATURE_OVERDUE] / stack.scale[FEATURE_OVERDUE];
    assert_true(fabs(per_model - 0.7) < TOL_LEARNT);
    assert_true(fabs(per_overdue + 0.6) < TOL_LEARNT);
    assert_true(stack.scale[FEATURE_YEAR_KNOWN] <= 0); /* never varied: left out */
    for (size_t f = 0; f < FEATURES; f++)
        if (f != FEATURE_MODEL && f != FEATURE_OVERDUE)
            assert_true(fabs(stack.weight[f]) < TOL_LEARNT);
}

/* A customer unlike any that was seen is taken as the most extreme that was. */
static void stack_does_not_reach_beyond_what_was_seen(void **state) {
    (void)state;
    struct stack stack;
    assert_int_equal(train(origins_make(ROWS, 1, -0.6, flat), 1, &stack), STAT_OK);
    double edge[FEATURES] = {0}, beyond[FEATURES] = {0}, noise_edge, noise_beyond;
    edge[FEATURE_OVERDUE] = stack.high[FEATURE_OVERDUE];
    beyond[FEATURE_OVERDUE] = 1e6;
    double a = stack_log_odds(&stack, edge, NULL, &noise_edge), b = stack_log_odds(&stack, beyond, NULL, &noise_beyond);
    assert_true(a <= b && a >= b && noise_edge <= noise_beyond && noise_edge >= noise_beyond);
    assert_true(noise_edge > 0);
}

static void stack_is_surer_of_more_rows(void **state) {
    (void)state;
    struct stack few, many;
    double x[FEATURES] = {0}, noise_few, noise_many;
    x[FEATURE_OVERDUE] = 1;
    assert_int_equal(train(origins_make(100, 1, 0, flat), 1, &few), STAT_OK);
    assert_int_equal(train(origins_make(ROWS, 1, 0, flat), 1, &many), STAT_OK);
    (void)stack_log_odds(&few, x, NULL, &noise_few);
    (void)stack_log_odds(&many, x, NULL, &noise_many);
    assert_true(noise_many < noise_few);
}

static void stack_is_the_same_bits_for_any_number_of_threads(void **state) {
    (void)state;
    struct stack_origin *origin = origins_make(ROWS, 0.7, -0.6, flat);
    struct stack one, two;
    assert_int_equal(train(origin, 1, &one), STAT_OK);
    assert_int_equal(train(origin, 2, &two), STAT_OK);
    assert_memory_equal(&one, &two, sizeof one);
}

static void stack_of_hardly_any_purchase_is_refused(void **state) {
    (void)state;
    struct stack_origin *origin = origins_make(30, 1, 0, flat);
    struct stack stack;
    for (size_t o = 0; o < ORIGINS; o++)
        memset((uint8_t *)(uintptr_t)origin[o].y, 0, origin[o].n);
    assert_int_equal(train(origin, 1, &stack), STAT_TOO_FEW);
    for (size_t o = 0; o < ORIGINS; o++)
        memset((uint8_t *)(uintptr_t)origin[o].y, 1, origin[o].n);
    assert_int_equal(train(origin, 1, &stack), STAT_TOO_FEW);
}

/* -- levels -- */

static void stack_levels_against_a_finer_integration(void **state) {
    (void)state;
    static const struct {
        size_t n;
        int32_t as_of, day[7];
        double ahead[7], noise;
    } known[] = {
        {1, 1000, {910}, {0.49567}, 0.35852},
        {2, 1000, {910, 640}, {0.44781, 0.33674}, 0.30593},
        {3, 400, {310, 220, 130}, {0.4102, -0.1643, -0.0596}, 0.3409}, /* young: a good start is taken for usual */
        {7,
         1000,
         {910, 820, 730, 640, 550, 460, 370},
         {0.67763, -0.13279, -0.15411, 0.58867, -0.43745, 0.00500, 0.07923},
         0.24364},
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        struct stack_levels levels;
        assert_true(stack_levels_make(&arena, known[k].day, known[k].n, known[k].as_of, 90, 0, &levels));
        for (size_t i = 0; i < known[k].n; i++)
            assert_true(fabs(levels.ahead[i] - known[k].ahead[i]) < TOL_CELLS);
        assert_true(fabs(levels.noise - known[k].noise) < TOL_CELLS);
    }
}

/* Whoever bought more than foretold in all windows is foretold more, but not all of it. */
static void stack_level_that_stayed_is_foretold_in_part(void **state) {
    (void)state;
    static const double high[ORIGINS] = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
    struct stack stack;
    assert_int_equal(train(origins_make(ROWS, 1, 0, high), 1, &stack), STAT_OK);
    double ahead = stack.constant - stack.centre[FEATURE_MODEL];
    assert_true(ahead > 0.1 && ahead < 0.5);
    assert_true(stack.unseen > 0);
    assert_true(fabs(stack.usual - stack.centre[FEATURE_MODEL] - 0.5) < TOL_LEARNT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stack_fit_ends_where_its_objective_has_no_slope),
        cmocka_unit_test(stack_without_rows_says_what_the_model_says),
        cmocka_unit_test(stack_learns_what_the_model_overlooks),
        cmocka_unit_test(stack_does_not_reach_beyond_what_was_seen),
        cmocka_unit_test(stack_is_surer_of_more_rows),
        cmocka_unit_test(stack_is_the_same_bits_for_any_number_of_threads),
        cmocka_unit_test(stack_of_hardly_any_purchase_is_refused),
        cmocka_unit_test(stack_levels_against_a_finer_integration),
        cmocka_unit_test(stack_level_that_stayed_is_foretold_in_part),
    };
    return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
