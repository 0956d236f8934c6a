// SPDX-License-Identifier: Apache-2.0
/* Seasonal time against adding up days one by one, and the season of invented companies whose season is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "base/day.h"
#include "stats/random.h"
#include "stats/season.h"

static const double STEP = 1.0 / 128;
static const double TOL_INDEX = 0.1;      /* of an index learnt from some 20,000 purchases */
static const double TOL_NO_SEASON = 0.06; /* what chance may make of none */
static const double TOL_ROUND = 1e-9;

enum { PURCHASES_MOST = 400 };

static struct arena arena;

static int arena_begin(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int arena_end(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static const struct season giftware = {{0.75, 0.78, 0.9, 0.83, 0.94, 0.96, 0.92, 0.89, 1.12, 1.3, 1.68, 0.93}};

/* The same with a mean of 1 over a common year. */
static struct season normal(struct season s) {
    double sum = 0;
    for (int32_t m = 0; m < 12; m++)
        sum += s.index[m] * (month_first(372 + m + 1).n - month_first(372 + m).n);
    for (int32_t m = 0; m < 12; m++)
        s.index[m] *= 365 / sum;
    return s;
}

static int32_t day_of(int year, int month, int of_month) {
    struct day day;
    assert_true(day_make(year, month, of_month, &day));
    return day.n;
}

/* -- time -- */

static void season_time_without_a_season_is_the_day(void **state) {
    (void)state;
    const struct season none = season_none();
    for (int32_t day = -3000; day < 60000; day += 7) {
        assert_true(season_time(&none, day) == day);
        assert_true(season_time(NULL, day) == day);
    }
}

static void season_time_adds_up_the_index_of_each_day(void **state) {
    (void)state;
    const struct season s = normal(giftware);
    double sum = season_time(&s, day_of(1999, 12, 31));
    for (int32_t day = day_of(2000, 1, 1); day <= day_of(2004, 12, 31); day++) {
        int year, month, of_month;
        day_split((struct day){day}, &year, &month, &of_month);
        sum += s.index[month - 1];
        assert_true(fabs(season_time(&s, day) - sum) <= STEP);
        assert_true(season_time(&s, day) > season_time(&s, day - 1));
    }
}

static void season_time_of_a_common_year_is_365_days(void **state) {
    (void)state;
    const struct season s = normal(giftware);
    for (int year = 1971; year < 2100; year++) {
        double length = season_time(&s, day_of(year, 12, 31)) - season_time(&s, day_of(year - 1, 12, 31));
        bool leap = day_of(year, 12, 31) - day_of(year - 1, 12, 31) == 366;
        assert_true(fabs(length - (365 + (leap ? s.index[1] : 0))) <= STEP);
    }
}

static void season_summary_counts_seasonal_days(void **state) {
    (void)state;
    const struct season s = normal(giftware);
    const int32_t day[] = {day_of(2010, 10, 31), day_of(2010, 11, 10), day_of(2010, 11, 30), day_of(2011, 1, 20)};
    const int64_t cents[4] = {1, 1, 1, 1};
    const struct history h = {day, cents, 4, 0};
    struct cbs_customer c, plain;
    assert_int_equal(season_summary(&s, &h, day_of(2010, 12, 10), &c), STAT_OK);
    assert_true(c.x == 2);
    assert_true(fabs(c.t_x - 30 * s.index[10]) <= 2 * STEP);
    assert_true(fabs(c.T - (30 * s.index[10] + 10 * s.index[11])) <= 2 * STEP);
    assert_true(fabs(c.litt - log(10 * s.index[10]) - log(20 * s.index[10])) < 4 * STEP);
    assert_int_equal(cbs_check(&c, true), CBS_FINE);
    assert_int_equal(season_summary(&s, &h, day[0] - 1, &c), STAT_TOO_FEW);
    assert_int_equal(season_summary(NULL, &h, day[3], &c), STAT_OK);
    assert_int_equal(history_summary(&h, day[3], &plain), STAT_OK);
    assert_true(c.t_x == plain.t_x && c.T == plain.T && c.litt == plain.litt);
}

/* The numbers of docs/methods/season.md. */
static void season_worked_example(void **state) {
    (void)state;
    struct season s;
    for (int m = 0; m < SEASON_CELLS; m++)
        s.index[m] = m == 10 ? 2 : (365 - 60) / 335.0;
    const int32_t last = day_of(2010, 10, 31), today = day_of(2010, 12, 20);
    assert_true(season_time(&s, day_of(2010, 11, 10)) - season_time(&s, last) == 20);
    assert_true(fabs(season_time(&s, today) - season_time(&s, last) - 78.2) < 0.02);
    assert_true(fabs(season_time(&s, day_of(2011, 3, 20)) - season_time(&s, today) - 81.9) < 0.05);
    assert_true(fabs(season_time(&s, day_of(2011, 10, 31)) - season_time(&s, last) - 365) < 0.01);
}

/* -- invented companies -- */

/* n customers won from `from` until `until` (growth: the rate of winning grows as e^(growth years)), watched to `end`, who buy
 * in seasonal time at rates that differ and leave by chance. */
static struct history *company(size_t n, const struct season *season, int32_t from, int32_t until, int32_t end,
                               double growth, double gap_days) {
    struct history *h = arena_new(&arena, struct history, n);
    for (size_t i = 0; i < n; i++) {
        struct random r;
        random_seed(&r, 7, i);
        int32_t *day = arena_new(&arena, int32_t, PURCHASES_MOST);
        double years = (until - from) / 365.25, u = random_unit(&r);
        double at = growth > 0 ? log1p(u * expm1(growth * years)) / growth : u * years;
        double rate = random_gamma(&r, 2) / (2 * gap_days), leaves = random_beta(&r, 1, 8);
        size_t bought = 1;
        day[0] = from + (int32_t)(at * 365.25);
        double time = season_time(season, day[0]);
        int32_t today = day[0];
        while (bought < PURCHASES_MOST && random_unit(&r) > leaves) {
            time += random_exponential(&r) / rate;
            while (today <= end && season_time(season, today) < time)
                today++;
            if (today > end)
                break;
            if (today > day[bought - 1])
                day[bought++] = today;
        }
        h[i] = (struct history){.day = day, .cents = arena_new(&arena, int64_t, bought), .n = bought};
    }
    return h;
}

static void assert_index(const struct season *found, const struct season *truth, double tolerance) {
    for (int m = 0; m < SEASON_CELLS; m++)
        if (!(fabs(found->index[m] - truth->index[m]) < tolerance))
            fail_msg("month %d: %.3f, not %.3f", m + 1, found->index[m], truth->index[m]);
}

static void season_learn_finds_the_season_of_a_growing_company(void **state) {
    (void)state;
    const struct season truth = normal(giftware);
    int32_t from = day_of(2008, 1, 1), end = day_of(2010, 9, 30);
    struct history *h = company(3000, &truth, from, end, end, 0.5, 40);
    struct season found;
    double sum = 0;
    assert_int_equal(season_learn(&arena, h, 3000, end, &found), STAT_OK);
    assert_index(&found, &truth, TOL_INDEX);
    for (int32_t m = 0; m < SEASON_CELLS; m++)
        sum += found.index[m] * (month_first(372 + m + 1).n - month_first(372 + m).n);
    assert_true(fabs(sum - 365) < TOL_ROUND * 365);
}

static void season_learn_finds_the_season_of_a_cohort_that_only_ages(void **state) {
    (void)state;
    const struct season truth = normal(giftware);
    int32_t from = day_of(2008, 2, 1), end = day_of(2010, 12, 31);
    struct history *h = company(4000, &truth, from, from + 60, end, 0, 40);
    struct season found;
    assert_int_equal(season_learn(&arena, h, 4000, end, &found), STAT_OK);
    assert_index(&found, &truth, 1.5 * TOL_INDEX);
}

static void season_learn_takes_neither_growth_nor_ageing_for_a_season(void **state) {
    (void)state;
    const struct season none = season_none();
    int32_t from = day_of(2008, 1, 1), end = day_of(2010, 6, 30);
    struct season found;
    assert_int_equal(season_learn(&arena, company(3000, &none, from, end, end, 1, 40), 3000, end, &found), STAT_OK);
    assert_index(&found, &none, TOL_NO_SEASON);
    assert_int_equal(season_learn(&arena, company(3000, &none, from, from + 60, end, 0, 40), 3000, end, &found),
                     STAT_OK);
    assert_index(&found, &none, TOL_NO_SEASON);
}

static void season_learn_keeps_time_going_where_nothing_is_sold(void **state) {
    (void)state;
    struct season truth;
    for (int m = 0; m < SEASON_CELLS; m++)
        truth.index[m] = m >= 9 ? 3.9 : 0.01;
    const struct season closed = normal(truth);
    int32_t from = day_of(2007, 1, 1), end = day_of(2010, 12, 31);
    struct season found;
    struct history *h = company(2000, &closed, from, end, end, 0, 40);
    assert_int_equal(season_learn(&arena, h, 2000, end, &found), STAT_OK);
    for (int m = 0; m < SEASON_CELLS; m++)
        assert_true(found.index[m] > 0.04 && (found.index[m] > 2) == (m >= 9));
    for (int32_t day = from; day < end; day++)
        assert_true(season_time(&found, day + 1) > season_time(&found, day));
    for (size_t i = 0; i < 2000; i++) {
        struct cbs_customer c;
        assert_int_equal(season_summary(&found, &h[i], end, &c), STAT_OK);
        assert_int_equal(cbs_check(&c, true), CBS_FINE);
    }
}

static void season_learn_of_few_purchases_stays_near_one(void **state) {
    (void)state;
    const struct season none = season_none();
    int32_t from = day_of(2008, 1, 1), end = day_of(2010, 6, 30);
    struct season found;
    assert_int_equal(season_learn(&arena, company(90, &none, from, end, end, 0, 60), 90, end, &found), STAT_OK);
    assert_index(&found, &none, 2 * TOL_NO_SEASON);
}

static void season_learn_does_not_look_past_the_day(void **state) {
    (void)state;
    const struct season truth = normal(giftware);
    int32_t from = day_of(2008, 1, 1), end = day_of(2011, 6, 30), as_of = day_of(2010, 6, 30);
    struct history *h = company(1000, &truth, from, end, end, 0, 40), *cut = arena_new(&arena, struct history, 1000);
    for (size_t i = 0; i < 1000; i++) {
        cut[i] = h[i];
        cut[i].n = history_until(&h[i], as_of);
    }
    struct season whole, known;
    assert_int_equal(season_learn(&arena, h, 1000, as_of, &whole), STAT_OK);
    assert_int_equal(season_learn(&arena, cut, 1000, as_of, &known), STAT_OK);
    assert_memory_equal(&whole, &known, sizeof whole);
}

static void season_learn_needs_two_years_and_purchases(void **state) {
    (void)state;
    const struct season truth = normal(giftware), none = season_none();
    int32_t from = day_of(2008, 1, 1), end = day_of(2009, 11, 30);
    struct history *h = company(3000, &truth, from, end, end, 0, 40);
    struct season found;
    assert_int_equal(season_learn(&arena, h, 3000, end, &found), STAT_TOO_FEW);
    assert_memory_equal(&found, &none, sizeof none);
    assert_int_equal(season_learn_early(&arena, h, 3000, end, &found), STAT_OK);
    assert_int_equal(season_learn_early(&arena, h, 3000, from + 300, &found), STAT_TOO_FEW);
    assert_int_equal(season_learn(&arena, h, 0, end, &found), STAT_TOO_FEW);
    assert_int_equal(season_learn(&arena, h, 3000, from - 10, &found), STAT_TOO_FEW);
    h = company(20, &truth, from, from + 800, from + 800, 0, 400);
    assert_int_equal(season_learn(&arena, h, 20, from + 800, &found), STAT_TOO_FEW);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(season_time_without_a_season_is_the_day),
        cmocka_unit_test(season_time_adds_up_the_index_of_each_day),
        cmocka_unit_test(season_time_of_a_common_year_is_365_days),
        cmocka_unit_test(season_summary_counts_seasonal_days),
        cmocka_unit_test(season_worked_example),
        cmocka_unit_test(season_learn_finds_the_season_of_a_growing_company),
        cmocka_unit_test(season_learn_finds_the_season_of_a_cohort_that_only_ages),
        cmocka_unit_test(season_learn_takes_neither_growth_nor_ageing_for_a_season),
        cmocka_unit_test(season_learn_keeps_time_going_where_nothing_is_sold),
        cmocka_unit_test(season_learn_of_few_purchases_stays_near_one),
        cmocka_unit_test(season_learn_does_not_look_past_the_day),
        cmocka_unit_test(season_learn_needs_two_years_and_purchases),
    };
    return cmocka_run_group_tests_name("season", tests, arena_begin, arena_end);
}
