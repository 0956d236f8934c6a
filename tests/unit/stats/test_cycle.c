// SPDX-License-Identifier: Apache-2.0
/* The numbers of docs/methods/cycle.md, computed apart in fifty decimal digits, and what must hold for every estimate. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "stats/cycle.h"

static int64_t cycle_of(int32_t own_median_x2, int32_t own_n, int32_t prior_days) {
    int64_t cycle_e4 = -1;
    assert_int_equal(cycle_estimate(own_median_x2, own_n, prior_days, &cycle_e4), STAT_OK);
    return cycle_e4;
}

static void cycle_of_worked_example(void **state) {
    (void)state;
    /* Gaps 7, 14, 10, 30 have the median 12; the segment's is 30: (12^4 x 30^2)^(1/6) = 16.286 */
    struct cycle_recent recent = {0};
    const int32_t gaps[] = {7, 14, 10, 30};
    for (size_t i = 0; i < 4; i++)
        cycle_recent_add(&recent, gaps[i]);
    assert_int_equal(cycle_recent_median_x2(&recent), 24);
    assert_int_equal(cycle_of(24, 4, 30), 163000);
}

static void cycle_equals_numbers_computed_apart(void **state) {
    (void)state;
    static const struct {
        int32_t own_median_x2, own_n, prior_days;
        int64_t cycle_e4;
    } known[] = {
        {48, 1, 30, 278000}, {24, 4, 20, 142000},  {62, 12, 30, 309000},  {20, 2, 40, 200000},
        {61, 3, 45, 356000}, {2, 12, 1500, 28000}, {3000, 1, 7, 419000},  {41, 7, 13, 185000},
        {60, 5, 30, 300000}, {2, 12, 2, 11000},    {730, 2, 31, 1064000},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_int_equal(cycle_of(known[i].own_median_x2, known[i].own_n, known[i].prior_days), known[i].cycle_e4);
}

static void cycle_with_no_gap_is_the_prior(void **state) {
    (void)state;
    assert_int_equal(cycle_of(0, 0, 37), 370000);
    assert_int_equal(cycle_of(0, 0, 1), 10000);
}

static void cycle_of_own_equal_to_prior_is_both(void **state) {
    (void)state;
    for (int32_t days = 1; days <= 1500; days++)
        for (int32_t n = 0; n <= CYCLE_RECENT; n++)
            assert_int_equal(cycle_of(2 * days, n, days), (int64_t)days * 10000);
}

static void cycle_lies_between_own_and_prior_in_whole_tenths(void **state) {
    (void)state;
    for (int32_t own_x2 = 2; own_x2 <= 800; own_x2 += 7) {
        for (int32_t prior = 1; prior <= 400; prior += 3) {
            int64_t own_e4 = (int64_t)own_x2 * 5000, prior_e4 = (int64_t)prior * 10000;
            int64_t cycle_e4 = cycle_of(own_x2, 5, prior);
            assert_int_equal(cycle_e4 % 1000, 0);
            assert_true(cycle_e4 >= (own_e4 < prior_e4 ? own_e4 : prior_e4));
            assert_true(cycle_e4 <= (own_e4 > prior_e4 ? own_e4 : prior_e4));
        }
    }
}

static void cycle_moves_from_prior_to_own_as_gaps_come(void **state) {
    (void)state;
    int64_t above = cycle_of(0, 0, 90), below = cycle_of(0, 0, 10);
    for (int32_t n = 1; n <= CYCLE_RECENT; n++) {
        int64_t falling = cycle_of(40, n, 90), rising = cycle_of(40, n, 10);
        assert_true(falling < above && falling > 200000);
        assert_true(rising > below && rising < 200000);
        above = falling;
        below = rising;
    }
}

static void cycle_grows_with_own_and_with_prior(void **state) {
    (void)state;
    for (int32_t n = 1; n <= CYCLE_RECENT; n++) {
        for (int32_t v = 2; v < 600; v++) {
            assert_true(cycle_of(v, n, 45) <= cycle_of(v + 1, n, 45));
            assert_true(cycle_of(90, n, v) <= cycle_of(90, n, v + 1));
        }
    }
}

/* The rounding is right without trusting log and exp: c is the tenth of the exact value x exactly when
 * ((c - 0.05) / x)^(n + weight) <= 1 <= ((c + 0.05) / x)^(n + weight), and products of long doubles settle that. */
static void cycle_is_rounded_to_the_nearest_tenth(void **state) {
    (void)state;
    for (int32_t n = 1; n <= CYCLE_RECENT; n++) {
        for (int32_t own_x2 = 2; own_x2 <= 500; own_x2 += 3) {
            for (int32_t prior = 1; prior <= 365; prior += 4) {
                long double c = (long double)cycle_of(own_x2, n, prior) / 10000, low = 1, high = 1;
                for (int i = 0; i < n + CYCLE_PRIOR_WEIGHT; i++) {
                    long double part = i < n ? own_x2 / 2.0L : (long double)prior;
                    low *= (c - 0.05L) / part;
                    high *= (c + 0.05L) / part;
                }
                assert_true(low < 1 && high > 1);
            }
        }
    }
}

static void cycle_of_nonsense_is_refused_and_result_untouched(void **state) {
    (void)state;
    int64_t cycle_e4 = 77;
    assert_int_equal(cycle_estimate(1, 3, 30, &cycle_e4), STAT_DOMAIN);
    assert_int_equal(cycle_estimate(24, -1, 30, &cycle_e4), STAT_DOMAIN);
    assert_int_equal(cycle_estimate(24, 3, 0, &cycle_e4), STAT_DOMAIN);
    assert_int_equal(cycle_estimate(0, 0, 0, &cycle_e4), STAT_DOMAIN);
    assert_int_equal(cycle_e4, 77);
}

static int int32_ascending(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void cycle_recent_keeps_the_last_gaps_only(void **state) {
    (void)state;
    enum { GAPS = 5 * CYCLE_RECENT };
    struct cycle_recent recent = {0};
    int32_t gap[GAPS], sorted[CYCLE_RECENT];
    uint32_t seed = 3;
    for (int i = 0; i < GAPS; i++) {
        seed = seed * 1664525u + 1013904223u;
        gap[i] = 1 + (int32_t)(seed >> 20);
        cycle_recent_add(&recent, gap[i]);
        int n = i + 1 < CYCLE_RECENT ? i + 1 : CYCLE_RECENT;
        assert_int_equal(recent.n, n);
        for (int k = 0; k < n; k++)
            sorted[k] = gap[i - k];
        qsort(sorted, (size_t)n, sizeof sorted[0], int32_ascending);
        int32_t twice = n % 2 == 1 ? 2 * sorted[n / 2] : sorted[n / 2 - 1] + sorted[n / 2];
        assert_int_equal(cycle_recent_median_x2(&recent), twice);
    }
}

static void cycle_recent_median_of_longest_gaps_does_not_overflow(void **state) {
    (void)state;
    struct cycle_recent recent = {0};
    for (int i = 0; i < 4; i++)
        cycle_recent_add(&recent, INT32_MAX);
    assert_int_equal(cycle_recent_median_x2(&recent), 2 * 3652058);
    cycle_recent_add(&recent, 0);
    assert_int_equal(recent.n, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cycle_of_worked_example),
        cmocka_unit_test(cycle_equals_numbers_computed_apart),
        cmocka_unit_test(cycle_with_no_gap_is_the_prior),
        cmocka_unit_test(cycle_of_own_equal_to_prior_is_both),
        cmocka_unit_test(cycle_lies_between_own_and_prior_in_whole_tenths),
        cmocka_unit_test(cycle_moves_from_prior_to_own_as_gaps_come),
        cmocka_unit_test(cycle_grows_with_own_and_with_prior),
        cmocka_unit_test(cycle_is_rounded_to_the_nearest_tenth),
        cmocka_unit_test(cycle_of_nonsense_is_refused_and_result_untouched),
        cmocka_unit_test(cycle_recent_keeps_the_last_gaps_only),
        cmocka_unit_test(cycle_recent_median_of_longest_gaps_does_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
