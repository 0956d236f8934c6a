// SPDX-License-Identifier: Apache-2.0
/* Which path is whose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "web/web_parts.h"

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

static bool fits(const char *pattern, const char *path, struct str arg[PAGE_ARGS]) {
    struct http_request request = {.arena = &arena, .method = HTTP_GET, .path_sent = str_from(path)};
    struct page page = {.request = &request};
    unsigned methods = 0;
    bool taken = route_takes(&page, pattern, HTTP_GET, &methods);
    assert_int_equal(methods, taken ? 1u << HTTP_GET : 0);
    assert_false(route_takes(&page, pattern, HTTP_POST, &methods));
    memcpy(arg, page.arg, PAGE_ARGS * sizeof *arg);
    return taken;
}

static void a_path_fits_as_a_whole_or_not(void **state) {
    struct str arg[PAGE_ARGS];
    (void)state;
    assert_true(fits("/", "/", arg));
    assert_true(fits("/signin/code", "/signin/code", arg));
    assert_true(fits("/signin", "/sign%69n", arg));
    static const char *const other[] = {"",          "signin",   "/",         "/signi",  "/signin/",
                                        "/signin/x", "//signin", "/signin//", "/Signin", "/signin%2Fcode"};
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        assert_false(fits("/signin", other[i], arg));
    assert_false(fits("/signin/code", "/signin%2Fcode", arg));
}

static void what_stands_at_a_name_is_the_whole_part_decoded(void **state) {
    struct str arg[PAGE_ARGS];
    (void)state;
    assert_true(fits("/customers/:code/notes/:id", "/customers/A%2F1%20%C3%A9/notes/7", arg));
    assert_true(str_equal(arg[0], S("A/1 \u00e9")));
    assert_true(str_equal(arg[1], S("7")));
    assert_false(fits("/customers/:code", "/customers/", arg));
    assert_false(fits("/customers/:code", "/customers/a/b", arg));
    assert_false(fits("/customers/:code", "/customers/%zz", arg));
}

static void no_two_routes_answer_the_same(void **state) {
    (void)state;
    for (size_t i = 0; route_tables[i] != NULL; i++)
        for (const struct route *a = route_tables[i]; a->path != NULL; a++) {
            assert_true(a->path[0] == '/');
            assert_true(a->method == HTTP_GET || a->method == HTTP_POST);
            for (size_t k = i; route_tables[k] != NULL; k++)
                for (const struct route *b = k == i ? a + 1 : route_tables[k]; b->path != NULL; b++)
                    assert_false(a->method == b->method && strcmp(a->path, b->path) == 0);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_path_fits_as_a_whole_or_not),
        cmocka_unit_test(what_stands_at_a_name_is_the_whole_part_decoded),
        cmocka_unit_test(no_two_routes_answer_the_same),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
