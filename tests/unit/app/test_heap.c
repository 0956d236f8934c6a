// SPDX-License-Identifier: Apache-2.0
/* test_heap -- arrays of the heap keep what they hold when they grow, and grow seldom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/heap.h"

enum { MANY = 100000 };

static void heap_grown_keeps_what_was_there_and_grows_seldom(void **state) {
    (void)state;
    uint32_t *number = NULL;
    size_t room = 0, before = 0, times = 0;
    for (uint32_t i = 0; i < MANY; i++) {
        number = heap_grown(number, &room, i + 1, sizeof *number);
        times += room != before;
        before = room;
        number[i] = i;
    }
    for (uint32_t i = 0; i < MANY; i++) {
        assert_int_equal(number[i], i);
    }
    assert_true(times < 20);
    free(number);
}

static void heap_grown_zeroed_holds_zeros_where_it_is_new(void **state) {
    (void)state;
    size_t room = 0;
    uint8_t *byte = heap_grown_zeroed(NULL, &room, 10, 1);
    byte[3] = 7;
    byte = heap_grown_zeroed(byte, &room, MANY, 1);
    assert_true(room >= MANY);
    for (size_t i = 0; i < room; i++) {
        assert_int_equal(byte[i], i == 3 ? 7 : 0);
    }
    free(byte);
}

static void heap_of_nothing_is_something_to_free(void **state) {
    (void)state;
    void *none = heap_new(0, 8), *raw = heap_raw(0, 8);
    assert_non_null(none);
    assert_non_null(raw);
    free(none);
    free(raw);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(heap_grown_keeps_what_was_there_and_grows_seldom),
                                       cmocka_unit_test(heap_grown_zeroed_holds_zeros_where_it_is_new),
                                       cmocka_unit_test(heap_of_nothing_is_something_to_free)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
