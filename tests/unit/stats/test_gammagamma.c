// SPDX-License-Identifier: Apache-2.0
/* Gamma-Gamma: 60-digit values, parameters found again, what must not change the result, and data with a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "stats/gammagamma.h"
#include "stats/random.h"

#define TOL_VALUE 1e-12    /* relative */
#define TOL_LOGLIK 1e-11   /* of 1 + its size */
#define TOL_INTERVAL 1e-10 /* relative */
#define TOL_SUM 1e-9
#define TOL_OPTIM 1e-6 /* relative, of parameters at a maximum */
#define TOL_SIGMA 3.0  /* standard errors */

enum { CUSTOMERS = 6000, PARAMS = 3 };

static const struct {
    double v[PARAMS];
    struct gammagamma_customer c;
    double loglik, expected, low, high; /* ends of 80 % */
} known[] = {
#include "gammagamma_table.h"
};

static void assert_near(const char *what, size_t i, double got, double want, double tolerance) {
    if (!(fabs(got - want) <= tolerance || (isinf(want) && got == want)))
        fail_msg("case %zu: %s %.17g, not %.17g", i, what, got, want);
}

static struct model_params params_of(const double *v) {
    return (struct model_params){MODEL_GAMMAGAMMA, 1, {v[0], v[1], v[2]}};
}

static void values_equal_60_digit_values(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct model_params params = params_of(known[i].v);
        const struct gammagamma_customer *c = &known[i].c;
        double low, high;
        assert_int_equal(gammagamma_check(&params), STAT_OK);
        assert_near("loglik", i, gammagamma_loglik(&params, c), known[i].loglik,
                    TOL_LOGLIK * (1 + fabs(known[i].loglik)));
        assert_near("expected", i, gammagamma_expected(&params, c), known[i].expected, TOL_VALUE * known[i].expected);
        assert_int_equal(gammagamma_interval(&params, c, 0.8, &low, &high), STAT_OK);
        assert_near("low", i, low, known[i].low, TOL_INTERVAL * known[i].low);
        assert_near("high", i, high, known[i].high, TOL_INTERVAL * known[i].high);
    }
}

static void customer_of_whom_nothing_is_known_is_worth_the_mean_of_all(void **state) {
    (void)state;
    const struct model_params p = {MODEL_GAMMAGAMMA, 1, {6.25, 3.75, 15.5}}, heavy = {MODEL_GAMMAGAMMA, 1, {2, 1, 9}};
    const struct gammagamma_customer none = {0, 0}, refunded = {3, -20};
    double mean = 6.25 * 15.5 / 2.75, low, high;
    assert_near("none", 0, gammagamma_expected(&p, &none), mean, TOL_VALUE * mean);
    assert_near("refunded", 0, gammagamma_expected(&p, &refunded), mean, TOL_VALUE * mean);
    assert_true(isinf(gammagamma_expected(&heavy, &none)));
    assert_true(isfinite(gammagamma_expected(&heavy, &(struct gammagamma_customer){1, 9})));
    assert_int_equal(gammagamma_interval(&p, &none, 0.8, &low, &high), STAT_OK);
    assert_true(low < mean && mean < high);
}

static void expected_value_lies_between_own_mean_and_that_of_all(void **state) {
    (void)state;
    const struct model_params p = {MODEL_GAMMAGAMMA, 1, {6.25, 3.75, 15.5}};
    double all = gammagamma_expected(&p, &(struct gammagamma_customer){0, 0}), last = all;
    for (double x = 1; x < 1e6; x *= 3) {
        double value = gammagamma_expected(&p, &(struct gammagamma_customer){x, 80});
        assert_true(value > last && value < 80);
        last = value;
    }
    assert_near("much known", 0, last, 80, 0.01);
}

/* -- fit -- */

