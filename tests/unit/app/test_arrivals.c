// SPDX-License-Identifier: Apache-2.0
/* When each kind of data last came, how often it usually does, and when it is late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/arrivals.h"

static const int64_t DAY_US = 86400 * 1000000LL;

static struct day day_of(void *owner, int64_t us) {
    (void)owner;
    return (struct day){(int32_t)(us / DAY_US)};
}

static struct import_run on(int32_t day, enum import_kind kind) {
    return (struct import_run){.kind = kind, .started_us = day * DAY_US + 3600 * 1000000LL, .last_day = {day - 1}};
}

static struct arrival look(const struct import_run *run, size_t n, int32_t today) {
    struct arrival out[IMPORT_KIND_END];
    arrivals_of(run, n, (struct day){today}, day_of, NULL, out);
    return out[IMPORT_ORDERS];
}

static void a_file_of_every_night_is_late_after_three_days(void **state) {
    (void)state;
    const struct import_run run[] = {on(104, IMPORT_ORDERS), on(104, IMPORT_ORDERS), on(103, IMPORT_ORDERS),
                                     on(102, IMPORT_ORDERS), on(101, IMPORT_ORDERS)};
    struct arrival arrival = look(run, 5, 106);
    assert_int_equal(arrival.usual_days, 1);
    assert_int_equal(arrival.silent_days, 2);
    assert_int_equal(arrival.newest.n, 103);
    assert_false(arrival.late);
    assert_true(look(run, 5, 107).late);
}

static void a_file_of_every_month_may_come_a_month_later_than_usual(void **state) {
    (void)state;
    const struct import_run run[] = {on(390, IMPORT_ORDERS), on(360, IMPORT_ORDERS), on(331, IMPORT_ORDERS),
                                     on(300, IMPORT_ORDERS)};
    assert_int_equal(look(run, 4, 400).usual_days, 30);
    assert_false(look(run, 4, 450).late);
    assert_true(look(run, 4, 451).late);
}

static void what_was_taken_back_and_other_kinds_do_not_count(void **state) {
    (void)state;
    struct import_run run[] = {on(110, IMPORT_ORDERS), on(109, IMPORT_TITLES), on(104, IMPORT_ORDERS)};
    run[0].undone_us = 1;
    struct arrival arrival = look(run, 3, 111);
    assert_int_equal(arrival.last.n, 104);
    assert_int_equal(arrival.silent_days, 7);
}

static void nobody_is_late_whose_rhythm_is_not_known(void **state) {
    (void)state;
    const struct import_run run[] = {on(104, IMPORT_ORDERS), on(103, IMPORT_ORDERS), on(102, IMPORT_ORDERS)};
    struct arrival arrival = look(run, 3, 1000);
    assert_int_equal(arrival.usual_days, 0);
    assert_false(arrival.late);
    assert_false(day_is(look(run, 0, 1000).last));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_of_every_night_is_late_after_three_days),
        cmocka_unit_test(a_file_of_every_month_may_come_a_month_later_than_usual),
        cmocka_unit_test(what_was_taken_back_and_other_kinds_do_not_count),
        cmocka_unit_test(nobody_is_late_whose_rhythm_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
