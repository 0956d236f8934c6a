// SPDX-License-Identifier: Apache-2.0
/* Which delimiter a sample uses: real habits of exports, above all decimal commas beside semicolons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/csv.h"

#define guess(text) csv_guess_delimiter(S(text))

static void guess_finds_each_delimiter(void **state) {
    (void)state;
    assert_int_equal(guess("a,b,c\n1,2,3\n"), ',');
    assert_int_equal(guess("a;b;c\n1;2;3\n"), ';');
    assert_int_equal(guess("a\tb\tc\n1\t2\t3\n"), '\t');
    assert_int_equal(guess("a|b|c\r\n1|2|3\r\n"), '|');
    assert_int_equal(guess("a,b,c\r1,2,3\r"), ',');
}

static void guess_is_nothing_for_one_column_and_for_no_text(void **state) {
    (void)state;
    assert_int_equal(guess(""), '\0');
    assert_int_equal(guess("code\n1\n2\n"), '\0');
    assert_int_equal(guess("\n\n"), '\0');
}

static void guess_is_not_misled_by_decimal_commas(void **state) {
    (void)state;
    assert_int_equal(guess("cliente;data;valor\nA;01/02/2021;1,50\nB;02/02/2021;2,00\n"), ';');
    assert_int_equal(guess("cliente;valor;desconto\nA;1,50;0,10\nB;2,00;0,20\nC;3,00;0,30\n"), ';');
    assert_int_equal(guess("A;1,50\nB;2,00\n"), ';'); /* no header to tell */
}

static void guess_survives_rows_that_do_not_fit(void **state) {
    (void)state;
    assert_int_equal(guess("cliente;valor\nA;1,50\nB;2;00\nC;3;00\nD;4,00\nE;5,00\nF;6,00\n"), ';');
    assert_int_equal(guess("Relat\u00f3rio de vendas\n\ncliente;data;valor\nA;01/02/2021;1,50\nB;02/02/2021;2,00\n"),
                     ';');
}

static void guess_ignores_delimiters_in_quotes(void **state) {
    (void)state;
    assert_int_equal(guess("name,city\n\"a;b;c\",x\n\"d;e;f\",y\n\"g;h;i\",z\n"), ',');
    assert_int_equal(guess("name;text\na;\"one, two\nthree, four\"\nb;\"five, \"\"six\"\"\nseven, eight\"\n"), ';');
}

static void guess_takes_an_unclosed_quote_for_an_ordinary_byte(void **state) {
    (void)state;
    assert_int_equal(guess("a;b\n\"7;x\n8;y\n9;z\n"), ';');
}

static void guess_leaves_the_cut_last_line_out(void **state) {
    (void)state;
    assert_int_equal(guess("a;b\n1,5;2\n3,4"), ';');
    assert_int_equal(guess("a;b;c"), ';');
}

static void guess_of_more_columns_than_a_row_may_have(void **state) {
    (void)state;
    char wide[5000];
    memset(wide, ';', sizeof wide);
    wide[sizeof wide - 1] = '\n';
    assert_int_equal(csv_guess_delimiter((struct str){wide, sizeof wide}), ';');
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guess_finds_each_delimiter),
        cmocka_unit_test(guess_is_nothing_for_one_column_and_for_no_text),
        cmocka_unit_test(guess_is_not_misled_by_decimal_commas),
        cmocka_unit_test(guess_survives_rows_that_do_not_fit),
        cmocka_unit_test(guess_ignores_delimiters_in_quotes),
        cmocka_unit_test(guess_takes_an_unclosed_quote_for_an_ordinary_byte),
        cmocka_unit_test(guess_leaves_the_cut_last_line_out),
        cmocka_unit_test(guess_of_more_columns_than_a_row_may_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
