// SPDX-License-Identifier: Apache-2.0
/* Features of one customer against numbers worked out by hand (docs/methods/stack.md), and what must hold for any history. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "stats/feature.h"

static const double TOL_HAND = 5e-5; /* hand computation to four decimals */
static const double TOL_ROUND = 1e-12;

static const struct feature_chances chances = {.active = 0.4, .alive = 0.7, .regular = 0.5, .cycle = 0.3};

static void feature_worked_example(void **state) {
    (void)state;
    const int32_t day[] = {0, 20, 90, 135};
    const int64_t cents[] = {1000, 2000, 500, 99900};
    const struct history h = {.day = day, .cents = cents, .n = 4};
    const struct feature_company company = {.horizon_days = 90, .log_gap = log(30)};
    static const struct {
        enum feature feature;
        double value;
    } expected[] = {
        {FEATURE_MODEL, -0.40547},
        {FEATURE_ALIVE, 0.84730},
        {FEATURE_REGULAR, 0.40547},
        {FEATURE_CYCLE, -0.44183},
        {FEATURE_RECENCY, -0.78624},
        {FEATURE_OVERDUE, 0.17251},
        {FEATURE_OVERDUE_M1, 1.17251},
        {FEATURE_OVERDUE_0, 0.17251},
        {FEATURE_OVERDUE_P1, 0},
        {FEATURE_REPEATS, 1.09861},
        {FEATURE_ONE, 0},
        {FEATURE_MODEL_REPEATS, -0.44545},
        {FEATURE_OVERDUE_REPEATS, 0.18952},
        {FEATURE_LATE_REPEATS, 0.18952},
        {FEATURE_LAST_GAP, 0.73684},
        {FEATURE_OWN_RETURN, 1.09861},
        {FEATURE_OWN_LONGEST, -0.54911},
        {FEATURE_MONTHS_12, 3},
        {FEATURE_MONTHS_6, 3},
        {FEATURE_VALUE, 2.41139},
        {FEATURE_VALUE_LAST, -0.61963},
        {FEATURE_YEAR_BOUGHT, 0},
        {FEATURE_YEAR_COUNT, 0},
        {FEATURE_YEAR_BEFORE, 0},
        {FEATURE_YEAR_KNOWN, 0},
    };
    double x[FEATURES];
    feature_make(&company, &h, 130, &chances, x);
    assert_int_equal(sizeof expected / sizeof *expected, FEATURES);
    for (size_t i = 0; i < FEATURES; i++)
        assert_true(fabs(x[expected[i].feature] - expected[i].value) < TOL_HAND);
}

/* On day 500 with a horizon of 90: the same horizon a year earlier is 136 .. 225, the one before it 46 .. 135. */
static void feature_of_the_same_season_a_year_ago(void **state) {
    (void)state;
    const int32_t day[] = {40, 46, 135, 136, 225, 226, 400};
    const int64_t cents[7] = {100, 100, 100, 100, 100, 100, 100};
    const struct history h = {.day = day, .cents = cents, .n = 7};
    const struct history won_since = {.day = day + 4, .cents = cents, .n = 3};
    const struct feature_company company = {.horizon_days = 90, .log_gap = log(30)};
    double x[FEATURES];
    feature_make(&company, &h, 500, &chances, x);
    assert_true(x[FEATURE_YEAR_KNOWN] == 1 && x[FEATURE_YEAR_BOUGHT] == 1);
    assert_true(fabs(x[FEATURE_YEAR_COUNT] - log(3)) < TOL_ROUND);
    assert_true(fabs(x[FEATURE_YEAR_BEFORE] - log(3)) < TOL_ROUND);
    feature_make(&company, &won_since, 500, &chances, x);
    assert_true(x[FEATURE_YEAR_KNOWN] == 0 && x[FEATURE_YEAR_BOUGHT] == 0);
}

/* Bought on days 0, 10 and 40: of the months before day 100 (0 .. 29 days ago, 30 .. 59, ...) two in six. */
static void feature_months_are_counted_once(void **state) {
    (void)state;
    const int32_t day[] = {0, 10, 40};
    const int64_t cents[] = {0, -500, 100}; /* nothing and less than nothing count as nothing */
    const struct history h = {.day = day, .cents = cents, .n = 3};
    const struct feature_company company = {.horizon_days = 90, .log_gap = log(30)};
    double x[FEATURES];
    feature_make(&company, &h, 100, &chances, x);
    assert_true(x[FEATURE_MONTHS_12] == 2 && x[FEATURE_MONTHS_6] == 2);
    assert_true(fabs(x[FEATURE_VALUE] - log(2) / 3) < TOL_ROUND);
    feature_make(&company, &h, 40 + 180, &chances, x);
    assert_true(x[FEATURE_MONTHS_12] == 2 && x[FEATURE_MONTHS_6] == 0);
}

