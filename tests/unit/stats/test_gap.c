// SPDX-License-Identifier: Apache-2.0
/* The numbers of docs/methods/gap.md, and gap_summarise against sorting and two-pass sums. Must not use the code under
 * test to say what is right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/gap.h"

enum { SLOW_MAX = 400 };

static uint32_t random_next(uint32_t *seed) {
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static int int32_ascending(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

static void gap_summary_of_worked_example(void **state) {
    (void)state;
    /* 2024-01-01, 01-08, 01-22, 02-01, 03-02: gaps 7, 14, 10, 30 */
    const struct day day[] = {{19723}, {19730}, {19744}, {19754}, {19784}};
    int32_t scratch[4];
    struct gap_summary s;
    assert_int_equal(gap_summarise(day, 5, scratch, &s), STAT_OK);
    assert_int_equal(s.n, 4);
    assert_int_equal(s.median_e4, 120000);
    assert_int_equal(s.mean_e4, 152500);
    assert_int_equal(s.sd_e4, 102429);
}

static void gap_summary_of_one_purchase_has_no_values(void **state) {
    (void)state;
    struct gap_summary s;
    assert_int_equal(gap_summarise(&(struct day){19723}, 1, NULL, &s), STAT_OK);
    assert_int_equal(s.n, 0);
    assert_true(s.median_e4 == STAT_NONE && s.mean_e4 == STAT_NONE && s.sd_e4 == STAT_NONE);
}

static void gap_summary_of_one_gap_has_no_sd(void **state) {
    (void)state;
    const struct day day[] = {{100}, {131}};
    int32_t scratch[1];
    struct gap_summary s;
    assert_int_equal(gap_summarise(day, 2, scratch, &s), STAT_OK);
    assert_int_equal(s.n, 1);
    assert_int_equal(s.median_e4, 310000);
    assert_int_equal(s.mean_e4, 310000);
    assert_true(s.sd_e4 == STAT_NONE);
}

static void gap_median_of_even_count_is_mean_of_middle_two(void **state) {
    (void)state;
    const struct day day[] = {{0}, {3}, {7}}; /* 3, 4 */
    int32_t scratch[2];
    struct gap_summary s;
    assert_int_equal(gap_summarise(day, 3, scratch, &s), STAT_OK);
    assert_int_equal(s.median_e4, 35000);
    assert_int_equal(s.sd_e4, 7071); /* sqrt(1/2) */
}

static void gap_mean_rounds_half_up(void **state) {
    (void)state;
    struct day day[33] = {{0}};
    int32_t scratch[32];
    struct gap_summary s;
    for (int i = 1; i < 33; i++)
        day[i].n = i; /* 32 gaps of 1, the last then 1 + 2: mean 34/32 = 1.0625 exactly */
    day[32].n = 34;
    assert_int_equal(gap_summarise(day, 33, scratch, &s), STAT_OK);
    assert_int_equal(s.mean_e4, 10625);
    const struct day third[] = {{0}, {1}, {2}, {5}}; /* 5/3 */
    assert_int_equal(gap_summarise(third, 4, scratch, &s), STAT_OK);
    assert_int_equal(s.mean_e4, 16667);
}

static void gap_days_that_do_not_increase_are_refused_and_result_untouched(void **state) {
    (void)state;
    int32_t scratch[3];
    struct gap_summary s = {.n = -7};
    const struct day same[] = {{5}, {9}, {9}}, back[] = {{5}, {9}, {8}};
    assert_int_equal(gap_summarise(same, 3, scratch, &s), STAT_DOMAIN);
    assert_int_equal(gap_summarise(back, 3, scratch, &s), STAT_DOMAIN);
    assert_int_equal(gap_summarise(same, 0, scratch, &s), STAT_DOMAIN);
    assert_int_equal(s.n, -7);
}

