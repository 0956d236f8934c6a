// SPDX-License-Identifier: Apache-2.0
/* The customer of docs/methods/fold.md, and the promise of the fold: what it says of a day never changes with what
 * comes later. The slow way starts anew at every purchase and looks at all before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "stats/fold.h"

enum { PURCHASES = 40 };

static const struct due_rule cycle_2_5 = {.kind = DUE_CYCLE,
                                          .inactive_e4 = 25000,
                                          .at_risk_e4 = 15000,
                                          .floor_days = 20,
                                          .ceiling_days = 90,
                                          .lost_days = 730};
static const struct due_rule days_90 = {.kind = DUE_DAYS, .inactive_days = 90, .at_risk_days = 60, .lost_days = 730};

/* A company whose median gap is 40 days, always. */
static struct prior_cell forty = {.gaps = 100, .below = 49, .at = 2, .median_days = 40};
static const struct prior_table prior_40 = {
    .cell = &forty, .months = 1, .first_month = 648, .first_day = {19723}, .as_of = {20500}};

static void check_dates(const struct fold_state *s, int64_t cycle_e4, int32_t at_risk, int32_t inactive, int32_t lost) {
    assert_int_equal(s->cycle_e4, cycle_e4);
    assert_int_equal(s->due.at_risk_on.n, at_risk);
    assert_int_equal(s->due.inactive_on.n, inactive);
    assert_int_equal(s->due.lost_on.n, lost);
}

static void fold_of_worked_example(void **state) {
    (void)state;
    static const struct {
        int32_t day, gap_days;
        int64_t cycle_e4;
        int32_t at_risk_on, inactive_on, lost_on, began_on; /* began_on 0: no episode ended */
    } known[] = {
        {19732, 0, 400000, 19787, 19823, 20463, 0},       /* 2024-01-10, the segment's cycle */
        {19762, 30, 363000, 19817, 19853, 20493, 0},      /* 2024-02-09 */
        {19794, 32, 352000, 19847, 19883, 20525, 0},      /* 2024-03-12 */
        {19822, 28, 337000, 19873, 19907, 20553, 0},      /* 2024-04-09 */
        {19936, 114, 337000, 19987, 20021, 20667, 19907}, /* 2024-08-01, after 29 days of inactivity */
        {19964, 28, 326000, 20013, 20046, 20695, 0},      /* 2024-08-29 */
        {20046, 82, 330000, 20096, 20129, 20777, 20046},  /* 2024-11-19, on inactive_on itself: zero days */
    };
    struct fold_state s = {0};
    int64_t expected_before = STAT_NONE;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct fold_step step;
        struct day d = {known[i].day};
        assert_int_equal(fold_purchase(&s, &cycle_2_5, &prior_40, NULL, 0, d, &step), STAT_OK);
        check_dates(&s, known[i].cycle_e4, known[i].at_risk_on, known[i].inactive_on, known[i].lost_on);
        assert_int_equal(step.gap_days, known[i].gap_days);
        assert_true(step.cycle_before_e4 == expected_before);
        assert_int_equal(step.episode_ended, known[i].began_on != 0);
        if (step.episode_ended) {
            assert_int_equal(step.episode.began_on.n, known[i].began_on);
            assert_int_equal(step.episode.ended_on.n, known[i].day);
        }
        expected_before = known[i].cycle_e4;
    }
    assert_int_equal(s.purchases, 7);
    assert_int_equal(s.first.n, 19732);
    assert_int_equal(s.last.n, 20046);
    assert_int_equal(s.prior_days, 40);
    assert_false(s.prior_assumed);
}

static void fold_purchase_the_day_before_inactivity_ends_nothing(void **state) {
    (void)state;
    struct fold_state s = {0};
    struct fold_step step;
    assert_int_equal(fold_purchase(&s, &days_90, &prior_40, NULL, 0, (struct day){1000}, &step), STAT_OK);
    assert_int_equal(fold_purchase(&s, &days_90, &prior_40, NULL, 0, (struct day){1090}, &step), STAT_OK);
    assert_false(step.episode_ended);
    assert_int_equal(fold_purchase(&s, &days_90, &prior_40, NULL, 0, (struct day){1181}, &step), STAT_OK);
    assert_true(step.episode_ended);
    assert_int_equal(step.episode.began_on.n, 1181);
}

