// SPDX-License-Identifier: Apache-2.0
/* The customers of docs/methods/trend.md, the edges 6/5 and 4/5 to the cent, and values too large for 64 bits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/trend.h"

static void trend_window_is_two_cycles_rounded_up(void **state) {
    (void)state;
    assert_int_equal(trend_window_days(163000), 33); /* 32.6 */
    assert_int_equal(trend_window_days(300000), 60);
    assert_int_equal(trend_window_days(301000), 61);
    assert_int_equal(trend_window_days(300001), 61);
}

static void trend_window_has_a_least_length(void **state) {
    (void)state;
    assert_int_equal(trend_window_days(70000), TREND_DAYS_MIN);
    assert_int_equal(trend_window_days(71000), 15);
    assert_int_equal(trend_window_days(10000), TREND_DAYS_MIN);
    assert_int_equal(trend_window_days(STAT_NONE), TREND_DAYS_MIN);
    assert_int_equal(trend_window_days(INT64_MAX), INT32_MAX);
}

static void trend_of_worked_example(void **state) {
    (void)state;
    /* 900.00 after 1000.00 is flat; in a season that halves the company's sales it is up, in one that doubles them down */
    assert_int_equal(trend_of(90000, 100000, 1, 1), TREND_FLAT);
    assert_int_equal(trend_of(90000, 100000, 4000000, 8000000), TREND_UP);
    assert_int_equal(trend_of(90000, 100000, 8000000, 4000000), TREND_DOWN);
}

static void trend_edges_are_exact(void **state) {
    (void)state;
    assert_int_equal(trend_of(12000, 10000, 1, 1), TREND_UP);
    assert_int_equal(trend_of(11999, 10000, 1, 1), TREND_FLAT);
    assert_int_equal(trend_of(8000, 10000, 1, 1), TREND_DOWN);
    assert_int_equal(trend_of(8001, 10000, 1, 1), TREND_FLAT);
    assert_int_equal(trend_of(36000, 10000, 3, 1), TREND_UP);
    assert_int_equal(trend_of(35999, 10000, 3, 1), TREND_FLAT);
}

static void trend_from_or_to_nothing(void **state) {
    (void)state;
    assert_int_equal(trend_of(0, 0, 1, 1), TREND_NONE);
    assert_int_equal(trend_of(-5, 0, 1, 1), TREND_NONE);
    assert_int_equal(trend_of(-5, -9, 1, 1), TREND_NONE);
    assert_int_equal(trend_of(1, 0, 1, 1), TREND_UP);
    assert_int_equal(trend_of(1, -9, 1, 1), TREND_UP);
    assert_int_equal(trend_of(0, 1, 1, 1), TREND_DOWN);
    assert_int_equal(trend_of(-9, 1, 1, 1), TREND_DOWN);
}

static void trend_season_without_value_is_none(void **state) {
    (void)state;
    assert_int_equal(trend_of(100, 100, 0, 500), TREND_FLAT);
    assert_int_equal(trend_of(100, 100, 500, 0), TREND_FLAT);
    assert_int_equal(trend_of(100, 100, -1, -1), TREND_FLAT);
}

static void trend_of_largest_values_does_not_overflow(void **state) {
    (void)state;
    const int64_t big = INT64_MAX;
    assert_int_equal(trend_of(big, big, big, big), TREND_FLAT);
    assert_int_equal(trend_of(big, big, big, 1), TREND_DOWN);
    assert_int_equal(trend_of(big, big, 1, big), TREND_UP);
    assert_int_equal(trend_of(big, big, big / 2, big), TREND_UP);
    assert_int_equal(trend_of(big / 2, big, big, big), TREND_DOWN);
    assert_int_equal(trend_of(big / 2, big, big / 2, big), TREND_FLAT);
}

static void trend_keeps_with_the_scale_of_money_and_season(void **state) {
    (void)state;
    for (int64_t now = 1; now < 60; now++) {
        for (int64_t season = 1; season < 12; season++) {
            enum trend plain = trend_of(now, 30, season, 6);
            assert_int_equal(trend_of(now * 1000003, 30 * INT64_C(1000003), season, 6), plain);
            assert_int_equal(trend_of(now, 30, season * INT64_C(900000000000), 6 * INT64_C(900000000000)), plain);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trend_window_is_two_cycles_rounded_up),
        cmocka_unit_test(trend_window_has_a_least_length),
        cmocka_unit_test(trend_of_worked_example),
        cmocka_unit_test(trend_edges_are_exact),
        cmocka_unit_test(trend_from_or_to_nothing),
        cmocka_unit_test(trend_season_without_value_is_none),
        cmocka_unit_test(trend_of_largest_values_does_not_overflow),
        cmocka_unit_test(trend_keeps_with_the_scale_of_money_and_season),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
