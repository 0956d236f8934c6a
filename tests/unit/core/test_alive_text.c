// SPDX-License-Identifier: Apache-2.0
/* What is known of leaving is read back from its text to the same bits; what is no such text is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/alive_text.h"

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void alive_text_is_read_back_to_the_same_bits(void **state) {
    (void)state;
    const struct alive_fit fit[] = {
        {{19000}, ALIVE_FITTED, {.kind = MODEL_MIXK, .k = 1, .v = {1.0 / 3, 1e8, 1e-8, 0.1 + 0.2, 0.7, 0.3, 0, 0}}},
        {{19358}, ALIVE_NO_LEAVING, {.kind = MODEL_NONE}},
        {{19723}, ALIVE_TOO_FEW, {.kind = MODEL_NONE}}};
    const struct alive_table table = {fit, 3};
    struct str text = alive_write(&arena, &table);
    struct alive_table back;
    assert_true(alive_read(&arena, text, &back));
    assert_int_equal(back.n, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(back.fit[i].from.n, fit[i].from.n);
        assert_int_equal(back.fit[i].state, fit[i].state);
        assert_int_equal(back.fit[i].params.kind, fit[i].params.kind);
        assert_memory_equal(back.fit[i].params.v, fit[i].params.v, sizeof fit[i].params.v);
    }
    assert_true(str_equal(alive_write(&arena, &back), text));
}

static void alive_text_of_nothing_is_empty_and_reads_as_nothing(void **state) {
    (void)state;
    const struct alive_table none = {0};
    struct alive_table back;
    assert_int_equal(alive_write(&arena, &none).n, 0);
    assert_true(alive_read(&arena, (struct str){0}, &back));
    assert_int_equal(back.n, 0);
}

static void alive_text_that_is_none_is_refused(void **state) {
    (void)state;
    static const char *const texts[] = {"2022-01-08 no_leaving",                    /* no end of line */
                                        "2022-13-08 no_leaving\n",                  /* no day */
                                        "2022-01-08 unknown\n",                     /* no state */
                                        "2022-01-08 no_leaving 1\n",                /* a word too many */
                                        "2022-01-08 fitted 1 2 3\n",                /* numbers missing */
                                        "2022-01-08 fitted 1 30 1 1 0.5 0.2 0 0\n", /* weights of less than 1 */
                                        "2022-01-08 fitted 1 30 0 1 1 0 0 0\n",     /* no such a */
                                        "2022-01-08 fitted 1 30 1 x 1 0 0 0\n",     /* no number */
                                        "2022-01-08 no_leaving\n2021-01-01 no_leaving\n",
                                        "2022-01-08 too_few\n\n"}; /* out of order; a blank line */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct alive_table table;
        if (alive_read(&arena, str_from(texts[i]), &table))
            fail_msg("read: %s", texts[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alive_text_is_read_back_to_the_same_bits),
        cmocka_unit_test(alive_text_of_nothing_is_empty_and_reads_as_nothing),
        cmocka_unit_test(alive_text_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
