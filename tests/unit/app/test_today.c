// SPDX-License-Identifier: Apache-2.0
/* Which days "since yesterday" holds, and which moment an appointment's day and time are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/agenda.h"
#include "app/today.h"

static struct day day_of(int year, int month, int of_month) {
    struct day day = DAY_NONE;
    assert_true(day_make(year, month, of_month, &day));
    return day;
}

static void today_since_holds_the_weekend_on_a_monday(void **state) {
    (void)state;
    struct day monday = day_of(2026, 11, 23);
    assert_int_equal(today_since(&workdays_usual, monday).n, monday.n - 2);
    assert_int_equal(today_since(&workdays_usual, (struct day){monday.n - 1}).n, monday.n - 2); /* Sunday */
    assert_int_equal(today_since(&workdays_usual, (struct day){monday.n - 2}).n, monday.n - 2); /* Saturday */
    for (int32_t later = 1; later < 5; later++)
        assert_int_equal(today_since(&workdays_usual, (struct day){monday.n + later}).n, monday.n + later);
}

static int32_t brasilia(int64_t at_us) {
    (void)at_us;
    return -3 * 3600;
}

/* Berlin in 2026: two hours ahead from 29 March 01:00 UTC to 25 October 01:00 UTC, else one. */
static int32_t berlin(int64_t at_us) {
    int64_t s = at_us / 1000000;
    return s >= INT64_C(1774746000) && s < INT64_C(1792890000) ? 7200 : 3600;
}

static void agenda_moment_is_the_companys_time(void **state) {
    (void)state;
    int64_t midnight_us = (int64_t)day_of(2026, 11, 23).n * INT64_C(86400000000);
    assert_int_equal(agenda_moment(day_of(2026, 11, 23), 14 * 60 + 30, brasilia),
                     midnight_us + INT64_C(17) * 3600 * 1000000 + INT64_C(1800) * 1000000);
    assert_int_equal(agenda_moment(day_of(2026, 11, 22), 22 * 60, brasilia), midnight_us + INT64_C(3600) * 1000000);
}

static void agenda_moment_knows_both_sides_of_a_change_of_clocks(void **state) {
    (void)state;
    int64_t spring_us = INT64_C(1774746000) * 1000000, autumn_us = INT64_C(1792890000) * 1000000, hour_us = 3600000000;
    assert_int_equal(agenda_moment(day_of(2026, 3, 29), 60, berlin), spring_us - hour_us);
    assert_int_equal(agenda_moment(day_of(2026, 3, 29), 3 * 60, berlin), spring_us);
    assert_int_equal(agenda_moment(day_of(2026, 3, 29), 9 * 60, berlin), spring_us + 6 * hour_us);
    assert_int_equal(agenda_moment(day_of(2026, 10, 25), 2 * 60 + 30, berlin), autumn_us - hour_us / 2); /* the first */
    assert_int_equal(agenda_moment(day_of(2026, 10, 25), 3 * 60, berlin), autumn_us + hour_us);
    assert_int_equal(agenda_moment(day_of(2026, 10, 25), 9 * 60, berlin), autumn_us + 7 * hour_us);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(today_since_holds_the_weekend_on_a_monday),
        cmocka_unit_test(agenda_moment_is_the_companys_time),
        cmocka_unit_test(agenda_moment_knows_both_sides_of_a_change_of_clocks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
