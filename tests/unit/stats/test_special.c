// SPDX-License-Identifier: Apache-2.0
/* The special functions against 60-digit values (special_table.h), and at the edges that no table shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "stats/special.h"

static const double TOL_SPECIAL = 1e-13;
static const double TOL_2F1 = 1e-11;
static const double TOL_ROUND = 4e-16;

struct known {
    const char *function;
    double at[4], value;
};

static const struct known table[] = {
#include "special_table.h"
};

static double value_of(const struct known *k) {
    const double *x = k->at;
    const struct {
        const char *name;
        double (*one)(double), (*two)(double, double), (*three)(double, double, double),
            (*four)(double, double, double, double);
    } all[] = {
        {.name = "log_gamma", .one = special_log_gamma},
        {.name = "digamma", .one = special_digamma},
        {.name = "trigamma", .one = special_trigamma},
        {.name = "log_rising", .two = special_log_rising},
        {.name = "digamma_rising", .two = special_digamma_rising},
        {.name = "log_beta", .two = special_log_beta},
        {.name = "log_2f1", .four = special_log_2f1},
        {.name = "normal_cdf", .one = special_normal_cdf},
        {.name = "normal_quantile", .one = special_normal_quantile},
        {.name = "gamma_lower", .two = special_gamma_lower},
        {.name = "gamma_upper", .two = special_gamma_upper},
        {.name = "gamma_quantile", .two = special_gamma_quantile},
        {.name = "beta_lower", .three = special_beta_lower},
        {.name = "beta_quantile", .three = special_beta_quantile},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strcmp(all[i].name, k->function) == 0)
            return all[i].one     ? all[i].one(x[0])
                   : all[i].two   ? all[i].two(x[0], x[1])
                   : all[i].three ? all[i].three(x[0], x[1], x[2])
                                  : all[i].four(x[0], x[1], x[2], x[3]);
    fail_msg("no function %s", k->function);
    return NAN;
}

/* Logs may pass through 0: there the error of what they are the log of counts. Of 2F1 with large parameters the log has
 * a spacing of its own. */
static double allowed(const struct known *k) {
    if (strcmp(k->function, "log_2f1") == 0)
        return TOL_2F1 * fmax(1, fabs(k->value) * 1e-3);
    return TOL_SPECIAL * (strncmp(k->function, "log_", 4) == 0 ? fmax(fabs(k->value), 1e-6) : fabs(k->value));
}

static void functions_keep_to_the_table(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        double value = value_of(&table[i]);
        if (!(fabs(value - table[i].value) <= allowed(&table[i])))
            fail_msg("%s(%.17g, %.17g, %.17g, %.17g) = %.17g, not %.17g", table[i].function, table[i].at[0],
                     table[i].at[1], table[i].at[2], table[i].at[3], value, table[i].value);
    }
}

static void digamma_near_its_root_keeps_its_digits(void **state) {
    (void)state;
    /* The root is 9.55e-17 above this double. */
    double root = 1.4616321449683622, off = 0x1p-30;
    assert_true(fabs(special_digamma(root + off) / (off - 9.55e-17) - special_trigamma(root)) < 2e-9);
    assert_true(fabs(special_digamma(root)) < 1e-15);
}

static void log_rising_is_a_product_for_whole_numbers(void **state) {
    (void)state;
    for (double a = 1e-7; a < 1e7; a *= 7) {
        double sum = 0;
        for (int n = 0; n < 40; n++) {
            assert_true(fabs(special_log_rising(a, n) - sum) <= TOL_SPECIAL * fmax(1, fabs(sum)));
            sum += log(a + n);
        }
    }
}

static void log_sums_hold_the_empty_and_the_equal(void **state) {
    (void)state;
    assert_true(special_log_add(-INFINITY, -INFINITY) == -INFINITY);
    assert_true(special_log_add(-INFINITY, 3) == 3);
    assert_true(fabs(special_log_add(1000, 1000) - (1000 + log(2))) < 1e-12);
    assert_true(special_log_sub(5, -INFINITY) == 5);
    assert_true(special_log_sub(5, 5) == -INFINITY);
    assert_true(isnan(special_log_sub(4, 5)));
    assert_true(fabs(special_log_sub(0, -1e-20) - log(1e-20)) < 1e-12);
    assert_true(special_log1m_exp(0) == -INFINITY);
    assert_true(fabs(special_log1m_exp(-1e-12) - log(1e-12)) < 1e-12);
    assert_true(fabs(special_log1m_exp(-50) / -exp(-50) - 1) < TOL_ROUND);
}

