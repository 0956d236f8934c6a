// SPDX-License-Identifier: Apache-2.0
/* What a company says of its mail: what fits each field and as what it is kept, and when customers get nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/mail_field.h"

static struct arena arena;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static void field_keeps_what_fits_and_tidies_it(void **state) {
    (void)state;
    static const struct {
        enum mail_field field;
        const char *typed, *kept; /* kept NULL: it does not fit */
    } cases[] = {
        {MAIL_FIELD_HOST, " smtp.example.com ", "smtp.example.com"},
        {MAIL_FIELD_HOST, "smtp.example.com:25", NULL},
        {MAIL_FIELD_PORT, "0587", "587"},
        {MAIL_FIELD_PORT, "65535", "65535"},
        {MAIL_FIELD_PORT, "65536", NULL},
        {MAIL_FIELD_PORT, "0", NULL},
        {MAIL_FIELD_PORT, "-1", NULL},
        {MAIL_FIELD_PORT, "", ""},
        {MAIL_FIELD_SAFETY, "tls", "tls"},
        {MAIL_FIELD_SAFETY, "", NULL},
        {MAIL_FIELD_SAFETY, "TLS", NULL},
        {MAIL_FIELD_FROM, "a@example.com", "a@example.com"},
        {MAIL_FIELD_FROM, "Ana <a@example.com>", NULL},
        {MAIL_FIELD_FROM_NAME, "Loja\r\nBcc: x@example.com", NULL},
        {MAIL_FIELD_FROM_NAME, "Loja \xff", NULL},
        {MAIL_FIELD_PASSWORD, " with blanks ", " with blanks "},
        {MAIL_FIELD_PASSWORD, "line\nend", NULL},
        {MAIL_FIELD_PER_MINUTE, "100000", "100000"},
        {MAIL_FIELD_PER_MINUTE, "100001", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https://reativa.example.com/", "https://reativa.example.com"},
        {MAIL_FIELD_PUBLIC_URL, "http://10.0.0.5:8080/crm//", "http://10.0.0.5:8080/crm"},
        {MAIL_FIELD_PUBLIC_URL, "https://[::1]:8080", "https://[::1]:8080"},
        {MAIL_FIELD_PUBLIC_URL, "javascript:alert(1)", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https://", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https:///", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https:///x", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https://a.example/x?y", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https://a@b.example", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https://a.example/\">", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https://a.example:0", NULL},
        {MAIL_FIELD_PUBLIC_URL, "https://a.example:99999", NULL},
        {MAIL_FIELD_QUIET_FROM, "8", "08:00"},
        {MAIL_FIELD_QUIET_FROM, "8h30", "08:30"},
        {MAIL_FIELD_QUIET_FROM, "8h", "08:00"},
        {MAIL_FIELD_QUIET_FROM, "23:59", "23:59"},
        {MAIL_FIELD_QUIET_FROM, "24:00", NULL},
        {MAIL_FIELD_QUIET_FROM, "8:3", NULL},
        {MAIL_FIELD_QUIET_FROM, "8:", NULL},
        {MAIL_FIELD_QUIET_FROM, ":30", NULL},
        {MAIL_FIELD_QUIET_FROM, "1:2:3", NULL},
        {MAIL_FIELD_QUIET_DAYS, "7, 1,1", "1,7"},
        {MAIL_FIELD_QUIET_DAYS, "1,2,3,4,5,6", "1,2,3,4,5,6"},
        {MAIL_FIELD_QUIET_DAYS, "1,2,3,4,5,6,7", NULL},
        {MAIL_FIELD_QUIET_DAYS, "0", NULL},
        {MAIL_FIELD_QUIET_DAYS, "8", NULL},
        {MAIL_FIELD_OPENS, "yes", "yes"},
        {MAIL_FIELD_OPENS, "1", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct str out = {0};
        bool fits = mail_field_tidy(&arena, cases[i].field, str_from(cases[i].typed), &out);
        if (fits != (cases[i].kept != NULL) || (fits && !str_equal(out, str_from(cases[i].kept))))
            fail_msg("\"%s\" became \"%.*s\", fits %d", cases[i].typed, STR_ARG(out), fits);
    }
}

static void field_of_any_usual_value_is_tidy(void **state) {
    (void)state;
    for (int i = 0; i < MAIL_FIELDS; i++) {
        enum mail_field field = (enum mail_field)i, again;
        struct str out, usual = str_from(mail_field_defs[i].usual);
        assert_true(mail_field_tidy(&arena, field, usual, &out) && str_equal(out, usual));
        assert_true(mail_field_parse(str_from(mail_field_defs[i].name), &again) && again == field);
        assert_non_null(mail_field_fault(field));
    }
}

static void field_is_as_long_as_allowed_and_no_longer(void **state) {
    (void)state;
    char much[1002];
    struct str out;
    memset(much, 'x', sizeof much);
    assert_true(mail_field_tidy(&arena, MAIL_FIELD_PASSWORD, (struct str){much, 1000}, &out));
    assert_false(mail_field_tidy(&arena, MAIL_FIELD_PASSWORD, (struct str){much, 1001}, &out));
    assert_true(mail_field_tidy(&arena, MAIL_FIELD_FROM_NAME, (struct str){much, 100}, &out));
    assert_false(mail_field_tidy(&arena, MAIL_FIELD_FROM_NAME, (struct str){much, 101}, &out));
}

static void quiet_is_over_midnight_on_days_and_on_holidays(void **state) {
    (void)state;
    const struct mail_quiet night = {.from_min = mail_quiet_minute(S("20:00")),
                                     .until_min = mail_quiet_minute(S("08:00")),
                                     .days = mail_quiet_days(S("6,7")),
                                     .holidays = true};
    const struct mail_quiet noon = {.from_min = 12 * 60, .until_min = 13 * 60};
    const struct mail_quiet never = {.from_min = mail_quiet_minute(S("")), .until_min = mail_quiet_minute(S(""))};
    static const struct {
        int minute, weekday;
        bool holiday, night, noon;
    } cases[] = {
        {20 * 60 - 1, 0, false, false, false}, {20 * 60, 0, false, true, false}, {0, 0, false, true, false},
        {8 * 60 - 1, 0, false, true, false},   {8 * 60, 0, false, false, false}, {12 * 60, 4, false, false, true},
        {13 * 60, 4, false, false, false},     {10 * 60, 5, false, true, false}, {10 * 60, 6, false, true, false},
        {10 * 60, 2, true, true, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(mail_quiet_is(&night, cases[i].minute, cases[i].weekday, cases[i].holiday), cases[i].night);
        assert_int_equal(mail_quiet_is(&noon, cases[i].minute, cases[i].weekday, cases[i].holiday), cases[i].noon);
        assert_false(mail_quiet_is(&never, cases[i].minute, cases[i].weekday, cases[i].holiday));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(field_keeps_what_fits_and_tidies_it),
        cmocka_unit_test(field_of_any_usual_value_is_tidy),
        cmocka_unit_test(field_is_as_long_as_allowed_and_no_longer),
        cmocka_unit_test(quiet_is_over_midnight_on_days_and_on_holidays),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
