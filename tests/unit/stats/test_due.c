// SPDX-License-Identifier: Apache-2.0
/* The dates of docs/methods/due.md, and their order for every rule and day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/due.h"

enum { DAY_LAST = 2932896 }; /* 9999-12-31 */

static const struct due_rule days_90 = {.kind = DUE_DAYS, .inactive_days = 90, .at_risk_days = 60, .lost_days = 730};
static const struct due_rule cycle_2_5 = {.kind = DUE_CYCLE,
                                          .inactive_e4 = 25000,
                                          .at_risk_e4 = 15000,
                                          .floor_days = 20,
                                          .ceiling_days = 365,
                                          .lost_days = 730};

static void check_days(const struct due_rule *rule, int64_t cycle_e4, int32_t at_risk, int32_t inactive, int32_t lost) {
    struct due due = due_after(rule, (struct day){1000}, cycle_e4);
    assert_int_equal(due.at_risk_on.n, 1000 + at_risk + 1);
    assert_int_equal(due.inactive_on.n, 1000 + inactive + 1);
    assert_int_equal(due.lost_on.n, 1000 + lost + 1);
}

static void due_by_days_of_worked_example(void **state) {
    (void)state;
    /* Last purchase 2024-01-10, 90 days: inactive on 2024-04-10, the 91st day; at risk 2024-03-11; lost 2026-01-10 */
    struct due due = due_after(&days_90, (struct day){19732}, STAT_NONE);
    assert_int_equal(due.at_risk_on.n, 19793);
    assert_int_equal(due.inactive_on.n, 19823);
    assert_int_equal(due.lost_on.n, 20463);
}

static void due_by_cycle_of_worked_example(void **state) {
    (void)state;
    check_days(&cycle_2_5, 163000, 24, 40, 730); /* 24.45 and 40.75 */
    check_days(&cycle_2_5, 300000, 45, 75, 730);
}

static void due_by_cycle_under_the_floor_keeps_the_proportion(void **state) {
    (void)state;
    check_days(&cycle_2_5, 70000, 12, 20, 730); /* 17.5 -> 20; 20 x 15/25 */
}

static void due_by_cycle_over_the_ceiling_keeps_the_proportion(void **state) {
    (void)state;
    check_days(&cycle_2_5, 2000000, 219, 365, 730); /* 500 -> 365; 365 x 15/25 */
}

static void due_by_cycle_at_the_floor_is_not_clamped(void **state) {
    (void)state;
    check_days(&cycle_2_5, 83000, 12, 20, 730); /* 20.75 days; at risk from the cycle: 12.45 */
}

static void due_by_cycle_is_exact_where_floats_are_not(void **state) {
    (void)state;
    struct due_rule rule = cycle_2_5;
    rule.inactive_e4 = 28000; /* 2.8 x 22.5 = 63, which binary fractions make 62.99999999999999 */
    rule.at_risk_e4 = 12000;
    check_days(&rule, 225000, 27, 63, 730);
}

static void due_lost_is_never_before_inactive(void **state) {
    (void)state;
    struct due_rule rule = days_90;
    rule.lost_days = 30;
    check_days(&rule, 0, 60, 90, 90);
}

static void due_after_no_purchase_is_never(void **state) {
    (void)state;
    struct due due = due_after(&cycle_2_5, DAY_NONE, 300000);
    assert_false(day_is(due.at_risk_on) || day_is(due.inactive_on) || day_is(due.lost_on));
}

static void due_stops_at_the_end_of_the_calendar(void **state) {
    (void)state;
    struct due due = due_after(&days_90, (struct day){DAY_LAST - 70}, 0);
    assert_int_equal(due.at_risk_on.n, DAY_LAST - 9);
    assert_int_equal(due.inactive_on.n, DAY_LAST);
    assert_int_equal(due.lost_on.n, DAY_LAST);
    due = due_after(&days_90, (struct day){INT32_MAX}, 0);
    assert_int_equal(due.at_risk_on.n, DAY_LAST);
}

static void due_dates_are_in_order_for_every_rule_and_day(void **state) {
    (void)state;
    static const int64_t number[] = {INT32_MIN, -1, 0, 1, 20, 365, 730, 99999, INT32_MAX};
    static const int64_t times[] = {INT64_MIN, -1, 0, 1, 9999, 10000, 25000, INT64_C(1) << 40, INT64_MAX};
    static const int32_t last[] = {INT32_MIN + 1, -719162, 0, 19732, DAY_LAST, INT32_MAX};
    const size_t numbers = sizeof number / sizeof number[0];
    for (size_t i = 0; i < 2 * numbers * numbers * numbers * 9; i++) {
        size_t at = i;
        struct due_rule rule = {.kind = at % 2 ? DUE_DAYS : DUE_CYCLE};
        at /= 2;
        rule.inactive_days = rule.floor_days = (int32_t)number[at % numbers];
        rule.inactive_e4 = times[at % numbers];
        at /= numbers;
        rule.at_risk_days = rule.ceiling_days = (int32_t)number[at % numbers];
        rule.at_risk_e4 = times[at % numbers];
        at /= numbers;
        rule.lost_days = (int32_t)number[at % numbers];
        for (size_t d = 0; d < sizeof last / sizeof last[0]; d++) {
            struct due due = due_after(&rule, (struct day){last[d]}, times[at / numbers]);
            assert_true(due.at_risk_on.n <= due.inactive_on.n && due.inactive_on.n <= due.lost_on.n);
            assert_true(due.lost_on.n <= DAY_LAST);
        }
    }
}

static void due_by_cycle_never_falls_as_the_cycle_grows(void **state) {
    (void)state;
    struct due before = due_after(&cycle_2_5, (struct day){0}, 10000);
    for (int64_t cycle_e4 = 11000; cycle_e4 < 3000000; cycle_e4 += 1000) {
        struct due due = due_after(&cycle_2_5, (struct day){0}, cycle_e4);
        assert_true(due.inactive_on.n >= before.inactive_on.n && due.at_risk_on.n >= before.at_risk_on.n);
        before = due;
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(due_by_days_of_worked_example),
        cmocka_unit_test(due_by_cycle_of_worked_example),
        cmocka_unit_test(due_by_cycle_under_the_floor_keeps_the_proportion),
        cmocka_unit_test(due_by_cycle_over_the_ceiling_keeps_the_proportion),
        cmocka_unit_test(due_by_cycle_at_the_floor_is_not_clamped),
        cmocka_unit_test(due_by_cycle_is_exact_where_floats_are_not),
        cmocka_unit_test(due_lost_is_never_before_inactive),
        cmocka_unit_test(due_after_no_purchase_is_never),
        cmocka_unit_test(due_stops_at_the_end_of_the_calendar),
        cmocka_unit_test(due_dates_are_in_order_for_every_rule_and_day),
        cmocka_unit_test(due_by_cycle_never_falls_as_the_cycle_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
