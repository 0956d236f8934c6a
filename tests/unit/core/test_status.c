// SPDX-License-Identifier: Apache-2.0
/* The status of a customer on the days around its due dates, and the words by which people ask for one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/status.h"

static const struct due due = {.at_risk_on = {100}, .inactive_on = {200}, .lost_on = {300}};

static enum status on(int32_t purchases, int32_t as_of) {
    return status_of(purchases, &due, DAY_NONE, (struct day){as_of});
}

static void status_changes_on_the_due_day_itself(void **state) {
    (void)state;
    assert_int_equal(on(2, 99), STATUS_ACTIVE);
    assert_int_equal(on(2, 100), STATUS_AT_RISK);
    assert_int_equal(on(2, 199), STATUS_AT_RISK);
    assert_int_equal(on(2, 200), STATUS_INACTIVE);
    assert_int_equal(on(2, 299), STATUS_INACTIVE);
    assert_int_equal(on(2, 300), STATUS_LOST);
}

static void status_new_only_with_one_purchase_inside_its_window(void **state) {
    (void)state;
    assert_int_equal(on(1, 99), STATUS_NEW);
    assert_int_equal(on(1, 100), STATUS_AT_RISK);
    assert_int_equal(on(0, 99), STATUS_PROSPECT);
}

static void status_prospect_needs_no_due_dates(void **state) {
    (void)state;
    const struct due none = {DAY_NONE, DAY_NONE, DAY_NONE};
    assert_int_equal(status_of(0, &none, DAY_NONE, (struct day){5}), STATUS_PROSPECT);
}

static void status_closed_from_the_day_it_was_written_off(void **state) {
    (void)state;
    assert_int_equal(status_of(5, &due, (struct day){50}, (struct day){49}), STATUS_ACTIVE);
    assert_int_equal(status_of(5, &due, (struct day){50}, (struct day){50}), STATUS_CLOSED);
    assert_int_equal(status_of(0, &due, (struct day){50}, (struct day){500}), STATUS_CLOSED);
}

static void status_names_read_back(void **state) {
    (void)state;
    for (int i = 0; i < STATUS_COUNT; i++) {
        uint32_t set = 0;
        struct str bad;
        assert_true(status_parse_set(str_from(status_name((enum status)i)), &set, &bad));
        assert_int_equal(set, 1U << i);
    }
}

static void status_set_of_english_and_portuguese_words(void **state) {
    (void)state;
    uint32_t set = 0;
    struct str bad;
    assert_true(status_parse_set(S("at-risk, INACTIVE"), &set, &bad));
    assert_int_equal(set, (1U << STATUS_AT_RISK) | (1U << STATUS_INACTIVE));
    assert_true(status_parse_set(S("Pré-Inativo,PRÉ INATIVO,pre_inativo"), &set, &bad));
    assert_int_equal(set, 1U << STATUS_AT_RISK);
    assert_true(status_parse_set(S("prospecto,novo,ativo,inativo,perdido,encerrado"), &set, &bad));
    assert_int_equal(set, ((1U << STATUS_COUNT) - 1) & ~(1U << STATUS_AT_RISK));
}

static void status_set_names_the_unknown_word(void **state) {
    (void)state;
    uint32_t set = 77;
    struct str bad = {0};
    assert_false(status_parse_set(S("lost, asleep ,active"), &set, &bad));
    assert_true(str_equal(bad, S("asleep")));
    assert_int_equal(set, 77);
    assert_false(status_parse_set(S(""), &set, &bad));
    assert_false(status_parse_set(S("lost,"), &set, &bad));
    assert_int_equal(bad.n, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_changes_on_the_due_day_itself),
        cmocka_unit_test(status_new_only_with_one_purchase_inside_its_window),
        cmocka_unit_test(status_prospect_needs_no_due_dates),
        cmocka_unit_test(status_closed_from_the_day_it_was_written_off),
        cmocka_unit_test(status_names_read_back),
        cmocka_unit_test(status_set_of_english_and_portuguese_words),
        cmocka_unit_test(status_set_names_the_unknown_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
