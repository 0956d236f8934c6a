// SPDX-License-Identifier: Apache-2.0
/* What was written, read back by libical's own parser. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "format/calendar.h"

static struct arena arena;

static icalcomponent *written(const struct calendar_event *event, size_t n, struct str *text) {
    struct cx cx = {.arena = &arena};
    struct buf to;
    buf_init(&to, &arena, 0);
    assert_true(calendar_write(&cx, S("Reativa: Márcia"), event, n, &to));
    *text = buf_str(&to);
    icalcomponent *whole = icalcomponent_new_from_string(str_terminated(&arena, *text));
    assert_non_null(whole);
    assert_int_equal(icalcomponent_count_errors(whole), 0);
    assert_int_equal(icalcomponent_count_components(whole, ICAL_VEVENT_COMPONENT), (int)n);
    return whole;
}

static void calendar_event_keeps_its_moment_and_its_texts(void **state) {
    (void)state;
    const struct calendar_event event = {.uid = S("appointment-7@reativa"),
                                         .version = 3,
                                         .changed_us = INT64_C(1795300000) * 1000000,
                                         .from_us = INT64_C(1795365000) * 1000000, /* 2026-11-22 17:10:00 UTC */
                                         .minutes = 30,
                                         .warn_before = 15,
                                         .title = S("Padaria São João; Ltda, \\ filial"),
                                         .about = S("linha um\nBEGIN:VEVENT\r\nlinha dois")};
    struct str text;
    icalcomponent *whole = written(&event, 1, &text), *one = icalcomponent_get_inner(whole);
    struct icaltimetype start = icalcomponent_get_dtstart(one), end = icalcomponent_get_dtend(one);
    assert_string_equal(icalcomponent_get_uid(one), "appointment-7@reativa");
    assert_string_equal(icalcomponent_get_summary(one), "Padaria São João; Ltda, \\ filial");
    assert_true(icaltime_is_utc(start));
    assert_int_equal(icaltime_as_timet(start), 1795365000);
    assert_int_equal(icaltime_as_timet(end) - icaltime_as_timet(start), 30 * 60);
    assert_int_equal(icalcomponent_get_sequence(one), 3);
    assert_int_equal(icalcomponent_count_components(one, ICAL_VALARM_COMPONENT), 1);
    icalcomponent_free(whole);
}

static void calendar_event_without_a_time_is_a_whole_day(void **state) {
    (void)state;
    struct day day;
    assert_true(day_make(2028, 2, 29, &day));
    const struct calendar_event event = {.uid = S("a@reativa"), .day = day, .warn_before = -1, .title = S("Visita")};
    struct str text;
    icalcomponent *whole = written(&event, 1, &text), *one = icalcomponent_get_inner(whole);
    assert_true(strstr(str_terminated(&arena, text), "DTSTART;VALUE=DATE:20280229\r\n") != NULL);
    assert_true(strstr(str_terminated(&arena, text), "DTEND;VALUE=DATE:20280301\r\n") != NULL);
    assert_int_equal(icalcomponent_count_components(one, ICAL_VALARM_COMPONENT), 0);
    icalcomponent_free(whole);
}

static void calendar_lines_are_short_and_a_letter_is_never_cut(void **state) {
    (void)state;
    struct buf long_text;
    buf_init(&long_text, &arena, 0);
    for (int i = 0; i < 300; i++)
        buf_put(&long_text, S("çãé"));
    const struct calendar_event event = {
        .uid = S("a@reativa"), .day = {20000}, .title = buf_str(&long_text), .warn_before = -1};
    struct str text, line, rest;
    icalcomponent *whole = written(&event, 1, &text);
    assert_true(str_equal(str_from(icalcomponent_get_summary(icalcomponent_get_inner(whole))), event.title));
    for (rest = text; rest.n > 0;) {
        str_cut(rest, '\n', &line, &rest);
        assert_true(line.n <= 76 && str_valid_utf8(line));
    }
    icalcomponent_free(whole);
}

static void calendar_of_nothing_is_a_calendar(void **state) {
    (void)state;
    struct str text;
    icalcomponent_free(written(NULL, 0, &text));
    assert_true(str_starts(text, S("BEGIN:VCALENDAR\r\n")) && str_ends(text, S("END:VCALENDAR\r\n")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(calendar_event_keeps_its_moment_and_its_texts),
        cmocka_unit_test(calendar_event_without_a_time_is_a_whole_day),
        cmocka_unit_test(calendar_lines_are_short_and_a_letter_is_never_cut),
        cmocka_unit_test(calendar_of_nothing_is_a_calendar),
    };
    arena_init(&arena, 0, arena_full_exit, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
