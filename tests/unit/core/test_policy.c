// SPDX-License-Identifier: Apache-2.0
/* Rules of inactivity as people write them: what is read, what is written back, what is refused and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/catalog.h"
#include "base/limits.h"
#include "core/policy.h"

static struct arena arena;
static struct cx cx;

static int set_up(void **state) {
    (void)state;
    arena_init(&arena, 0, arena_full_exit, NULL);
    cx = (struct cx){.arena = &arena};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_clear(&arena);
    return 0;
}

static struct due_rule rule_of(struct str text) {
    struct due_rule due = {0};
    cx_clear(&cx);
    assert_true(policy_rule_parse(&cx, text, &due));
    return due;
}

static void becomes(struct str text, struct str canonical) {
    struct due_rule due = rule_of(text);
    struct str written = policy_rule_text(&arena, &due);
    if (!str_equal(written, canonical))
        fail_msg("%.*s, not %.*s", STR_ARG(written), STR_ARG(canonical));
}

/* Refused with this key at this character. */
static void refused(struct str text, struct str key, struct str character) {
    struct due_rule due = {.lost_days = 7};
    cx_clear(&cx);
    assert_false(policy_rule_parse(&cx, text, &due));
    if (!str_equal(cx.err.key, key))
        fail_msg("%.*s: %.*s", STR_ARG(text), STR_ARG(cx.err.key));
    if (!str_equal(cx.err.arg[0], character))
        fail_msg("%.*s: at %.*s", STR_ARG(text), STR_ARG(cx.err.arg[0]));
    assert_int_equal(cx.err.code, ERR_INVALID);
    assert_int_equal(due.lost_days, 7);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        assert_non_null(catalog_find((enum lang)lang, key));
}

static void policy_days_rule_is_read_number_for_number(void **state) {
    (void)state;
    struct due_rule due = rule_of(S("days 90 at-risk 60"));
    assert_int_equal(due.kind, DUE_DAYS);
    assert_int_equal(due.inactive_days, 90);
    assert_int_equal(due.at_risk_days, 60);
    assert_int_equal(due.lost_days, 730);
}

static void policy_cycle_rule_is_read_to_ten_thousandths(void **state) {
    (void)state;
    struct due_rule due = rule_of(S("cycle 2.5 at-risk 1.5 between 20 and 365"));
    assert_int_equal(due.kind, DUE_CYCLE);
    assert_int_equal(due.inactive_e4, 25000);
    assert_int_equal(due.at_risk_e4, 15000);
    assert_int_equal(due.floor_days, 20);
    assert_int_equal(due.ceiling_days, 365);
    assert_int_equal(rule_of(S("cycle 1.2345")).inactive_e4, 12345);
    assert_int_equal(rule_of(S("cycle 100")).inactive_e4, 1000000);
    assert_int_equal(rule_of(S("cycle 0.1")).inactive_e4, 1000);
}

static void policy_probability_rule_is_read_as_a_number_or_in_percent(void **state) {
    (void)state;
    struct due_rule due = rule_of(S("probability 0.3 at-risk 0.5"));
    assert_int_equal(due.kind, DUE_PROBABILITY);
    assert_int_equal(due.inactive_e4, 3000);
    assert_int_equal(due.at_risk_e4, 5000);
    assert_int_equal(due.lost_days, 730);
    becomes(S("probability 30% at-risk 50%"), S("probability 0.3 at-risk 0.5"));
    becomes(S("Probabilidade 12,5% em-risco 0,2 perdido 400"), S("probability 0.125 at-risk 0.2 lost 400"));
    becomes(S("probability 0.3"), S("probability 0.3 at-risk 0.5"));
    becomes(S("probability 0.9"), S("probability 0.9 at-risk 0.95"));
    becomes(S("probability 0.99"), S("probability 0.99 at-risk 0.99"));
    becomes(S("probability 0.01 lost 1"), S("probability 0.01 at-risk 0.21 lost 1"));
    due = rule_of(S("probability 0.2501"));
    assert_true(str_equal(policy_rule_said(&arena, LANG_PT_BR, &due), S("probabilidade 0,2501 em-risco 0,4501")));
}