static void gap_summary_of_whole_calendar_does_not_overflow(void **state) {
    (void)state;
    const struct day day[] = {{INT32_MIN + 1}, {0}, {INT32_MAX}};
    int32_t scratch[2];
    struct gap_summary s;
    assert_int_equal(gap_summarise(day, 3, scratch, &s), STAT_OK);
    assert_int_equal(s.mean_e4, INT64_C(21474836470000));
    assert_int_equal(s.sd_e4, 0);
    const struct day wide[] = {{INT32_MIN}, {INT32_MAX}};
    assert_int_equal(gap_summarise(wide, 2, scratch, &s), STAT_DOMAIN);
}

/* Sort, then two passes in long double. */
static void check_against_slow_way(const struct day *day, size_t n) {
    int32_t scratch[SLOW_MAX], sorted[SLOW_MAX];
    size_t m = n - 1;
    long double sum = 0, squares = 0;
    for (size_t i = 0; i < m; i++) {
        sorted[i] = day[i + 1].n - day[i].n;
        sum += sorted[i];
    }
    for (size_t i = 0; i < m; i++)
        squares += (sorted[i] - sum / (long double)m) * (sorted[i] - sum / (long double)m);
    qsort(sorted, m, sizeof sorted[0], int32_ascending);
    struct gap_summary s;
    assert_int_equal(gap_summarise(day, n, scratch, &s), STAT_OK);
    assert_int_equal(s.n, (int32_t)m);
    assert_int_equal(s.median_e4, ((int64_t)sorted[(m - 1) / 2] + sorted[m / 2]) * 5000);
    assert_int_equal(s.mean_e4, (int64_t)floorl(sum * 10000 / (long double)m + 0.5L));
    if (m > 1)
        assert_int_equal(s.sd_e4, (int64_t)floorl(sqrtl(squares / (long double)(m - 1)) * 10000 + 0.5L));
}

static void gap_summary_equals_sorting_for_random_days(void **state) {
    (void)state;
    uint32_t seed = 7;
    for (int round = 0; round < 2000; round++) {
        struct day day[SLOW_MAX] = {{0}};
        size_t n = 2 + random_next(&seed) % (SLOW_MAX - 1);
        uint32_t spread = 1u << (random_next(&seed) % 12); /* few distinct gaps, so many equal ones, to many */
        for (size_t i = 1; i < n; i++)
            day[i].n = day[i - 1].n + 1 + (int32_t)(random_next(&seed) % spread);
        check_against_slow_way(day, n);
    }
}

static void gap_summary_equals_sorting_for_gaps_in_order(void **state) {
    (void)state;
    struct day rising[SLOW_MAX] = {{0}}, falling[SLOW_MAX] = {{0}}, organ[SLOW_MAX] = {{0}};
    for (int32_t i = 1; i < SLOW_MAX; i++) {
        rising[i].n = rising[i - 1].n + i;
        falling[i].n = falling[i - 1].n + SLOW_MAX - i;
        organ[i].n = organ[i - 1].n + (i < SLOW_MAX / 2 ? i : SLOW_MAX - i);
    }
    for (size_t n = 2; n <= SLOW_MAX; n++) {
        check_against_slow_way(rising, n);
        check_against_slow_way(falling, n);
        check_against_slow_way(organ, n);
    }
}

static void gap_histogram_counts_and_sums(void **state) {
    (void)state;
    static struct gap_histogram h;
    memset(&h, 0, sizeof h);
    gap_histogram_add(&h, 7, 3);
    gap_histogram_add(&h, GAP_CELLS - 1, 1);
    gap_histogram_add(&h, GAP_CELLS, 1);
    gap_histogram_add(&h, 4000, 2);
    gap_histogram_add(&h, 0, 5);
    gap_histogram_add(&h, -3, 5);
    assert_int_equal(h.n, 7);
    assert_int_equal(h.count[7], 3);
    assert_int_equal(h.count[GAP_CELLS - 1], 1);
    assert_int_equal(h.count[GAP_CELLS], 3);
    assert_int_equal(h.sum_days, 21 + 1499 + 1500 + 8000);
    gap_histogram_add(&h, 4000, -2);
    assert_int_equal(h.count[GAP_CELLS], 1);
    assert_int_equal(h.n, 5);
    assert_int_equal(h.sum_days, 21 + 1499 + 1500);
}

