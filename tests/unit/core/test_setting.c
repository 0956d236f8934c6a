// SPDX-License-Identifier: Apache-2.0
/* The table of settings: its own values fit it, and what is typed is kept in one form or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "core/contact.h"
#include "core/setting.h"

static struct arena arena;

static void tidies(enum setting setting, const char *typed, const char *expected) {
    struct str out;
    assert_true(setting_tidy(&arena, setting, str_from(typed), &out));
    assert_true(str_equal(out, str_from(expected)));
}

static void refuses(enum setting setting, const char *typed) {
    struct str out;
    if (setting_tidy(&arena, setting, str_from(typed), &out))
        fail_msg("\"%s\" was taken", typed);
}

static void setting_table_is_whole_and_fits_itself(void **state) {
    (void)state;
    for (int i = 0; i < SETTING_COUNT; i++) {
        enum setting found;
        const struct setting_def *def = &setting_defs[i];
        assert_non_null(def->name);
        assert_true(setting_parse(str_from(def->name), &found));
        assert_int_equal(found, i);
        tidies((enum setting)i, def->usual, def->usual);
        assert_true(def->permission > PERM_SIGNED_IN && def->least <= def->most);
    }
    enum setting none;
    assert_false(setting_parse(S("model"), &none));
}

static void setting_number_has_one_form_and_bounds(void **state) {
    (void)state;
    tidies(SETTING_WORKLIST_REST_DAYS, " 030 ", "30");
    tidies(SETTING_WORKLIST_REST_DAYS, "1", "1");
    tidies(SETTING_WORKLIST_REST_DAYS, "365", "365");
    static const char *const bad[] = {"", " ", "0", "366", "-1", "3.5", "3 0", "ten", "9999999999999999999999", "1e2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refuses(SETTING_WORKLIST_REST_DAYS, bad[i]);
}

static void setting_days_have_one_form_and_may_be_none(void **state) {
    (void)state;
    tidies(SETTING_CONTACT_TRIES, " 01, 3 ,7", "1,3,7");
    tidies(SETTING_CONTACT_TRIES, "", "");
    refuses(SETTING_CONTACT_TRIES, "1,,3");
    refuses(SETTING_CONTACT_TRIES, "0");
    refuses(SETTING_CONTACT_TRIES, "366");
}

static void setting_week_and_choice_take_what_they_know(void **state) {
    struct str word;
    (void)state;
    tidies(SETTING_WORKDAYS, "sab, seg", "mon,sat");
    refuses(SETTING_WORKDAYS, "");
    refuses(SETTING_WORKDAYS, "1,2");
    tidies(SETTING_COUNTRY, " none ", "none");
    refuses(SETTING_COUNTRY, "");
    refuses(SETTING_COUNTRY, "br,none");
    tidies(SETTING_TIME_ZONE, " America/Sao_Paulo ", "America/Sao_Paulo");
    tidies(SETTING_TIME_ZONE, "", "");
    refuses(SETTING_TIME_ZONE, "/etc/passwd");
    refuses(SETTING_TIME_ZONE, "America/../x");
    refuses(SETTING_TIME_ZONE, ":UTC");
    assert_true(setting_choice(SETTING_COUNTRY, 1, &word) && str_equal(word, S("none")));
    assert_false(setting_choice(SETTING_COUNTRY, 2, &word));
    assert_false(setting_choice(SETTING_WORKDAYS, 0, &word));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_table_is_whole_and_fits_itself),
        cmocka_unit_test(setting_number_has_one_form_and_bounds),
        cmocka_unit_test(setting_days_have_one_form_and_may_be_none),
        cmocka_unit_test(setting_week_and_choice_take_what_they_know),
    };
    arena_init(&arena, 0, arena_full_exit, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_clear(&arena);
    return failed;
}
