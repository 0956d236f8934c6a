// SPDX-License-Identifier: Apache-2.0
/* The months and medians of docs/methods/prior.md; the cell against sorting, before and after single changes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "stats/cycle.h"
#include "stats/gap.h"
#include "stats/prior.h"

enum { MONTHS = 26, SEGMENTS = 2, FIRST_MONTH = 648 }; /* 2024-01 */

static struct prior_cell cells[(SEGMENTS + 1) * MONTHS];

/* From 2024-01-10 to 2026-01-31: the cells of 2024-01 to 2026-02. */
static struct prior_table two_years(void) {
    memset(cells, 0, sizeof cells);
    return (struct prior_table){.cell = cells,
                                .segments = SEGMENTS,
                                .months = MONTHS,
                                .first_month = FIRST_MONTH,
                                .first_day = {19732},
                                .as_of = {20484}};
}

static struct day day_of(int year, int month, int of_month) {
    struct day d;
    assert_true(day_make(year, month, of_month, &d));
    return d;
}

static void prior_month_of_first_year_is_its_end(void **state) {
    (void)state;
    struct prior_table t = two_years();
    /* A year after 2024-01-10 is 2025-01-09; the first month that begins later is 2025-02, cell 13. */
    assert_int_equal(prior_month(&t, day_of(2024, 1, 10)), 13);
    assert_int_equal(prior_month(&t, day_of(2024, 7, 1)), 13);
    assert_int_equal(prior_month(&t, day_of(2025, 1, 31)), 13);
    assert_int_equal(prior_month(&t, day_of(2025, 2, 28)), 13);
    assert_int_equal(prior_month(&t, day_of(2025, 3, 1)), 14);
    assert_int_equal(prior_month(&t, day_of(2026, 1, 31)), 24);
}

static void prior_month_that_begins_when_the_year_ends_counts(void **state) {
    (void)state;
    struct prior_table t = two_years();
    t.first_day = day_of(2023, 1, 1);
    t.first_month = FIRST_MONTH - 12;
    assert_int_equal(prior_month(&t, day_of(2023, 1, 1)), 12);
    t.first_day = day_of(2023, 1, 2);
    assert_int_equal(prior_month(&t, day_of(2023, 1, 2)), 13);
}

static void prior_month_of_young_company_is_the_last(void **state) {
    (void)state;
    struct prior_table t = two_years();
    t.months = 5;
    assert_int_equal(prior_month(&t, day_of(2024, 1, 10)), 4);
    assert_int_equal(prior_month(&t, day_of(2024, 4, 30)), 4);
    assert_int_equal(prior_month(&t, day_of(2030, 1, 1)), 4);
    assert_int_equal(prior_month(&t, day_of(1, 1, 1)), 4);
}

static void prior_month_never_goes_back_as_days_pass(void **state) {
    (void)state;
    struct prior_table t = two_years();
    size_t before = 0;
    for (struct day d = t.first_day; d.n <= t.as_of.n; d.n++) {
        size_t month = prior_month(&t, d);
        assert_true(month >= before && month < t.months);
        /* After the learning year the cell holds only gaps closed before the purchase's month. */
        if (d.n >= t.first_day.n + PRIOR_LEARNING_DAYS + 31)
            assert_true(month_first(t.first_month + (int32_t)month).n <= d.n);
        before = month;
    }
}

static void prior_of_segment_with_enough_gaps_is_its_own(void **state) {
    (void)state;
    struct prior_table t = two_years();
    bool assumed = true;
    cells[14] = (struct prior_cell){.gaps = 500, .median_days = 31};
    cells[1 * MONTHS + 14] = (struct prior_cell){.gaps = CYCLE_PRIOR_GAPS, .median_days = 12};
    cells[2 * MONTHS + 14] = (struct prior_cell){.gaps = CYCLE_PRIOR_GAPS - 1, .median_days = 90};
    struct day d = day_of(2025, 3, 15);
    assert_int_equal(prior_days(&t, 1, d, &assumed), 12);
    assert_false(assumed);
    assert_int_equal(prior_days(&t, 2, d, &assumed), 31);
    assert_int_equal(prior_days(&t, 0, d, &assumed), 31);
    assert_int_equal(prior_days(&t, 3, d, &assumed), 31);
    assert_false(assumed);
}

static void prior_of_company_without_gaps_is_assumed(void **state) {
    (void)state;
    struct prior_table t = two_years();
    bool assumed = false;
    assert_int_equal(prior_days(&t, 1, day_of(2025, 3, 15), &assumed), CYCLE_ASSUMED_DAYS);
    assert_true(assumed);
    cells[14] = (struct prior_cell){.gaps = 1, .median_days = 44};
    assert_int_equal(prior_days(&t, 1, day_of(2025, 3, 15), &assumed), 44);
    assert_false(assumed);
}

