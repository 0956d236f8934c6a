// SPDX-License-Identifier: Apache-2.0
/* Numbers as files hold them: which texts have one reading, which have two, which have none. Scale 4 unless said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/decimal.h"

struct read_case {
    const char *text;
    enum decimal_mark mark;
    enum decimal_read result;
    int64_t v;
    enum decimal_mark seen;
};

static void expect_reads(const struct read_case *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        const struct read_case *c = &cases[i];
        int64_t v = -1, expected = c->result == DECIMAL_OK ? c->v : -1;
        enum decimal_mark seen = DECIMAL_COMMA;
        enum decimal_read result = decimal_read(str_from(c->text), c->mark, 4, &v, &seen);
        if (result != c->result || v != expected || seen != c->seen)
            fail_msg("\"%s\" with mark %d: result %d, value %lld, seen %d", c->text, (int)c->mark, (int)result,
                     (long long)v, (int)seen);
        assert_int_equal(decimal_read(str_from(c->text), c->mark, 4, &v, NULL), c->result);
    }
}

#define expect(...)                                                                                                    \
    do {                                                                                                               \
        static const struct read_case cases[] = {__VA_ARGS__};                                                         \
        expect_reads(cases, sizeof cases / sizeof cases[0]);                                                           \
    } while (0)

#define ANY DECIMAL_UNKNOWN
#define POINT DECIMAL_POINT
#define COMMA DECIMAL_COMMA
#define OK DECIMAL_OK
#define NOT DECIMAL_NOT_A_NUMBER
#define TWO DECIMAL_TWO_READINGS

static void decimal_without_marks_is_read_under_any_mark(void **state) {
    (void)state;
    expect({"0", ANY, OK, 0, ANY}, {"12", ANY, OK, 120000, ANY}, {"-12", POINT, OK, -120000, ANY},
           {"0012", COMMA, OK, 120000, ANY}, {"-0", ANY, OK, 0, ANY}, {"+7", ANY, OK, 70000, ANY});
}

static void decimal_with_one_mark_proves_it_unless_three_digits_follow(void **state) {
    (void)state;
    expect({"13085.0", ANY, OK, 130850000, POINT}, {"6.95", ANY, OK, 69500, POINT}, {"6,95", ANY, OK, 69500, COMMA},
           {"-53594.36", ANY, OK, -535943600, POINT}, {".5", ANY, OK, 5000, POINT}, {"5.", ANY, OK, 50000, POINT},
           {",5", ANY, OK, 5000, COMMA}, {"5,", ANY, OK, 50000, COMMA}, {"1.2345", ANY, OK, 12345, POINT},
           {"1.500", ANY, TWO, 0, ANY}, {"1,500", ANY, TWO, 0, ANY}, {"-123.456", ANY, TWO, 0, ANY},
           {"1.500", POINT, OK, 15000, ANY}, {"1.500", COMMA, OK, 15000000, ANY}, {"1,500", POINT, OK, 15000000, ANY},
           {"0.001", ANY, OK, 10, POINT}, {"0,125", ANY, OK, 1250, COMMA}, {".125", ANY, OK, 1250, POINT},
           {"1234.567", ANY, OK, 12345670, POINT}, {"012.345", ANY, OK, 123450, POINT});
}

static void decimal_thousands_are_groups_of_three(void **state) {
    (void)state;
    expect({"1.234,56", ANY, OK, 12345600, COMMA}, {"1,234.56", ANY, OK, 12345600, POINT},
           {"1,234,567", ANY, OK, 12345670000, POINT}, {"1.234.567", ANY, OK, 12345670000, COMMA},
           {"12.345.678,9", ANY, OK, 123456789000, COMMA}, {"1 234,5", ANY, OK, 12345000, COMMA},
           {"1 234", ANY, OK, 12340000, ANY}, {"1'234.5", ANY, OK, 12345000, POINT},
           {"1\u00a0234,5", ANY, OK, 12345000, COMMA}, {"1\u202f234,5", ANY, OK, 12345000, COMMA},
           {"1,2,3", ANY, NOT, 0, ANY}, {"12,34,56", ANY, NOT, 0, ANY}, {"1234,567.8", ANY, NOT, 0, ANY},
           {"0.123.456", ANY, NOT, 0, ANY}, {"1,234.567,8", ANY, NOT, 0, ANY}, {"1 234.567,8", ANY, NOT, 0, ANY},
           {"1  234", ANY, NOT, 0, ANY}, {"1,23.4", ANY, NOT, 0, ANY}, {"1,234,56", ANY, NOT, 0, ANY},
           {"1.234,56", POINT, NOT, 0, COMMA}, {"6,95", POINT, NOT, 0, COMMA}, {"1,234.56", COMMA, NOT, 0, POINT});
}

static void decimal_sign_stands_before_or_after_or_as_parentheses(void **state) {
    (void)state;
    expect({"(12,00)", ANY, OK, -120000, COMMA}, {"12-", ANY, OK, -120000, ANY}, {"- 12", ANY, OK, -120000, ANY},
           {"( 12 )", ANY, OK, -120000, ANY}, {"\u221212", ANY, OK, -120000, ANY}, {"12+", ANY, OK, 120000, ANY},
           {"--5", ANY, NOT, 0, ANY}, {"-5-", ANY, NOT, 0, ANY}, {"(-5)", ANY, NOT, 0, ANY}, {"-(5)", ANY, NOT, 0, ANY},
           {"(5", ANY, NOT, 0, ANY}, {"()", ANY, NOT, 0, ANY}, {"-", ANY, NOT, 0, ANY}, {"+-5", ANY, NOT, 0, ANY});
}

static void decimal_currency_mark_stands_before_or_after(void **state) {
    (void)state;
    expect({"R$ 1.234,56", ANY, OK, 12345600, COMMA}, {"R$1.234,56", ANY, OK, 12345600, COMMA},
           {"-R$ 5,00", ANY, OK, -50000, COMMA}, {"R$ -5,00", ANY, OK, -50000, COMMA},
           {"R$ (5,00)", ANY, OK, -50000, COMMA}, {"(R$ 5,00)", ANY, OK, -50000, COMMA}, {"$5", ANY, OK, 50000, ANY},
           {"US$ 5.5", ANY, OK, 55000, POINT}, {"5,5 \u20ac", ANY, OK, 55000, COMMA},
           {"\u00a35.25", ANY, OK, 52500, POINT}, {"EUR 5", ANY, OK, 50000, ANY}, {"5.10 BRL", ANY, OK, 51000, POINT},
           {"R$", ANY, NOT, 0, ANY}, {"$$5", ANY, NOT, 0, ANY}, {"5 R$ 5", ANY, NOT, 0, ANY},
           {"-$-5", ANY, NOT, 0, ANY});
}

static void decimal_exponents_shift_the_mark(void **state) {
    (void)state;
    expect({"1e3", ANY, OK, 10000000, ANY}, {"2.5E-4", ANY, OK, 3, POINT}, {"1.5e+2", ANY, OK, 1500000, POINT},
           {"1,5e2", ANY, OK, 1500000, COMMA}, {"1.234e3", ANY, OK, 12340000, POINT},
           {"0e99999999999999999999", ANY, OK, 0, ANY}, {"1e-99999999999999999999", ANY, OK, 0, ANY},
           {"1e99999999999999999999", ANY, DECIMAL_TOO_LARGE, 0, ANY}, {"1e", ANY, NOT, 0, ANY},
           {"1e+", ANY, NOT, 0, ANY}, {"e5", ANY, NOT, 0, ANY}, {"1e2e3", ANY, NOT, 0, ANY},
           {"1e2.5", ANY, NOT, 0, ANY}, {"1 234e2", ANY, NOT, 0, ANY});
}

static void decimal_rounds_half_away_from_zero(void **state) {
    (void)state;
    expect({"0.00005", ANY, OK, 1, POINT}, {"0.00004999", ANY, OK, 0, POINT}, {"-0.00005", ANY, OK, -1, POINT},
           {"1.00015", ANY, OK, 10002, POINT}, {"9.99995", ANY, OK, 100000, POINT}, {"0.000004", ANY, OK, 0, POINT},
           {"0.0000000000000000000000000000000000009", ANY, OK, 0, POINT}, {"5e-5", ANY, OK, 1, ANY},
           {"5e-6", ANY, OK, 0, ANY});
}

static void decimal_of_eighteen_digits_fits_one_more_is_too_large(void **state) {
    (void)state;
    expect({"99999999999999.9999", ANY, OK, 999999999999999999, POINT},
           {"-99999999999999.9999", ANY, OK, -999999999999999999, POINT},
           {"99999999999999.99995", ANY, DECIMAL_TOO_LARGE, 0, POINT},
           {"100000000000000", ANY, DECIMAL_TOO_LARGE, 0, ANY}, {"0000000000000000000000000012", ANY, OK, 120000, ANY},
           {"99999999999999999999999999", ANY, DECIMAL_TOO_LARGE, 0, ANY}, {"1e14", ANY, DECIMAL_TOO_LARGE, 0, ANY},
           {"1e13", ANY, OK, 100000000000000000, ANY});
    int64_t v = 0;
    assert_int_equal(decimal_read(S("999999999999999999"), DECIMAL_POINT, 0, &v, NULL), DECIMAL_OK);
    assert_int_equal(v, 999999999999999999);
    assert_int_equal(decimal_read(S("1000000000000000000"), DECIMAL_POINT, 0, &v, NULL), DECIMAL_TOO_LARGE);
    assert_int_equal(decimal_read(S("0.123456789012345678"), DECIMAL_POINT, 18, &v, NULL), DECIMAL_OK);
    assert_int_equal(v, 123456789012345678);
}

static void decimal_empty_and_letters(void **state) {
    (void)state;
    expect({"", ANY, DECIMAL_EMPTY, 0, ANY}, {" \u00a0\t", ANY, DECIMAL_EMPTY, 0, ANY}, {"12a", ANY, NOT, 0, ANY},
           {"N/A", ANY, NOT, 0, ANY}, {".", ANY, NOT, 0, ANY}, {",", POINT, NOT, 0, ANY}, {"0x10", ANY, NOT, 0, ANY},
           {"12%", ANY, NOT, 0, ANY}, {" 12 ", ANY, OK, 120000, ANY});
}

/* The quick way for plain texts and the general one must not differ: a blank in front asks for the latter. */
static void decimal_quick_and_general_reading_agree(void **state) {
    (void)state;
    static const char letters[] = "0015.,-9";
    for (unsigned n = 1; n <= 6; n++) {
        for (unsigned code = 0; code < 1U << (3 * n); code++) {
            char text[8] = " ";
            for (unsigned i = 0; i < n; i++)
                text[1 + i] = letters[code >> (3 * i) & 7];
            for (enum decimal_mark mark = DECIMAL_UNKNOWN; mark <= DECIMAL_COMMA; mark++) {
                int64_t quick = 7, general = 7;
                enum decimal_mark seen_quick, seen_general;
                enum decimal_read a = decimal_read((struct str){text + 1, n}, mark, 2, &quick, &seen_quick);
                enum decimal_read b = decimal_read((struct str){text, n + 1}, mark, 2, &general, &seen_general);
                if (a != b || quick != general || seen_quick != seen_general)
                    fail_msg("\"%.*s\" under mark %d", (int)n, text + 1, (int)mark);
            }
        }
    }
}

