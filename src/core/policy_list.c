// SPDX-License-Identifier: Apache-2.0
/* policy_list -- all rules of a company as one: their text and back, a rule more or less, and one that never decides.
 *
 * Invariant: policy_parse of policy_text is the same list; what it takes ends with a rule for everybody and has no scope twice.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "core/policy.h"

struct str policy_text(struct arena *arena, const struct policy *policy) {
    struct buf buf;
    buf_init(&buf, arena, 1 << 20);
    for (size_t i = 0; i < policy->n; i++) {
        buf_put(&buf, policy_scope_text(arena, &policy->rule[i].scope));
        buf_char(&buf, '\t');
        buf_put(&buf, policy_rule_text(arena, &policy->rule[i].due));
        buf_char(&buf, '\n');
    }
    return buf_str(&buf);
}

struct str policy_line(struct arena *arena, const struct policy *policy) {
    struct buf said;
    buf_init(&said, arena, 0);
    for (size_t i = 0; i < policy->n; i++) {
        struct str scope = policy_scope_text(arena, &policy->rule[i].scope);
        buf_put(&said, i > 0 ? S("; ") : S(""));
        buf_put(&said, scope);
        buf_put(&said, scope.n > 0 ? S(": ") : S(""));
        buf_put(&said, policy_rule_text(arena, &policy->rule[i].due));
    }
    return buf_str(&said);
}

static size_t place_of(const struct policy *policy, const struct policy_scope *scope) {
    size_t i = 0;
    while (i < policy->n && policy_scope_compare(&policy->rule[i].scope, scope) != 0)
        i++;
    return i;
}

static bool is_everybody(const struct policy_scope *scope) {
    const struct policy_scope everybody = {0};
    return policy_scope_compare(scope, &everybody) == 0;
}

bool policy_parse(struct cx *cx, struct str text, struct policy *out) {
    *out = (struct policy){.rule = arena_new(cx->arena, struct policy_rule, LIMIT_POLICY_RULES + 1)};
    while (text.n > 0) {
        struct str line, scope, rule;
        struct policy_rule *next = &out->rule[out->n];
        str_cut(text, '\n', &line, &text);
        if (!str_cut(line, '\t', &scope, &rule) || out->n > LIMIT_POLICY_RULES)
            return cx_fail(cx, ERR_INVALID, S("policy.list_broken"));
        if (!policy_scope_parse(cx, scope, &next->scope) || !policy_rule_parse(cx, rule, &next->due))
            return false;
        if (place_of(out, &next->scope) < out->n)
            return cx_fail(cx, ERR_INVALID, S("policy.list_twice"), scope);
        out->n++;
    }
    return (out->n > 0 && is_everybody(&out->rule[out->n - 1].scope)) ||
           cx_fail(cx, ERR_INVALID, S("policy.list_broken"));
}

void policy_with(struct arena *arena, const struct policy *policy, const struct policy_rule *rule, struct policy *out) {
    size_t same = place_of(policy, &rule->scope), at = 0;
    out->rule = arena_new(arena, struct policy_rule, policy->n + 1);
    out->n = 0;
    while (at < policy->n && policy_scope_compare(&rule->scope, &policy->rule[at].scope) > 0)
        at++;
    for (size_t i = 0; i < policy->n; i++) {
        if (same == policy->n && i == at)
            out->rule[out->n++] = *rule;
        out->rule[out->n++] = i == same ? *rule : policy->rule[i];
    }
    if (same == policy->n && at == policy->n)
        out->rule[out->n++] = *rule;
}

/* Does each condition of a stand in b too? */
static bool is_wider(const struct policy_scope *a, const struct policy_scope *b) {
    return (a->company.n == 0 || str_equal(a->company, b->company)) && (a->rep.n == 0 || str_equal(a->rep, b->rep)) &&
           (a->segment.n == 0 || str_equal(a->segment, b->segment)) &&
           (a->region.n == 0 || str_equal(a->region, b->region)) && (a->abc == 0 || a->abc == b->abc);
}

size_t policy_before(const struct policy *policy, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (is_wider(&policy->rule[i].scope, &policy->rule[at].scope))
            return i;
    return at;
}