static void policy_probability_rule_out_of_its_bounds_is_refused(void **state) {
    (void)state;
    static const char *const chances[] = {"", "0", "1", "30", "0.3%", "100%", "99.5%", "0.00999", "-0.3", "30%%", "%"};
    for (size_t i = 0; i < sizeof chances / sizeof *chances; i++)
        refused(cx_text(&cx, "probability %s", chances[i]), S("policy.expected_chance"),
                chances[i][0] ? S("13") : S("12"));
    refused(S("probability 0.3 at-risk 0.2"), S("policy.at_risk_chance_under_inactive"), S("25"));
    refused(S("probability 0.3 at-risk 60"), S("policy.expected_chance"), S("25"));
    refused(S("probability 0.3 between 20 and 365"), S("policy.between_needs_cycle"), S("17"));
    refused(S("probability 0.3 at-risk 0.5 at-risk 0.5"), S("policy.said_twice"), S("29"));
}

static void policy_at_risk_is_two_thirds_when_not_said(void **state) {
    (void)state;
    assert_int_equal(rule_of(S("days 90")).at_risk_days, 60);
    assert_int_equal(rule_of(S("days 100")).at_risk_days, 67);
    assert_int_equal(rule_of(S("days 1")).at_risk_days, 1);
    assert_int_equal(rule_of(S("days 3650")).at_risk_days, 2433);
    assert_int_equal(rule_of(S("cycle 2.5")).at_risk_e4, 16700); /* 1.666... in hundredths */
    assert_int_equal(rule_of(S("cycle 3")).at_risk_e4, 20000);
}

static void policy_words_of_both_languages_in_any_case_and_order(void **state) {
    (void)state;
    becomes(S("dias 90 em-risco 60"), S("days 90 at-risk 60"));
    becomes(S("ciclo 2,5 em-risco 1,5 entre 20 e 365 perdido 800"),
            S("cycle 2.5 at-risk 1.5 between 20 and 365 lost 800"));
    becomes(S("  CYCLE 2.50   lost 800 BETWEEN 20 AND 365\tAt_Risk 1.5 "),
            S("cycle 2.5 at-risk 1.5 between 20 and 365 lost 800"));
    becomes(S("dias 90 pré-inativo 45"), S("days 90 at-risk 45"));
}

static void policy_canonical_text_says_lost_only_when_it_is_not_the_default(void **state) {
    (void)state;
    becomes(S("days 90 lost 730"), S("days 90 at-risk 60"));
    becomes(S("days 90 lost 731"), S("days 90 at-risk 60 lost 731"));
    becomes(S("days 900"), S("days 900 at-risk 600")); /* lost with inactivity: never before it */
    assert_int_equal(rule_of(S("days 900")).lost_days, 900);
    becomes(S("cycle 2"), S("cycle 2 at-risk 1.33 between 20 and 365"));
}

static void policy_default_reads_back_from_its_text(void **state) {
    (void)state;
    struct policy_rule rule = policy_default();
    becomes(policy_rule_text(&arena, &rule.due), S("cycle 2.5 at-risk 1.5 between 20 and 365"));
    assert_int_equal(rule_of(policy_rule_text(&arena, &rule.due)).lost_days, POLICY_LOST_DAYS);
}

static void policy_rule_is_said_in_the_words_of_the_language(void **state) {
    (void)state;
    struct due_rule cycle = rule_of(S("cycle 2.5 at-risk 1.5 between 20 and 365 lost 900")),
                    days = rule_of(S("days 90"));
    assert_true(str_equal(policy_rule_said(&arena, LANG_PT_BR, &cycle),
                          S("ciclo 2,5 em-risco 1,5 entre 20 e 365 perdido 900")));
    assert_true(str_equal(policy_rule_said(&arena, LANG_PT_BR, &days), S("dias 90 em-risco 60")));
    assert_true(str_equal(policy_rule_said(&arena, LANG_EN, &days), S("days 90 at-risk 60")));
    becomes(policy_rule_said(&arena, LANG_PT_BR, &cycle), policy_rule_text(&arena, &cycle));
}

