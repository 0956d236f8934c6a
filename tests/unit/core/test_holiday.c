// SPDX-License-Identifier: Apache-2.0
/* Easter as the church publishes it, the national holidays of Brazil, and which days are worked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/holiday.h"

static struct arena arena;

static struct day on(int year, int month, int of_month) {
    struct day day;
    assert_true(day_make(year, month, of_month, &day));
    return day;
}

static void easter_is_where_the_church_has_it(void **state) {
    /* The earliest and the latest there are, leap years, and the years in use. */
    static const int known[][3] = {{1818, 3, 22}, {1943, 4, 25}, {1954, 4, 18}, {1981, 4, 19}, {2000, 4, 23},
                                   {2008, 3, 23}, {2024, 3, 31}, {2025, 4, 20}, {2026, 4, 5},  {2027, 3, 28},
                                   {2038, 4, 25}, {2049, 4, 18}, {2076, 4, 19}};
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        assert_int_equal(easter_of(known[i][0]).n, on(known[i][0], known[i][1], known[i][2]).n);
    for (int year = 1583; year < 4000; year++)
        assert_int_equal(weekday_number(easter_of(year)), 6);
}

static void national_holidays_are_in_order_and_since_their_law(void **state) {
    struct day day, before = DAY_NONE;
    const char *key;
    int n2023 = 0, n2026 = 0;
    (void)state;
    while (holiday_national(COUNTRY_BR, 2023, n2023, &day, &key))
        n2023++;
    for (; holiday_national(COUNTRY_BR, 2026, n2026, &day, &key); n2026++) {
        assert_true(day.n > before.n);
        before = day;
    }
    assert_int_equal(n2023, 9);
    assert_int_equal(n2026, 10); /* 20 November since 2024 */
    assert_true(holiday_national(COUNTRY_BR, 2026, 1, &day, &key));
    assert_string_equal(key, "holiday.good_friday");
    assert_int_equal(day.n, on(2026, 4, 3).n);
    assert_true(holiday_national(COUNTRY_BR, 2038, 1, &day, &key)); /* Good Friday after Tiradentes */
    assert_string_equal(key, "holiday.tiradentes");
    assert_false(holiday_national(COUNTRY_NONE, 2026, 0, &day, &key));
}

static void workdays_know_weekends_holidays_and_what_the_company_adds(void **state) {
    const struct holiday local[] = {{.when = HOLIDAY_EASTER, .at = -47},            /* Carnival Tuesday */
                                    {.when = HOLIDAY_YEARLY, .at = 125},            /* 25 January */
                                    {.when = HOLIDAY_ONCE, .at = on(2026, 6, 5).n}, /* a bridge */
                                    {.when = HOLIDAY_ONCE, .at = on(2026, 4, 18).n, .worked = true}, /* a Saturday */
                                    {.when = HOLIDAY_ONCE, .at = on(2026, 4, 21).n, .worked = true}};
    const struct workdays w = {.week = WEEK_USUAL, .country = COUNTRY_BR, .local = local, .n = 5};
    (void)state;
    assert_false(workdays_is(&w, on(2026, 2, 17)));
    assert_true(workdays_is(&w, on(2026, 2, 16)));
    assert_false(workdays_is(&w, on(2027, 1, 25)));
    assert_false(workdays_is(&w, on(2026, 6, 5)));
    assert_true(workdays_is(&w, on(2027, 6, 4)));
    assert_true(workdays_is(&w, on(2026, 4, 18)));
    assert_true(workdays_is(&w, on(2026, 4, 21)));
    assert_false(workdays_is(&w, on(2026, 4, 3)));
    assert_int_equal(workdays_next(&w, on(2026, 4, 2)).n, on(2026, 4, 6).n);
    assert_int_equal(workdays_before(&w, on(2026, 4, 6)).n, on(2026, 4, 2).n);
    assert_int_equal(workdays_next(&workdays_usual, on(2026, 4, 2)).n, on(2026, 4, 3).n);
}

static void yearly_holiday_of_a_leap_day_is_there_in_leap_years_alone(void **state) {
    const struct holiday leap = {.when = HOLIDAY_YEARLY, .at = 229};
    (void)state;
    assert_int_equal(holiday_on(&leap, 2028).n, on(2028, 2, 29).n);
    assert_false(day_is(holiday_on(&leap, 2026)));
}

static void workdays_of_a_year_without_any_end(void **state) {
    const struct holiday never[] = {{.when = HOLIDAY_YEARLY, .at = 101}};
    const struct workdays none = {.week = 0, .local = never, .n = 1};
    (void)state;
    assert_int_equal(workdays_next(&none, on(2026, 1, 1)).n, on(2026, 1, 2).n);
    assert_int_equal(workdays_before(&none, on(2026, 1, 1)).n, on(2025, 12, 31).n);
}

static void weekdays_read_both_languages_and_have_one_form(void **state) {
    unsigned week;
    (void)state;
    assert_true(weekdays_parse(S("sex, seg,ter"), &week));
    assert_true(str_equal(weekdays_write(&arena, week), S("mon,tue,fri")));
    assert_true(weekdays_parse(S("sun"), &week));
    assert_int_equal(week, 1u << 6);
    assert_false(weekdays_parse(S(""), &week));
    assert_false(weekdays_parse(S("mon,"), &week));
    assert_false(weekdays_parse(S("monday"), &week));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(easter_is_where_the_church_has_it),
        cmocka_unit_test(national_holidays_are_in_order_and_since_their_law),
        cmocka_unit_test(workdays_know_weekends_holidays_and_what_the_company_adds),
        cmocka_unit_test(yearly_holiday_of_a_leap_day_is_there_in_leap_years_alone),
        cmocka_unit_test(workdays_of_a_year_without_any_end),
        cmocka_unit_test(weekdays_read_both_languages_and_have_one_form),
    };
    arena_init(&arena, 0, arena_full_exit, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
