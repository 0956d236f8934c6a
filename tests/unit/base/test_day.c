// SPDX-License-Identifier: Apache-2.0
/* Days: the calendar against known days and against itself over all its years, and the dates that files hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/day.h"

static struct day day_of(int year, int month, int of_month) {
    struct day d = DAY_NONE;
    assert_true(day_make(year, month, of_month, &d));
    return d;
}

static void day_numbers_of_known_days(void **state) {
    (void)state;
    assert_int_equal(day_of(1970, 1, 1).n, 0);
    assert_int_equal(day_of(1969, 12, 31).n, -1);
    assert_int_equal(day_of(2000, 3, 1).n, 11017);
    assert_int_equal(day_of(2011, 12, 10).n, 15318);
    assert_int_equal(day_of(2026, 11, 22).n, 20779);
    assert_int_equal(day_of(1, 1, 1).n, -719162);
    assert_int_equal(day_of(9999, 12, 31).n, 2932896);
}

static void day_make_and_split_agree_on_every_day_of_the_calendar(void **state) {
    (void)state;
    int32_t expected = -719162;
    for (int year = 1; year <= 9999; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        const int days[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int month = 1; month <= 12; month++) {
            for (int of_month = 1; of_month <= days[month - 1]; of_month++, expected++) {
                struct day d;
                int y, m, n;
                if (!day_make(year, month, of_month, &d) || d.n != expected)
                    fail_msg("%d-%d-%d", year, month, of_month);
                day_split(d, &y, &m, &n);
                if (y != year || m != month || n != of_month)
                    fail_msg("%d-%d-%d is split as %d-%d-%d", year, month, of_month, y, m, n);
            }
            struct day past;
            assert_false(day_make(year, month, days[month - 1] + 1, &past));
        }
    }
}

static void day_that_does_not_exist_is_refused(void **state) {
    (void)state;
    struct day d = {5};
    assert_false(day_make(2021, 2, 29, &d));
    assert_false(day_make(1900, 2, 29, &d));
    assert_false(day_make(2021, 0, 1, &d));
    assert_false(day_make(2021, 13, 1, &d));
    assert_false(day_make(2021, 1, 0, &d));
    assert_false(day_make(0, 1, 1, &d));
    assert_false(day_make(10000, 1, 1, &d));
    assert_int_equal(d.n, 5);
    assert_false(day_is(DAY_NONE));
    assert_true(day_is(d));
}

static void day_add_months_stays_inside_the_month(void **state) {
    (void)state;
    assert_int_equal(day_add_months(day_of(2021, 1, 31), 1).n, day_of(2021, 2, 28).n);
    assert_int_equal(day_add_months(day_of(2020, 1, 31), 1).n, day_of(2020, 2, 29).n);
    assert_int_equal(day_add_months(day_of(2021, 3, 31), -1).n, day_of(2021, 2, 28).n);
    assert_int_equal(day_add_months(day_of(2021, 11, 30), 3).n, day_of(2022, 2, 28).n);
    assert_int_equal(day_add_months(day_of(1970, 1, 15), -13).n, day_of(1968, 12, 15).n);
    assert_int_equal(day_add_months(day_of(2021, 5, 5), 0).n, day_of(2021, 5, 5).n);
}

static void day_add_months_out_of_the_calendar_is_no_day(void **state) {
    (void)state;
    assert_false(day_is(day_add_months(DAY_NONE, 1)));
    assert_false(day_is(day_add_months(day_of(9999, 12, 1), 1)));
    assert_false(day_is(day_add_months(day_of(1, 1, 31), -1)));
    assert_false(day_is(day_add_months(day_of(2021, 1, 1), INT32_MAX)));
    assert_false(day_is(day_add_months(day_of(1960, 1, 1), INT32_MIN)));
}

static void month_of_counts_from_1970_on_both_sides(void **state) {
    (void)state;
    assert_int_equal(month_of(day_of(1970, 1, 31)), 0);
    assert_int_equal(month_of(day_of(1969, 12, 1)), -1);
    assert_int_equal(month_of(day_of(2011, 12, 10)), 41 * 12 + 11);
    for (int32_t month = -2000; month < 2000; month++) {
        assert_int_equal(month_of(month_first(month)), month);
        assert_int_equal(month_first(month).n, day_add_months(day_of(1970, 1, 1), month).n);
    }
    assert_false(day_is(month_first(INT32_MIN)));
    assert_false(day_is(month_first(INT32_MAX)));
}

static void day_is_written_as_iso_and_as_people_do(void **state) {
    (void)state;
    char out[DAY_TEXT];
    assert_int_equal(day_iso(day_of(2026, 3, 9), out), 10);
    assert_string_equal(out, "2026-03-09");
    assert_int_equal(day_local(day_of(2026, 3, 9), true, out), 10);
    assert_string_equal(out, "09/03/2026");
    day_local(day_of(2026, 3, 9), false, out);
    assert_string_equal(out, "2026-03-09");
    day_iso(day_of(33, 1, 2), out);
    assert_string_equal(out, "0033-01-02");
    assert_int_equal(day_iso(DAY_NONE, out), 0);
    assert_string_equal(out, "");
    assert_int_equal(day_local(DAY_NONE, true, out), 0);
    assert_string_equal(out, "");
}

static void day_outside_the_calendar_still_fits_its_text(void **state) {
    (void)state;
    char out[DAY_TEXT];
    day_iso((struct day){INT32_MAX}, out);
    assert_string_equal(out, "5881580-07-11");
    day_iso((struct day){INT32_MIN + 1}, out);
    assert_string_equal(out, "-5877641-06-24");
}

static void day_parse_iso_takes_exactly_its_form(void **state) {
    (void)state;
    struct day d = DAY_NONE;
    assert_true(day_parse_iso(S("2021-02-28"), &d));
    assert_int_equal(d.n, day_of(2021, 2, 28).n);
    static const char *const bad[] = {"",           "2021-2-28", "2021-02-28 ", "2021/02/28", "2021-02-30",
                                      "2021-02-2x", "20210228",  "-021-02-28",  "2021-02- 8"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(day_parse_iso(str_from(bad[i]), &d));
}

/* -- dates in files -- */

