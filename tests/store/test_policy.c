// SPDX-License-Identifier: Apache-2.0
/* Rules are kept one a scope, come back in deciding order, and there is always one for everybody. */
#include "fixture.h"

#include "base/limits.h"
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

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(policy_of_a_new_database_is_the_default),         TEST(policy_comes_back_narrow_rules_first),
        TEST(policy_put_again_replaces_the_rule_of_its_scope), TEST(policy_removed_is_gone_and_the_last_stays),
        TEST(policy_takes_so_many_rules_and_not_one_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
