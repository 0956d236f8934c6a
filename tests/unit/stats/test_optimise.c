// SPDX-License-Identifier: Apache-2.0
/* The minimum of functions whose minimum is known, and the reason to stop on those that have none, or too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/optimise.h"

static const double TOL_OPTIM = 1e-6;
static const double TOL_ROUND = 1e-12;

static bool near(double a, double b, double tolerance) {
    return fabs(a - b) <= tolerance * fmax(1, fabs(b));
}

/* -- functions ------------------------------------------------------------------------------------------------------- */

/* A curved valley; minimum 0 at (1, 1). */
static bool rosenbrock(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    (void)owner;
    double a = at[1] - at[0] * at[0], b = 1 - at[0];
    *value = 100 * a * a + b * b;
    gradient[0] = -400 * a * at[0] - 2 * b;
    gradient[1] = 200 * a;
    if (hessian) {
        hessian[0] = 1200 * at[0] * at[0] - 400 * at[1] + 2;
        hessian[1] = hessian[2] = -400 * at[0];
        hessian[3] = 200;
    }
    return true;
}

/* Minimum 3 where at[i] * scale[i] = 1; neighbours correlate by a half. */
enum { AXES = 4 };
static bool quadratic(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    const double *scale = owner;
    *value = 3;
    for (size_t i = 0; i < AXES; i++) {
        gradient[i] = 0;
        for (size_t j = 0; j < AXES; j++) {
            double h = (i == j ? 1 : i + 1 == j || j + 1 == i ? 0.5 : 0) * scale[i] * scale[j];
            gradient[i] += h * (at[j] - 1 / scale[j]);
            *value += 0.5 * (at[i] - 1 / scale[i]) * h * (at[j] - 1 / scale[j]);
            if (hessian)
                hessian[i * AXES + j] = h;
        }
    }
    return true;
}

/* Only the sum is known: every point of a line is a minimum. */
static bool ridge(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    (void)owner;
    double d = at[0] + at[1] - 1;
    *value = 50 + d * d + exp(-d);
    gradient[0] = gradient[1] = 2 * d - exp(-d);
    gradient[2] = at[2] - 4;
    *value += 0.5 * gradient[2] * gradient[2];
    if (hessian) {
        memset(hessian, 0, 9 * sizeof *hessian);
        hessian[0] = hessian[1] = hessian[3] = hessian[4] = 2 + exp(-d);
        hessian[8] = 1;
    }
    return true;
}

/* Defined inside a triangle; minimum at (1/6, 2/6). Outside: says so, or gives NaN. */
static bool simplex(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    const bool *says_so = owner;
    double rest = 1 - at[0] - at[1];
    if (*says_so && !(at[0] > 0 && at[1] > 0 && rest > 0))
        return false;
    *value = -log(at[0]) - 2 * log(at[1]) - 3 * log(rest);
    gradient[0] = -1 / at[0] + 3 / rest;
    gradient[1] = -2 / at[1] + 3 / rest;
    if (hessian) {
        hessian[0] = 1 / (at[0] * at[0]) + 3 / (rest * rest);
        hessian[1] = hessian[2] = 3 / (rest * rest);
        hessian[3] = 2 / (at[1] * at[1]) + 3 / (rest * rest);
    }
    return true;
}

/* Falls forever, ever slower, beside a huge constant, as a likelihood does toward a degenerate model. */
static bool runaway(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    (void)owner;
    *value = 1e4 + exp(-at[0]) + at[1] * at[1];
    gradient[0] = -exp(-at[0]);
    gradient[1] = 2 * at[1];
    if (hessian) {
        hessian[0] = exp(-at[0]);
        hessian[1] = hessian[2] = 0;
        hessian[3] = 2;
    }
    return true;
}

/* A saddle at 0, minima at (0, +-1/sqrt(2)). */
static bool saddle(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    (void)owner;
    double y = at[1];
    *value = at[0] * at[0] - y * y + y * y * y * y;
    gradient[0] = 2 * at[0];
    gradient[1] = -2 * y + 4 * y * y * y;
    if (hessian) {
        hessian[0] = 2;
        hessian[1] = hessian[2] = 0;
        hessian[3] = -2 + 12 * y * y;
    }
    return true;
}

