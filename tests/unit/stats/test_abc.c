// SPDX-License-Identifier: Apache-2.0
/* The company of docs/methods/abc.md; then the rule as product.md words it, customer by customer, in long doubles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "stats/abc.h"

enum { CUSTOMERS = 60 };

static void check_cut(const int64_t *value, size_t n, int64_t share, int64_t cents, int64_t ties, int64_t above,
                      int64_t sum) {
    struct abc_cut cut;
    assert_int_equal(abc_cut_find(value, n, share, &cut), STAT_OK);
    assert_int_equal(cut.value_cents, cents);
    assert_int_equal(cut.ties, ties);
    assert_int_equal(cut.above, above);
    assert_int_equal(cut.sum_cents, sum);
}

static void abc_of_worked_example(void **state) {
    (void)state;
    /* 1000.00 in all: 500, 200, 150 (crosses 80 %), 60, 40 (reaches 95 % exactly), 30, 20 */
    const int64_t value[] = {50000, 20000, 15000, 6000, 4000, 3000, 2000};
    check_cut(value, 7, ABC_A_E4, 15000, 1, 3, 85000);
    check_cut(value, 7, ABC_B_E4, 4000, 1, 5, 95000);
}

static void abc_customer_that_reaches_the_share_exactly_is_the_last_in(void **state) {
    (void)state;
    const int64_t value[] = {8000, 1500, 500};
    check_cut(value, 3, ABC_A_E4, 8000, 1, 1, 8000);
    check_cut(value, 3, ABC_B_E4, 1500, 1, 2, 9500);
}

static void abc_customer_one_cent_short_of_the_share_lets_the_next_in(void **state) {
    (void)state;
    const int64_t value[] = {7999, 1501, 500};
    check_cut(value, 3, ABC_A_E4, 1501, 1, 2, 9500);
}

static void abc_of_equal_customers_is_cut_inside_the_tie(void **state) {
    (void)state;
    const int64_t value[] = {100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
    check_cut(value, 10, ABC_A_E4, 100, 8, 8, 800);
    check_cut(value, 10, ABC_B_E4, 100, 10, 10, 1000);
}

static void abc_of_one_customer_is_a(void **state) {
    (void)state;
    const int64_t value[] = {1};
    check_cut(value, 1, ABC_A_E4, 1, 1, 1, 1);
}

static void abc_returns_lower_the_total(void **state) {
    (void)state;
    /* 100 + 30 - 30 = 100: the first customer alone reaches 80 and 95 % */
    const int64_t value[] = {10000, 3000, 0, -3000};
    check_cut(value, 4, ABC_B_E4, 10000, 1, 1, 10000);
    check_cut(value, 4, 10000, 10000, 1, 1, 10000);
}

static void abc_without_value_is_too_few(void **state) {
    (void)state;
    struct abc_cut cut = {.above = -7};
    const int64_t nothing[] = {500, 0, -500}, less[] = {-1, -2};
    assert_int_equal(abc_cut_find(NULL, 0, ABC_A_E4, &cut), STAT_TOO_FEW);
    assert_int_equal(abc_cut_find(nothing, 3, ABC_A_E4, &cut), STAT_TOO_FEW);
    assert_int_equal(abc_cut_find(less, 2, ABC_A_E4, &cut), STAT_TOO_FEW);
    assert_int_equal(cut.above, -7);
}

static void abc_of_unsorted_values_or_no_share_is_refused(void **state) {
    (void)state;
    struct abc_cut cut;
    const int64_t value[] = {1, 2};
    assert_int_equal(abc_cut_find(value, 2, ABC_A_E4, &cut), STAT_DOMAIN);
    assert_int_equal(abc_cut_find(value, 1, 0, &cut), STAT_DOMAIN);
    assert_int_equal(abc_cut_find(value, 1, 10001, &cut), STAT_DOMAIN);
}

static void abc_of_largest_values_does_not_overflow(void **state) {
    (void)state;
    const int64_t big = INT64_MAX / 4;
    const int64_t value[] = {big, big, big, big};
    check_cut(value, 4, 5000, big, 2, 2, 2 * big);
    check_cut(value, 4, 5001, big, 3, 3, 3 * big);
    const int64_t too_big[] = {INT64_MAX, INT64_MAX, INT64_MAX};
    struct abc_cut cut;
    check_cut(too_big, 3, 3000, INT64_MAX, 1, 1, INT64_MAX);
    assert_int_equal(abc_cut_find(too_big, 3, 5000, &cut), STAT_DOMAIN);
}

static int int64_descending(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x < y) - (x > y);
}

/* Whether customer i is in: what all before it bring is less than the share of what all bring. */
static int slow_in(const int64_t *value, size_t n, size_t i, int64_t share) {
    long double before = 0, total = 0;
    for (size_t k = 0; k < n; k++) {
        before += k < i ? (long double)value[k] : 0;
        total += (long double)value[k];
    }
    return before * 10000 < total * (long double)share;
}

static void abc_equals_asking_every_customer(void **state) {
    (void)state;
    uint32_t seed = 17;
    for (int round = 0; round < 500; round++) {
        int64_t value[CUSTOMERS];
        size_t n = 1 + (size_t)round % CUSTOMERS;
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525u + 1013904223u;
            value[i] = (int64_t)((seed >> 12) % (round % 2 == 0 ? 12 : 100000)) - 2; /* few values: many ties */
        }
        qsort(value, n, sizeof value[0], int64_descending);
        const int64_t share[] = {ABC_A_E4, ABC_B_E4, 1, 10000};
        for (size_t s = 0; s < 4; s++) {
            struct abc_cut cut;
            if (abc_cut_find(value, n, share[s], &cut) != STAT_OK)
                continue;
            int64_t larger = 0, sum = 0;
            for (size_t i = 0; i < n; i++) {
                assert_int_equal((int64_t)i < cut.above, slow_in(value, n, i, share[s]));
                larger += value[i] > cut.value_cents;
                sum += (int64_t)i < cut.above ? value[i] : 0;
            }
            assert_int_equal(cut.above, larger + cut.ties);
            assert_true(cut.ties >= 1);
            assert_int_equal(cut.sum_cents, sum);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(abc_of_worked_example),
        cmocka_unit_test(abc_customer_that_reaches_the_share_exactly_is_the_last_in),
        cmocka_unit_test(abc_customer_one_cent_short_of_the_share_lets_the_next_in),
        cmocka_unit_test(abc_of_equal_customers_is_cut_inside_the_tie),
        cmocka_unit_test(abc_of_one_customer_is_a),
        cmocka_unit_test(abc_returns_lower_the_total),
        cmocka_unit_test(abc_without_value_is_too_few),
        cmocka_unit_test(abc_of_unsorted_values_or_no_share_is_refused),
        cmocka_unit_test(abc_of_largest_values_does_not_overflow),
        cmocka_unit_test(abc_equals_asking_every_customer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
