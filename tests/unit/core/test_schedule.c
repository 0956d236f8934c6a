// SPDX-License-Identifier: Apache-2.0
/* When something is due next: every kind, the ends of months, leap days, and the days on which the clock is put forward or back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/schedule.h"

#define HOUR_US INT64_C(3600000000)

static struct arena arena;

static struct day on(int year, int month, int of_month) {
    struct day day;
    assert_true(day_make(year, month, of_month, &day));
    return day;
}

static struct schedule read(const char *text) {
    struct schedule s;
    if (!schedule_parse(str_from(text), &s))
        fail_msg("\"%s\" was refused", text);
    return s;
}

static void next_is(const char *text, const struct workdays *workdays, struct day from, int minute,
                    struct day expected) {
    struct schedule s = read(text);
    struct schedule_time at = schedule_next(&s, workdays, (struct schedule_time){from, minute});
    assert_int_equal(at.day.n, expected.n);
    assert_int_equal(at.minute, s.minute);
}

static void schedule_texts_come_back_as_they_went(void **state) {
    static const char *const texts[] = {"every 10m",
                                        "every 1m",
                                        "every 1440m",
                                        "daily 00:05",
                                        "workdays 07:30",
                                        "mon,wed 08:00",
                                        "monthday 5 09:00",
                                        "monthday 31 23:59",
                                        "month-last-workday 17:00",
                                        "month-first-workday 08:00"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct schedule s = read(texts[i]);
        assert_true(str_equal(schedule_write(&arena, &s), str_from(texts[i])));
    }
    struct schedule s = read(" seg,qua  7:05 ");
    assert_true(str_equal(schedule_write(&arena, &s), S("mon,wed 07:05")));
}

static void schedule_refuses_what_is_none(void **state) {
    static const char *const bad[] = {"",
                                      "daily",
                                      "daily 24:00",
                                      "daily 7",
                                      "daily 07:60",
                                      "every 0m",
                                      "every 1441m",
                                      "every 10",
                                      "every -5m",
                                      "monthday 0 09:00",
                                      "monthday 32 09:00",
                                      "monthday 09:00",
                                      "sometimes 09:00",
                                      "mon,xyz 09:00",
                                      "daily 07:30 x",
                                      "workdays 7:3",
                                      "every 99999999999m"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct schedule s;
        if (schedule_parse(str_from(bad[i]), &s))
            fail_msg("\"%s\" was taken", bad[i]);
    }
}

static void schedule_next_is_the_first_moment_after(void **state) {
    const struct workdays br = {.week = WEEK_USUAL, .country = COUNTRY_BR};
    (void)state;
    next_is("daily 07:30", &br, on(2026, 4, 2), 449, on(2026, 4, 2));
    next_is("daily 07:30", &br, on(2026, 4, 2), 450, on(2026, 4, 3));
    next_is("workdays 07:30", &br, on(2026, 4, 2), 450, on(2026, 4, 6)); /* over Good Friday and a week-end */
    next_is("workdays 07:30", &workdays_usual, on(2026, 4, 2), 450, on(2026, 4, 3));
    next_is("mon,wed 08:00", &br, on(2026, 4, 6), 480, on(2026, 4, 8));
    next_is("mon 08:00", &br, on(2026, 4, 6), 480, on(2026, 4, 13));
    next_is("monthday 31 09:00", &br, on(2026, 1, 31), 540, on(2026, 2, 28));
    next_is("monthday 29 09:00", &br, on(2028, 2, 1), 0, on(2028, 2, 29));
    next_is("monthday 5 09:00", &br, on(2026, 12, 5), 540, on(2027, 1, 5));
    next_is("month-last-workday 17:00", &br, on(2026, 5, 29), 1019, on(2026, 5, 29)); /* 30 and 31 are a week-end */
    next_is("month-last-workday 17:00", &br, on(2026, 5, 29), 1020, on(2026, 6, 30));
    next_is("month-first-workday 08:00", &br, on(2026, 4, 30), 0, on(2026, 5, 4)); /* over 1 May, a Friday */
}

/* A clock that goes an hour forward at midnight local of 1 November 2026, and back at midnight of 21 February 2027, as Brazil's did. */
static int32_t brazil(int64_t at_us) {
    int64_t forward = ((int64_t)on(2026, 11, 1).n * 24 + 3) * HOUR_US,
            back = ((int64_t)on(2027, 2, 21).n * 24 + 2) * HOUR_US;
    return at_us >= forward && at_us < back ? -2 * 3600 : -3 * 3600;
}

