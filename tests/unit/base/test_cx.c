// SPDX-License-Identifier: Apache-2.0
/* Errors: set once, with arguments that outlive what they were made of, and a detail for the log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/cx.h"

static struct arena arena;
static struct cx cx;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, NULL, NULL);
    cx = (struct cx){.arena = &arena};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void cx_fail_keeps_code_key_and_copies_of_arguments(void **state) {
    (void)state;
    char name[] = "Price";
    assert_false(cx_fail(&cx, ERR_INVALID, S("import.no_column"), str_from(name), S("a, b")));
    memset(name, 'x', sizeof name - 1);
    assert_int_equal(cx.err.code, ERR_INVALID);
    assert_true(str_equal(cx.err.key, S("import.no_column")));
    assert_int_equal(cx.err.args, 2);
    assert_true(str_equal(cx.err.arg[0], S("Price")));
    assert_true(str_equal(cx.err.arg[1], S("a, b")));
}

static void cx_first_error_stays(void **state) {
    (void)state;
    cx_fail(&cx, ERR_IO, S("file.unreadable"), S("a.csv"));
    assert_false(cx_fail(&cx, ERR_BUG, S("other")));
    assert_int_equal(cx.err.code, ERR_IO);
    assert_true(str_equal(cx.err.key, S("file.unreadable")));
    assert_int_equal(cx.err.args, 1);
}

static void cx_clear_makes_room_for_the_next_error(void **state) {
    (void)state;
    cx_fail(&cx, ERR_IO, S("file.unreadable"), S("a.csv"));
    cx_detail(&cx, "errno %d", 5);
    cx_clear(&cx);
    assert_int_equal(cx.err.code, ERR_NONE);
    assert_string_equal(cx.err.detail, "");
    cx_fail(&cx, ERR_LIMIT, S("row.too_long"));
    assert_int_equal(cx.err.code, ERR_LIMIT);
    assert_int_equal(cx.err.args, 0);
}

static void cx_fail_takes_as_many_arguments_as_there_is_room_for(void **state) {
    (void)state;
    cx_fail(&cx, ERR_BUG, S("k"), S("0"), S("1"), S("2"), S("3"), S("4"), S("5"), S("6"));
    assert_int_equal(cx.err.args, ERR_ARGS);
    assert_true(str_equal(cx.err.arg[ERR_ARGS - 1], S("5")));
}

static void cx_fail_without_a_code_is_a_bug(void **state) {
    (void)state;
    cx_fail(&cx, ERR_NONE, S("k"));
    assert_int_equal(cx.err.code, ERR_BUG);
}

static void cx_details_add_up(void **state) {
    (void)state;
    assert_false(cx_detail(&cx, "errno %d", 5));
    assert_false(cx_detail(&cx, "%s", "disk full"));
    assert_string_equal(cx.err.detail, "errno 5; disk full");
}

static void cx_detail_is_cut_at_its_room(void **state) {
    (void)state;
    char text[ERR_DETAIL + 100];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (int i = 0; i < 3; i++)
        cx_detail(&cx, "%s", text + i);
    assert_int_equal(strlen(cx.err.detail), ERR_DETAIL - 1);
}

static void cx_text_is_printf_into_the_arena(void **state) {
    (void)state;
    assert_true(str_equal(cx_text(&cx, "%d rows of %s", 3, "a.csv"), S("3 rows of a.csv")));
    assert_int_equal(cx_text(&cx, "%s", "").n, 0);
    assert_int_equal(cx_text(&cx, "%5000d", 1).n, 5000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        test(cx_fail_keeps_code_key_and_copies_of_arguments),
        test(cx_first_error_stays),
        test(cx_clear_makes_room_for_the_next_error),
        test(cx_fail_takes_as_many_arguments_as_there_is_room_for),
        test(cx_fail_without_a_code_is_a_bug),
        test(cx_details_add_up),
        test(cx_detail_is_cut_at_its_room),
        test(cx_text_is_printf_into_the_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
