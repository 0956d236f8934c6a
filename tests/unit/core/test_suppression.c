// SPDX-License-Identifier: Apache-2.0
/* The limit on contact pressure at the edges of its window, and the names that are kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/suppression.h"

static const struct pressure_limit three_in_seven = {3, 7};

static void pressure_is_reached_by_as_many_as_allowed(void **state) {
    (void)state;
    const struct day days[] = {{105}, {101}, {103}};
    struct pressure p = pressure_of(&three_in_seven, days, 3, (struct day){105});
    assert_int_equal(p.contacts, 3);
    assert_true(p.reached);
    assert_int_equal(p.next.n, 108); /* the one of day 101 counts for the last time on day 107 */
    assert_true(pressure_of(&three_in_seven, days, 3, (struct day){107}).reached);
    assert_false(pressure_of(&three_in_seven, days, 3, (struct day){108}).reached);
    assert_int_equal(pressure_of(&three_in_seven, days, 3, (struct day){108}).contacts, 2);
    assert_false(pressure_of(&three_in_seven, days, 2, (struct day){105}).reached);
}

static void pressure_of_one_day_ends_together(void **state) {
    (void)state;
    const struct day days[] = {{105}, {105}, {105}, {105}};
    assert_int_equal(pressure_of(&three_in_seven, days, 4, (struct day){105}).next.n, 112);
    const struct day spread[] = {
        {100}, {105}, {105}, {106}}; /* only when one of day 105 is gone are there fewer than 3 */
    assert_int_equal(pressure_of(&three_in_seven, spread, 4, (struct day){106}).next.n, 112);
}

static void no_limit_is_never_reached(void **state) {
    (void)state;
    const struct pressure_limit none = {0, 7};
    const struct day days[] = {{105}, {105}};
    struct pressure p = pressure_of(&none, days, 2, (struct day){105});
    assert_false(p.reached);
    assert_int_equal(p.contacts, 2);
    assert_false(day_is(p.next));
    assert_false(pressure_of(&three_in_seven, days, 0, (struct day){105}).reached);
}

static void a_wrong_number_disturbed_somebody_else(void **state) {
    (void)state;
    assert_false(pressure_counts(CONTACT_OUTCOME_WRONG_NUMBER));
    assert_true(pressure_counts(CONTACT_OUTCOME_NO_ANSWER));
    assert_int_equal(CONTACT_OUTCOME_WRONG_NUMBER, 6); /* sql/queries/suppression.sql counts by it */
    assert_int_equal(SUPPRESSION_BLOCK, 6);            /* and answers with it */
    assert_int_equal(SUPPRESSION_CALL, 1);
}

static void every_channel_bars_every_one(void **state) {
    (void)state;
    for (int c = SUPPRESSION_ALL; c < SUPPRESSION_CHANNELS; c++) {
        enum suppression_channel read = SUPPRESSION_CHANNELS;
        assert_true(suppression_bars(SUPPRESSION_ALL, (enum suppression_channel)c));
        assert_true(suppression_channel_parse(str_from(suppression_channel_name((enum suppression_channel)c)), &read));
        assert_int_equal(read, c);
    }
    assert_false(suppression_bars(SUPPRESSION_CALL, SUPPRESSION_MESSAGE));
    for (int s = SUPPRESSION_ASKED; s < SUPPRESSION_SOURCES; s++) {
        enum suppression_source read = SUPPRESSION_NOBODY;
        assert_true(suppression_source_parse(str_from(suppression_source_name((enum suppression_source)s)), &read));
        assert_int_equal(read, s);
    }
    enum suppression_source none;
    assert_false(suppression_source_parse(S("nobody"), &none));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pressure_is_reached_by_as_many_as_allowed),
        cmocka_unit_test(pressure_of_one_day_ends_together),
        cmocka_unit_test(no_limit_is_never_reached),
        cmocka_unit_test(a_wrong_number_disturbed_somebody_else),
        cmocka_unit_test(every_channel_bars_every_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
