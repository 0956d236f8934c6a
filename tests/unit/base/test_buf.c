// SPDX-License-Identifier: Apache-2.0
/* Text being written: growth, the limit at its maximum and one past it, and the forms that CSV and JSON want. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buf.h"

static struct arena arena;
static struct buf buf;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, NULL, NULL);
    buf_init(&buf, &arena, 0);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

#define assert_written(expected)                                                                                       \
    do {                                                                                                               \
        assert_string_equal(str_terminated(&arena, buf_str(&buf)), expected);                                          \
        assert_false(buf.cut);                                                                                         \
        buf.n = 0;                                                                                                     \
    } while (0)

static void buf_grows_with_other_allocations_between(void **state) {
    (void)state;
    for (int i = 0; i < 10000; i++) {
        buf_put(&buf, S("abc"));
        buf_char(&buf, (char)('0' + i % 10));
        if (i % 100 == 0)
            memset(arena_new(&arena, char, 40), 'x', 40);
    }
    assert_int_equal(buf.n, 40000);
    for (size_t i = 0; i < 10000; i++) {
        assert_memory_equal(buf.p + 4 * i, "abc", 3);
        assert_int_equal(buf.p[4 * i + 3], '0' + i % 10);
    }
}

static void buf_limit_is_reached_exactly(void **state) {
    (void)state;
    buf_init(&buf, &arena, 300);
    for (int i = 0; i < 100; i++)
        buf_put(&buf, S("abc"));
    assert_int_equal(buf.n, 300);
    assert_false(buf.cut);
    buf_char(&buf, 'x');
    assert_int_equal(buf.n, 300);
    assert_true(buf.cut);
}

static void buf_piece_past_the_limit_is_left_out_whole_and_ends_the_writing(void **state) {
    (void)state;
    buf_init(&buf, &arena, 5);
    buf_put(&buf, S("abc"));
    buf_put(&buf, S("def"));
    buf_char(&buf, 'g');
    buf_int(&buf, 1);
    buf_printf(&buf, "%d", 1);
    assert_true(buf.cut);
    assert_true(str_equal(buf_str(&buf), S("abc")));
}

static void buf_printf_of_any_length_fits_the_limit_exactly(void **state) {
    (void)state;
    static const int lengths[] = {0, 1, 255, 256, 257, 5000};
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        size_t n = (size_t)lengths[i];
        buf_init(&buf, &arena, 0);
        buf_printf(&buf, "%.*s", lengths[i],
                   str_terminated(&arena, (struct str){memset(arena_new(&arena, char, n), 'x', n), n}));
        assert_int_equal(buf.n, n);
        buf_init(&buf, &arena, n + 1);
        buf_char(&buf, 'a');
        buf_printf(&buf, "%*s", lengths[i], "");
        assert_int_equal(buf.n, n + 1);
        assert_false(buf.cut);
        buf_printf(&buf, "%*s", lengths[i] + 1, "");
        assert_true(buf.cut);
    }
}

static void buf_int_writes_every_integer(void **state) {
    (void)state;
    buf_int(&buf, 0);
    assert_written("0");
    buf_int(&buf, -1234567890);
    assert_written("-1234567890");
    buf_int(&buf, INT64_MAX);
    assert_written("9223372036854775807");
    buf_int(&buf, INT64_MIN);
    assert_written("-9223372036854775808");
}

static void buf_csv_quotes_only_what_needs_it(void **state) {
    (void)state;
    buf_csv(&buf, S("plain; text"), ',');
    assert_written("plain; text");
    buf_csv(&buf, S("a,b"), ',');
    assert_written("\"a,b\"");
    buf_csv(&buf, S("a,b"), ';');
    assert_written("a,b");
    buf_csv(&buf, S("7\" single"), ',');
    assert_written("\"7\"\" single\"");
    buf_csv(&buf, S("a\nb"), ',');
    assert_written("\"a\nb\"");
    buf_csv(&buf, S("a\rb"), ',');
    assert_written("\"a\rb\"");
    buf_csv(&buf, S(""), ',');
    assert_written("");
}

static void buf_json_escapes_what_json_cannot_hold(void **state) {
    (void)state;
    buf_json(&buf, S("S\u00e3o \"Jos\u00e9\" \\ / \n\r\t\b\f\x01\x1f\x7f \U0001F600"));
    assert_written("\"S\u00e3o \\\"Jos\u00e9\\\" \\\\ / \\n\\r\\t\\b\\f\\u0001\\u001f\x7f \U0001F600\"");
    buf_json(&buf, (struct str){"a\0b", 3});
    assert_written("\"a\\u0000b\"");
    buf_json(&buf, S(""));
    assert_written("\"\"");
}

static void buf_json_replaces_malformed_utf8(void **state) {
    (void)state;
    buf_json(&buf, S("caf\xe9 \xed\xa0\x80 \xe2\x82"));
    assert_written("\"caf\ufffd \ufffd\ufffd\ufffd \ufffd\ufffd\"");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        test(buf_grows_with_other_allocations_between),
        test(buf_limit_is_reached_exactly),
        test(buf_piece_past_the_limit_is_left_out_whole_and_ends_the_writing),
        test(buf_printf_of_any_length_fits_the_limit_exactly),
        test(buf_int_writes_every_integer),
        test(buf_csv_quotes_only_what_needs_it),
        test(buf_json_escapes_what_json_cannot_hold),
        test(buf_json_replaces_malformed_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