static void same_rule(const struct due_rule *a, const struct due_rule *b) {
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->inactive_days, b->inactive_days);
    assert_int_equal(a->at_risk_days, b->at_risk_days);
    assert_int_equal(a->inactive_e4, b->inactive_e4);
    assert_int_equal(a->at_risk_e4, b->at_risk_e4);
    assert_int_equal(a->floor_days, b->floor_days);
    assert_int_equal(a->ceiling_days, b->ceiling_days);
    assert_int_equal(a->lost_days, b->lost_days);
}

static void policy_every_limit_reads_back_from_its_text(void **state) {
    (void)state;
    for (int days = 1; days <= 3650; days++) {
        struct due_rule due = rule_of(cx_text(&cx, "days %d", days));
        struct due_rule again = rule_of(policy_rule_text(&arena, &due));
        same_rule(&due, &again);
        arena_reset(&arena);
    }
    for (int e4 = 1000; e4 <= 1000000; e4 += 371) {
        struct due_rule due = rule_of(cx_text(&cx, "cycle %d.%04d", e4 / 10000, e4 % 10000));
        assert_int_equal(due.inactive_e4, e4);
        struct due_rule again = rule_of(policy_rule_text(&arena, &due));
        same_rule(&due, &again);
        arena_reset(&arena);
    }
}

static void policy_faults_name_the_place_and_what_was_expected(void **state) {
    (void)state;
    refused(S(""), S("policy.expected_kind"), S("1"));
    refused(S("90 days"), S("policy.expected_kind"), S("1"));
    refused(S("days"), S("policy.expected_days"), S("5"));
    refused(S("days ninety"), S("policy.expected_days"), S("6"));
    refused(S("days 0"), S("policy.expected_days"), S("6"));
    refused(S("days 3651"), S("policy.expected_days"), S("6"));
    refused(S("days 99999999999999999999"), S("policy.expected_days"), S("6"));
    refused(S("days 90.5"), S("policy.expected_days"), S("6"));
    refused(S("days -5"), S("policy.expected_days"), S("6"));
    refused(S("cycle 0.05"), S("policy.expected_factor"), S("7"));
    refused(S("cycle 100.1"), S("policy.expected_factor"), S("7"));
    refused(S("cycle 1.23456"), S("policy.expected_factor"), S("7"));
    refused(S("cycle 2."), S("policy.expected_factor"), S("7"));
    refused(S("cycle .5"), S("policy.expected_factor"), S("7"));
    refused(S("cycle 1.2.3"), S("policy.expected_factor"), S("7"));
    refused(S("cycle 99999999999999999999"), S("policy.expected_factor"), S("7"));
    refused(S("days 90 sometimes"), S("policy.expected_option"), S("9"));
    refused(S("days 90 at-risk"), S("policy.expected_days"), S("16"));
    refused(S("days 90 at-risk 91"), S("policy.at_risk_after_inactive"), S("17"));
    refused(S("cycle 2 at-risk 2.1"), S("policy.at_risk_after_inactive"), S("17"));
    refused(S("days 90 at-risk 60 at-risk 50"), S("policy.said_twice"), S("20"));
    refused(S("days 90 between 20 and 365"), S("policy.between_needs_cycle"), S("9"));
    refused(S("cycle 2 between 20 365"), S("policy.expected_and"), S("20"));
    refused(S("cycle 2 between 20 and 19"), S("policy.bounds_crossed"), S("24"));
    refused(S("cycle 2 between 20 and 40 between 1 and 2"), S("policy.said_twice"), S("27"));
    refused(S("days 90 lost 89"), S("policy.lost_before_inactive"), S("14"));
    refused(S("cycle 2 lost 364"), S("policy.lost_before_inactive"), S("14"));
    refused(S("days 90 lost 100 lost 100"), S("policy.said_twice"), S("18"));
    refused(S("dias 90 pré-inativo 99"), S("policy.at_risk_after_inactive"), S("21")); /* characters, not bytes */
}

