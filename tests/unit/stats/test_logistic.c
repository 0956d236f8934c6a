// SPDX-License-Identifier: Apache-2.0
/* Tables whose answer is a closed form, the equations of the minimum itself, and data that have no answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "stats/logistic.h"

static const double TOL_OPTIM = 1e-9, TOL_ROUND = 1e-12;

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static bool near(double a, double b, double tolerance) {
    return fabs(a - b) <= tolerance * fmax(1, fabs(b));
}

/* The table of docs/methods/logistic.md: 40 customers seen lately, 30 of them bought; 60 not, 12 bought. */
static const double table_x[] = {1, 0, 1, 0, 1, 1, 1, 1};
static const uint8_t table_y[] = {1, 0, 1, 0};
static const double table_weight[] = {12, 48, 30, 10};
static const struct logistic_data table = {.n = 4, .columns = 2, .x = table_x, .y = table_y, .weight = table_weight};

static void logistic_of_a_table_of_four(void **state) {
    (void)state;
    struct logistic_fit fit;
    assert_int_equal(logistic_fit(&arena, &table, 0, 1, &fit), STAT_OK);
    assert_true(near(fit.beta[0], log(12.0 / 48), TOL_OPTIM));
    assert_true(near(fit.beta[1], log(30.0 / 10) - log(12.0 / 48), TOL_OPTIM));
    assert_true(near(fit.covariance[0], 1.0 / 12 + 1.0 / 48, TOL_OPTIM));
    assert_true(near(fit.covariance[3], 1.0 / 12 + 1.0 / 48 + 1.0 / 30 + 1.0 / 10, TOL_OPTIM));
    assert_true(near(fit.covariance[1], -(1.0 / 12 + 1.0 / 48), TOL_OPTIM));
    double loglik = 12 * log(0.2) + 48 * log(0.8) + 30 * log(0.75) + 10 * log(0.25);
    assert_true(near(fit.loglik, loglik, TOL_ROUND));
    assert_in_range(fit.iterations, 2, 10);
}

static void logistic_penalty_pulls_all_but_the_constant(void **state) {
    (void)state;
    struct logistic_fit fit;
    assert_int_equal(logistic_fit(&arena, &table, 4, 1, &fit), STAT_OK);
    double p0 = 1 / (1 + exp(-fit.beta[0])), p1 = 1 / (1 + exp(-fit.beta[0] - fit.beta[1]));
    /* Where the gradient is zero: the constant makes the number of buyers right, the penalty holds the slope back. */
    assert_true(near(60 * p0 + 40 * p1, 42, TOL_OPTIM));
    assert_true(near(30 - 40 * p1, 4 * fit.beta[1], TOL_OPTIM));
    /* The worked example of the page, by bisection in python3-mpmath. */
    assert_true(near(fit.beta[0], -0.892832869921582, TOL_OPTIM));
    assert_true(near(fit.beta[1], 1.357883529879283, TOL_OPTIM));
    assert_true(fit.loglik < 12 * log(0.2) + 48 * log(0.8) + 30 * log(0.75) + 10 * log(0.25));
}

static void logistic_endless_penalty_leaves_the_constant(void **state) {
    (void)state;
    struct logistic_fit fit;
    assert_int_equal(logistic_fit(&arena, &table, 1e12, 1, &fit), STAT_OK);
    assert_true(near(fit.beta[0], log(42.0 / 58), 1e-9));
    assert_true(fabs(fit.beta[1]) < 1e-10);
}

static void logistic_weight_is_as_many_rows(void **state) {
    (void)state;
    double x[100 * 2];
    uint8_t y[100];
    size_t n = 0;
    for (size_t i = 0; i < 4; i++)
        for (int k = 0; k < (int)table_weight[i]; k++, n++) {
            memcpy(x + 2 * n, table_x + 2 * i, 2 * sizeof *x);
            y[n] = table_y[i];
        }
    struct logistic_fit rows, weights;
    assert_int_equal(logistic_fit(&arena, &(struct logistic_data){.n = n, .columns = 2, .x = x, .y = y}, 1, 1, &rows),
                     STAT_OK);
    assert_int_equal(logistic_fit(&arena, &table, 1, 1, &weights), STAT_OK);
    assert_true(near(rows.beta[0], weights.beta[0], TOL_OPTIM) && near(rows.beta[1], weights.beta[1], TOL_OPTIM));
}

static void logistic_without_both_answers_is_too_few(void **state) {
    (void)state;
    const uint8_t yes[] = {1, 1, 1, 1};
    const double only[] = {12, 0, 30, 0};
    struct logistic_fit fit;
    struct logistic_data all = table, left_out = table, empty = table;
    all.y = yes;
    left_out.weight = only;
    empty.n = 0;
    assert_int_equal(logistic_fit(&arena, &all, 1, 1, &fit), STAT_TOO_FEW);
    assert_int_equal(logistic_fit(&arena, &left_out, 1, 1, &fit), STAT_TOO_FEW);
    assert_int_equal(logistic_fit(&arena, &empty, 1, 1, &fit), STAT_TOO_FEW);
}

