// SPDX-License-Identifier: Apache-2.0
/* Text to double and back: the nearest double, the digits that were asked for, and which mark a text proves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/real.h"

static double read_as(const char *text, enum decimal_mark mark) {
    double v = -77;
    assert_int_equal(real_read(str_from(text), mark, &v, NULL), DECIMAL_OK);
    return v;
}

static enum decimal_mark proves(const char *text) {
    double v;
    enum decimal_mark seen = DECIMAL_UNKNOWN;
    assert_int_equal(real_read(str_from(text), DECIMAL_UNKNOWN, &v, &seen), DECIMAL_OK);
    return seen;
}

static void writes(double v, int digits, const char *text) {
    char out[REAL_TEXT];
    size_t n = real_write(v, digits, out);
    assert_string_equal(out, text);
    assert_int_equal(n, strlen(text));
}

static void real_text_gives_the_nearest_double(void **state) {
    static const char *const texts[] = {
        "0",      "-0.5",  "30.43",    "4.285714285714286",      "1e5",   "2.5E-4",
        "1e-308", "1e308", "0.1",      "123456789012345678",     "+7",    ".5",
        "5.",     "1e22",  "5e-324",   "0.30000000000000004",    "1e-22", "9007199254740993",
        "000.25", "1e23",  "8.5e-100", "179769313486231570e291", "1e+2"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_true(read_as(texts[i], DECIMAL_POINT) == strtod(texts[i], NULL));
}

static void real_mark_is_the_one_that_is_asked_for(void **state) {
    (void)state;
    assert_true(read_as("30,43", DECIMAL_COMMA) == 30.43);
    assert_true(read_as("30,43", DECIMAL_UNKNOWN) == 30.43);
    assert_true(read_as("1.234,5", DECIMAL_COMMA) == 1234.5);
    assert_true(read_as("1,234.5", DECIMAL_POINT) == 1234.5);
    assert_true(read_as("1,234", DECIMAL_POINT) == 1234);
    assert_true(read_as("1,234", DECIMAL_COMMA) == 1.234);
    assert_true(read_as("  7,5  ", DECIMAL_COMMA) == 7.5);
    assert_true(read_as("R$ 1.234,50", DECIMAL_COMMA) == 1234.5);
}

static void real_mark_is_proved_unless_it_may_part_thousands(void **state) {
    (void)state;
    assert_int_equal(proves("30.43"), DECIMAL_POINT);
    assert_int_equal(proves("30,43"), DECIMAL_COMMA);
    assert_int_equal(proves("0.143"), DECIMAL_POINT);
    assert_int_equal(proves("1234.567"), DECIMAL_POINT);
    assert_int_equal(proves("1.234,5"), DECIMAL_COMMA);
    assert_int_equal(proves("1.234"), DECIMAL_UNKNOWN);
    assert_int_equal(proves("12"), DECIMAL_UNKNOWN);
}

static void real_no_number_is_refused(void **state) {
    static const char *const texts[] = {"nan", "inf", "-inf", "abc",   "1..2", "1,2,3", "--1",
                                        "1e",  "e5",  ".",    "1e999", "0x10", "1 x"};
    double v = 5;
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(real_read(str_from(texts[i]), DECIMAL_POINT, &v, NULL), DECIMAL_NOT_A_NUMBER);
    assert_int_equal(real_read(S("  "), DECIMAL_POINT, &v, NULL), DECIMAL_EMPTY);
    assert_true(v == 5);
}

static void real_twelve_digits_are_those_of_printf(void **state) {
    (void)state;
    writes(1.0 / 3, 12, "0.333333333333");
    writes(2.0 / 3, 12, "0.666666666667");
    writes(100, 12, "100");
    writes(0.25, 12, "0.25");
    writes(999999999999.5, 12, "1e+12");
    writes(99999999999.96, 12, "100000000000");
    writes(0.0001, 12, "0.0001");
    writes(0.00001234, 12, "1.234e-05");
    writes(-38.857142857142861, 12, "-38.8571428571");
    writes(0.99999999999995, 12, "1");
    writes(1e300, 12, "1e+300");
    writes(0, 12, "0");
    writes(-0.0, 12, "0");
    writes(0.07, 1, "0.07");
    writes(INFINITY, 12, "");
    writes(NAN, 12, "");
}

/* Every third of a decade, in a few mantissas: where the fast way could round the wrong way it must step aside. */
static void real_digits_are_those_of_printf_over_all_sizes(void **state) {
    static const double mantissas[] = {
        1, 1.5, 1.2345678901249999, 1.2345678901250001, 2.5000000000005, 9.9999999999995};
    (void)state;
    for (double size = 1e-7; size < 1e15; size *= 2.15443469003) {
        for (size_t i = 0; i < sizeof mantissas / sizeof *mantissas; i++) {
            char expected[64];
            double v = size * mantissas[i];
            snprintf(expected, sizeof expected, "%.12g", v);
            writes(v, 12, expected);
            writes(-v, 12, (snprintf(expected, sizeof expected, "%.12g", -v), expected));
        }
    }
}

static void real_exact_text_reads_back_to_the_same_bits(void **state) {
    static const double values[] = {0.1,  0.243,      1.0 / 3, 4.413535534231,
                                    1e-8, 123456.789, 5e-324,  1.7976931348623157e308};
    (void)state;
    writes(0.243, REAL_EXACT, "0.243");
    writes(0.1 + 0.2, REAL_EXACT, "0.30000000000000004");
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        char text[REAL_TEXT];
        real_write(values[i], REAL_EXACT, text);
        assert_true(read_as(text, DECIMAL_POINT) == values[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(real_text_gives_the_nearest_double),
        cmocka_unit_test(real_mark_is_the_one_that_is_asked_for),
        cmocka_unit_test(real_mark_is_proved_unless_it_may_part_thousands),
        cmocka_unit_test(real_no_number_is_refused),
        cmocka_unit_test(real_twelve_digits_are_those_of_printf),
        cmocka_unit_test(real_digits_are_those_of_printf_over_all_sizes),
        cmocka_unit_test(real_exact_text_reads_back_to_the_same_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