struct read_case {
    const char *text;
    enum date_order order;
    enum date_read result;
    int year, month, of_month;
    enum date_order seen;
};

static void expect_reads(const struct read_case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const struct read_case *c = &cases[i];
        struct day d = DAY_NONE, expected = DAY_NONE;
        enum date_order seen = DATE_ORDER_MDY;
        enum date_read result = date_read(str_from(c->text), c->order, &d, &seen);
        if (c->result == DATE_READ_OK)
            expected = day_of(c->year, c->month, c->of_month);
        if (result != c->result || d.n != expected.n || seen != c->seen)
            fail_msg("\"%s\" with order %d: result %d, day %d, seen %d", c->text, (int)c->order, (int)result, (int)d.n,
                     (int)seen);
        assert_int_equal(date_read(str_from(c->text), c->order, &d, NULL), c->result);
    }
}

#define expect(...)                                                                                                    \
    do {                                                                                                               \
        static const struct read_case cases[] = {__VA_ARGS__};                                                         \
        expect_reads(cases, sizeof cases / sizeof cases[0]);                                                           \
    } while (0)

static void date_that_begins_with_its_year_needs_no_order(void **state) {
    (void)state;
    expect({"2009-12-01", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009-12-01", DATE_ORDER_MDY, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009/12/01", 0, DATE_READ_OK, 2009, 12, 1, 0}, {"2009-2-1", 0, DATE_READ_OK, 2009, 2, 1, 0},
           {"20091201", 0, DATE_READ_OK, 2009, 12, 1, 0}, {"  2009-12-01\t", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009-12-32", 0, DATE_READ_NO_SUCH_DAY, 0, 0, 0, 0}, {"0000-01-01", 0, DATE_READ_NO_SUCH_DAY, 0, 0, 0, 0},
           {"2009-12/01", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0}, {"2009.12.01", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0});
}

static void date_may_be_followed_by_a_time(void **state) {
    (void)state;
    expect({"2009-12-01 07:45:00", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009-12-01T07:45:00", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009-12-01 07:45", 0, DATE_READ_OK, 2009, 12, 1, 0}, {"2009-12-01 7:45", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009-12-01T07:45:00.123456Z", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009-12-01T23:45:00-03:00", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009-12-01 23:45:00+00", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"20091201T0745", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"13/12/2009 7:45 PM", 0, DATE_READ_OK, 2009, 12, 13, DATE_ORDER_DMY},
           {"12/13/2009 07:45:10 am", 0, DATE_READ_OK, 2009, 12, 13, DATE_ORDER_MDY},
           {"2009-12-01 24:00:00", 0, DATE_READ_OK, 2009, 12, 1, 0},
           {"2009-12-01 25:00:00", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"2009-12-01 07:61", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"2009-12-01x07:45:00", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"2009-12-01 07:45:00 x", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"2009-12-01 noon", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"2009-12-01 07:45:00.", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"2009-12-01T", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0});
}

static void date_with_the_year_last_follows_the_order(void **state) {
    (void)state;
    expect({"03/04/2021", DATE_ORDER_DMY, DATE_READ_OK, 2021, 4, 3, 0},
           {"03/04/2021", DATE_ORDER_MDY, DATE_READ_OK, 2021, 3, 4, 0},
           {"3-4-2021", DATE_ORDER_DMY, DATE_READ_OK, 2021, 4, 3, 0},
           {"3.4.2021", DATE_ORDER_DMY, DATE_READ_OK, 2021, 4, 3, 0},
           {"3/4.2021", DATE_ORDER_DMY, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"12/31/2021", DATE_ORDER_DMY, DATE_READ_NO_SUCH_DAY, 0, 0, 0, DATE_ORDER_MDY},
           {"31/12/2021", DATE_ORDER_MDY, DATE_READ_NO_SUCH_DAY, 0, 0, 0, DATE_ORDER_DMY});
}

static void date_of_two_readings_is_told_while_the_order_is_unknown(void **state) {
    (void)state;
    expect({"03/04/2021", 0, DATE_READ_TWO_READINGS, 0, 0, 0, 0}, {"12/11/21", 0, DATE_READ_TWO_READINGS, 0, 0, 0, 0},
           {"13/04/2021", 0, DATE_READ_OK, 2021, 4, 13, DATE_ORDER_DMY},
           {"04/13/2021", 0, DATE_READ_OK, 2021, 4, 13, DATE_ORDER_MDY}, {"04/04/2021", 0, DATE_READ_OK, 2021, 4, 4, 0},
           {"03/04/0000", 0, DATE_READ_NO_SUCH_DAY, 0, 0, 0, 0});
}

static void date_proves_an_order_only_by_a_day_that_can_be(void **state) {
    (void)state;
    expect({"31/02/2021", 0, DATE_READ_NO_SUCH_DAY, 0, 0, 0, DATE_ORDER_DMY},
           {"45/01/2021", 0, DATE_READ_NO_SUCH_DAY, 0, 0, 0, 0}, {"13/13/2021", 0, DATE_READ_NO_SUCH_DAY, 0, 0, 0, 0},
           {"00/00/2021", 0, DATE_READ_NO_SUCH_DAY, 0, 0, 0, 0}, {"00/13/2021", 0, DATE_READ_NO_SUCH_DAY, 0, 0, 0, 0},
           {"29/02/2021", DATE_ORDER_DMY, DATE_READ_NO_SUCH_DAY, 0, 0, 0, DATE_ORDER_DMY});
}

static void date_of_two_digit_year_turns_at_70(void **state) {
    (void)state;
    expect({"31/12/69", 0, DATE_READ_OK, 2069, 12, 31, DATE_ORDER_DMY},
           {"31/12/70", 0, DATE_READ_OK, 1970, 12, 31, DATE_ORDER_DMY},
           {"31/12/00", 0, DATE_READ_OK, 2000, 12, 31, DATE_ORDER_DMY},
           {"31/12/021", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0}, {"31/12/5", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0});
}

static void date_needs_a_known_form(void **state) {
    (void)state;
    expect({"", 0, DATE_READ_EMPTY, 0, 0, 0, 0}, {" \u00a0 ", 0, DATE_READ_EMPTY, 0, 0, 0, 0},
           {"total", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0}, {"44197", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"12", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0}, {"1/2", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"1/2/", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0}, {"-1/2/2021", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"1//2/2021", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0}, {"13/04/20211", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"123/04/2021", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0}, {"2021", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0},
           {"2021-12", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0}, {"200912011", 0, DATE_READ_NOT_A_DATE, 0, 0, 0, 0});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_numbers_of_known_days),
        cmocka_unit_test(day_make_and_split_agree_on_every_day_of_the_calendar),
        cmocka_unit_test(day_that_does_not_exist_is_refused),
        cmocka_unit_test(day_add_months_stays_inside_the_month),
        cmocka_unit_test(day_add_months_out_of_the_calendar_is_no_day),
        cmocka_unit_test(month_of_counts_from_1970_on_both_sides),
        cmocka_unit_test(day_is_written_as_iso_and_as_people_do),
        cmocka_unit_test(day_outside_the_calendar_still_fits_its_text),
        cmocka_unit_test(day_parse_iso_takes_exactly_its_form),
        cmocka_unit_test(date_that_begins_with_its_year_needs_no_order),
        cmocka_unit_test(date_may_be_followed_by_a_time),
        cmocka_unit_test(date_with_the_year_last_follows_the_order),
        cmocka_unit_test(date_of_two_readings_is_told_while_the_order_is_unknown),
        cmocka_unit_test(date_proves_an_order_only_by_a_day_that_can_be),
        cmocka_unit_test(date_of_two_digit_year_turns_at_70),
        cmocka_unit_test(date_needs_a_known_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