static void logistic_parted_classes_have_no_minimum_without_penalty(void **state) {
    (void)state;
    const double x[] = {1, -2, 1, -1, 1, 1, 1, 2};
    const uint8_t y[] = {0, 0, 1, 1};
    const struct logistic_data parted = {.n = 4, .columns = 2, .x = x, .y = y};
    struct logistic_fit fit;
    assert_int_equal(logistic_fit(&arena, &parted, 0, 1, &fit), STAT_DOMAIN);
    assert_int_equal(logistic_fit(&arena, &parted, 1, 1, &fit), STAT_OK);
    assert_true(fit.beta[1] > 0 && fit.beta[1] < 5 && fabs(fit.beta[0]) < 1e-9);
}

static void logistic_nearly_parted_classes_have_none_either(void **state) {
    (void)state;
    const double x[] = {1, 0, 1, 0, 1, 1, 1, 0}; /* all of column 1 bought, of the others some */
    const uint8_t y[] = {0, 1, 1, 0};
    struct logistic_fit fit;
    assert_int_equal(logistic_fit(&arena, &(struct logistic_data){.n = 4, .columns = 2, .x = x, .y = y}, 0, 1, &fit),
                     STAT_DOMAIN);
}

static void logistic_equal_columns_need_a_penalty(void **state) {
    (void)state;
    const double x[] = {1, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1};
    struct logistic_data twice = {.n = 4, .columns = 3, .x = x, .y = table_y, .weight = table_weight};
    struct logistic_fit fit;
    assert_int_equal(logistic_fit(&arena, &twice, 0, 1, &fit), STAT_DOMAIN);
    assert_int_equal(logistic_fit(&arena, &twice, 1e-3, 1, &fit), STAT_OK);
    assert_true(near(fit.beta[1], fit.beta[2], TOL_OPTIM));
}

static void logistic_refuses_what_is_no_number(void **state) {
    (void)state;
    const double bad_x[] = {1, 0, 1, NAN, 1, 1, 1, 1}, bad_weight[] = {12, -1, 30, 10};
    struct logistic_data x = table, weight = table;
    x.x = bad_x;
    weight.weight = bad_weight;
    struct logistic_fit fit;
    assert_int_equal(logistic_fit(&arena, &x, 1, 1, &fit), STAT_DOMAIN);
    assert_int_equal(logistic_fit(&arena, &weight, 1, 1, &fit), STAT_DOMAIN);
    assert_int_equal(logistic_fit(&arena, &table, -1, 1, &fit), STAT_DOMAIN);
    assert_int_equal(logistic_fit(&arena, &table, NAN, 1, &fit), STAT_DOMAIN);
}

static void logistic_of_huge_columns_does_not_overflow(void **state) {
    (void)state;
    const double x[] = {1, 3e5, 1, -2e5, 1, 1e5, 1, 4e5, 1, -5e5, 1, 2e5};
    const uint8_t y[] = {1, 0, 0, 1, 1, 0};
    struct logistic_fit fit;
    assert_int_equal(logistic_fit(&arena, &(struct logistic_data){.n = 6, .columns = 2, .x = x, .y = y}, 1, 1, &fit),
                     STAT_OK);
    assert_true(isfinite(fit.beta[0]) && isfinite(fit.beta[1]) && isfinite(fit.loglik));
}

static void logistic_is_the_same_bits_on_any_number_of_threads(void **state) {
    (void)state;
    enum { ROWS = 5000, COLUMNS = 5 };
    double *x = arena_new(&arena, double, (size_t)ROWS *COLUMNS);
    uint8_t *y = arena_new(&arena, uint8_t, ROWS);
    uint32_t chance = 1;
    for (size_t i = 0; i < ROWS; i++) {
        x[i * COLUMNS] = 1;
        for (size_t j = 1; j < COLUMNS; j++) {
            chance = chance * 1664525 + 1013904223;
            x[i * COLUMNS + j] = (double)(chance >> 8) / (1 << 24) - 0.5;
        }
        chance = chance * 1664525 + 1013904223;
        y[i] = (double)(chance >> 8) / (1 << 24) < 1 / (1 + exp(-2 * x[i * COLUMNS + 1]));
    }
    const struct logistic_data data = {.n = ROWS, .columns = COLUMNS, .x = x, .y = y};
    struct logistic_fit one, two, many;
    assert_int_equal(logistic_fit(&arena, &data, 1, 1, &one), STAT_OK);
    assert_int_equal(logistic_fit(&arena, &data, 1, 2, &two), STAT_OK);
    assert_int_equal(logistic_fit(&arena, &data, 1, 7, &many), STAT_OK);
    assert_memory_equal(one.beta, two.beta, COLUMNS * sizeof(double));
    assert_memory_equal(one.beta, many.beta, COLUMNS * sizeof(double));
    double se = sqrt(one.covariance[COLUMNS + 1]);
    assert_true(fabs(one.beta[1] - 2) < 4 * se);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(logistic_of_a_table_of_four, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_penalty_pulls_all_but_the_constant, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_endless_penalty_leaves_the_constant, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_weight_is_as_many_rows, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_without_both_answers_is_too_few, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_parted_classes_have_no_minimum_without_penalty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_nearly_parted_classes_have_none_either, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_equal_columns_need_a_penalty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_refuses_what_is_no_number, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_of_huge_columns_does_not_overflow, set_up, tear_down),
        cmocka_unit_test_setup_teardown(logistic_is_the_same_bits_on_any_number_of_threads, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
