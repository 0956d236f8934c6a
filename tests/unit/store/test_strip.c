// SPDX-License-Identifier: Apache-2.0
/* Numbers and gaps packed into strips come out as they went in, at every width and at the edges of each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/strip.h"

static struct arena arena;

static int start(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int stop(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static size_t round_trip(const int64_t *v, size_t n) {
    struct str data = strip_write(&arena, v, n);
    int64_t *back = arena_new(&arena, int64_t, n + 1);
    assert_true(strip_read(data, back, n));
    for (size_t i = 0; i < n; i++)
        assert_int_equal(back[i], v[i]);
    return data.n;
}

static void strip_of_nothing_is_read_back(void **state) {
    (void)state;
    round_trip(NULL, 0);
}

static void strip_keeps_absent_values(void **state) {
    (void)state;
    round_trip((const int64_t[]){INT64_MIN, 5, INT64_MIN, -7}, 4);
    round_trip((const int64_t[]){INT64_MIN, INT64_MIN}, 2);
}

static void strip_keeps_the_whole_range(void **state) {
    (void)state;
    round_trip((const int64_t[]){INT64_MAX, INT64_MIN + 1, 0, INT64_MIN, -1}, 5);
    round_trip((const int64_t[]){INT64_MAX}, 1);
    round_trip((const int64_t[]){INT64_MIN + 1}, 1);
}

static void strip_of_every_width(void **state) {
    (void)state;
    for (unsigned bits = 0; bits < 63; bits++) {
        int64_t far = INT64_C(1) << bits;
        round_trip((const int64_t[]){1000, 1000 + far - 1, 1000 + (far >> 1), INT64_MIN}, 4);
        round_trip((const int64_t[]){-far, 0, 3}, 3);
    }
}

static void strip_of_near_days_takes_two_bytes_each(void **state) {
    (void)state;
    int64_t day[STRIP_ROWS];
    for (int64_t i = 0; i < STRIP_ROWS; i++)
        day[i] = 14600 + i % 5000;
    assert_true(round_trip(day, STRIP_ROWS) < STRIP_ROWS * 2 + 32);
}

static void strip_cut_or_of_other_length_is_refused(void **state) {
    (void)state;
    int64_t out[4];
    struct str data = strip_write(&arena, (const int64_t[]){1, 2, 300}, 3);
    assert_false(strip_read((struct str){data.p, data.n - 1}, out, 3));
    assert_false(strip_read(data, out, 2));
    assert_false(strip_read(data, out, 4));
    assert_false(strip_read((struct str){0}, out, 0));
}

static void gaps_are_read_back(void **state) {
    (void)state;
    const int32_t gap[] = {1, 127, 128, 16383, 16384, INT32_MAX};
    int32_t back[6];
    struct str data = gaps_write(&arena, gap, 6);
    assert_true(gaps_read(data, back, 6));
    assert_memory_equal(back, gap, sizeof gap);
    assert_true(gaps_read(data, back, 2));
}

static void gaps_cut_short_are_refused(void **state) {
    (void)state;
    int32_t back[2];
    struct str data = gaps_write(&arena, (const int32_t[]){5, 300}, 2);
    assert_false(gaps_read((struct str){data.p, data.n - 1}, back, 2));
    assert_false(gaps_read((struct str){"\xff\xff\xff\xff\xff\xff", 6}, back, 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strip_of_nothing_is_read_back),
        cmocka_unit_test(strip_keeps_absent_values),
        cmocka_unit_test(strip_keeps_the_whole_range),
        cmocka_unit_test(strip_of_every_width),
        cmocka_unit_test(strip_of_near_days_takes_two_bytes_each),
        cmocka_unit_test(strip_cut_or_of_other_length_is_refused),
        cmocka_unit_test(gaps_are_read_back),
        cmocka_unit_test(gaps_cut_short_are_refused),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
