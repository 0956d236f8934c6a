// SPDX-License-Identifier: Apache-2.0
/* The table from text to number, as an index that grows and as a cache that empties itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/map.h"

static struct map map;

static int set_up(void **state) {
    (void)state;
    map_init(&map, 0, NULL, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    map_clear(&map);
    return 0;
}

static void assert_holds(const char *key, int64_t expected) {
    int64_t v = expected + 1;
    assert_true(map_find(&map, str_from(key), &v));
    assert_int_equal(v, expected);
}

static void assert_lacks(const char *key) {
    int64_t v;
    assert_false(map_find(&map, str_from(key), &v));
}

static void map_finds_what_was_put_and_nothing_else(void **state) {
    (void)state;
    assert_lacks("a");
    map_put(&map, S("a"), 1);
    map_put(&map, S(""), 2);
    map_put(&map, S("ab"), -3);
    assert_holds("a", 1);
    assert_holds("", 2);
    assert_holds("ab", -3);
    assert_lacks("b");
    assert_int_equal(map.n, 3);
}

static void map_put_of_a_known_key_replaces(void **state) {
    (void)state;
    map_put(&map, S("a"), 1);
    map_put(&map, S("a"), 2);
    assert_holds("a", 2);
    assert_int_equal(map.n, 1);
}

static void map_keeps_its_own_copies_of_keys_of_any_length(void **state) {
    (void)state;
    char key[40];
    memset(key, 'k', sizeof key);
    for (size_t n = 0; n <= sizeof key; n++)
        map_put(&map, (struct str){key, n}, (int64_t)n);
    for (size_t n = 0; n <= sizeof key; n++) {
        char same[40];
        int64_t v = -1;
        memset(same, 'k', sizeof same);
        assert_true(map_find(&map, (struct str){same, n}, &v));
        assert_int_equal(v, n);
    }
    memset(key, 'x', sizeof key);
    assert_lacks("xxxxxxxxxxxxxxxxxxxxxxxxx");
    assert_holds("kkkkkkkkkkkkkkkkkkkkkkkkk", 25);
}

static void map_tells_keys_apart_that_differ_by_a_nul(void **state) {
    (void)state;
    int64_t v;
    map_put(&map, (struct str){"a\0", 2}, 1);
    assert_lacks("a");
    assert_false(map_find(&map, (struct str){"a\0\0", 3}, &v));
}

static void map_of_many_keys_holds_them_all(void **state) {
    (void)state;
    char key[40];
    for (int i = 0; i < 100000; i++) {
        int n = snprintf(key, sizeof key, i % 3 == 0 ? "customer number %d of many" : "%d", i);
        map_put(&map, (struct str){key, (size_t)n}, i);
    }
    assert_int_equal(map.n, 100000);
    for (int i = 0; i < 100000; i++) {
        snprintf(key, sizeof key, i % 3 == 0 ? "customer number %d of many" : "%d", i);
        assert_holds(key, i);
    }
    assert_lacks("100000");
}

static void map_reset_empties_it(void **state) {
    (void)state;
    map_reset(&map);
    map_put(&map, S("a key that is longer than a slot"), 1);
    map_reset(&map);
    assert_lacks("a key that is longer than a slot");
    map_put(&map, S("b"), 2);
    assert_holds("b", 2);
    assert_int_equal(map.n, 1);
}

static void map_full_empties_itself_for_a_new_key_only(void **state) {
    (void)state;
    map_clear(&map);
    map_init(&map, 3, NULL, NULL);
    map_put(&map, S("a"), 1);
    map_put(&map, S("b"), 2);
    map_put(&map, S("c"), 3);
    map_put(&map, S("b"), 4);
    assert_holds("a", 1);
    assert_holds("b", 4);
    map_put(&map, S("d"), 5);
    assert_holds("d", 5);
    assert_lacks("a");
    assert_lacks("b");
    assert_int_equal(map.n, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        test(map_finds_what_was_put_and_nothing_else),
        test(map_put_of_a_known_key_replaces),
        test(map_keeps_its_own_copies_of_keys_of_any_length),
        test(map_tells_keys_apart_that_differ_by_a_nul),
        test(map_of_many_keys_holds_them_all),
        test(map_reset_empties_it),
        test(map_full_empties_itself_for_a_new_key_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
