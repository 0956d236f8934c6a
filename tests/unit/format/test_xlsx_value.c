// SPDX-License-Identifier: Apache-2.0
/* Numbers and dates as a workbook stores them, against what a spreadsheet shows for the same cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "format/xlsx_value.h"

static void number_is(const char *stored, const char *expected) {
    char text[XLSX_TEXT];
    size_t n = xlsx_number(str_from(stored), text);
    assert_int_equal(n, strlen(expected));
    assert_memory_equal(text, expected, n);
}

static void date_is(const char *stored, enum xlsx_style style, bool from_1904, const char *expected) {
    char text[XLSX_TEXT];
    size_t n = xlsx_date(str_from(stored), style, from_1904, text);
    if (n != strlen(expected) || memcmp(text, expected, n) != 0)
        fail_msg("%s is %.*s instead of %s", stored, (int)n, text, expected);
}

static void xlsx_number_loses_the_noise_of_binary_fractions(void **state) {
    (void)state;
    number_is("0.10000000000000001", "0.1");
    number_is("2.5499999999999998", "2.55");
    number_is("1.9999999999999998", "2");
    number_is("999999999999999.96", "1000000000000000");
    number_is("-53594.360000000001", "-53594.36");
    number_is("12345678901234567", "12345678901234600");
}

static void xlsx_number_has_no_exponent(void **state) {
    (void)state;
    number_is("1E-3", "0.001");
    number_is("2.5E+4", "25000");
    number_is("1.2345E2", "123.45");
    number_is("35260531415926E0", "35260531415926");
}

static void xlsx_number_plain_and_zero(void **state) {
    (void)state;
    number_is("17850", "17850");
    number_is("+007.50", "7.5");
    number_is("0", "0");
    number_is("-0.000", "0");
    number_is(".5", "0.5");
}

static void xlsx_number_refuses_what_is_none_or_too_long(void **state) {
    (void)state;
    number_is("", "");
    number_is("-", "");
    number_is("1.2.3", "");
    number_is("1e", "");
    number_is("abc", "");
    number_is("1E30", "");
    number_is("1E29", "100000000000000000000000000000");
    number_is("1E-31", "");
    number_is("1E99999", "");
}

static void xlsx_date_of_both_calendars(void **state) {
    (void)state;
    date_is("40148", XLSX_STYLE_DATE, false, "2009-12-01");
    date_is("38686", XLSX_STYLE_DATE, true, "2009-12-01");
    date_is("1", XLSX_STYLE_DATE, false, "1900-01-01");
    date_is("59", XLSX_STYLE_DATE, false, "1900-02-28");
    date_is("61", XLSX_STYLE_DATE, false, "1900-03-01");
    date_is("0", XLSX_STYLE_DATE, true, "1904-01-01");
    date_is("2958465", XLSX_STYLE_DATE, false, "9999-12-31");
}

static void xlsx_date_with_time_is_rounded_to_seconds(void **state) {
    (void)state;
    date_is("40148.322916666664", XLSX_STYLE_DATE, false, "2009-12-01 07:45:00");
    date_is("40148.999999", XLSX_STYLE_DATE, false, "2009-12-02");
    date_is("40148.5", XLSX_STYLE_TIME, false, "2009-12-01 12:00:00");
    date_is("0.75", XLSX_STYLE_TIME, false, "18:00:00");
    date_is("1.1574074074074073E-5", XLSX_STYLE_TIME, false, "00:00:01");
}

static void xlsx_date_that_never_was_stays_a_number(void **state) {
    (void)state;
    date_is("60", XLSX_STYLE_DATE, false, "");
    date_is("0", XLSX_STYLE_DATE, false, "");
    date_is("-1", XLSX_STYLE_DATE, false, "");
    date_is("2958466", XLSX_STYLE_DATE, false, "");
    date_is("40148", XLSX_STYLE_NUMBER, false, "");
}

static void xlsx_iso_cell_loses_its_t(void **state) {
    (void)state;
    char text[XLSX_TEXT];
    assert_int_equal(xlsx_iso(S("2021-03-04T00:00:00.000"), text), 10);
    assert_int_equal(xlsx_iso(S("2021-03-04T09:30:00Z"), text), 19);
    assert_memory_equal(text, "2021-03-04 09:30:00", 19);
    assert_int_equal(xlsx_iso(S("2021-02-31"), text), 0);
}

static void xlsx_style_of_formats_people_use(void **state) {
    (void)state;
    static const char *const dates[] = {"dd/mm/yyyy",          "m/d/yy h:mm", "[$-416]d \"de\" mmmm \"de\" yyyy;@",
                                        "yyyy\\-mm\\-dd",      "mmm/yy",      "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
                                        "DD/MM/YYYY HH:MM:SS", "mmmm"};
    static const char *const times[] = {"h:mm AM/PM", "hh:mm:ss", "mm:ss.0"};
    static const char *const numbers[] = {"General",        "#,##0.00",  "0.00E+00",  "[Red]-#,##0", "\"R$\" #,##0.00",
                                          "0 \"dias\"",     "[h]:mm:ss", "_-* #,##0", "0\\d",        "@",
                                          "#,##0;[Red]yyyy"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        assert_int_equal(xlsx_style_of(str_from(dates[i])), XLSX_STYLE_DATE);
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        assert_int_equal(xlsx_style_of(str_from(times[i])), XLSX_STYLE_TIME);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_int_equal(xlsx_style_of(str_from(numbers[i])), XLSX_STYLE_NUMBER);
}

static void xlsx_style_of_builtin_numbers(void **state) {
    (void)state;
    enum xlsx_style style;
    assert_true(xlsx_style_builtin(14, &style));
    assert_int_equal(style, XLSX_STYLE_DATE);
    assert_true(xlsx_style_builtin(22, &style));
    assert_int_equal(style, XLSX_STYLE_DATE);
    assert_true(xlsx_style_builtin(20, &style));
    assert_int_equal(style, XLSX_STYLE_TIME);
    assert_true(xlsx_style_builtin(46, &style));
    assert_int_equal(style, XLSX_STYLE_NUMBER);
    assert_true(xlsx_style_builtin(4, &style));
    assert_int_equal(style, XLSX_STYLE_NUMBER);
    assert_false(xlsx_style_builtin(164, &style));
}

static void xlsx_column_of_references(void **state) {
    (void)state;
    uint64_t row;
    assert_int_equal(xlsx_column(S("A1"), &row), 1);
    assert_int_equal(row, 1);
    assert_int_equal(xlsx_column(S("BC12"), &row), 55);
    assert_int_equal(row, 12);
    assert_int_equal(xlsx_column(S("XFD1048576"), &row), 16384);
    assert_int_equal(xlsx_column(S(""), &row), 0);
    assert_int_equal(row, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xlsx_number_loses_the_noise_of_binary_fractions),
        cmocka_unit_test(xlsx_number_has_no_exponent),
        cmocka_unit_test(xlsx_number_plain_and_zero),
        cmocka_unit_test(xlsx_number_refuses_what_is_none_or_too_long),
        cmocka_unit_test(xlsx_date_of_both_calendars),
        cmocka_unit_test(xlsx_date_with_time_is_rounded_to_seconds),
        cmocka_unit_test(xlsx_date_that_never_was_stays_a_number),
        cmocka_unit_test(xlsx_iso_cell_loses_its_t),
        cmocka_unit_test(xlsx_style_of_formats_people_use),
        cmocka_unit_test(xlsx_style_of_builtin_numbers),
        cmocka_unit_test(xlsx_column_of_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
