// SPDX-License-Identifier: Apache-2.0
/* policy -- the rules as rows of text, in the words of the policy command.
 *
 * Must not decide whom a rule fits. Invariant: what is loaded ends with a rule for everybody, and every scope stands
 * there once.
 */
#include "store/policy.h"

#include "base/limits.h"
#include "store/sql.h"

static bool read_rule(struct cx *cx, struct sql_rows *rows, struct policy_rule *out) {
    struct str scope = str_copy(cx->arena, sql_get_text(rows, 0)), rule = str_copy(cx->arena, sql_get_text(rows, 1));
    return policy_scope_parse(cx, scope, &out->scope) && policy_rule_parse(cx, rule, &out->due);
}

static bool is_everybody(const struct policy_rule *rule) {
    const struct policy_scope everybody = {0};
    return policy_scope_compare(&rule->scope, &everybody) == 0;
}

/* Insert at its place: narrower ones first. */
static void place(struct policy *policy, struct policy_rule rule) {
    size_t at = policy->n++;
    for (; at && policy_scope_compare(&rule.scope, &policy->rule[at - 1].scope) < 0; at--)
        policy->rule[at] = policy->rule[at - 1];
    policy->rule[at] = rule;
}

bool policy_load(struct cx *cx, struct db *db, struct policy *out) {
    *out = (struct policy){.rule = arena_new(cx->arena, struct policy_rule, LIMIT_POLICY_RULES + 1)};
    struct sql_rows *rows;
    if (!sql_open(cx, db, SQL_POLICY_LIST, NULL, 0, &rows))
        return false;
    bool more, good, everybody = false;
    while ((good = sql_next(cx, rows, &more)) && more && out->n < LIMIT_POLICY_RULES) {
        struct policy_rule rule;
        good = read_rule(cx, rows, &rule);
        if (!good)
            break;
        everybody = everybody || is_everybody(&rule);
        place(out, rule);
    }
    sql_close(rows);
    if (good && !everybody)
        place(out, policy_default());
    return good;
}

bool policy_put(struct cx *cx, struct db *db, const struct policy_rule *rule) {
    const struct sql_value args[] = {sql_text(policy_scope_text(cx->arena, &rule->scope)),
                                     sql_text(policy_rule_text(cx->arena, &rule->due))};
    int64_t others;
    bool found;
    if (!sql_one_int(cx, db, SQL_POLICY_OTHERS, args, 1, &found, &others))
        return false;
    if (others >= LIMIT_POLICY_RULES)
        return cx_fail(cx, ERR_LIMIT, S("policy.too_many"), cx_text(cx, "%d", LIMIT_POLICY_RULES));
    return sql_run(cx, db, SQL_POLICY_PUT, args, 2, NULL);
}

bool policy_remove(struct cx *cx, struct db *db, const struct policy_scope *scope, bool *found) {
    struct str text = policy_scope_text(cx->arena, scope);
    if (!text.n)
        return cx_fail(cx, ERR_INVALID, S("policy.keep_last"));
    const struct sql_value arg = sql_text(text);
    int64_t changed;
    if (!sql_run(cx, db, SQL_POLICY_REMOVE, &arg, 1, &changed))
        return false;
    *found = changed > 0;
    return true;
}
