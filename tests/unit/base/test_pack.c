// SPDX-License-Identifier: Apache-2.0
/* Structs with texts go through bytes and come back the same; bytes that end too early are found out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pack.h"

struct thing {
    int64_t number;
    struct str name;
    bool yes;
    struct str note;
};
static const size_t texts[] = {offsetof(struct thing, name), offsetof(struct thing, note)};
static const struct pack_kind kind = {sizeof(struct thing), texts, 2};
static struct arena arena;

static int start(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int finish(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void a_list_comes_back(void **state) {
    (void)state;
    const struct thing thing[3] = {
        {1, S("one"), true, S("")}, {INT64_MIN, {0}, false, S("x\ty")}, {3, S("three"), true, {0}}};
    size_t n;
    struct thing *back = pack_list_take(&arena, &kind, pack_list(&arena, &kind, thing, 3), &n);
    assert_int_equal(n, 3);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(back[i].number, thing[i].number);
        assert_int_equal(back[i].yes, thing[i].yes);
        assert_true(str_equal(back[i].name, thing[i].name));
        assert_true(str_equal(back[i].note, thing[i].note));
    }
    back = pack_list_take(&arena, &kind, pack_list(&arena, &kind, thing, 0), &n);
    assert_non_null(back);
    assert_int_equal(n, 0);
}

static void what_ends_too_early_is_refused(void **state) {
    (void)state;
    const struct thing thing = {1, S("one"), true, S("note")};
    struct str bytes = pack_list(&arena, &kind, &thing, 1);
    for (size_t cut = 1; cut < bytes.n; cut++) {
        size_t n;
        assert_null(pack_list_take(&arena, &kind, (struct str){bytes.p, bytes.n - cut}, &n));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_comes_back),
        cmocka_unit_test(what_ends_too_early_is_refused),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