static void policy_rule_of_endless_text_is_refused(void **state) {
    (void)state;
    struct due_rule due;
    char text[300];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = 'a';
    cx_clear(&cx);
    assert_false(policy_rule_parse(&cx, (struct str){text, sizeof text}, &due));
    assert_true(str_equal(cx.err.key, S("policy.too_long")));
}

/* -- whom a rule is for -- */

static struct policy_scope scope_of(struct str text) {
    struct policy_scope scope = {0};
    cx_clear(&cx);
    assert_true(policy_scope_parse(&cx, text, &scope));
    return scope;
}

static void scope_becomes(struct str text, struct str canonical) {
    struct policy_scope scope = scope_of(text);
    struct str written = policy_scope_text(&arena, &scope);
    if (!str_equal(written, canonical))
        fail_msg("%.*s, not %.*s", STR_ARG(written), STR_ARG(canonical));
}

static void scope_refused(struct str text, struct str key, struct str character) {
    struct policy_scope scope = {.abc = 'B'};
    cx_clear(&cx);
    assert_false(policy_scope_parse(&cx, text, &scope));
    if (!str_equal(cx.err.key, key))
        fail_msg("%.*s: %.*s", STR_ARG(text), STR_ARG(cx.err.key));
    if (!str_equal(cx.err.arg[0], character))
        fail_msg("%.*s: at %.*s", STR_ARG(text), STR_ARG(cx.err.arg[0]));
    assert_int_equal(scope.abc, 'B');
    for (int lang = 0; lang < LANG_COUNT; lang++)
        assert_non_null(catalog_find((enum lang)lang, key));
}

static void policy_scope_is_written_in_one_order(void **state) {
    (void)state;
    scope_becomes(S(""), S(""));
    scope_becomes(S("abc=a segment=Varejo"), S("segment=Varejo abc=A"));
    scope_becomes(S("região=Sul vendedor=R07 empresa=1 classe=B segmento=X"),
                  S("company=1 rep=R07 segment=X region=Sul abc=B"));
}

static void policy_scope_quotes_what_needs_it(void **state) {
    (void)state;
    scope_becomes(S("segment=\"Varejo Sul\""), S("segment=\"Varejo Sul\""));
    scope_becomes(S("segment=\"Varejo\""), S("segment=Varejo"));
    scope_becomes(S("segment=\"7\"\" tubes\" region=a=b"), S("segment=\"7\"\" tubes\" region=a=b"));
    assert_true(str_equal(scope_of(S("segment=\"7\"\" tubes\"")).segment, S("7\" tubes")));
}

static void policy_scope_faults_name_the_place(void **state) {
    (void)state;
    scope_refused(S("colour=red"), S("policy.scope_key"), S("1"));
    scope_refused(S("segment"), S("policy.scope_key"), S("1"));
    scope_refused(S("segment =X"), S("policy.scope_key"), S("1"));
    scope_refused(S("rep=1 segment="), S("policy.scope_value"), S("15"));
    scope_refused(S("segment=\"\""), S("policy.scope_value"), S("9"));
    scope_refused(S("segment=\"Varejo"), S("policy.scope_quote"), S("9"));
    scope_refused(S("segment=\"a\"b"), S("policy.scope_quote"), S("9"));
    scope_refused(S("abc=D"), S("policy.scope_abc"), S("5"));
    scope_refused(S("abc=AB"), S("policy.scope_abc"), S("5"));
    scope_refused(S("rep=1 vendedor=2"), S("policy.scope_twice"), S("7"));
}