static void fold_open_episode_begins_on_inactive_on(void **state) {
    (void)state;
    struct fold_state s = {0};
    struct fold_step step;
    struct fold_episode e;
    assert_false(fold_open_episode(&s, (struct day){5000}, &e));
    assert_int_equal(fold_purchase(&s, &days_90, &prior_40, NULL, 0, (struct day){1000}, &step), STAT_OK);
    assert_false(fold_open_episode(&s, (struct day){1090}, &e));
    assert_true(fold_open_episode(&s, (struct day){1091}, &e));
    assert_int_equal(e.began_on.n, 1091);
    assert_false(day_is(e.ended_on));
    assert_true(fold_open_episode(&s, (struct day){9000}, &e));
    assert_int_equal(e.began_on.n, 1091);
}

static void fold_purchase_not_later_is_refused_and_changes_nothing(void **state) {
    (void)state;
    struct fold_state s = {0};
    struct fold_step step = {0};
    assert_int_equal(fold_purchase(&s, &days_90, &prior_40, NULL, 0, (struct day){1000}, &step), STAT_OK);
    struct fold_state kept = s;
    struct fold_step kept_step = step;
    static const int32_t refused[] = {1000, 999, INT32_MIN, 2932897, INT32_MAX};
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        assert_int_equal(fold_purchase(&s, &days_90, &prior_40, NULL, 0, (struct day){refused[i]}, &step), STAT_DOMAIN);
    assert_memory_equal(&s, &kept, sizeof s);
    assert_memory_equal(&step, &kept_step, sizeof step);
}

static void fold_without_any_gap_in_the_company_says_assumed(void **state) {
    (void)state;
    static const struct prior_table none = {0};
    struct fold_state s = {0};
    struct fold_step step;
    assert_int_equal(fold_purchase(&s, &cycle_2_5, &none, NULL, 0, (struct day){19732}, &step), STAT_OK);
    assert_true(s.prior_assumed);
    assert_int_equal(s.prior_days, CYCLE_ASSUMED_DAYS);
    assert_int_equal(s.cycle_e4, CYCLE_ASSUMED_DAYS * 10000);
}

static void fold_survives_the_whole_calendar(void **state) {
    (void)state;
    struct fold_state s = {0};
    struct fold_step step;
    assert_int_equal(fold_purchase(&s, &cycle_2_5, &prior_40, NULL, 0, (struct day){-719162}, &step), STAT_OK);
    assert_int_equal(fold_purchase(&s, &cycle_2_5, &prior_40, NULL, 0, (struct day){2932896}, &step), STAT_OK);
    assert_int_equal(step.gap_days, 3652058);
    assert_true(step.episode_ended);
    assert_true(s.due.at_risk_on.n <= s.due.inactive_on.n && s.due.inactive_on.n <= s.due.lost_on.n);
}

/* A company whose segment and median move month by month, and customers of uneven rhythm. */
enum { MONTHS = 60 };
static struct prior_cell moving[2 * MONTHS];

static struct prior_table moving_prior(void) {
    for (int32_t m = 0; m < MONTHS; m++) {
        moving[m] = (struct prior_cell){.gaps = m * 50, .median_days = m == 0 ? 0 : 30 + m % 7};
        moving[MONTHS + m] = (struct prior_cell){.gaps = m * 2, .median_days = m == 0 ? 0 : 11 + m % 5};
    }
    return (struct prior_table){
        .cell = moving, .segments = 1, .months = MONTHS, .first_month = 600, .first_day = {18300}, .as_of = {20000}};
}

static void random_days(uint32_t *seed, struct day day[PURCHASES]) {
    day[0].n = 18300 + (int32_t)(*seed % 300);
    for (int i = 1; i < PURCHASES; i++) {
        *seed = *seed * 1664525u + 1013904223u;
        uint32_t longest = (*seed >> 29) == 0 ? 400 : 45;
        day[i].n = day[i - 1].n + 1 + (int32_t)((*seed >> 9) % longest);
    }
}

