// SPDX-License-Identifier: Apache-2.0
/* What can be tried as a phone number or an address, and what an answer about consent cannot do without. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/limits.h"
#include "core/person.h"

static void phone_is_what_can_be_called(void **state) {
    (void)state;
    static const char *const good[] = {"190", "+55 (11) 98888-7777", "11.3222.1111", "0800/123456",
                                       "12345678901234567890"};
    static const char *const bad[] = {"", "12", "call me", "11 98888x7777", "123456789012345678901", "<b>190</b>"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(person_phone_is(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(person_phone_is(str_from(bad[i])));
}

static void email_has_one_at_between_something(void **state) {
    (void)state;
    static const char *const good[] = {"a@b", "ana.souza+x@example.com", "joão@padaria.example"};
    static const char *const bad[] = {"", "@", "a@", "@b", "a@b@c", "a b@c", "a@b,c@d", "Ana <a@b>", "a@b\n"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(person_email_is(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(person_email_is(str_from(bad[i])));
}

static const struct day today = {20000};

static bool faulty(const struct person *person, const char *field) {
    struct person_fault fault[PERSON_FAULTS];
    size_t n = person_check(person, today, fault);
    for (size_t i = 0; i < n; i++)
        if (str_equal(fault[i].field, str_from(field)))
            return true;
    return false;
}

static void an_answer_comes_with_its_day_and_its_source(void **state) {
    (void)state;
    struct person_fault fault[PERSON_FAULTS];
    struct person p = {.name = S("Ana"), .consent_on = DAY_NONE};
    assert_int_equal(person_check(&p, today, fault), 0);
    p.consent_email = CONSENT_NO;
    assert_true(faulty(&p, "consent_on") && faulty(&p, "consent_source"));
    p.consent_on = today;
    p.consent_source = S("call");
    assert_int_equal(person_check(&p, today, fault), 0);
    p.consent_on.n++;
    assert_true(faulty(&p, "consent_on"));
}

static void texts_have_a_most(void **state) {
    (void)state;
    char text[LIMIT_CODE + 1];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = 'a';
    struct person p = {.name = {text, LIMIT_CODE}, .consent_on = DAY_NONE};
    assert_false(faulty(&p, "name"));
    p.name.n++;
    assert_true(faulty(&p, "name"));
    p.name.n = 0;
    assert_true(faulty(&p, "name"));
}

static void consents_are_read_by_the_names_they_are_written_by(void **state) {
    (void)state;
    for (int k = 0; k < CONSENTS; k++) {
        enum consent consent = CONSENTS;
        assert_true(consent_parse(str_from(consent_name((enum consent)k)), &consent));
        assert_int_equal(consent, k);
    }
    enum consent left = CONSENT_YES;
    assert_false(consent_parse(S("perhaps"), &left));
    assert_int_equal(left, CONSENT_YES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phone_is_what_can_be_called),
        cmocka_unit_test(email_has_one_at_between_something),
        cmocka_unit_test(an_answer_comes_with_its_day_and_its_source),
        cmocka_unit_test(texts_have_a_most),
        cmocka_unit_test(consents_are_read_by_the_names_they_are_written_by),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
