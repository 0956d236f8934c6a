// SPDX-License-Identifier: Apache-2.0
/* The likelihood of many customers: the sum over single ones, its derivatives, the same bits for any number of threads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/cnbd_rows.h"
#include "stats/random.h"
#include "stats/special.h"

#define TOL_SUM 1e-12       /* relative */
#define TOL_DIFFERENCE 2e-7 /* of derivatives by central differences, relative to the largest */
#define STEP 1e-4

enum { CUSTOMERS = 20000, GROUPS = 3, COVARIATES = 2, COORDINATES = CNBD_CORE + 2 * COVARIATES };

static struct arena arena;
static struct cbs_customer customers[CUSTOMERS];
static uint32_t groups[CUSTOMERS];
static const double z[GROUPS * COVARIATES] = {0, 0.5, 1, -0.25, 0, 2};
static const struct model_covariates covariates = {.n = COVARIATES, .groups = GROUPS, .z = z};

static int customers_begin(void **state) {
    (void)state;
    struct random chance;
    arena_init(&arena, 0, arena_full_exit, NULL);
    random_seed(&chance, 1, 0);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        double x = floor(3 * random_exponential(&chance) * random_exponential(&chance));
        double T = 60 + ceil(300 * random_unit(&chance)), t_x = x > 0 ? ceil(T * random_unit(&chance)) : 0;
        if (x > 0 && random_unit(&chance) < 0.1)
            t_x = T;
        customers[i] = (struct cbs_customer){x, t_x, T, 0};
        groups[i] = (uint32_t)(GROUPS * random_unit(&chance));
    }
    return 0;
}