static int int32_ascending(const void *a, const void *b) {
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* What stands after day[k], from nothing but the days up to k. */
static struct due slow_due(const struct prior_table *prior, const struct day *day, int k, int64_t *cycle_e4) {
    int32_t gap[CYCLE_RECENT];
    int n = k < CYCLE_RECENT ? k : CYCLE_RECENT;
    for (int i = 0; i < n; i++)
        gap[i] = day[k - i].n - day[k - i - 1].n;
    qsort(gap, (size_t)n, sizeof gap[0], int32_ascending);
    int32_t twice = n == 0 ? 0 : n % 2 == 1 ? 2 * gap[n / 2] : gap[n / 2 - 1] + gap[n / 2];
    bool assumed;
    int32_t median = prior_days(prior, 1, day[k], &assumed);
    assert_int_equal(cycle_estimate(twice, n, median, cycle_e4), STAT_OK);
    return due_after(&cycle_2_5, day[k], *cycle_e4);
}

static void fold_equals_starting_anew_at_every_purchase(void **state) {
    (void)state;
    struct prior_table prior = moving_prior();
    uint32_t seed = 5;
    int episodes = 0;
    for (int customer = 0; customer < 300; customer++) {
        struct day day[PURCHASES];
        random_days(&seed, day);
        struct fold_state s = {0};
        struct due due = {0};
        for (int k = 0; k < PURCHASES; k++) {
            struct fold_step step;
            assert_int_equal(fold_purchase(&s, &cycle_2_5, &prior, NULL, 1, day[k], &step), STAT_OK);
            bool late = k > 0 && day[k].n >= due.inactive_on.n;
            assert_int_equal(step.episode_ended, late);
            if (late)
                assert_int_equal(step.episode.began_on.n, due.inactive_on.n);
            int64_t cycle_e4;
            due = slow_due(&prior, day, k, &cycle_e4);
            check_dates(&s, cycle_e4, due.at_risk_on.n, due.inactive_on.n, due.lost_on.n);
            assert_true(day[k].n < due.at_risk_on.n);
            assert_true(due.at_risk_on.n <= due.inactive_on.n && due.inactive_on.n <= due.lost_on.n);
            episodes += late;
        }
    }
    assert_true(episodes > 300);
}

static void fold_of_a_prefix_is_a_prefix_of_the_fold(void **state) {
    (void)state;
    struct prior_table prior = moving_prior();
    uint32_t seed = 23;
    struct day day[PURCHASES];
    random_days(&seed, day);
    struct fold_state whole[PURCHASES] = {{0}};
    struct fold_step steps[PURCHASES];
    struct fold_state s = {0};
    for (int k = 0; k < PURCHASES; k++) {
        assert_int_equal(fold_purchase(&s, &cycle_2_5, &prior, NULL, 1, day[k], &steps[k]), STAT_OK);
        whole[k] = s;
    }
    for (int length = 1; length <= PURCHASES; length++) {
        struct fold_state part = {0};
        struct fold_step step;
        for (int k = 0; k < length; k++) {
            assert_int_equal(fold_purchase(&part, &cycle_2_5, &prior, NULL, 1, day[k], &step), STAT_OK);
            assert_int_equal(step.episode_ended, steps[k].episode_ended);
            assert_int_equal(step.gap_days, steps[k].gap_days);
        }
        check_dates(&part, whole[length - 1].cycle_e4, whole[length - 1].due.at_risk_on.n,
                    whole[length - 1].due.inactive_on.n, whole[length - 1].due.lost_on.n);
    }
}

static void fold_shifted_in_time_shifts_its_dates(void **state) {
    (void)state;
    uint32_t seed = 31;
    struct day day[PURCHASES];
    random_days(&seed, day);
    struct fold_state here = {0}, later = {0};
    for (int k = 0; k < PURCHASES; k++) {
        struct fold_step a, b;
        assert_int_equal(fold_purchase(&here, &cycle_2_5, &prior_40, NULL, 0, day[k], &a), STAT_OK);
        assert_int_equal(fold_purchase(&later, &cycle_2_5, &prior_40, NULL, 0, (struct day){day[k].n + 1000}, &b),
                         STAT_OK);
        assert_int_equal(a.episode_ended, b.episode_ended);
        check_dates(&later, here.cycle_e4, here.due.at_risk_on.n + 1000, here.due.inactive_on.n + 1000,
                    here.due.lost_on.n + 1000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fold_of_worked_example),
        cmocka_unit_test(fold_purchase_the_day_before_inactivity_ends_nothing),
        cmocka_unit_test(fold_open_episode_begins_on_inactive_on),
        cmocka_unit_test(fold_purchase_not_later_is_refused_and_changes_nothing),
        cmocka_unit_test(fold_without_any_gap_in_the_company_says_assumed),
        cmocka_unit_test(fold_survives_the_whole_calendar),
        cmocka_unit_test(fold_equals_starting_anew_at_every_purchase),
        cmocka_unit_test(fold_of_a_prefix_is_a_prefix_of_the_fold),
        cmocka_unit_test(fold_shifted_in_time_shifts_its_dates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
