// SPDX-License-Identifier: Apache-2.0
/* test_overflow -- what went into a part comes back from it, whole and in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/overflow.h"

static void overflow_gives_each_part_back_in_order(void **state) {
    (void)state;
    struct arena arena;
    struct overflow overflow = {0};
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    for (uint32_t i = 0; i < 100000; i++) {
        assert_true(overflow_put(&cx, &overflow, i % 7, &i, sizeof i));
    }
    for (uint32_t part = 0; part < 7; part++) {
        const char *p = NULL;
        size_t n = 0;
        assert_true(overflow_view(&cx, &overflow, part, &p, &n));
        assert_int_equal(n, (100000 + 6 - part) / 7 * sizeof(uint32_t));
        for (size_t k = 0; k < n / sizeof(uint32_t); k++) {
            uint32_t v = 0;
            memcpy(&v, p + k * sizeof v, sizeof v);
            assert_int_equal(v, 7 * k + part);
        }
        overflow_forget(&overflow, part, p, n);
    }
    overflow_close(&overflow);
    arena_clear(&arena);
}

static void overflow_part_without_anything_is_empty(void **state) {
    (void)state;
    struct arena arena;
    struct overflow overflow = {0};
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    const char *p = "";
    size_t n = 1;
    assert_true(overflow_view(&cx, &overflow, 3, &p, &n));
    assert_int_equal(n, 0);
    overflow_forget(&overflow, 3, p, n);
    assert_true(overflow_put(&cx, &overflow, OVERFLOW_PARTS + 3, "x", 1));
    assert_true(overflow_view(&cx, &overflow, 3, &p, &n));
    assert_int_equal(n, 1);
    overflow_forget(&overflow, 3, p, n);
    overflow_close(&overflow);
    arena_clear(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overflow_gives_each_part_back_in_order),
        cmocka_unit_test(overflow_part_without_anything_is_empty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
