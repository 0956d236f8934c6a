// SPDX-License-Identifier: Apache-2.0
/* progress -- the line's share, rate and time left, and that nobody without a terminal is shown one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "cli/progress.h"

static int64_t clock_now;

static int64_t fake_clock(void) {
    return clock_now;
}

struct fixture {
    struct arena arena;
    struct cx cx;
    struct cli_world world;
    struct cli cli;
    char *written;
    size_t n;
};

static int setup(void **state) {
    static struct fixture f;
    f = (struct fixture){0};
    arena_init(&f.arena, 0, arena_full_exit, NULL);
    f.cx.arena = &f.arena;
    f.world = (struct cli_world){.err = open_memstream(&f.written, &f.n), .err_terminal = true, .clock_us = fake_clock};
    f.cli = (struct cli){.world = &f.world, .cx = &f.cx, .lang = LANG_EN};
    clock_now = 1000000;
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    fclose(f->world.err);
    free(f->written);
    arena_clear(&f->arena);
    return 0;
}

static void progress_says_share_rate_and_time_left(void **state) {
    struct fixture *f = *state;
    struct progress_line line = {.cli = &f->cli, .what = "reading", .began_us = 0};
    struct str text = progress_text(&line, &f->arena, 250000, 1000000, 1000000, 200);
    char shown[300];
    snprintf(shown, sizeof shown, "%.*s", STR_ARG(text));
    assert_non_null(strstr(shown, "reading  █████░░░░░░░░░░░░░░░  25 %  250,000/s  4 s left"));
}

static void progress_of_unknown_size_says_the_rate_only(void **state) {
    struct fixture *f = *state;
    struct progress_line line = {.cli = &f->cli, .what = "reading", .began_us = 0};
    struct str text = progress_text(&line, &f->arena, 500, 0, 1000000, 200);
    char shown[300];
    snprintf(shown, sizeof shown, "%.*s", STR_ARG(text));
    assert_non_null(strstr(shown, "500/s"));
    assert_null(strstr(shown, "%"));
}

static void progress_through_a_file_names_it_and_counts_megabytes(void **state) {
    struct fixture *f = *state;
    struct progress_line line;
    struct progress progress = progress_begin(&line, &f->cli);
    progress.step(progress.owner, S("/some/where/orders.csv"), 0, 100000000);
    clock_now += 2000000;
    progress.step(progress.owner, S("/some/where/orders.csv"), 50000000, 100000000);
    fflush(f->world.err);
    assert_non_null(strstr(f->written, "\033[Korders.csv  "));
    assert_non_null(strstr(f->written, "25.0 MB/s"));
}

static void progress_never_passes_its_columns(void **state) {
    struct fixture *f = *state;
    struct progress_line line = {.cli = &f->cli, .what = "reading a file of a very long name", .began_us = 0};
    assert_true(str_width(progress_text(&line, &f->arena, 1, 1000000, 1000000, 40)) <= 40);
}

static void short_work_shows_nothing_long_work_leaves_nothing(void **state) {
    struct fixture *f = *state;
    struct progress_line line;
    struct progress progress = progress_begin(&line, &f->cli);
    progress.step(progress.owner, S("score.folding"), 0, 100);
    fflush(f->world.err);
    assert_int_equal(f->n, 0);
    clock_now += 600000;
    progress.step(progress.owner, S("score.folding"), 50, 100);
    fflush(f->world.err);
    assert_non_null(strstr(f->written, " 50 %"));
    progress_end(&line);
    fflush(f->world.err);
    assert_string_equal(f->written + f->n - 4, "\r\033[K");
}

static void without_a_terminal_nobody_is_told(void **state) {
    struct fixture *f = *state;
    struct progress_line line;
    f->world.err_terminal = false;
    assert_null(progress_begin(&line, &f->cli).step);
    f->world.err_terminal = true;
    f->cli.quiet = true;
    assert_null(progress_begin(&line, &f->cli).step);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(progress_says_share_rate_and_time_left, setup, teardown),
        cmocka_unit_test_setup_teardown(progress_of_unknown_size_says_the_rate_only, setup, teardown),
        cmocka_unit_test_setup_teardown(progress_through_a_file_names_it_and_counts_megabytes, setup, teardown),
        cmocka_unit_test_setup_teardown(progress_never_passes_its_columns, setup, teardown),
        cmocka_unit_test_setup_teardown(short_work_shows_nothing_long_work_leaves_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(without_a_terminal_nobody_is_told, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
