// SPDX-License-Identifier: Apache-2.0
/* option -- every form of a command line, and that each fault names what was meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/option.h"

static const struct option_def defs[] = {{OPTION_TEXT, "sort", "COLUMN", "cli.key", NULL},
                                         {OPTION_NUMBER, "limit", "N", "cli.key", NULL},
                                         {OPTION_FLAG, "full", NULL, "cli.key", NULL},
                                         {OPTION_DAY, "as-of", "DATE", "cli.key", NULL},
                                         {OPTION_MONEY, "min-value", "AMOUNT", "cli.key", NULL},
                                         {OPTION_CHOICE, "format", "FORMAT", "cli.key", "table csv json"},
                                         {0}};
static const struct option_tables tables = {{defs}};

struct fixture {
    struct arena arena;
    struct cx cx;
    struct options options;
};

static int setup(void **state) {
    static struct fixture fixture;
    fixture = (struct fixture){0};
    arena_init(&fixture.arena, 0, arena_full_exit, NULL);
    fixture.cx.arena = &fixture.arena;
    *state = &fixture;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    arena_clear(&f->arena);
    return 0;
}

static bool parse(struct fixture *f, enum lang lang, size_t n, char **argv) {
    cx_clear(&f->cx);
    return options_parse(&f->cx, &tables, argv, n, &f->options) && options_read(&f->cx, lang, &f->options);
}
#define PARSE(f, lang, ...)                                                                                            \
    parse((f), (lang), sizeof((char *[]){__VA_ARGS__}) / sizeof(char *), (char *[]){__VA_ARGS__})

static void assert_text(struct str s, const char *expected) {
    assert_int_equal(s.n, strlen(expected));
    assert_memory_equal(s.p, expected, s.n);
}

static void options_stand_anywhere_among_words(void **state) {
    struct fixture *f = *state;
    assert_true(PARSE(f, LANG_EN, "one", "--limit", "20", "two", "--full", "three"));
    assert_int_equal(f->options.words, 3);
    assert_text(f->options.word[1], "two");
    assert_int_equal(option_number(&f->options, "limit", 50), 20);
    assert_true(option_flag(&f->options, "full"));
}

static void option_value_may_begin_with_one_dash(void **state) {
    struct fixture *f = *state;
    assert_true(PARSE(f, LANG_EN, "--sort", "-value_12m"));
    assert_text(option_text(&f->options, "sort"), "-value_12m");
}

static void option_value_may_follow_an_equals_sign(void **state) {
    struct fixture *f = *state;
    assert_true(PARSE(f, LANG_EN, "--sort=a=b"));
    assert_text(option_text(&f->options, "sort"), "a=b");
}

static void option_given_twice_the_last_counts(void **state) {
    struct fixture *f = *state;
    assert_true(PARSE(f, LANG_EN, "--limit", "1", "--limit=2"));
    assert_int_equal(option_number(&f->options, "limit", 50), 2);
}

static void two_dashes_end_the_options(void **state) {
    struct fixture *f = *state;
    assert_true(PARSE(f, LANG_EN, "--", "--full", "-x"));
    assert_int_equal(f->options.words, 2);
    assert_false(option_flag(&f->options, "full"));
}

static void a_lone_dash_is_a_word(void **state) {
    struct fixture *f = *state;
    assert_true(PARSE(f, LANG_EN, "-"));
    assert_text(f->options.word[0], "-");
}

static void unknown_option_names_the_nearest(void **state) {
    struct fixture *f = *state;
    assert_false(PARSE(f, LANG_EN, "--limt", "3"));
    assert_int_equal(f->cx.err.code, ERR_USAGE);
    assert_text(f->cx.err.key, "cli.unknown_option_near");
    assert_text(f->cx.err.arg[1], "--limit");
}

static void unknown_option_far_from_all_names_none(void **state) {
    struct fixture *f = *state;
    assert_false(PARSE(f, LANG_EN, "--wxyz"));
    assert_text(f->cx.err.key, "cli.unknown_option");
}

static void missing_value_is_a_fault_and_not_the_next_option(void **state) {
    struct fixture *f = *state;
    assert_false(PARSE(f, LANG_EN, "--sort", "--full"));
    assert_text(f->cx.err.key, "cli.no_value");
    assert_false(PARSE(f, LANG_EN, "--sort"));
    assert_text(f->cx.err.key, "cli.no_value");
}

static void flag_with_a_value_is_a_fault(void **state) {
    struct fixture *f = *state;
    assert_false(PARSE(f, LANG_EN, "--full=yes"));
    assert_text(f->cx.err.key, "cli.flag_with_value");
}

static void short_options_other_than_h_are_a_fault(void **state) {
    struct fixture *f = *state;
    assert_true(PARSE(f, LANG_EN, "-h"));
    assert_true(f->options.help);
    assert_false(PARSE(f, LANG_EN, "-l"));
    assert_text(f->cx.err.key, "cli.unknown_short");
}

static void choice_outside_its_words_names_the_nearest(void **state) {
    struct fixture *f = *state;
    assert_false(PARSE(f, LANG_EN, "--format", "jsn"));
    assert_text(f->cx.err.arg[2], "json");
}

static void number_takes_digits_only(void **state) {
    struct fixture *f = *state;
    assert_false(PARSE(f, LANG_EN, "--limit", "-1"));
    assert_false(PARSE(f, LANG_EN, "--limit", "1.5"));
    assert_false(PARSE(f, LANG_EN, "--limit", "9999999999999999"));
    assert_text(f->cx.err.key, "cli.not_a_number");
}

static void day_is_read_in_iso_and_in_the_language(void **state) {
    struct fixture *f = *state;
    struct day expected;
    day_make(2011, 3, 4, &expected);
    assert_true(PARSE(f, LANG_EN, "--as-of", "2011-03-04"));
    assert_int_equal(option_last(&f->options, "as-of")->day.n, expected.n);
    assert_true(PARSE(f, LANG_PT_BR, "--as-of", "04/03/2011"));
    assert_int_equal(option_last(&f->options, "as-of")->day.n, expected.n);
    assert_false(PARSE(f, LANG_EN, "--as-of", "04/03/2011"));
    assert_text(f->cx.err.key, "cli.not_a_day");
    assert_false(PARSE(f, LANG_EN, "--as-of", "2011-02-30"));
}

static void money_is_read_as_the_language_writes_it(void **state) {
    struct fixture *f = *state;
    assert_true(PARSE(f, LANG_PT_BR, "--min-value", "1.500"));
    assert_int_equal(option_number(&f->options, "min-value", 0), 150000);
    assert_true(PARSE(f, LANG_EN, "--min-value", "1,500"));
    assert_int_equal(option_number(&f->options, "min-value", 0), 150000);
    assert_true(PARSE(f, LANG_PT_BR, "--min-value", "10.5"));
    assert_int_equal(option_number(&f->options, "min-value", 0), 1050);
}

static void nearest_sees_swapped_and_missing_letters(void **state) {
    const struct str words[] = {S("import"), S("imports"), S("export"), S("list")};
    (void)state;
    assert_text(nearest(S("improt"), words, 4), "import");
    assert_text(nearest(S("exprt"), words, 4), "export");
    assert_text(nearest(S("lst"), words, 4), "list");
    assert_int_equal(nearest(S("zzz"), words, 4).n, 0);
    assert_int_equal(nearest(S(""), words, 4).n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(options_stand_anywhere_among_words, setup, teardown),
        cmocka_unit_test_setup_teardown(option_value_may_begin_with_one_dash, setup, teardown),
        cmocka_unit_test_setup_teardown(option_value_may_follow_an_equals_sign, setup, teardown),
        cmocka_unit_test_setup_teardown(option_given_twice_the_last_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(two_dashes_end_the_options, setup, teardown),
        cmocka_unit_test_setup_teardown(a_lone_dash_is_a_word, setup, teardown),
        cmocka_unit_test_setup_teardown(unknown_option_names_the_nearest, setup, teardown),
        cmocka_unit_test_setup_teardown(unknown_option_far_from_all_names_none, setup, teardown),
        cmocka_unit_test_setup_teardown(missing_value_is_a_fault_and_not_the_next_option, setup, teardown),
        cmocka_unit_test_setup_teardown(flag_with_a_value_is_a_fault, setup, teardown),
        cmocka_unit_test_setup_teardown(short_options_other_than_h_are_a_fault, setup, teardown),
        cmocka_unit_test_setup_teardown(choice_outside_its_words_names_the_nearest, setup, teardown),
        cmocka_unit_test_setup_teardown(number_takes_digits_only, setup, teardown),
        cmocka_unit_test_setup_teardown(day_is_read_in_iso_and_in_the_language, setup, teardown),
        cmocka_unit_test_setup_teardown(money_is_read_as_the_language_writes_it, setup, teardown),
        cmocka_unit_test(nearest_sees_swapped_and_missing_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