static void expect_text(int64_t v, int scale, int keep, const char *expected) {
    char out[32];
    assert_int_equal(decimal_write(v, scale, keep, out), strlen(expected));
    assert_string_equal(out, expected);
}

static void decimal_is_written_short_and_exact(void **state) {
    (void)state;
    expect_text(1250, 2, 2, "12.50");
    expect_text(1250, 2, 0, "12.5");
    expect_text(1200, 2, 0, "12");
    expect_text(1200, 2, 1, "12.0");
    expect_text(5, 2, 2, "0.05");
    expect_text(-5, 2, 2, "-0.05");
    expect_text(0, 2, 2, "0.00");
    expect_text(0, 2, 0, "0");
    expect_text(0, 0, 0, "0");
    expect_text(-7, 0, 0, "-7");
    expect_text(100, 0, 0, "100");
    expect_text(1, 18, 0, "0.000000000000000001");
    expect_text(INT64_MIN, 4, 2, "-922337203685477.5808");
    expect_text(INT64_MAX, 0, 0, "9223372036854775807");
}

static void decimal_written_is_read_back(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        int64_t v = (int64_t)(seed >> (4 + seed % 60)) % 1000000000000000000, back = 0;
        char out[32];
        size_t n = decimal_write(i % 2 == 0 ? v : -v, 4, (int)(seed % 5), out);
        assert_int_equal(decimal_read((struct str){out, n}, DECIMAL_POINT, 4, &back, NULL), DECIMAL_OK);
        assert_int_equal(back, i % 2 == 0 ? v : -v);
    }
}

