// SPDX-License-Identifier: Apache-2.0
/* Lines of the audit trail taken apart into the fields that differ. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/audit.h"

static struct audit_pair pair[AUDIT_PAIRS];

static void assert_pair(size_t i, const char *name, const char *before, const char *after) {
    assert_true(str_equal(pair[i].name, str_from(name)));
    assert_true(str_equal(pair[i].before, str_from(before)));
    assert_true(str_equal(pair[i].after, str_from(after)));
}

static void audit_shows_only_what_differs(void **state) {
    (void)state;
    assert_int_equal(audit_pairs(S("name=Ana Souza role=rep rep=R1"), S("name=Ana Lima role=rep rep="), pair), 2);
    assert_pair(0, "name", "Ana Souza", "Ana Lima");
    assert_pair(1, "rep", "R1", "");
    assert_int_equal(audit_pairs(S("role=rep"), S("role=rep"), pair), 0);
}

static void audit_of_something_new_shows_all_that_is_there(void **state) {
    (void)state;
    assert_int_equal(audit_pairs(S(""), S("name=Ana email= role=rep"), pair), 2);
    assert_pair(0, "name", "", "Ana");
    assert_pair(1, "role", "", "rep");
}

static void audit_field_that_only_one_side_has_differs(void **state) {
    (void)state;
    assert_int_equal(audit_pairs(S("a=1 b=2"), S("b=2 c=3"), pair), 2);
    assert_pair(0, "a", "1", "");
    assert_pair(1, "c", "", "3");
}

static void audit_text_of_another_kind_stays_whole(void **state) {
    (void)state;
    static const char *const texts[] = {"127.0.0.1", "on", "=x", "A=1", "reopen C1: because a=b", " a=1"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(audit_pairs(S(""), str_from(texts[i]), pair), 0);
        assert_int_equal(audit_pairs(str_from(texts[i]), S("a=1"), pair), 0);
    }
}

static void audit_takes_so_many_fields_and_not_one_more(void **state) {
    (void)state;
    char text[AUDIT_PAIRS * 4 + 8];
    size_t n = 0;
    for (size_t i = 0; i <= AUDIT_PAIRS; i++) {
        if (i > 0)
            text[n++] = ' ';
        text[n++] = (char)('a' + (int)i);
        text[n++] = '=';
        text[n++] = '1';
        assert_int_equal(audit_pairs(S(""), (struct str){text, n}, pair), i < AUDIT_PAIRS ? i + 1 : 0);
        assert_int_equal(audit_pairs((struct str){text, n}, S(""), pair), i < AUDIT_PAIRS ? i + 1 : 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(audit_shows_only_what_differs),
        cmocka_unit_test(audit_of_something_new_shows_all_that_is_there),
        cmocka_unit_test(audit_field_that_only_one_side_has_differs),
        cmocka_unit_test(audit_text_of_another_kind_stays_whole),
        cmocka_unit_test(audit_takes_so_many_fields_and_not_one_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
