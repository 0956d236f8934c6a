// SPDX-License-Identifier: Apache-2.0
/* What a report bars an address for, and what it does not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/bounce.h"

static enum bounce_result weigh(const char *action, const char *status, const char *diagnostic) {
    return bounce_weigh(str_from(action), str_from(status), str_from(diagnostic));
}

static void bounce_no_such_address_is_hard(void **state) {
    (void)state;
    assert_int_equal(weigh("failed", "5.1.1", ""), BOUNCE_HARD);
    assert_int_equal(weigh("Failed", "5.1.10 (null MX)", ""), BOUNCE_HARD);
    assert_int_equal(weigh("failed", "5.2.1", ""), BOUNCE_HARD);
}

static void bounce_of_a_good_address_is_soft(void **state) {
    (void)state;
    assert_int_equal(weigh("failed", "5.2.2", "smtp; 552 5.2.2 mailbox full"), BOUNCE_SOFT);
    assert_int_equal(weigh("failed", "5.7.1", "smtp; 550 5.7.1 looks like spam"), BOUNCE_SOFT);
    assert_int_equal(weigh("failed", "4.4.1", "connection timed out"), BOUNCE_SOFT);
    assert_int_equal(weigh("failed", "5.1.8", "sender's domain is unknown"), BOUNCE_SOFT);
    assert_int_equal(weigh("failed", "5.3.4", "too large"), BOUNCE_SOFT);
}

static void bounce_status_that_says_nothing_is_looked_for_in_the_answer(void **state) {
    (void)state;
    assert_int_equal(weigh("failed", "5.0.0", "smtp; 550-5.1.1 The account does not exist"), BOUNCE_HARD);
    assert_int_equal(weigh("failed", "", "smtp; 550 5.1.1 unknown"), BOUNCE_HARD);
    assert_int_equal(weigh("failed", "5.0.0", "smtp; 550 no"), BOUNCE_SOFT);
    /* a status that says something stands, whatever the sentence says */
    assert_int_equal(weigh("failed", "5.2.2", "smtp; 550 5.1.1 unknown"), BOUNCE_SOFT);
    /* an address is no status */
    assert_int_equal(weigh("failed", "4.0.0", "host 10.5.1.1 did not answer 5.1.1"), BOUNCE_SOFT);
}

static void bounce_other_actions_bar_nobody(void **state) {
    (void)state;
    assert_int_equal(weigh("delayed", "4.4.1", ""), BOUNCE_DELAYED);
    assert_int_equal(weigh("delivered", "2.0.0", ""), BOUNCE_DELIVERED);
    assert_int_equal(weigh("relayed", "2.0.0", ""), BOUNCE_DELIVERED);
    assert_int_equal(weigh("", "5.1.1", "smtp; 550 5.1.1 unknown"), BOUNCE_NOTHING);
    assert_int_equal(weigh("exploded", "5.1.1", ""), BOUNCE_NOTHING);
}

static void bounce_malformed_status_is_soft(void **state) {
    (void)state;
    static const char *const bad[] = {"5.1", "5", "51.1", "5.1.", "5..1", "9.1.1", "5.1111.1", "five", "5.1.1111"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(weigh("failed", bad[i], ""), BOUNCE_SOFT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounce_no_such_address_is_hard),
        cmocka_unit_test(bounce_of_a_good_address_is_soft),
        cmocka_unit_test(bounce_status_that_says_nothing_is_looked_for_in_the_answer),
        cmocka_unit_test(bounce_other_actions_bar_nobody),
        cmocka_unit_test(bounce_malformed_status_is_soft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
