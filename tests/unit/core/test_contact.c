// SPDX-License-Identifier: Apache-2.0
/* Channels and outcomes are known by the names forms send; the rule of tries reads what people type and ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/contact.h"

static void contact_names_come_back_as_what_they_name(void **state) {
    (void)state;
    for (int i = CONTACT_CHANNEL_CALL; i < CONTACT_CHANNEL_COUNT; i++) {
        enum contact_channel channel;
        assert_true(contact_channel_parse(str_from(contact_channel_name((enum contact_channel)i)), &channel));
        assert_int_equal(channel, i);
    }
    for (int i = CONTACT_OUTCOME_ORDERED; i < CONTACT_OUTCOME_COUNT; i++) {
        enum contact_outcome outcome;
        assert_true(contact_outcome_parse(str_from(contact_outcome_name((enum contact_outcome)i)), &outcome));
        assert_int_equal(outcome, i);
    }
    enum contact_outcome outcome;
    enum contact_channel channel;
    assert_false(contact_outcome_parse(S("none"), &outcome));
    assert_false(contact_outcome_parse(S(""), &outcome));
    assert_false(contact_channel_parse(S("none"), &channel));
    assert_string_equal(contact_outcome_name((enum contact_outcome)99), "none");
    assert_string_equal(contact_channel_name((enum contact_channel) - 1), "none");
}

static void contact_tries_end_after_the_last(void **state) {
    (void)state;
    struct contact_tries tries = {.days = {1, 3, 7}, .n = 3};
    static const int expected[] = {1, 3, 7};
    int days;
    for (int64_t n = 1; n <= 3; n++) {
        assert_true(contact_tries_next(&tries, n, &days));
        assert_int_equal(days, expected[n - 1]);
    }
    assert_false(contact_tries_next(&tries, 4, &days));
    assert_false(contact_tries_next(&tries, 0, &days));
    assert_false(contact_tries_next(&tries, INT64_MAX, &days));
}

static void contact_tries_are_read_as_typed_or_refused(void **state) {
    (void)state;
    struct contact_tries tries;
    assert_true(contact_tries_parse(S(" 2, 5 ,365"), &tries));
    assert_int_equal(tries.n, 3);
    assert_int_equal(tries.days[1], 5);
    assert_int_equal(tries.days[2], 365);
    assert_true(contact_tries_parse(S(""), &tries));
    assert_int_equal(tries.n, 0);
    static const char *const bad[] = {"0",
                                      "366",
                                      "1,,2",
                                      "1,",
                                      "a",
                                      "-1",
                                      "1.5",
                                      "99999999999999999999",
                                      "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(contact_tries_parse(str_from(bad[i]), &tries));
    assert_true(contact_tries_parse(S("1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"), &tries));
    assert_int_equal(tries.n, CONTACT_TRIES_MOST);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contact_names_come_back_as_what_they_name),
        cmocka_unit_test(contact_tries_end_after_the_last),
        cmocka_unit_test(contact_tries_are_read_as_typed_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