static void policy_scope_value_at_its_limit_and_one_past_it(void **state) {
    (void)state;
    char text[4 + LIMIT_CODE + 1] = "rep=";
    for (size_t i = 4; i < sizeof text; i++)
        text[i] = 'x';
    assert_int_equal(scope_of((struct str){text, 4 + LIMIT_CODE}).rep.n, LIMIT_CODE);
    scope_refused((struct str){text, 4 + LIMIT_CODE + 1}, S("policy.scope_long"), S("5"));
}

static void policy_scope_order_is_narrow_before_wide(void **state) {
    (void)state;
    const struct policy_scope wide = scope_of(S("")), segment = scope_of(S("segment=A")),
                              other = scope_of(S("segment=B")), company = scope_of(S("company=1")),
                              both = scope_of(S("segment=B abc=C")), abc = scope_of(S("abc=A"));
    assert_true(policy_scope_compare(&both, &segment) < 0);
    assert_true(policy_scope_compare(&segment, &wide) < 0);
    assert_true(policy_scope_compare(&wide, &segment) > 0);
    assert_true(policy_scope_compare(&segment, &other) < 0);
    assert_true(policy_scope_compare(&company, &segment) < 0);
    assert_true(policy_scope_compare(&other, &abc) < 0);
    assert_int_equal(policy_scope_compare(&abc, &abc), 0);
}

static void policy_first_rule_that_fits_decides(void **state) {
    (void)state;
    struct policy_rule rule[] = {{.scope = scope_of(S("segment=Varejo abc=A"))},
                                 {.scope = scope_of(S("segment=Varejo"))},
                                 {.scope = scope_of(S("rep=R07"))},
                                 {.scope = scope_of(S(""))}};
    const struct policy policy = {rule, 4};
    struct policy_scope customer = {.segment = S("Varejo"), .rep = S("R07"), .abc = 'A'};
    assert_int_equal(policy_match(&policy, &customer), 0);
    customer.abc = 'B';
    assert_int_equal(policy_match(&policy, &customer), 1);
    customer.abc = 0; /* no purchase in the window: no class */
    assert_int_equal(policy_match(&policy, &customer), 1);
    customer.segment = S("Indústria");
    assert_int_equal(policy_match(&policy, &customer), 2);
    customer.rep = S("R08");
    assert_int_equal(policy_match(&policy, &customer), 3);
    assert_true(policy_uses_abc(&policy));
    const struct policy rest = {rule + 1, 3};
    assert_false(policy_uses_abc(&rest));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(policy_days_rule_is_read_number_for_number),
        cmocka_unit_test(policy_cycle_rule_is_read_to_ten_thousandths),
        cmocka_unit_test(policy_probability_rule_is_read_as_a_number_or_in_percent),
        cmocka_unit_test(policy_probability_rule_out_of_its_bounds_is_refused),
        cmocka_unit_test(policy_at_risk_is_two_thirds_when_not_said),
        cmocka_unit_test(policy_words_of_both_languages_in_any_case_and_order),
        cmocka_unit_test(policy_canonical_text_says_lost_only_when_it_is_not_the_default),
        cmocka_unit_test(policy_default_reads_back_from_its_text),
        cmocka_unit_test(policy_rule_is_said_in_the_words_of_the_language),
        cmocka_unit_test(policy_every_limit_reads_back_from_its_text),
        cmocka_unit_test(policy_faults_name_the_place_and_what_was_expected),
        cmocka_unit_test(policy_rule_of_endless_text_is_refused),
        cmocka_unit_test(policy_scope_is_written_in_one_order),
        cmocka_unit_test(policy_scope_quotes_what_needs_it),
        cmocka_unit_test(policy_scope_faults_name_the_place),
        cmocka_unit_test(policy_scope_value_at_its_limit_and_one_past_it),
        cmocka_unit_test(policy_scope_order_is_narrow_before_wide),
        cmocka_unit_test(policy_first_rule_that_fits_decides),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