static void prior_of_empty_table_is_assumed(void **state) {
    (void)state;
    struct prior_table t = {0};
    bool assumed = false;
    assert_int_equal(prior_days(&t, 0, day_of(2025, 3, 15), &assumed), CYCLE_ASSUMED_DAYS);
    assert_true(assumed);
}

static int64_t count[GAP_CELLS + 1];

static struct prior_cell cell_of(const int32_t *gap, size_t n) {
    memset(count, 0, sizeof count);
    for (size_t i = 0; i < n; i++)
        count[gap[i]]++;
    struct prior_cell cell;
    prior_cell_from(count, GAP_CELLS, &cell);
    return cell;
}

static void prior_cell_of_worked_example(void **state) {
    (void)state;
    const int32_t gaps[] = {7, 7, 10, 14, 14, 14, 30, 90};
    struct prior_cell cell = cell_of(gaps, 8);
    assert_int_equal(cell.gaps, 8);
    assert_int_equal(cell.median_days, 14);
    assert_int_equal(cell.below, 3);
    assert_int_equal(cell.at, 3);
}

static void prior_cell_of_even_count_takes_the_lower_median(void **state) {
    (void)state;
    const int32_t gaps[] = {7, 30};
    assert_int_equal(cell_of(gaps, 2).median_days, 7);
}

static void prior_cell_of_nothing_is_zero(void **state) {
    (void)state;
    struct prior_cell cell = cell_of(NULL, 0);
    assert_true(cell.gaps == 0 && cell.below == 0 && cell.at == 0 && cell.median_days == 0);
}

static void prior_cell_does_not_read_cell_zero(void **state) {
    (void)state;
    int64_t few[] = {1000, 0, 3, 1};
    struct prior_cell cell;
    prior_cell_from(few, 3, &cell);
    assert_int_equal(cell.gaps, 4);
    assert_int_equal(cell.median_days, 2);
}

/* Adds and removes at random; whenever the change says that the median stands, a rebuild must give the same cell, and
 * whenever it says not, another median. */
static void prior_cell_change_agrees_with_rebuild(void **state) {
    (void)state;
    uint32_t seed = 11;
    int stood = 0, moved = 0;
    memset(count, 0, sizeof count);
    struct prior_cell cell = {0};
    for (int i = 0; i < 4000; i++) {
        seed = seed * 1664525u + 1013904223u;
        int32_t gap = 1 + (int32_t)((seed >> 9) % 20);
        int64_t times = (seed >> 28) % 3 == 0 && count[gap] > 0 ? -1 : 1;
        count[gap] += times;
        struct prior_cell rebuilt, before = cell;
        prior_cell_from(count, GAP_CELLS, &rebuilt);
        bool stands = prior_cell_change(&cell, gap, times);
        assert_int_equal(stands, rebuilt.median_days == before.median_days && rebuilt.gaps > 0);
        assert_int_equal(cell.gaps, rebuilt.gaps);
        if (stands) {
            assert_int_equal(cell.below, rebuilt.below);
            assert_int_equal(cell.at, rebuilt.at);
        }
        stood += stands;
        moved += !stands;
        cell = rebuilt;
    }
    assert_true(stood > 3000 && moved > 20);
}

static void prior_cell_change_of_longest_gaps_counts_in_the_last_cell(void **state) {
    (void)state;
    const int32_t gaps[] = {GAP_CELLS, GAP_CELLS, GAP_CELLS};
    struct prior_cell cell = cell_of(gaps, 3);
    assert_true(prior_cell_change(&cell, 4000, 1));
    assert_int_equal(cell.at, 4);
}

static void prior_cell_emptied_is_to_be_rebuilt(void **state) {
    (void)state;
    const int32_t gaps[] = {30};
    struct prior_cell cell = cell_of(gaps, 1);
    assert_false(prior_cell_change(&cell, 30, -1));
    assert_int_equal(cell.gaps, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prior_month_of_first_year_is_its_end),
        cmocka_unit_test(prior_month_that_begins_when_the_year_ends_counts),
        cmocka_unit_test(prior_month_of_young_company_is_the_last),
        cmocka_unit_test(prior_month_never_goes_back_as_days_pass),
        cmocka_unit_test(prior_of_segment_with_enough_gaps_is_its_own),
        cmocka_unit_test(prior_of_company_without_gaps_is_assumed),
        cmocka_unit_test(prior_of_empty_table_is_assumed),
        cmocka_unit_test(prior_cell_of_worked_example),
        cmocka_unit_test(prior_cell_of_even_count_takes_the_lower_median),
        cmocka_unit_test(prior_cell_of_nothing_is_zero),
        cmocka_unit_test(prior_cell_does_not_read_cell_zero),
        cmocka_unit_test(prior_cell_change_agrees_with_rebuild),
        cmocka_unit_test(prior_cell_change_of_longest_gaps_counts_in_the_last_cell),
        cmocka_unit_test(prior_cell_emptied_is_to_be_rebuilt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