/* F(1, 1; 2; z) = -log(1 - z)/z, F(a, b; b; z) = (1 - z)^-a, F(a, b; c; z) = F(b, a; c; z). */
static void log_2f1_keeps_to_closed_forms(void **state) {
    (void)state;
    for (double rest = 0.5; rest > 1e-15; rest *= 0.1) {
        double z = 1 - rest;
        assert_true(fabs(special_log_2f1(1, 1, 2, z) - log(-log1p(-z) / z)) < TOL_2F1);
        assert_true(fabs(special_log_2f1(0.3, 77, 77, z) + 0.3 * log1p(-z)) < TOL_2F1);
        assert_true(fabs(special_log_2f1(0.3, 5, 4.5, z) - special_log_2f1(5, 0.3, 4.5, z)) < TOL_2F1);
    }
    assert_true(special_log_2f1(3, 4, 5, 0) == 0);
    assert_true(special_log_2f1(0, 4, 5, 0.9) == 0);
}

/* c (1 - z) F(a, b; c) - c F(a - 1, b; c) + (c - b) z F(a, b; c + 1) = 0 (Gauss), where all are large. */
static void log_2f1_of_large_parameters_keeps_to_gauss_relation(void **state) {
    (void)state;
    for (double z = 0.05; z < 1; z += 0.1) {
        double a = 700.25, b = 300.5, c = 900, whole = special_log_2f1(a, b, c, z);
        double first = exp(special_log_2f1(a - 1, b, c, z) - whole);
        double second = (c - b) * z / c * exp(special_log_2f1(a, b, c + 1, z) - whole);
        assert_true(fabs(1 - z - first + second) < 1e-10);
    }
}

static void tails_add_up_to_one(void **state) {
    (void)state;
    for (double a = 1e-3; a < 1e6; a *= 9)
        for (double x = 1e-3; x < 1e6; x *= 5)
            assert_true(fabs(special_gamma_lower(a, x) + special_gamma_upper(a, x) - 1) < 1e-12);
    for (double a = 1e-3; a < 1e5; a *= 9)
        for (double b = 1e-3; b < 1e5; b *= 9)
            for (double x = 0.0625; x < 1; x += 0.0625)
                assert_true(fabs(special_beta_lower(a, b, x) + special_beta_lower(b, a, 1 - x) - 1) < 1e-11);
}

static void quantiles_are_where_the_share_is(void **state) {
    (void)state;
    const double share[] = {1e-9, 0.01, 0.1, 0.5, 0.9, 0.99, 1 - 1e-9};
    for (size_t i = 0; i < sizeof share / sizeof *share; i++) {
        double p = share[i];
        assert_true(fabs(special_normal_cdf(special_normal_quantile(p)) / p - 1) < 1e-12);
        for (double a = 0.1; a < 1e7; a *= 8) {
            assert_true(fabs(special_gamma_lower(a, special_gamma_quantile(a, p)) / p - 1) < 1e-9);
            for (double b = 0.1; b < 1e6; b *= 8) {
                double x = special_beta_quantile(a, b, p);
                if (x < 0.999)
                    assert_true(fabs(special_beta_lower(a, b, x) / p - 1) < 1e-8);
            }
        }
    }
    assert_true(special_gamma_quantile(2, 0) == 0 && isinf(special_gamma_quantile(2, 1)));
    assert_true(special_beta_quantile(2, 3, 0) == 0 && special_beta_quantile(2, 3, 1) == 1);
    assert_true(special_gamma_quantile(1e-5, 0.5) == 0); /* about 1e-30103 */
}

static void arguments_outside_give_nan(void **state) {
    (void)state;
    assert_true(isnan(special_log_gamma(0)) && isnan(special_digamma(-1)) && isnan(special_trigamma(0)));
    assert_true(isnan(special_log_rising(0, 1)) && isnan(special_log_rising(1, -1)) &&
                isnan(special_log_rising(NAN, 1)));
    assert_true(isnan(special_log_beta(0, 1)) && isnan(special_digamma_rising(-2, 1)));
    assert_true(isnan(special_log_2f1(1, 1, 0, 0.5)) && isnan(special_log_2f1(1, 1, 2, 1)) &&
                isnan(special_log_2f1(1, NAN, 2, 0.5)));
    assert_true(isnan(special_gamma_lower(-1, 1)) && isnan(special_gamma_upper(1, -1)) &&
                isnan(special_beta_lower(1, 1, 2)));
    assert_true(isnan(special_normal_quantile(-0.1)) && isnan(special_gamma_quantile(1, 1.1)));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_keep_to_the_table),
        cmocka_unit_test(digamma_near_its_root_keeps_its_digits),
        cmocka_unit_test(log_rising_is_a_product_for_whole_numbers),
        cmocka_unit_test(log_sums_hold_the_empty_and_the_equal),
        cmocka_unit_test(log_2f1_keeps_to_closed_forms),
        cmocka_unit_test(log_2f1_of_large_parameters_keeps_to_gauss_relation),
        cmocka_unit_test(tails_add_up_to_one),
        cmocka_unit_test(quantiles_are_where_the_share_is),
        cmocka_unit_test(arguments_outside_give_nan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