/* Two valleys, the deeper one at 3. */
static bool valleys(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    (void)owner;
    double x = at[0];
    *value = -exp(-(x + 2) * (x + 2)) - 2 * exp(-(x - 3) * (x - 3));
    gradient[0] = 2 * (x + 2) * exp(-(x + 2) * (x + 2)) + 4 * (x - 3) * exp(-(x - 3) * (x - 3));
    if (hessian)
        hessian[0] = (2 - 4 * (x + 2) * (x + 2)) * exp(-(x + 2) * (x + 2)) +
                     (4 - 8 * (x - 3) * (x - 3)) * exp(-(x - 3) * (x - 3));
    return true;
}

/* A gradient with the wrong sign. */
static bool liar(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    (void)owner;
    *value = at[0] * at[0];
    gradient[0] = -2 * at[0];
    if (hessian)
        hessian[0] = 2;
    return true;
}

/* -- tests ----------------------------------------------------------------------------------------------------------- */

static void curved_valley_is_followed_to_its_end(void **state) {
    (void)state;
    const double starts[][2] = {{-1.2, 1}, {5, -7}, {-3, 10}};
    for (int exact = 0; exact < 2; exact++)
        for (size_t s = 0; s < 3; s++) {
            struct optimise_problem problem = {.n = 2, .function = rosenbrock, .hessian = exact};
            struct optimise_result result;
            assert_true(optimise_minimum(&problem, starts[s], 1, &result));
            assert_int_equal(result.stop, OPTIMISE_CONVERGED);
            assert_true(near(result.at[0], 1, TOL_OPTIM) && near(result.at[1], 1, TOL_OPTIM));
            assert_true(fabs(result.hessian[0] - 802) < 0.01 && result.at_bound == 0);
        }
}

static void units_of_parameters_do_not_matter(void **state) {
    (void)state;
    double scale[AXES] = {1e6, 1e-6, 1, 30}, start[AXES] = {1e-3, 5e7, -9, 0}, covariance[AXES * AXES];
    struct optimise_problem problem = {.n = AXES, .function = quadratic, .owner = scale, .hessian = true};
    struct optimise_result result;
    assert_true(optimise_minimum(&problem, start, 1, &result));
    assert_int_equal(result.stop, OPTIMISE_CONVERGED);
    for (size_t i = 0; i < AXES; i++)
        assert_true(fabs(result.at[i] * scale[i] - 1) < 1e-9);
    assert_true(result.flatness > 0.05 && result.iterations < 20);
    optimise_covariance(&problem, &result, covariance);
    /* The inverse of the tridiagonal matrix (1, 1/2): 1.6 2.4 2.4 1.6 on the diagonal. */
    for (size_t i = 0; i < AXES; i++)
        assert_true(fabs(covariance[i * AXES + i] * scale[i] * scale[i] - (i == 0 || i == 3 ? 1.6 : 2.4)) < 1e-9);
}

static void minimum_at_a_bound_is_said(void **state) {
    (void)state;
    const double low[] = {-2, -2}, high[] = {0.5, 2}, start[] = {-1.2, 1};
    for (int exact = 0; exact < 2; exact++) {
        struct optimise_problem problem = {.n = 2, .function = rosenbrock, .hessian = exact, .low = low, .high = high};
        struct optimise_result result;
        double covariance[4];
        assert_true(optimise_minimum(&problem, start, 1, &result));
        assert_int_equal(result.stop, OPTIMISE_BOUND);
        assert_int_equal(result.at_bound, 1);
        assert_true(result.at[0] == 0.5 && near(result.at[1], 0.25, TOL_OPTIM));
        optimise_covariance(&problem, &result, covariance);
        assert_true(isinf(covariance[0]) && covariance[1] == 0 && near(covariance[3], 1.0 / 200, 1e-4));
    }
}

