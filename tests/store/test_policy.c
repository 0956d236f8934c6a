// SPDX-License-Identifier: Apache-2.0
/* Rules are kept one a scope, come back in deciding order, and there is always one for everybody. */
#include "fixture.h"

#include "base/limits.h"
#include "stats/stat.h"
#include "store/policy.h"

static struct policy load(struct fixture *f) {
    struct policy policy;
    fixture_good(f, policy_load(&f->cx, f->db, &policy));
    return policy;
}

static void put(struct fixture *f, const char *scope, const char *text) {
    struct policy_rule rule = {0};
    fixture_good(f, policy_scope_parse(&f->cx, str_from(scope), &rule.scope));
    fixture_good(f, policy_rule_parse(&f->cx, str_from(text), &rule.due));
    fixture_good(f, policy_put(&f->cx, f->db, &rule));
}

static void assert_rule(struct fixture *f, const struct policy_rule *rule, const char *scope, const char *text) {
    assert_string_equal(str_terminated(&f->arena, policy_scope_text(&f->arena, &rule->scope)), scope);
    assert_string_equal(str_terminated(&f->arena, policy_rule_text(&f->arena, &rule->due)), text);
}

static void policy_of_a_new_database_is_the_default(void **state) {
    struct fixture *f = *state;
    struct policy policy = load(f);
    struct policy_rule rule = policy_default();
    assert_int_equal(policy.n, 1);
    assert_rule(f, &policy.rule[0], "", str_terminated(&f->arena, policy_rule_text(&f->arena, &rule.due)));
}

static void policy_comes_back_narrow_rules_first(void **state) {
    struct fixture *f = *state;
    put(f, "", "days 90 at-risk 60");
    put(f, "segment=Varejo", "days 30 at-risk 20");
    put(f, "segment=\"Varejo Sul\" abc=A", "days 45 at-risk 15");
    struct policy policy = load(f);
    assert_int_equal(policy.n, 3);
    assert_rule(f, &policy.rule[0], "segment=\"Varejo Sul\" abc=A", "days 45 at-risk 15");
    assert_rule(f, &policy.rule[1], "segment=Varejo", "days 30 at-risk 20");
    assert_rule(f, &policy.rule[2], "", "days 90 at-risk 60");
}

static void policy_put_again_replaces_the_rule_of_its_scope(void **state) {
    struct fixture *f = *state;
    put(f, "abc=A", "days 90 at-risk 60");
    put(f, "abc=A", "days 40 at-risk 30");
    struct policy policy = load(f);
    assert_int_equal(policy.n, 2);
    assert_rule(f, &policy.rule[0], "abc=A", "days 40 at-risk 30");
}

static void policy_removed_is_gone_and_the_last_stays(void **state) {
    struct fixture *f = *state;
    const struct policy_scope scope = {.abc = 'A'}, everybody = {0};
    bool found;
    put(f, "abc=A", "days 90 at-risk 60");
    fixture_good(f, policy_remove(&f->cx, f->db, &scope, &found));
    assert_true(found);
    fixture_good(f, policy_remove(&f->cx, f->db, &scope, &found));
    assert_false(found);
    fixture_refused(f, policy_remove(&f->cx, f->db, &everybody, &found), ERR_INVALID, "policy.keep_last");
    assert_int_equal(load(f).n, 1);
}

static void policy_takes_so_many_rules_and_not_one_more(void **state) {
    struct fixture *f = *state;
    struct policy_rule rule = policy_default();
    fixture_good(f, db_write(&f->cx, f->db));
    for (int i = 0; i < LIMIT_POLICY_RULES; i++) {
        rule.scope.rep = cx_text(&f->cx, "R%03d", i);
        fixture_good(f, policy_put(&f->cx, f->db, &rule));
    }
    fixture_good(f, policy_put(&f->cx, f->db, &rule)); /* its own again */
    rule.scope.rep = S("one more");
    fixture_refused(f, policy_put(&f->cx, f->db, &rule), ERR_LIMIT, "policy.too_many");
    fixture_good(f, db_commit(&f->cx, f->db));
    assert_int_equal(load(f).n, LIMIT_POLICY_RULES + 1);
}

