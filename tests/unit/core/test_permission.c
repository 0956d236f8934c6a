// SPDX-License-Identifier: Apache-2.0
/* What each role may do: what is not listed is nobody's, and the sharp ones are in few hands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/permission.h"

static void permission_that_was_forgotten_is_nobodys(void **state) {
    (void)state;
    for (int role = ROLE_NONE; role < ROLE_COUNT; role++) {
        assert_false(role_may((enum role)role, PERM_UNSET));
        assert_false(role_may((enum role)role, PERM_COUNT));
        assert_false(role_may((enum role)role, (enum permission)(PERM_COUNT + 1)));
        assert_false(role_may((enum role)role, (enum permission) - 1));
    }
}

static void nobody_and_unknown_roles_may_only_what_is_public(void **state) {
    (void)state;
    const enum role strangers[] = {ROLE_NONE, ROLE_COUNT, (enum role)99};
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
        for (int permission = PERM_UNSET; permission < PERM_COUNT; permission++)
            assert_int_equal(role_may(strangers[i], (enum permission)permission), permission == PERM_PUBLIC);
}

static void every_permission_has_a_name_of_its_own_and_a_holder(void **state) {
    (void)state;
    for (int a = PERM_UNSET; a < PERM_COUNT; a++) {
        bool held = a == PERM_UNSET;
        assert_non_null(permission_name((enum permission)a));
        for (int role = ROLE_REP; role < ROLE_COUNT; role++)
            held = held || role_may((enum role)role, (enum permission)a);
        assert_true(held);
        for (int b = PERM_UNSET; b < a; b++)
            assert_string_not_equal(permission_name((enum permission)a), permission_name((enum permission)b));
    }
}

static void users_are_changed_by_admins_alone(void **state) {
    (void)state;
    for (int role = ROLE_NONE; role < ROLE_COUNT; role++) {
        bool leads = role == ROLE_MANAGER || role == ROLE_ADMIN;
        assert_int_equal(role_may((enum role)role, PERM_USER_WRITE), role == ROLE_ADMIN);
        assert_int_equal(role_may((enum role)role, PERM_USER_READ), leads);
        assert_int_equal(role_may((enum role)role, PERM_USER_REQUIRE), leads);
        assert_int_equal(role_may((enum role)role, PERM_AUDIT_READ), leads);
        assert_int_equal(role_may((enum role)role, PERM_CUSTOMER_ASSIGN), leads);
        assert_int_equal(role_may((enum role)role, PERM_WORKLIST_WRITE), leads);
        assert_int_equal(role_may((enum role)role, PERM_CHOICE_WRITE), leads);
    }
}

static void role_names_are_read_back(void **state) {
    (void)state;
    enum role read = ROLE_NONE;
    for (int role = ROLE_REP; role < ROLE_COUNT; role++) {
        assert_true(role_parse(str_from(role_name((enum role)role)), &read));
        assert_int_equal(read, role);
    }
    assert_false(role_parse(S("none"), &read));
    assert_false(role_parse(S(""), &read));
    assert_false(role_parse(S("Admin"), &read));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(permission_that_was_forgotten_is_nobodys),
        cmocka_unit_test(nobody_and_unknown_roles_may_only_what_is_public),
        cmocka_unit_test(every_permission_has_a_name_of_its_own_and_a_holder),
        cmocka_unit_test(users_are_changed_by_admins_alone),
        cmocka_unit_test(role_names_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
