// SPDX-License-Identifier: Apache-2.0
/* Whose address counts behind a proxy: never one that a stranger could have written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/forwarded.h"

static struct arena arena;

static int setup(void **state) {
    (void)state;
    arena_init(&arena, 0, NULL, NULL);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void is(struct str got, const char *want) {
    assert_int_equal(got.n, strlen(want));
    assert_memory_equal(got.n > 0 ? got.p : "", want, got.n);
}

static void an_address_has_one_form(void **state) {
    static const char *const pair[][2] = {
        {" 10.0.0.1 ", "10.0.0.1"}, {"10.0.0.1:4711", "10.0.0.1"},      {"::1", "::1"},
        {"[::1]:80", "::1"},        {"2001:DB8:0:0::7", "2001:db8::7"}, {"::ffff:10.0.0.1", "10.0.0.1"}};
    static const char *const none[] = {
        "", " ", "unknown", "_hidden", "10.0.0", "10.0.0.256", "1.2.3.4 evil", "[::1", ":::", "10.0.0.1, 10.0.0.2"};
    (void)state;
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++) {
        struct str got;
        assert_true(address_normal(&arena, str_from(pair[i][0]), &got));
        is(got, pair[i][1]);
    }
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
        struct str got;
        assert_false(address_normal(&arena, str_from(none[i]), &got));
    }
}

static void a_list_names_the_word_that_is_no_address(void **state) {
    struct str got;
    (void)state;
    assert_true(addresses_normal(&arena, S(" 127.0.0.1,  0:0::1 "), &got));
    is(got, "127.0.0.1 ::1");
    assert_true(addresses_hold(got, S("::1")));
    assert_false(addresses_hold(got, S("127.0.0")));
    assert_true(addresses_normal(&arena, S(""), &got));
    assert_int_equal(got.n, 0);
    assert_false(addresses_normal(&arena, S("127.0.0.1 10.0.0.0/8"), &got));
    is(got, "10.0.0.0/8");
}

static void only_what_a_named_proxy_wrote_is_believed(void **state) {
    const struct str proxies = S("10.0.0.1 10.0.0.2"), peer = S("10.0.0.1");
    (void)state;
    is(forwarded_for(&arena, proxies, S("1.1.1.1, 2.2.2.2"), peer), "2.2.2.2");
    is(forwarded_for(&arena, proxies, S("1.1.1.1, 2.2.2.2, 10.0.0.2"), peer), "2.2.2.2");
    is(forwarded_for(&arena, proxies, S("2.2.2.2"), S("9.9.9.9")), "9.9.9.9");
    is(forwarded_for(&arena, proxies, S(""), peer), "10.0.0.1");
    is(forwarded_for(&arena, proxies, S("2.2.2.2, "), peer), "10.0.0.1");
    is(forwarded_for(&arena, proxies, S("2.2.2.2, <script>"), peer), "10.0.0.1");
    is(forwarded_for(&arena, proxies, S("10.0.0.2"), peer), "10.0.0.2");
}

static void this_machine_is_127_and_1(void **state) {
    (void)state;
    assert_true(address_loopback(S("127.0.0.1")));
    assert_true(address_loopback(S("127.8.0.1")));
    assert_true(address_loopback(S("::1")));
    assert_false(address_loopback(S("128.0.0.1")));
    assert_false(address_loopback(S("::2")));
    assert_false(address_loopback(S("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_has_one_form),
        cmocka_unit_test(a_list_names_the_word_that_is_no_address),
        cmocka_unit_test(only_what_a_named_proxy_wrote_is_believed),
        cmocka_unit_test(this_machine_is_127_and_1),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