static void parameter_without_room_stays(void **state) {
    (void)state;
    const double low[] = {-5, 4}, high[] = {5, 4}, start[] = {0, 0};
    struct optimise_problem problem = {.n = 2, .function = rosenbrock, .hessian = true, .low = low, .high = high};
    struct optimise_result result;
    assert_true(optimise_minimum(&problem, start, 1, &result));
    assert_int_equal(result.at_bound, 2);
    assert_true(result.at[1] == 4 && near(fabs(result.at[0]), 2, 0.01));
}

static void ridge_is_told_from_a_minimum(void **state) {
    (void)state;
    const double start[] = {7, -2, 0};
    for (int exact = 0; exact < 2; exact++) {
        struct optimise_problem problem = {.n = 3, .function = ridge, .hessian = exact};
        struct optimise_result result;
        double covariance[9];
        assert_true(optimise_minimum(&problem, start, 1, &result));
        assert_int_equal(result.stop, OPTIMISE_FLAT);
        assert_true(fabs(result.flatness) < 1e-6);
        assert_true(near(result.at[0] + result.at[1] - 1, 0.351733711249196, TOL_OPTIM)); /* 2 d = e^-d */
        optimise_covariance(&problem, &result, covariance);
        assert_true(isinf(covariance[0]) && isinf(covariance[4]) && covariance[1] == 0);
        assert_true(near(covariance[8], 1, 1e-6));
    }
}

static void undefined_region_is_kept_out_of(void **state) {
    (void)state;
    const double starts[] = {2, 2, 1e-6, 0.99};
    for (int exact = 0; exact < 2; exact++)
        for (int says = 0; says < 2; says++) {
            bool says_so = says;
            struct optimise_problem problem = {.n = 2, .function = simplex, .hessian = exact, .owner = &says_so};
            struct optimise_result result;
            assert_false(optimise_minimum(&problem, starts, 1, &result));
            assert_true(optimise_minimum(&problem, starts, 2, &result));
            assert_int_equal(result.stop, OPTIMISE_CONVERGED);
            assert_true(near(result.at[0], 1.0 / 6, TOL_OPTIM) && near(result.at[1], 1.0 / 3, TOL_OPTIM));
        }
}

static void parameter_that_runs_away_is_flat_or_at_its_bound(void **state) {
    (void)state;
    const double start[] = {0, 3}, low[] = {-18, -18}, high[] = {12, 18};
    struct optimise_problem problem = {.n = 2, .function = runaway, .hessian = true};
    struct optimise_result result;
    double covariance[4];
    assert_true(optimise_minimum(&problem, start, 1, &result));
    assert_int_equal(result.stop, OPTIMISE_FLAT);
    optimise_covariance(&problem, &result, covariance);
    assert_true(isinf(covariance[0]) && near(covariance[3], 0.5, TOL_OPTIM));
    problem.low = low;
    problem.high = high;
    assert_true(optimise_minimum(&problem, start, 1, &result));
    assert_int_equal(result.stop, OPTIMISE_BOUND);
    assert_true(result.at[0] == 12 && result.at_bound == 1);
}

static void saddle_is_left(void **state) {
    (void)state;
    const double start[] = {0, 0};
    for (int exact = 0; exact < 2; exact++) {
        struct optimise_problem problem = {.n = 2, .function = saddle, .hessian = exact};
        struct optimise_result result;
        assert_true(optimise_minimum(&problem, start, 1, &result));
        assert_int_equal(result.stop, OPTIMISE_CONVERGED);
        assert_true(near(fabs(result.at[1]), sqrt(0.5), TOL_OPTIM));
    }
}

static void lowest_of_several_starts_wins(void **state) {
    (void)state;
    const double starts[] = {-2.5, 3.4, 2.9};
    struct optimise_problem problem = {.n = 1, .function = valleys, .hessian = true};
    struct optimise_result one, all;
    assert_true(optimise_minimum(&problem, starts, 1, &one));
    assert_true(near(one.at[0], -2, 1e-3));
    assert_true(optimise_minimum(&problem, starts + 1, 1, &one));
    assert_true(optimise_minimum(&problem, starts, 3, &all));
    assert_true(all.at[0] == one.at[0]); /* the second and the third end alike: the earlier, to the bit */
    assert_true(all.iterations > one.iterations);
}