static void fill(struct gammagamma_customer *c, const double *v, double most, double together) {
    struct random chance;
    random_seed(&chance, 21, 0);
    for (size_t i = 0; i < CUSTOMERS; i++) {
        c[i].x = 1 + floor(most * pow(random_unit(&chance), 4));
        double nu = random_gamma(&chance, v[1]) / v[2];
        c[i].mean = random_gamma(&chance, v[0] * c[i].x) / nu / c[i].x * pow(c[i].x, together);
    }
}

static struct model_fit fit_of(struct arena *arena, const struct gammagamma_customer *c, size_t n, unsigned threads) {
    struct model_fit fit;
    int64_t left_out;
    assert_int_equal(gammagamma_fit(arena, c, n, threads, &left_out, &fit), STAT_OK);
    assert_int_equal(left_out + fit.customers, n);
    return fit;
}

static void invented_customers_give_their_parameters_back(void **state) {
    (void)state;
    static const double cases[][PARAMS] = {{6.25, 3.75, 15.5}, {1, 2, 1e4}, {0.2, 5, 0.01}, {4, 0.7, 3}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct arena arena;
        arena_init(&arena, 0, NULL, NULL);
        struct gammagamma_customer *c = arena_new(&arena, struct gammagamma_customer, CUSTOMERS);
        fill(c, cases[k], 20, 0);
        struct model_fit fit = fit_of(&arena, c, CUSTOMERS, 1);
        double sum = 0;
        for (int i = 0; i < PARAMS; i++)
            assert_near("log parameter", k, log(fit.params.v[i]), log(cases[k][i]),
                        TOL_SIGMA * fit.se[i] / fit.params.v[i]);
        for (size_t i = 0; i < CUSTOMERS; i++)
            sum += gammagamma_loglik(&fit.params, &c[i]);
        assert_near("log-likelihood", k, fit.loglik, sum, TOL_SUM * fabs(sum));
        assert_int_equal(fit.stop, MODEL_CONVERGED);
        assert_int_equal(fit.warnings, cases[k][1] <= 1 ? MODEL_WARN_NO_MEAN : 0);
        arena_clear(&arena);
    }
}

/* Purchases of a customer hardly differ, and how little cannot be seen: p and gamma are known only together. */
static void purchases_nearly_alike_are_a_ridge_with_the_right_value(void **state) {
    (void)state;
    static const double v[PARAMS] = {40, 0.7, 3};
    struct arena arena;
    arena_init(&arena, 0, NULL, NULL);
    struct gammagamma_customer *c = arena_new(&arena, struct gammagamma_customer, CUSTOMERS);
    fill(c, v, 20, 0);
    struct model_fit fit = fit_of(&arena, c, CUSTOMERS, 1);
    assert_int_equal(fit.stop, MODEL_ON_RIDGE);
    assert_int_equal(fit.warnings, MODEL_WARN_RIDGE | MODEL_WARN_NO_MEAN);
    double want = gammagamma_expected(&(struct model_params){MODEL_GAMMAGAMMA, 1, {40, 0.7, 3}}, &c[0]);
    assert_near("expected", 0, gammagamma_expected(&fit.params, &c[0]), want, 0.02 * want);
    arena_clear(&arena);
}

/* No direction leads up from the maximum. */
static void maximum_is_one(void **state) {
    (void)state;
    static const double v[PARAMS] = {2, 3, 30};
    struct arena arena;
    arena_init(&arena, 0, NULL, NULL);
    struct gammagamma_customer *c = arena_new(&arena, struct gammagamma_customer, CUSTOMERS);
    fill(c, v, 20, 0);
    struct model_fit fit = fit_of(&arena, c, CUSTOMERS, 1);
    for (int i = 0; i < 2 * PARAMS; i++) {
        struct model_params beside = fit.params;
        beside.v[i / 2] *= i % 2 ? 1.001 : 0.999;
        double sum = 0;
        for (size_t j = 0; j < CUSTOMERS; j++)
            sum += gammagamma_loglik(&beside, &c[j]);
        assert_true(sum < fit.loglik);
    }
    arena_clear(&arena);
}

