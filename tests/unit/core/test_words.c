// SPDX-License-Identifier: Apache-2.0
/* Whole words, wherever they stand and however they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/words.h"

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

static void words_are_folded_and_apart(void **state) {
    (void)state;
    assert_true(str_equal(words_of(&arena, S("  Sub-Total:  AÇÃO 3 ")).text, S(" sub total acao 3 ")));
    assert_int_equal(words_of(&arena, S("")).text.n, 0);
    assert_int_equal(words_of(&arena, S(" -./ ")).text.n, 0);
}

static void words_match_whole_words_only(void **state) {
    (void)state;
    struct words w = words_of(&arena, S("Porta-frete grande"));
    assert_true(words_hold(w, S("frete")));
    assert_true(words_hold(w, S("frete grande")));
    assert_false(words_hold(w, S("fret")));
    assert_false(words_hold(w, S("rete")));
    assert_true(words_stem(w, S("fret")));
    assert_false(words_stem(w, S("rete")));
    assert_true(words_begin(w, S("porta")));
    assert_false(words_begin(w, S("frete")));
    assert_true(words_end(w, S("grande")));
    assert_true(words_end(w, S("porta frete grande")));
    assert_false(words_end(w, S("porta frete")));
    assert_true(words_are(w, S("porta frete grande")));
    assert_false(words_are(w, S("porta frete")));
}

static void words_of_nothing_match_nothing(void **state) {
    (void)state;
    struct words w = words_of(&arena, S(""));
    assert_false(words_hold(w, S("a")));
    assert_false(words_are(w, S("a")));
    assert_false(words_end(w, S("a")));
    assert_false(words_stem(w, S("a")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_folded_and_apart),
        cmocka_unit_test(words_match_whole_words_only),
        cmocka_unit_test(words_of_nothing_match_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