static void feature_does_not_see_what_comes_after_the_day(void **state) {
    (void)state;
    const int32_t day[] = {0, 20, 90, 135, 300}, other[] = {0, 20, 90, 131, 132};
    const int64_t cents[] = {1000, 2000, 500, 7, 7}, other_cents[] = {1000, 2000, 500, 99999, 1};
    const struct feature_company company = {.horizon_days = 90, .log_gap = 3};
    const struct history all = {.day = day, .cents = cents, .n = 5},
                         else_ = {.day = other, .cents = other_cents, .n = 5},
                         cut = {.day = day, .cents = cents, .n = 3};
    const uint32_t first = 0;
    struct feature_company a, b;
    double x[FEATURES], y[FEATURES];
    feature_make(&company, &cut, 130, &chances, x);
    feature_make(&company, &all, 130, &chances, y);
    assert_memory_equal(x, y, sizeof x);
    feature_make(&company, &else_, 130, &chances, y);
    assert_memory_equal(x, y, sizeof x);
    feature_company_learn(&cut, &first, 1, 130, 90, &a);
    feature_company_learn(&else_, &first, 1, 130, 90, &b);
    assert_true(a.log_gap <= b.log_gap && a.log_gap >= b.log_gap);
}

/* Each customer speaks once, however often it buys. */
static void feature_company_gap_is_the_mean_over_customers(void **state) {
    (void)state;
    const int32_t often[] = {0, 10, 20, 30, 40, 50}, seldom[] = {0, 90}, once[] = {5};
    const int64_t cents[6] = {0};
    const struct history h[] = {{.day = often, .cents = cents, .n = 6},
                                {.day = seldom, .cents = cents, .n = 2},
                                {.day = once, .cents = cents, .n = 1}};
    const uint32_t which[] = {0, 1, 2};
    struct feature_company company;
    feature_company_learn(h, which, 3, 100, 90, &company);
    assert_true(fabs(company.log_gap - (log(10) + log(90)) / 2) < TOL_ROUND);
    feature_company_learn(h, which + 2, 1, 100, 90, &company); /* nobody came back: a month */
    assert_true(fabs(company.log_gap - log(30)) < TOL_ROUND);
}

static void feature_is_finite_at_the_edges(void **state) {
    (void)state;
    enum { MANY = 20000 };
    static int32_t day[MANY];
    static int64_t cents[MANY];
    for (int32_t i = 0; i < MANY; i++) {
        day[i] = i;
        cents[i] = i % 2 ? INT64_MAX : INT64_MIN;
    }
    static const struct feature_chances edges[] = {{0, 0, 0, 0}, {1, 1, 1, 1}, {0, 1, 1, 0}, {1e-300, 1, 1e-17, 0.5}};
    const size_t counts[] = {1, 2, MANY};
    const int32_t horizons[] = {1, 90, 365, 3650};
    for (size_t n = 0; n < 3; n++)
        for (size_t e = 0; e < 4; e++)
            for (size_t w = 0; w < 4; w++)
                for (int32_t after = 0; after <= 20000; after += 5000) {
                    const struct history h = {.day = day, .cents = cents, .n = counts[n]};
                    const struct feature_company company = {.horizon_days = horizons[w], .log_gap = log(30)};
                    double x[FEATURES];
                    feature_make(&company, &h, day[counts[n] - 1] + after, &edges[e], x);
                    for (size_t f = 0; f < FEATURES; f++)
                        assert_true(isfinite(x[f]));
                }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(feature_worked_example),
        cmocka_unit_test(feature_of_the_same_season_a_year_ago),
        cmocka_unit_test(feature_months_are_counted_once),
        cmocka_unit_test(feature_does_not_see_what_comes_after_the_day),
        cmocka_unit_test(feature_company_gap_is_the_mean_over_customers),
        cmocka_unit_test(feature_is_finite_at_the_edges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