static void cents_in_place_of_reais_multiply_only_gamma(void **state) {
    (void)state;
    static const double v[PARAMS] = {2, 3, 30};
    struct arena arena;
    arena_init(&arena, 0, NULL, NULL);
    struct gammagamma_customer *c = arena_new(&arena, struct gammagamma_customer, CUSTOMERS);
    fill(c, v, 20, 0);
    struct model_fit reais = fit_of(&arena, c, CUSTOMERS, 1);
    for (double unit = 1e-9; unit < 1e10; unit *= 1e4) {
        struct gammagamma_customer *other = arena_new(&arena, struct gammagamma_customer, CUSTOMERS);
        for (size_t i = 0; i < CUSTOMERS; i++)
            other[i] = (struct gammagamma_customer){c[i].x, unit * c[i].mean};
        struct model_fit fit = fit_of(&arena, other, CUSTOMERS, 1);
        for (int i = 0; i < PARAMS; i++)
            assert_near("parameter", (size_t)i, fit.params.v[i], reais.params.v[i] * (i == 2 ? unit : 1),
                        TOL_OPTIM * fit.params.v[i]);
        assert_near("log-likelihood", 0, fit.loglik, reais.loglik - CUSTOMERS * log(unit), TOL_SUM * fabs(fit.loglik));
        assert_near("correlation", 0, fit.correlation, reais.correlation, TOL_SUM);
    }
    arena_clear(&arena);
}

static void order_and_threads_change_no_bit(void **state) {
    (void)state;
    static const double v[PARAMS] = {2, 3, 30};
    struct arena arena;
    arena_init(&arena, 0, NULL, NULL);
    struct gammagamma_customer *c = arena_new(&arena, struct gammagamma_customer, CUSTOMERS);
    struct gammagamma_customer *back = arena_new(&arena, struct gammagamma_customer, CUSTOMERS);
    fill(c, v, 20, 0);
    for (size_t i = 0; i < CUSTOMERS; i++)
        back[i] = c[CUSTOMERS - 1 - i];
    struct model_fit one = fit_of(&arena, c, CUSTOMERS, 1), other = fit_of(&arena, back, CUSTOMERS, 3);
    assert_memory_equal(one.params.v, other.params.v, sizeof one.params.v);
    assert_memory_equal(one.se, other.se, sizeof one.se);
    assert_true(one.loglik == other.loglik && one.correlation == other.correlation);
    arena_clear(&arena);
}

static void value_that_grows_with_frequency_is_said(void **state) {
    (void)state;
    static const double v[PARAMS] = {6.25, 3.75, 15.5};
    struct arena arena;
    arena_init(&arena, 0, NULL, NULL);
    struct gammagamma_customer *c = arena_new(&arena, struct gammagamma_customer, CUSTOMERS);
    fill(c, v, 20, 0);
    assert_false(fit_of(&arena, c, CUSTOMERS, 1).warnings & MODEL_WARN_VALUE_FREQUENCY);
    fill(c, v, 20, 0.3);
    struct model_fit up = fit_of(&arena, c, CUSTOMERS, 1);
    fill(c, v, 20, -0.3);
    struct model_fit down = fit_of(&arena, c, CUSTOMERS, 1);
    assert_true(up.warnings & MODEL_WARN_VALUE_FREQUENCY && up.correlation > 0);
    assert_true(down.warnings & MODEL_WARN_VALUE_FREQUENCY && down.correlation < 0);
    arena_clear(&arena);
}

/* -- data with a name -- */