static void no_minimum_is_not_called_one(void **state) {
    (void)state;
    const double start[] = {-30, 100};
    struct optimise_problem problem = {.n = 2, .function = rosenbrock, .hessian = true, .iterations_most = 3};
    struct optimise_result result;
    assert_true(optimise_minimum(&problem, start, 1, &result));
    assert_int_equal(result.stop, OPTIMISE_STEPS);
    problem = (struct optimise_problem){.n = 1, .function = liar, .hessian = true};
    assert_true(optimise_minimum(&problem, start, 1, &result));
    assert_int_equal(result.stop, OPTIMISE_STUCK);
}

static void same_problem_gives_the_same_bits(void **state) {
    (void)state;
    const double start[] = {-1.2, 1};
    struct optimise_problem problem = {.n = 2, .function = rosenbrock};
    struct optimise_result a, b;
    assert_true(optimise_minimum(&problem, start, 1, &a) && optimise_minimum(&problem, start, 1, &b));
    assert_memory_equal(&a, &b, sizeof a);
}

static void eigenvalues_keep_the_small_one(void **state) {
    (void)state;
    /* 1 and 1 - 1e-10 beside the diagonal: eigenvalues 1e-10 and 2 - 1e-10. */
    const double close[] = {1, 1 - 1e-10, 1 - 1e-10, 1};
    double values[8], vectors[64], matrix[64];
    optimise_eigen(close, 2, values, vectors);
    assert_true(fabs(values[0] / 1e-10 - 1) < 1e-5 && near(values[1], 2 - 1e-10, TOL_ROUND));
    assert_true(near(fabs(vectors[0]), sqrt(0.5), TOL_ROUND) && vectors[0] * vectors[1] < 0);
    for (size_t i = 0; i < 8; i++)
        for (size_t j = 0; j < 8; j++)
            matrix[i * 8 + j] = 1.0 / (double)(i + j + 1) - (i == j ? 0.2 : 0);
    optimise_eigen(matrix, 8, values, vectors);
    for (size_t e = 0; e < 8; e++) {
        assert_true(e == 0 || values[e - 1] <= values[e]);
        for (size_t i = 0; i < 8; i++) {
            double product = 0;
            for (size_t j = 0; j < 8; j++)
                product += matrix[i * 8 + j] * vectors[e * 8 + j];
            assert_true(fabs(product - values[e] * vectors[e * 8 + i]) < TOL_ROUND);
        }
    }
}

static void indefinite_matrix_is_not_solved(void **state) {
    (void)state;
    const double good[] = {4, 2, 2, 3}, bad[] = {1, 2, 2, 1}, right[] = {8, 7};
    double out[4];
    assert_true(optimise_solve(good, 2, right, out));
    assert_true(near(out[0], 1.25, TOL_ROUND) && near(out[1], 1.5, TOL_ROUND));
    assert_true(optimise_inverse(good, 2, out));
    assert_true(near(out[0], 0.375, TOL_ROUND) && near(out[1], -0.25, TOL_ROUND) && near(out[3], 0.5, TOL_ROUND));
    assert_false(optimise_solve(bad, 2, right, out));
    assert_false(optimise_inverse(bad, 2, out));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(curved_valley_is_followed_to_its_end),
        cmocka_unit_test(units_of_parameters_do_not_matter),
        cmocka_unit_test(minimum_at_a_bound_is_said),
        cmocka_unit_test(parameter_without_room_stays),
        cmocka_unit_test(ridge_is_told_from_a_minimum),
        cmocka_unit_test(undefined_region_is_kept_out_of),
        cmocka_unit_test(parameter_that_runs_away_is_flat_or_at_its_bound),
        cmocka_unit_test(saddle_is_left),
        cmocka_unit_test(lowest_of_several_starts_wins),
        cmocka_unit_test(no_minimum_is_not_called_one),
        cmocka_unit_test(same_problem_gives_the_same_bits),
        cmocka_unit_test(eigenvalues_keep_the_small_one),
        cmocka_unit_test(indefinite_matrix_is_not_solved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