static void decimal_quotient_is_rounded_half_away_from_zero(void **state) {
    (void)state;
    assert_int_equal(decimal_divide(7, 2), 4);
    assert_int_equal(decimal_divide(-7, 2), -4);
    assert_int_equal(decimal_divide(7, -2), -4);
    assert_int_equal(decimal_divide(-7, -2), 4);
    assert_int_equal(decimal_divide(1, 3), 0);
    assert_int_equal(decimal_divide(2, 3), 1);
    assert_int_equal(decimal_divide(0, -5), 0);
    assert_int_equal(decimal_divide(INT64_MIN, 1), INT64_MIN);
    assert_int_equal(decimal_divide(INT64_MIN, INT64_MIN), 1);
    assert_int_equal(decimal_divide(INT64_MIN, -1), INT64_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimal_without_marks_is_read_under_any_mark),
        cmocka_unit_test(decimal_with_one_mark_proves_it_unless_three_digits_follow),
        cmocka_unit_test(decimal_thousands_are_groups_of_three),
        cmocka_unit_test(decimal_sign_stands_before_or_after_or_as_parentheses),
        cmocka_unit_test(decimal_currency_mark_stands_before_or_after),
        cmocka_unit_test(decimal_exponents_shift_the_mark),
        cmocka_unit_test(decimal_rounds_half_away_from_zero),
        cmocka_unit_test(decimal_of_eighteen_digits_fits_one_more_is_too_large),
        cmocka_unit_test(decimal_empty_and_letters),
        cmocka_unit_test(decimal_quick_and_general_reading_agree),
        cmocka_unit_test(decimal_is_written_short_and_exact),
        cmocka_unit_test(decimal_written_is_read_back),
        cmocka_unit_test(decimal_quotient_is_rounded_half_away_from_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