static void what_is_no_purchase_is_left_out_and_counted(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0, NULL, NULL);
    const struct gammagamma_customer c[] = {{1, 10},  {2, 20},  {3, 15},  {2, 12},       {0, 0},        {3, 0},
                                            {1, -10}, {2, NAN}, {NAN, 4}, {1, INFINITY}, {INFINITY, 3}, {0.5, 5}};
    struct model_fit fit;
    int64_t left_out;
    assert_int_equal(gammagamma_fit(&arena, c, 12, 1, &left_out, &fit), STAT_OK);
    assert_int_equal(left_out, 8);
    assert_int_equal(fit.customers, 4);
    assert_int_equal(gammagamma_check(&fit.params), STAT_OK);
    assert_int_equal(gammagamma_fit(&arena, c, 3, 1, &left_out, &fit), STAT_TOO_FEW);
    assert_int_equal(gammagamma_fit(&arena, c, 0, 1, &left_out, &fit), STAT_TOO_FEW);
    arena_clear(&arena);
}

static void values_all_equal_are_worth_what_they_are(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0, NULL, NULL);
    struct gammagamma_customer c[50];
    for (size_t i = 0; i < 50; i++)
        c[i] = (struct gammagamma_customer){(double)(1 + i % 5), 12.5};
    struct model_fit fit = fit_of(&arena, c, 50, 1);
    assert_true(fit.warnings & (MODEL_WARN_HOMOGENEOUS | MODEL_WARN_PURCHASES_ALIKE));
    assert_int_equal(fit.stop, MODEL_AT_BOUND);
    assert_near("expected", 0, gammagamma_expected(&fit.params, &c[0]), 12.5, 0.01);
    assert_true(fit.correlation == 0);
    arena_clear(&arena);
}

static void values_over_many_magnitudes_stay_finite(void **state) {
    (void)state;
    struct arena arena;
    arena_init(&arena, 0, NULL, NULL);
    const struct gammagamma_customer c[] = {{1, 1e12}, {1, 1}, {2, 1e-9}, {3, 1}, {100000, 1e5}};
    struct model_fit fit = fit_of(&arena, c, 5, 1);
    assert_true(isfinite(fit.loglik) && isfinite(fit.correlation));
    assert_true(fit.warnings & MODEL_WARN_NO_MEAN);
    for (size_t i = 0; i < 5; i++)
        assert_true(gammagamma_expected(&fit.params, &c[i]) > 0);
    arena_clear(&arena);
}

static void parameters_outside_are_refused(void **state) {
    (void)state;
    static const double bad[][PARAMS] = {{0, 1, 1}, {1, -1, 1}, {1, 1, NAN}, {INFINITY, 1, 1}, {1, 2e8, 1}};
    double low, high;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct model_params params = params_of(bad[i]);
        assert_int_equal(gammagamma_check(&params), STAT_DOMAIN);
        assert_int_equal(gammagamma_interval(&params, &known[0].c, 0.8, &low, &high), STAT_DOMAIN);
    }
    struct model_params fine = params_of(known[0].v);
    assert_int_equal(gammagamma_interval(&fine, &known[0].c, 1, &low, &high), STAT_DOMAIN);
    assert_ptr_equal(model_of(MODEL_GAMMAGAMMA), &gammagamma_def);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_equal_60_digit_values),
        cmocka_unit_test(customer_of_whom_nothing_is_known_is_worth_the_mean_of_all),
        cmocka_unit_test(expected_value_lies_between_own_mean_and_that_of_all),
        cmocka_unit_test(invented_customers_give_their_parameters_back),
        cmocka_unit_test(purchases_nearly_alike_are_a_ridge_with_the_right_value),
        cmocka_unit_test(maximum_is_one),
        cmocka_unit_test(cents_in_place_of_reais_multiply_only_gamma),
        cmocka_unit_test(order_and_threads_change_no_bit),
        cmocka_unit_test(value_that_grows_with_frequency_is_said),
        cmocka_unit_test(what_is_no_purchase_is_left_out_and_counted),
        cmocka_unit_test(values_all_equal_are_worth_what_they_are),
        cmocka_unit_test(values_over_many_magnitudes_stay_finite),
        cmocka_unit_test(parameters_outside_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