static void gap_quantile_of_worked_example(void **state) {
    (void)state;
    static struct gap_histogram h;
    memset(&h, 0, sizeof h);
    const int32_t gaps[] = {7, 7, 7, 10, 14, 14, 21, 28, 30, 90};
    for (size_t i = 0; i < 10; i++)
        gap_histogram_add(&h, gaps[i], 1);
    const int64_t share[] = {0, 1, 3000, 3001, 5000, 5001, 8000, 9000, 9001, 10000};
    const int32_t want[] = {7, 7, 7, 10, 14, 14, 28, 30, 90, 90};
    for (size_t i = 0; i < 10; i++) {
        int32_t got = 0;
        assert_int_equal(gap_histogram_quantile(&h, share[i], &got), STAT_OK);
        assert_int_equal(got, want[i]);
    }
}

static void gap_quantile_past_the_last_cell_says_longer(void **state) {
    (void)state;
    static struct gap_histogram h;
    memset(&h, 0, sizeof h);
    int32_t got = 0;
    gap_histogram_add(&h, 30, 1);
    gap_histogram_add(&h, 9999, 1);
    assert_int_equal(gap_histogram_quantile(&h, 9000, &got), STAT_OK);
    assert_int_equal(got, GAP_CELLS);
}

static void gap_quantile_of_nothing_is_too_few_and_of_no_share_is_refused(void **state) {
    (void)state;
    static struct gap_histogram h;
    memset(&h, 0, sizeof h);
    int32_t got = -1;
    assert_int_equal(gap_histogram_quantile(&h, 5000, &got), STAT_TOO_FEW);
    gap_histogram_add(&h, 30, 1);
    gap_histogram_add(&h, 30, -1);
    assert_int_equal(gap_histogram_quantile(&h, 5000, &got), STAT_TOO_FEW);
    gap_histogram_add(&h, 30, 1);
    assert_int_equal(gap_histogram_quantile(&h, -1, &got), STAT_DOMAIN);
    assert_int_equal(gap_histogram_quantile(&h, 10001, &got), STAT_DOMAIN);
    assert_int_equal(got, -1);
}

static void gap_quantile_of_very_many_gaps_does_not_overflow(void **state) {
    (void)state;
    static struct gap_histogram h;
    memset(&h, 0, sizeof h);
    int32_t got = 0;
    gap_histogram_add(&h, 1, INT64_MAX / 4);
    gap_histogram_add(&h, 2, INT64_MAX / 4);
    assert_int_equal(gap_histogram_quantile(&h, 5000, &got), STAT_OK);
    assert_int_equal(got, 1);
    assert_int_equal(gap_histogram_quantile(&h, 5001, &got), STAT_OK);
    assert_int_equal(got, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gap_summary_of_worked_example),
        cmocka_unit_test(gap_summary_of_one_purchase_has_no_values),
        cmocka_unit_test(gap_summary_of_one_gap_has_no_sd),
        cmocka_unit_test(gap_median_of_even_count_is_mean_of_middle_two),
        cmocka_unit_test(gap_mean_rounds_half_up),
        cmocka_unit_test(gap_days_that_do_not_increase_are_refused_and_result_untouched),
        cmocka_unit_test(gap_summary_of_whole_calendar_does_not_overflow),
        cmocka_unit_test(gap_summary_equals_sorting_for_random_days),
        cmocka_unit_test(gap_summary_equals_sorting_for_gaps_in_order),
        cmocka_unit_test(gap_histogram_counts_and_sums),
        cmocka_unit_test(gap_quantile_of_worked_example),
        cmocka_unit_test(gap_quantile_past_the_last_cell_says_longer),
        cmocka_unit_test(gap_quantile_of_nothing_is_too_few_and_of_no_share_is_refused),
        cmocka_unit_test(gap_quantile_of_very_many_gaps_does_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
