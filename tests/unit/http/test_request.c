// SPDX-License-Identifier: Apache-2.0
/* What a browser sends as text, read as fields: nothing is guessed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "http/request.h"

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

static void decoded_bytes_stand_for_themselves(void **state) {
    static const struct {
        const char *from, *to;
        bool form;
    } good[] = {{"", "", false},          {"a%20b", "a b", false}, {"a+b", "a+b", false},
                {"a+b", "a b", true},     {"%2B%2f", "+/", true},  {"caf%C3%A9", "caf\u00e9", false},
                {"100%25", "100%", false}};
    static const char *const bad[] = {"%", "%2", "%zz", "%%41", "a%0", "%00", "%FF", "%C3%28", "%C0%AF", "%ED%A0%80"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct str got;
        assert_true(http_decode(&arena, str_from(good[i].from), good[i].form, &got));
        is(got, good[i].to);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct str got;
        assert_false(http_decode(&arena, str_from(bad[i]), false, &got));
    }
}

static void what_is_encoded_reads_back_the_same(void **state) {
    char all[255];
    struct buf to;
    struct str got;
    (void)state;
    for (int i = 0; i < 127; i++)
        all[i] = (char)(i + 1);
    buf_init(&to, &arena, 0);
    http_encode(&to, (struct str){all, 127}, false);
    assert_true(http_decode(&arena, buf_str(&to), true, &got));
    assert_int_equal(got.n, 127);
    assert_memory_equal(got.p, all, 127);
    buf_init(&to, &arena, 0);
    http_encode(&to, S("a/b c\u00e9"), true);
    is(buf_str(&to), "a/b%20c%C3%A9");
}

static void a_form_keeps_order_repeats_and_empty_values(void **state) {
    struct http_fields fields;
    struct str value;
    (void)state;
    assert_true(http_fields_read(&arena, S("a=1&b=&a=2&&c&=d&e=f=g"), &fields));
    assert_int_equal(fields.n, 6);
    is(http_field(&fields, S("a")), "1");
    is(fields.field[2].value, "2");
    assert_true(http_field_find(&fields, S("b"), &value));
    assert_int_equal(value.n, 0);
    assert_true(http_field_find(&fields, S("c"), &value));
    assert_false(http_field_find(&fields, S("z"), &value));
    is(http_field(&fields, S("")), "d");
    is(http_field(&fields, S("e")), "f=g");
    assert_true(http_fields_read(&arena, S(""), &fields));
    assert_int_equal(fields.n, 0);
    assert_false(http_fields_read(&arena, S("a=%"), &fields));
    assert_false(http_fields_read(&arena, S("%00=a"), &fields));
}

static void a_form_of_more_fields_than_a_page_has_is_refused(void **state) {
    struct http_fields fields;
    struct buf text;
    (void)state;
    buf_init(&text, &arena, 0);
    for (int i = 0; i < HTTP_FIELDS_MOST; i++)
        buf_put(&text, i > 0 ? S("&a") : S("a"));
    assert_true(http_fields_read(&arena, buf_str(&text), &fields));
    assert_int_equal(fields.n, HTTP_FIELDS_MOST);
    buf_put(&text, S("&a"));
    assert_false(http_fields_read(&arena, buf_str(&text), &fields));
}

static void a_coding_is_taken_unless_its_weight_is_nothing(void **state) {
    (void)state;
    assert_true(http_accepts(S("gzip"), S("gzip")));
    assert_true(http_accepts(S("br;q=1.0, GZip ; q=0.5"), S("gzip")));
    assert_true(http_accepts(S("*"), S("gzip")));
    assert_false(http_accepts(S(""), S("gzip")));
    assert_false(http_accepts(S("br, deflate"), S("gzip")));
    assert_false(http_accepts(S("gzip;q=0"), S("gzip")));
    assert_false(http_accepts(S("gzip;q=0.000, *"), S("gzip")));
    assert_false(http_accepts(S("*;q=0"), S("gzip")));
    assert_false(http_accepts(S("x-gzip"), S("gzip")));
}

static void more_headers_than_there_is_room_for_do_no_harm(void **state) {
    struct http_reply reply = {0};
    (void)state;
    for (int i = 0; i < HTTP_HEADERS_MOST + 5; i++)
        http_reply_header(&reply, S("A"), S("b"));
    assert_int_equal(reply.headers, HTTP_HEADERS_MOST);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decoded_bytes_stand_for_themselves),
        cmocka_unit_test(what_is_encoded_reads_back_the_same),
        cmocka_unit_test(a_form_keeps_order_repeats_and_empty_values),
        cmocka_unit_test(a_form_of_more_fields_than_a_page_has_is_refused),
        cmocka_unit_test(a_coding_is_taken_unless_its_weight_is_nothing),
        cmocka_unit_test(more_headers_than_there_is_room_for_do_no_harm),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