static void policy_keeps_the_order_that_was_said(void **state) {
    struct fixture *f = *state;
    struct policy policy, again;
    const struct str text =
        S("abc=A\tdays 30 at-risk 20\nsegment=Varejo abc=A\tdays 40 at-risk 30\n\tdays 90 at-risk 60\n");
    fixture_good(f, policy_parse(&f->cx, text, &policy));
    fixture_good(f, policy_keep(&f->cx, f->db, &policy));
    again = load(f);
    assert_true(str_equal(policy_text(&f->arena, &again), text));
    assert_int_equal(policy_before(&again, 1), 0); /* the wider one before it takes them all */
    assert_int_equal(policy_before(&again, 2), 2);
    put(f, "abc=A", "days 31 at-risk 20"); /* stays where it is */
    put(f, "region=Sul", "days 50 at-risk 40");
    again = load(f);
    assert_int_equal(again.n, 4);
    assert_rule(f, &again.rule[0], "region=Sul", "days 50 at-risk 40");
    assert_rule(f, &again.rule[1], "abc=A", "days 31 at-risk 20");
    assert_rule(f, &again.rule[2], "segment=Varejo abc=A", "days 40 at-risk 30");
}

static int64_t version_add(struct fixture *f, int64_t in_force_us, const char *token) {
    const struct policy_version version = {.made_us = 5,
                                           .who = S("ana"),
                                           .note = S("why"),
                                           .rules = S("\tdays 90 at-risk 60\n"),
                                           .in_force_us = in_force_us};
    int64_t id;
    fixture_good(f, policy_version_add(&f->cx, f->db, &version, str_from(token), &id));
    return id;
}

static void policy_version_comes_into_force_once_and_only_the_newest(void **state) {
    struct fixture *f = *state;
    struct policy_version *version;
    bool found, entered;
    size_t n;
    int64_t id, first = version_add(f, STAT_NONE, "one"), second = version_add(f, STAT_NONE, "");
    version_add(f, 9, "");
    fixture_good(f, policy_version_of(&f->cx, f->db, S("one"), &found, &id));
    assert_true(found && id == first);
    fixture_good(f, policy_version_of(&f->cx, f->db, S(""), &found, &id));
    assert_false(found);
    fixture_good(f, policy_version_enter(&f->cx, f->db, second, 7, &entered));
    assert_false(entered); /* others were saved since */
    int64_t last = version_add(f, STAT_NONE, "");
    fixture_good(f, policy_version_told(&f->cx, f->db, last, S("db.full")));
    fixture_good(f, policy_version_enter(&f->cx, f->db, last, 8, &entered));
    assert_true(entered);
    fixture_good(f, policy_version_enter(&f->cx, f->db, last, 9, &entered));
    assert_false(entered);
    fixture_good(f, policy_version_list(&f->cx, f->db, 0, 2, &version, &n));
    assert_int_equal(n, 2);
    assert_int_equal(version[0].in_force_us, 8);
    assert_int_equal(version[0].told.n, 0);
    fixture_good(f, policy_version_list(&f->cx, f->db, version[1].id, 10, &version, &n));
    assert_int_equal(n, 2);
    assert_true(version[0].id == second && version[0].in_force_us == STAT_NONE);
    assert_true(str_equal(version[1].note, S("why")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(policy_of_a_new_database_is_the_default),
        TEST(policy_comes_back_narrow_rules_first),
        TEST(policy_put_again_replaces_the_rule_of_its_scope),
        TEST(policy_removed_is_gone_and_the_last_stays),
        TEST(policy_takes_so_many_rules_and_not_one_more),
        TEST(policy_keeps_the_order_that_was_said),
        TEST(policy_version_comes_into_force_once_and_only_the_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