static int customers_end(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct cbs_customer copy[CUSTOMERS];

static struct cbs data_make(void) {
    struct cbs data;
    memcpy(copy, customers, sizeof copy);
    assert_int_equal(cbs_make(&arena, copy, groups, CUSTOMERS, false, 1, &data), STAT_OK);
    return data;
}

static const struct {
    enum cnbd_leaving leaving;
    int32_t k;
    enum model_kind kind;
} questions[] = {
    {CNBD_NEVER, 1, MODEL_NBD},           {CNBD_AFTER_REPEAT, 1, MODEL_BGNBD},  {CNBD_AFTER_EVERY, 1, MODEL_MBGNBD},
    {CNBD_AFTER_REPEAT, 2, MODEL_BGCNBD}, {CNBD_AFTER_EVERY, 3, MODEL_MBGCNBD}, {CNBD_AFTER_EVERY, 12, MODEL_MBGCNBD},
};
static const double points[][COORDINATES] = {
    {-0.7, 3, -0.5, 0.7, 0.2, -0.1, 0.3, 0.05},
    {1.1, 1.5, -3, 4, -0.3, 0.2, 0, 0.4},
    {-3, 4, 2, -2, 0, 0, -0.5, 0.1},
};

enum { QUESTIONS = sizeof questions / sizeof *questions, POINTS = sizeof points / sizeof *points };

/* Without leaving the coordinates of leaving are not there. */
static void point_set(const double *point, enum cnbd_leaving leaving, double *out) {
    memcpy(out, point, COORDINATES * sizeof *out);
    if (leaving == CNBD_NEVER)
        memcpy(out + CNBD_LOGIT_P, point + CNBD_CORE, COVARIATES * sizeof *out);
}

static void value_is_the_sum_over_customers(void **state) {
    (void)state;
    struct cbs data = data_make();
    struct cnbd_rows rows;
    cnbd_rows_make(&arena, &data, &covariates, 1, &rows);
    for (size_t q = 0; q < QUESTIONS; q++) {
        for (size_t p = 0; p < POINTS; p++) {
            double at[COORDINATES], value, gradient[COORDINATES], sum = 0;
            point_set(points[p], questions[q].leaving, at);
            (void)cnbd_rows_ask(&rows, questions[q].leaving, questions[q].k);
            assert_true(cnbd_rows_at(&rows, at, &value, gradient, NULL));
            for (size_t i = 0; i < CUSTOMERS; i++) {
                struct cbs_customer *c = &customers[i];
                struct cnbd own = cnbd_rows_model(&rows, at, groups[i]);
                struct model_params params = {questions[q].kind, questions[q].k, {own.r, own.alpha, own.a, own.b}};
                sum += cnbd_loglik(&params, c) + c->x * special_log_gamma(questions[q].k);
            }
            if (!(fabs(value + sum) <= TOL_SUM * fabs(sum)))
                fail_msg("question %zu, point %zu: %.17g, not %.17g", q, p, value, -sum);
        }
    }
}

/* Of the value by the gradient, and of each gradient by the Hessian. */
static void derivatives_check(struct cnbd_rows *rows, size_t n, const double *at) {
    double value, gradient[COORDINATES], hessian[COORDINATES * COORDINATES], size = 0, bend = 0;
    assert_true(cnbd_rows_at(rows, at, &value, gradient, hessian));
    for (size_t i = 0; i < n; i++) {
        size = fmax(size, fabs(gradient[i]));
        bend = fmax(bend, fabs(hessian[i * n + i]));
    }
    for (size_t i = 0; i < n; i++) {
        double beside[COORDINATES], above, below, up[COORDINATES], down[COORDINATES];
        memcpy(beside, at, sizeof beside);
        beside[i] = at[i] + STEP;
        assert_true(cnbd_rows_at(rows, beside, &above, up, NULL));
        beside[i] = at[i] - STEP;
        assert_true(cnbd_rows_at(rows, beside, &below, down, NULL));
        double slope = (above - below) / (2 * STEP);
        if (!(fabs(slope - gradient[i]) <= TOL_DIFFERENCE * (size + bend)))
            fail_msg("slope %zu: %.12g, not %.12g", i, gradient[i], slope);
        for (size_t j = 0; j < n; j++) {
            double by = (up[j] - down[j]) / (2 * STEP);
            if (!(fabs(by - hessian[i * n + j]) <= TOL_DIFFERENCE * bend))
                fail_msg("bend %zu, %zu: %.12g, not %.12g", i, j, hessian[i * n + j], by);
        }
    }
}

static void derivatives_are_those_of_the_value(void **state) {
    (void)state;
    struct cbs data = data_make();
    struct cnbd_rows rows;
    cnbd_rows_make(&arena, &data, &covariates, 1, &rows);
    for (size_t q = 0; q < QUESTIONS; q++) {
        for (size_t p = 0; p < POINTS; p++) {
            double at[COORDINATES];
            point_set(points[p], questions[q].leaving, at);
            derivatives_check(&rows, cnbd_rows_ask(&rows, questions[q].leaving, questions[q].k), at);
        }
    }
}

static void threads_do_not_change_a_bit(void **state) {
    (void)state;
    struct cbs data = data_make();
    double one[1 + COORDINATES + COORDINATES * COORDINATES], other[1 + COORDINATES + COORDINATES * COORDINATES];
    for (unsigned threads = 1; threads <= 5; threads += 2) {
        struct cnbd_rows rows;
        double *out = threads == 1 ? one : other;
        cnbd_rows_make(&arena, &data, &covariates, threads, &rows);
        (void)cnbd_rows_ask(&rows, CNBD_AFTER_EVERY, 2);
        assert_true(cnbd_rows_at(&rows, points[0], out, out + 1, out + 1 + COORDINATES));
        if (threads > 1)
            assert_memory_equal(one, other, sizeof one);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_is_the_sum_over_customers),
        cmocka_unit_test(derivatives_are_those_of_the_value),
        cmocka_unit_test(threads_do_not_change_a_bit),
    };
    return cmocka_run_group_tests(tests, customers_begin, customers_end);
}