static int64_t utc(struct day day, int hour, int minute) {
    return ((int64_t)day.n * 24 + hour) * HOUR_US + minute * INT64_C(60000000);
}

static void schedule_hour_that_is_left_out_is_an_hour_later(void **state) {
    struct schedule s = read("daily 00:05");
    (void)state;
    int64_t first = schedule_next_us(&s, &workdays_usual, utc(on(2026, 10, 31), 12, 0), brazil);
    assert_int_equal(first, utc(on(2026, 11, 1), 3, 5)); /* the clock shows 01:05 */
    assert_int_equal(schedule_local(first, brazil).day.n, on(2026, 11, 1).n);
    int64_t second = schedule_next_us(&s, &workdays_usual, first, brazil);
    assert_int_equal(second, utc(on(2026, 11, 2), 2, 5));
}

static void schedule_hour_that_is_there_twice_counts_once(void **state) {
    struct schedule s = read("daily 23:30"); /* twice on 20 February: at 01:30 and at 02:30 UTC */
    (void)state;
    int64_t first = schedule_next_us(&s, &workdays_usual, utc(on(2027, 2, 20), 12, 0), brazil);
    assert_int_equal(first, utc(on(2027, 2, 21), 1, 30));
    assert_int_equal(schedule_next_us(&s, &workdays_usual, first, brazil), utc(on(2027, 2, 22), 2, 30));
    /* Asked in the second pass of the hour, before its half: not that one again. */
    assert_int_equal(schedule_next_us(&s, &workdays_usual, utc(on(2027, 2, 21), 2, 10), brazil),
                     utc(on(2027, 2, 22), 2, 30));
}

static void schedule_goes_on_through_years_without_a_gap(void **state) {
    struct schedule s = read("daily 00:30");
    int64_t at = utc(on(2026, 1, 1), 12, 0);
    (void)state;
    for (int i = 1; i <= 1000; i++) {
        int64_t next = schedule_next_us(&s, &workdays_usual, at, brazil);
        assert_true(next > at);
        assert_int_equal(schedule_local(next, brazil).day.n, on(2026, 1, 1).n + i);
        at = next;
    }
}

static void schedule_every_counts_on_whatever_the_clock_shows(void **state) {
    struct schedule s = read("every 10m");
    (void)state;
    assert_int_equal(schedule_next_us(&s, &workdays_usual, utc(on(2027, 2, 21), 2, 0), brazil),
                     utc(on(2027, 2, 21), 2, 10));
    assert_int_equal(schedule_next_us(&s, &workdays_usual, utc(on(2027, 2, 21), 2, 9) + 1, brazil),
                     utc(on(2027, 2, 21), 2, 10));
}

static void says(const char *text, const char *en, const char *pt) {
    struct schedule s = read(text);
    struct str said = schedule_text(&arena, LANG_EN, &s), dito = schedule_text(&arena, LANG_PT_BR, &s);
    if (!str_equal(said, str_from(en)) || !str_equal(dito, str_from(pt)))
        fail_msg("%s: \"%.*s\", \"%.*s\"", text, STR_ARG(said), STR_ARG(dito));
}

static void schedule_is_said_in_words(void **state) {
    (void)state;
    says("workdays 07:30", "every working day at 07:30", "todo dia útil às 07:30");
    says("mon 08:00", "Mondays at 08:00", "segundas às 08:00");
    says("mon,wed,fri 01:15", "Mondays, Wednesdays and Fridays at 01:15", "segundas, quartas e sextas à 01:15");
    says("month-last-workday 17:00", "last working day of the month at 17:00", "último dia útil do mês às 17:00");
    says("monthday 5 09:00", "day 5 of each month at 09:00", "dia 5 de cada mês às 09:00");
    says("every 10m", "every 10 minutes", "a cada 10 minutos");
    says("every 60m", "every hour", "a cada hora");
    says("every 1m", "every minute", "a cada minuto");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schedule_texts_come_back_as_they_went),
        cmocka_unit_test(schedule_refuses_what_is_none),
        cmocka_unit_test(schedule_next_is_the_first_moment_after),
        cmocka_unit_test(schedule_hour_that_is_left_out_is_an_hour_later),
        cmocka_unit_test(schedule_hour_that_is_there_twice_counts_once),
        cmocka_unit_test(schedule_goes_on_through_years_without_a_gap),
        cmocka_unit_test(schedule_every_counts_on_whatever_the_clock_shows),
        cmocka_unit_test(schedule_is_said_in_words),
    };
    arena_init(&arena, 0, arena_full_exit, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
