// SPDX-License-Identifier: Apache-2.0
/* What bodies and parameters of the API may hold, how often a token may ask, and that no route is left open or without words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/catalog.h"
#include "web/api/api.h"
#include "web/api/rate.h"

static struct arena arena;
static struct cx cx = {.arena = &arena};

static struct json_value read(const char *text) {
    struct json_value value;
    cx_clear(&cx);
    assert_true(json_read(&cx, str_from(text), &value));
    return value;
}

static void unreadable(struct str text, const char *key) {
    struct json_value value;
    cx_clear(&cx);
    assert_false(json_read(&cx, text, &value));
    assert_true(str_equal(cx.err.key, str_from(key)));
}

static void a_number_keeps_the_text_it_was_sent_with(void **state) {
    (void)state;
    struct json_value value = read("{\"a\": 1234567890123.45, \"b\": 0.10, \"c\": -7}");
    assert_true(str_equal(json_member(&value, S("a"))->text, S("1234567890123.45")));
    assert_true(str_equal(json_member(&value, S("b"))->text, S("0.10")));
    assert_true(str_equal(json_member(&value, S("c"))->text, S("-7")));
    assert_null(json_member(&value, S("d")));
}

static void what_is_not_one_value_of_json_is_refused(void **state) {
    (void)state;
    const char *const bad[] = {
        "",         "{",    "}",   "{\"a\":1} x", "{\"a\":1}{",    "{'a':1}", "[NaN]", "[-Infinity]",
        "/* */ {}", "[1,]", "nul", "\"\xff\"",    "\"a\\u0000b\"", "1 2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        unreadable(str_from(bad[i]), "api.malformed");
    unreadable((struct str){"{}\0{", 4}, "api.malformed");
}

static void depth_and_number_of_values_have_an_end(void **state) {
    (void)state;
    struct str opened = {"[[[[[[[[[[[[[[[[", JSON_DEPTH - 1}, closed = {"]]]]]]]]]]]]]]]]", JSON_DEPTH - 1};
    struct str deep = cx_text(&cx, "%.*s1%.*s", STR_ARG(opened), STR_ARG(closed));
    (void)read(str_terminated(&arena, deep));
    unreadable(cx_text(&cx, "[[%.*s]]", STR_ARG(deep)), "api.too_deep");
    struct buf many;
    buf_init(&many, &arena, 0);
    buf_char(&many, '[');
    for (int i = 0; i < JSON_VALUES - 1; i++)
        buf_put(&many, i > 0 ? S(",1") : S("1"));
    struct str fits = cx_text(&cx, "%.*s]", STR_ARG(buf_str(&many)));
    struct json_value value;
    cx_clear(&cx);
    assert_true(json_read(&cx, fits, &value));
    buf_put(&many, S(",1]"));
    unreadable(buf_str(&many), "api.too_deep");
}

static void a_parameter_fits_its_type_or_not(void **state) {
    (void)state;
    const struct {
        const char *type, *good, *bad;
    } cases[] = {{"int", "-12", "1.5"},
                 {"int", "0", "9999999999999999999999"},
                 {"money", "12.5", "12.345"},
                 {"money", "-7", "1,50"},
                 {"day", "2024-02-29", "2023-02-29"},
                 {"time", "23:59", "24:00"},
                 {"moment", "2021-06-30T10:00:00-03:00", "2021-06-30 10:00"},
                 {"moment", "2021-06-30T10:00:00.123Z", "2021-06-30T10:00:60Z"},
                 {"bool", "true", "1"},
                 {"a|b", "b", "ab"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(mould_text_fits(str_from(cases[i].type), str_from(cases[i].good)));
        assert_false(mould_text_fits(str_from(cases[i].type), str_from(cases[i].bad)));
    }
    int64_t at_us;
    assert_true(mould_moment(S("1970-01-02T00:30:00+01:00"), &at_us));
    assert_int_equal(at_us, (86400 - 1800) * INT64_C(1000000));
}

static void a_token_may_ask_as_often_as_its_rate_and_again_when_time_has_passed(void **state) {
    (void)state;
    struct rates *rates = rates_new();
    int64_t now_us = 1000000;
    for (int i = 0; i < 60; i++)
        assert_int_equal(rate_take(rates, 7, 60, now_us).left, 59 - i);
    struct rate refused = rate_take(rates, 7, 60, now_us);
    assert_false(refused.allowed);
    assert_int_equal(refused.wait_s, 1);
    assert_int_equal(refused.reset_s, 60);
    assert_true(rate_take(rates, 8, 60, now_us).allowed); /* another's */
    assert_true(rate_take(rates, 7, 60, now_us + 1000000).allowed);
    assert_false(rate_take(rates, 7, 60, now_us + 1000000).allowed);
    assert_int_equal(rate_take(rates, 7, 60, now_us + 3600 * INT64_C(1000000)).left,
                     59); /* never more than a minute's */
    rates_free(rates);
}

static void no_route_is_open_by_mistake_or_without_words_and_shapes(void **state) {
    (void)state;
    for (const struct api_route *route = api_routes; route->path != NULL; route++) {
        struct str gives = str_from(route->gives), takes = str_from(route->takes), item = gives;
        assert_int_not_equal(route->permission, PERM_UNSET);
        assert_true((route->permission == PERM_PUBLIC) == (route->grant == GRANT_UNSET));
        assert_non_null(route->handle);
        assert_true(catalog_find(LANG_EN, cx_text(&cx, "api.do_%s", route->name)) != NULL);
        (void)mould_item(gives, &item);
        assert_true(gives.n == 0 || mould_find(moulds_given, item) != NULL);
        assert_true(takes.n == 0 || str_equal(takes, S("text/csv")) || mould_find(moulds_taken, takes) != NULL);
        assert_true(route->method != HTTP_POST || route->once || strcmp(route->name, "policy_try") == 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_keeps_the_text_it_was_sent_with),
        cmocka_unit_test(what_is_not_one_value_of_json_is_refused),
        cmocka_unit_test(depth_and_number_of_values_have_an_end),
        cmocka_unit_test(a_parameter_fits_its_type_or_not),
        cmocka_unit_test(a_token_may_ask_as_often_as_its_rate_and_again_when_time_has_passed),
        cmocka_unit_test(no_route_is_open_by_mistake_or_without_words_and_shapes),
    };
    arena_init(&arena, 0, arena_full_exit, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
