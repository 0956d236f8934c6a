// SPDX-License-Identifier: Apache-2.0
/* Files that appear whole or not at all, in a folder of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/whole.h"

static struct arena arena;
static struct cx cx;

static int set_up(void **state) {
    (void)state;
    char folder[] = "/tmp/reativa-whole.XXXXXX";
    arena_init(&arena, 0, NULL, NULL);
    cx = (struct cx){.arena = &arena};
    return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int tear_down(void **state) {
    (void)state;
    static const char *const names[] = {"a", "a.part", "b", "link"};
    char folder[200];
    arena_clear(&arena);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        remove(names[i]);
    return getcwd(folder, sizeof folder) == NULL || chdir("/") != 0 || rmdir(folder) != 0;
}

static void file_put(const char *name, const char *text) {
    FILE *to = fopen(name, "w");
    assert_non_null(to);
    fputs(text, to);
    assert_int_equal(fclose(to), 0);
}

static void file_holds(const char *name, const char *text) {
    char found[200] = "";
    FILE *from = fopen(name, "r");
    assert_non_null(from);
    size_t n = fread(found, 1, sizeof found - 1, from);
    fclose(from);
    found[n] = '\0';
    assert_string_equal(found, text);
}

static bool is_there(const char *name) {
    return access(name, F_OK) == 0;
}

static void whole_file_has_its_name_when_it_is_kept_and_not_before(void **state) {
    (void)state;
    struct whole whole;
    file_put("a", "old");
    assert_true(whole_open(&cx, stdout, S("a"), &whole));
    fputs("new", whole.to);
    assert_true(whole_end(&cx, &whole));
    file_holds("a", "old");
    assert_true(whole_keep(&cx, &whole));
    file_holds("a", "new");
    assert_false(is_there("a.part"));
}

static void whole_file_that_is_dropped_leaves_what_was_there(void **state) {
    (void)state;
    struct whole whole;
    file_put("a", "old");
    for (int ended = 0; ended < 2; ended++) {
        assert_true(whole_open(&cx, stdout, S("a"), &whole));
        fputs("new", whole.to);
        if (ended)
            assert_true(whole_end(&cx, &whole));
        whole_drop(&whole);
        file_holds("a", "old");
        assert_false(is_there("a.part"));
    }
    assert_true(whole_open(&cx, stdout, S("a"), &whole));
    assert_false(whole_close(&cx, &whole, false));
    file_holds("a", "old");
}

static void whole_file_without_its_folder_is_an_error_with_the_reason(void **state) {
    (void)state;
    struct whole whole;
    assert_false(whole_open(&cx, stdout, S("nowhere/a"), &whole));
    assert_true(str_equal(cx.err.key, S("whole.not_written")));
    assert_true(str_equal(cx.err.arg[1], S("No such file or directory")));
}

static void whole_file_that_a_device_refuses_is_an_error(void **state) {
    (void)state;
    struct whole whole;
    if (!is_there("/dev/full"))
        skip();
    assert_true(whole_open(&cx, stdout, S("/dev/full"), &whole));
    fputs("new", whole.to);
    assert_false(whole_close(&cx, &whole, true));
    assert_int_equal(cx.err.code, ERR_IO);
    assert_true(is_there("/dev/full"));
}

static void whole_same_knows_a_file_by_its_other_names(void **state) {
    (void)state;
    file_put("a", "");
    file_put("b", "");
    assert_int_equal(link("a", "link"), 0);
    assert_true(whole_same(&cx, S("a"), S("./a")));
    assert_true(whole_same(&cx, S("a"), S("link")));
    assert_true(whole_same(&cx, S("new"), S("new")));
    assert_false(whole_same(&cx, S("a"), S("b")));
    assert_false(whole_same(&cx, S("a"), S("new")));
    assert_false(whole_same(&cx, S("-"), S("-")));
    assert_false(whole_same(&cx, S(""), S("")));
    assert_false(whole_same(&cx, S("/dev/null"), S("/dev/null")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        test(whole_file_has_its_name_when_it_is_kept_and_not_before),
        test(whole_file_that_is_dropped_leaves_what_was_there),
        test(whole_file_without_its_folder_is_an_error_with_the_reason),
        test(whole_file_that_a_device_refuses_is_an_error),
        test(whole_same_knows_a_file_by_its_other_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
