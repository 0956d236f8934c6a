// SPDX-License-Identifier: Apache-2.0
/* What was known on an earlier day: at the edges of days, and never later than the day asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "stats/history.h"

static const double TOL_ROUND = 1e-14;

static const int32_t days[] = {100, 107, 121, 131, 161};
static const int64_t cents[] = {1000, 250, 0, -50, 4000};
static const struct history five = {.day = days, .cents = cents, .n = 5};
static const struct history nobody = {0};

static void history_until_counts_the_day_itself(void **state) {
    (void)state;
    assert_int_equal(history_until(&five, 99), 0);
    assert_int_equal(history_until(&five, 100), 1);
    assert_int_equal(history_until(&five, 106), 1);
    assert_int_equal(history_until(&five, 107), 2);
    assert_int_equal(history_until(&five, 160), 4);
    assert_int_equal(history_until(&five, 161), 5);
    assert_int_equal(history_until(&five, INT32_MAX), 5);
    assert_int_equal(history_until(&five, INT32_MIN), 0);
    assert_int_equal(history_until(&nobody, 0), 0);
}

static void history_between_leaves_the_first_day_out(void **state) {
    (void)state;
    assert_int_equal(history_between(&five, 100, 131), 3);
    assert_int_equal(history_between(&five, 99, 100), 1);
    assert_int_equal(history_between(&five, 131, 131), 0);
    assert_int_equal(history_between(&five, 161, 100), 0);
}

static void history_parts_add_up(void **state) {
    (void)state;
    for (int32_t day = 98; day < 165; day++)
        for (int32_t later = day; later < 165; later++)
            assert_int_equal(history_until(&five, day) + history_between(&five, day, later),
                             history_until(&five, later));
}

static void history_summary_knows_nothing_of_later_days(void **state) {
    (void)state;
    struct cbs_customer c;
    assert_int_equal(history_summary(&five, 130, &c), STAT_OK);
    assert_true(c.x == 2 && c.t_x == 21 && c.T == 30);
    assert_true(fabs(c.litt - (log(7) + log(14))) < TOL_ROUND);
    const struct history first_three = {.day = days, .cents = cents, .n = 3};
    struct cbs_customer same;
    assert_int_equal(history_summary(&first_three, 130, &same), STAT_OK);
    assert_true(c.x == same.x && c.t_x == same.t_x && c.T == same.T && c.litt == same.litt);
}

static void history_summary_of_one_purchase_on_its_day(void **state) {
    (void)state;
    struct cbs_customer c;
    assert_int_equal(history_summary(&five, 100, &c), STAT_OK);
    assert_true(c.x == 0 && c.t_x == 0 && c.T == 0 && c.litt == 0);
    assert_int_equal(cbs_check(&c, true), CBS_FINE);
}

static void history_summary_before_the_first_purchase_is_none(void **state) {
    (void)state;
    struct cbs_customer c = {.x = 7};
    assert_int_equal(history_summary(&five, 99, &c), STAT_TOO_FEW);
    assert_int_equal(history_summary(&nobody, 99, &c), STAT_TOO_FEW);
    assert_true(c.x == 7);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(history_until_counts_the_day_itself),
        cmocka_unit_test(history_between_leaves_the_first_day_out),
        cmocka_unit_test(history_parts_add_up),
        cmocka_unit_test(history_summary_knows_nothing_of_later_days),
        cmocka_unit_test(history_summary_of_one_purchase_on_its_day),
        cmocka_unit_test(history_summary_before_the_first_purchase_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
