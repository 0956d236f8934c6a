// SPDX-License-Identifier: Apache-2.0
/* How many of those who came back had waited longer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "stats/stat.h"
#include "stats/waited.h"

enum { CYCLE_E4 = 300000 }; /* 30 days */

static void share_counts_longer_waits_only(void **state) {
    struct waited waited = {0};
    (void)state;
    waited_add(&waited, 5, 1);
    waited_add(&waited, 10, 2);
    waited_add(&waited, 20, 1);
    assert_int_equal(waited.all, 4);
    assert_int_equal(waited_share_e4(&waited, 0, CYCLE_E4), 10000);
    assert_int_equal(waited_share_e4(&waited, 15, CYCLE_E4), 7500); /* five tenths: those of ten and twenty */
    assert_int_equal(waited_share_e4(&waited, 30, CYCLE_E4), 2500);
    assert_int_equal(waited_share_e4(&waited, 60, CYCLE_E4), 0);
    assert_int_equal(waited_share_e4(&waited, 30000, CYCLE_E4), 0);
}

static void share_of_nobody_is_none(void **state) {
    struct waited waited = {0};
    (void)state;
    assert_int_equal(waited_share_e4(&waited, 10, CYCLE_E4), STAT_NONE);
}

static void what_is_added_can_be_taken_back(void **state) {
    struct waited waited = {0};
    (void)state;
    waited_add(&waited, WAITED_TENTHS - 1, 3);
    waited_add(&waited, WAITED_TENTHS - 1, -3);
    assert_int_equal(waited.all, 0);
    for (int i = 0; i < WAITED_TENTHS; i++)
        assert_int_equal(waited.longer[i], 0);
}

static void who_never_bought_does_not_ask(void **state) {
    (void)state;
    assert_true(waited_asks(0, CYCLE_E4));
    assert_false(waited_asks(STAT_NONE, CYCLE_E4));
    assert_false(waited_asks(5, STAT_NONE));
    assert_false(waited_asks(-1, CYCLE_E4));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(share_counts_longer_waits_only),
        cmocka_unit_test(share_of_nobody_is_none),
        cmocka_unit_test(what_is_added_can_be_taken_back),
        cmocka_unit_test(who_never_bought_does_not_ask),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
