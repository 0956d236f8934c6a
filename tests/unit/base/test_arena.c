// SPDX-License-Identifier: Apache-2.0
/* Memory that lives together: what is given is zeroed, aligned and apart, and what is given back is used again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/arena.h"

static struct arena arena;
static jmp_buf no_more;
static size_t refused;

static void on_full(void *owner, size_t wanted) {
    assert_ptr_equal(owner, &refused);
    refused = wanted;
    longjmp(no_more, 1);
}

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, NULL, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void assert_zero(const char *p, size_t n) {
    for (size_t i = 0; i < n; i++)
        assert_int_equal(p[i], 0);
}

static void arena_memory_is_zeroed_also_after_reset_and_rewind(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 15, 16, 17, 1000, 9000, 3000000};
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
            struct arena_mark mark = arena_mark_get(&arena);
            char *p = arena_new(&arena, char, sizes[i]);
            assert_zero(p, sizes[i]);
            memset(p, 'x', sizes[i]);
            if (i % 2 == 0)
                arena_rewind(&arena, mark);
        }
        arena_reset(&arena);
    }
}

static void arena_pieces_are_aligned_and_apart(void **state) {
    (void)state;
    char *piece[200];
    for (size_t i = 0; i < 200; i++) {
        piece[i] = arena_new(&arena, char, i);
        assert_int_equal((uintptr_t)piece[i] % alignof(max_align_t), 0);
        memset(piece[i], (int)i, i);
    }
    for (size_t i = 0; i < 200; i++) {
        for (size_t j = 0; j < i; j++)
            assert_int_equal((unsigned char)piece[i][j], i);
    }
    assert_ptr_not_equal(arena_new(&arena, int, 0), arena_new(&arena, int, 0));
}

static void arena_reset_gives_the_same_memory_again(void **state) {
    (void)state;
    void *first = arena_new(&arena, int, 10);
    size_t used = arena.used;
    assert_true(used >= 10 * sizeof(int));
    arena_reset(&arena);
    assert_int_equal(arena.used, 0);
    assert_ptr_equal(arena_new(&arena, int, 10), first);
    assert_int_equal(arena.used, used);
}

static void arena_rewind_keeps_what_was_before_the_mark(void **state) {
    (void)state;
    int *kept = arena_new(&arena, int, 1);
    *kept = 42;
    struct arena_mark mark = arena_mark_get(&arena);
    size_t used = arena.used;
    for (int i = 0; i < 100; i++)
        memset(arena_new(&arena, char, 5000), 'x', 5000);
    arena_rewind(&arena, mark);
    assert_int_equal(arena.used, used);
    assert_int_equal(*kept, 42);
    assert_ptr_equal(arena_new(&arena, int, 1), (char *)kept + alignof(max_align_t));
}

static void arena_grow_of_the_last_piece_stays_in_place(void **state) {
    (void)state;
    int *p = arena_new(&arena, int, 3);
    p[2] = 7;
    int *grown = arena_grow(&arena, p, 3, 100, sizeof *p);
    assert_ptr_equal(grown, p);
    assert_int_equal(grown[2], 7);
    assert_zero((char *)(grown + 3), 97 * sizeof *p);
    assert_ptr_equal(arena_grow(&arena, p, 100, 50, sizeof *p), p);
}

static void arena_grow_of_an_older_piece_moves_its_contents(void **state) {
    (void)state;
    int *p = arena_new(&arena, int, 2);
    p[1] = 5;
    *arena_new(&arena, char, 1) = 'x';
    int *grown = arena_grow(&arena, p, 2, 100000, sizeof *p);
    assert_ptr_not_equal(grown, p);
    assert_int_equal(grown[1], 5);
    assert_zero((char *)(grown + 2), 99998 * sizeof *p);
    assert_non_null(arena_grow(&arena, NULL, 0, 4, sizeof *p));
}

static void arena_grow_in_place_wipes_what_was_used_before(void **state) {
    (void)state;
    struct arena_mark mark = arena_mark_get(&arena);
    memset(arena_new(&arena, char, 4000), 'x', 4000);
    arena_rewind(&arena, mark);
    char *p = arena_new(&arena, char, 10);
    memset(p, 'y', 10);
    p = arena_grow(&arena, p, 10, 4000, 1);
    assert_int_equal(p[9], 'y');
    assert_zero(p + 10, 3990);
}

static void arena_limit_is_reached_exactly_and_one_more_is_refused(void **state) {
    (void)state;
    struct arena small;
    arena_init(&small, 1024, on_full, &refused);
    refused = 0;
    if (setjmp(no_more) == 0) {
        arena_new(&small, char, 1000);
        arena_new(&small, char, 16);
        arena_new(&small, char, 1);
        fail();
    }
    assert_int_equal(refused, 16);
    assert_int_equal(small.used, 1024);
    arena_reset(&small);
    assert_non_null(arena_new(&small, char, 1024));
    arena_clear(&small);
}

static void arena_count_that_overflows_is_refused(void **state) {
    (void)state;
    struct arena small;
    arena_init(&small, 0, on_full, &refused);
    refused = 0;
    if (setjmp(no_more) == 0) {
        arena_alloc(&small, SIZE_MAX / 2, 3);
        fail();
    }
    assert_true(refused > 0);
    arena_clear(&small);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        test(arena_memory_is_zeroed_also_after_reset_and_rewind),
        test(arena_pieces_are_aligned_and_apart),
        test(arena_reset_gives_the_same_memory_again),
        test(arena_rewind_keeps_what_was_before_the_mark),
        test(arena_grow_of_the_last_piece_stays_in_place),
        test(arena_grow_of_an_older_piece_moves_its_contents),
        test(arena_grow_in_place_wipes_what_was_used_before),
        test(arena_limit_is_reached_exactly_and_one_more_is_refused),
        test(arena_count_that_overflows_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
