// SPDX-License-Identifier: Apache-2.0
/* policy -- the rules as rows of text, in the words of the policy command.
 *
 * Must not decide whom a rule fits. Invariant: what is loaded ends with a rule for everybody, and every scope stands
 * there once. Either all rules have a place or none has.
 */
#include "store/policy.h"

#include "base/limits.h"
#include "store/setting.h"
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
        if (sql_get_int(rows, 2) > 0)
            out->rule[out->n++] = rule;
        else
            place(out, rule);
    }
    sql_close(rows);
    if (good && !everybody)
        place(out, policy_default());
    return good;
}

bool policy_keep(struct cx *cx, struct db *db, const struct policy *policy) {
    bool done = sql_run(cx, db, SQL_POLICY_CLEAR, NULL, 0, NULL);
    for (size_t i = 0; done && i < policy->n; i++)
        done = SQL_RUN(cx, db, SQL_POLICY_ADD, sql_text(policy_scope_text(cx->arena, &policy->rule[i].scope)),
                       sql_text(policy_rule_text(cx->arena, &policy->rule[i].due)), sql_int((int64_t)i + 1));
    return done;
}

/* How many rules there are for others, and whether somebody said their order. */
static bool others_count(struct cx *cx, struct db *db, struct str scope, int64_t *others, bool *placed) {
    const struct sql_value arg = sql_text(scope);
    struct sql_rows *rows;
    bool more, good;
    if (!sql_open(cx, db, SQL_POLICY_OTHERS, &arg, 1, &rows))
        return false;
    good = sql_next(cx, rows, &more);
    *others = good && more ? sql_get_int(rows, 0) : 0;
    *placed = good && more && sql_get_int(rows, 1) > 0;
    sql_close(rows);
    return good;
}

bool policy_put(struct cx *cx, struct db *db, const struct policy_rule *rule) {
    const struct sql_value args[] = {sql_text(policy_scope_text(cx->arena, &rule->scope)),
                                     sql_text(policy_rule_text(cx->arena, &rule->due))};
    int64_t others;
    bool placed;
    if (!others_count(cx, db, args[0].s, &others, &placed))
        return false;
    if (others >= LIMIT_POLICY_RULES)
        return cx_fail(cx, ERR_LIMIT, S("policy.too_many"), cx_text(cx, "%d", LIMIT_POLICY_RULES));
    if (!placed)
        return sql_run(cx, db, SQL_POLICY_PUT, args, 2, NULL);
    struct policy now, with;
    if (!policy_load(cx, db, &now))
        return false;
    policy_with(cx->arena, &now, rule, &with);
    return policy_keep(cx, db, &with);
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

/* ---- what was saved ---- */

bool policy_version_of(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id) {
    const struct sql_value by = sql_text(token);
    return sql_one_int(cx, db, SQL_POLICY_VERSION_TOKEN, &by, 1, found, id);
}

bool policy_version_add(struct cx *cx, struct db *db, const struct policy_version *version, struct str token,
                        int64_t *id) {
    return counter_next(cx, db, S("policy_version"), id) &&
           SQL_RUN(cx, db, SQL_POLICY_VERSION_ADD, sql_int(*id), sql_int(version->made_us), sql_text(version->who),
                   sql_text(version->note), sql_text(version->rules), sql_number(version->in_force_us),
                   sql_text(token));
}

bool policy_version_newest(struct cx *cx, struct db *db, int64_t *id) {
    bool found = false;
    *id = 0;
    return sql_one_int(cx, db, SQL_POLICY_VERSION_NEWEST, NULL, 0, &found, id);
}

bool policy_version_list(struct cx *cx, struct db *db, int64_t before_id, int64_t most, struct policy_version **out,
                         size_t *n) {
    const struct sql_value args[] = {sql_int(before_id > 0 ? before_id : INT64_MAX), sql_int(most)};
    struct sql_rows *rows;
    bool more, good;
    *n = 0;
    *out = arena_new(cx->arena, struct policy_version, (size_t)most + 1);
    if (!sql_open(cx, db, SQL_POLICY_VERSION_LIST, args, 2, &rows))
        return false;
    while ((good = sql_next(cx, rows, &more)) && more)
        (*out)[(*n)++] = (struct policy_version){.id = sql_get_int(rows, 0),
                                                 .made_us = sql_get_int(rows, 1),
                                                 .who = str_copy(cx->arena, sql_get_text(rows, 2)),
                                                 .note = str_copy(cx->arena, sql_get_text(rows, 3)),
                                                 .rules = str_copy(cx->arena, sql_get_text(rows, 4)),
                                                 .in_force_us = sql_get_int(rows, 5),
                                                 .told = str_copy(cx->arena, sql_get_text(rows, 6))};
    sql_close(rows);
    return good;
}

bool policy_version_enter(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *entered) {
    const struct sql_value args[] = {sql_int(id), sql_int(now_us)};
    int64_t changed = 0;
    bool done = sql_run(cx, db, SQL_POLICY_VERSION_ENTER, args, 2, &changed);
    *entered = changed > 0;
    return done;
}

bool policy_version_told(struct cx *cx, struct db *db, int64_t id, struct str told) {
    return SQL_RUN(cx, db, SQL_POLICY_VERSION_TOLD, sql_int(id), sql_text(told));
}
