// SPDX-License-Identifier: Apache-2.0
/* rules.c -- a rule is tried by scoring under it beside the kept score, and comparing who has which status. */
#include "app/rules.h"

#include "app/heap.h"
#include "store/policy.h"
#include "store/setting.h"

struct comparing {
    uint8_t *known; /* by customer id: 1 + the status before; 0: no such customer */
    size_t ids;
    struct rules_change *change;
};

static bool before_take(struct cx *cx, void *owner, const struct score_scan *row) {
    (void)cx;
    struct comparing *c = owner;
    size_t id = (size_t)row->customer_id;
    c->known = heap_grown_zeroed(c->known, &c->ids, id + 1, sizeof *c->known);
    c->known[id] = (uint8_t)(row->status + 1);
    return true;
}

static bool after_take(struct cx *cx, void *owner, const struct score_scan *row) {
    (void)cx;
    struct comparing *c = owner;
    size_t id = (size_t)row->customer_id;
    if (id < c->ids && c->known[id] > 0) {
        size_t before = c->known[id] - 1u;
        c->change->from_to[before][row->status]++;
        c->change->changed += before != (size_t)row->status;
    }
    return true;
}

/* The policy with this rule in it, at its place among the others. */
static void policy_with(struct cx *cx, const struct policy *policy, const struct policy_rule *rule,
                        struct policy *out) {
    out->rule = arena_new(cx->arena, struct policy_rule, policy->n + 1);
    out->n = 0;
    bool placed = false;
    for (size_t i = 0; i < policy->n; i++) {
        int order = policy_scope_compare(&rule->scope, &policy->rule[i].scope);
        if (!placed && order <= 0) {
            out->rule[out->n++] = *rule;
            placed = true;
        }
        if (order != 0) {
            out->rule[out->n++] = policy->rule[i];
        }
    }
    if (!placed) {
        out->rule[out->n++] = *rule;
    }
}

static bool compare(struct cx *cx, struct db *db, const struct policy *after, struct day as_of,
                    struct comparing *comparing) {
    struct score_run run;
    struct score_need need = {.as_of = as_of};
    if (!score_for(cx, db, &need, NULL, &run)) {
        return false;
    }
    bool ok = score_scan_each(cx, db, before_take, comparing);
    db_rollback(db);
    need.policy = after;
    if (!ok || !score_for(cx, db, &need, NULL, &run)) {
        return false;
    }
    comparing->change->run = run;
    ok = score_scan_each(cx, db, after_take, comparing);
    db_rollback(db);
    return ok;
}

bool rules_try(struct cx *cx, struct db *db, const struct policy_rule *rule, struct day as_of,
               struct rules_change *out) {
    struct policy policy;
    *out = (struct rules_change){0};
    if (!db_read(cx, db)) {
        return false;
    }
    bool ok = policy_load(cx, db, &policy);
    db_rollback(db);
    if (!ok) {
        return false;
    }
    policy_with(cx, &policy, rule, &out->after);
    struct comparing comparing = {.change = out};
    ok = compare(cx, db, &out->after, as_of, &comparing);
    free(comparing.known);
    return ok;
}

static struct str rule_text(struct cx *cx, const struct policy *policy, const struct policy_scope *scope) {
    for (size_t i = 0; i < policy->n; i++) {
        if (policy_scope_compare(&policy->rule[i].scope, scope) == 0) {
            return policy_rule_text(cx->arena, &policy->rule[i].due);
        }
    }
    return (struct str){0};
}

/* Save or remove, with its audit entry, in one transaction; what was scored is then of another policy. */
static bool keep(struct cx *cx, struct db *db, const struct policy_scope *scope, const struct policy_rule *rule,
                 int64_t now_us, struct str who) {
    struct policy before;
    bool found = true;
    if (!db_write(cx, db)) {
        return false;
    }
    bool ok = policy_load(cx, db, &before) && (rule ? policy_put(cx, db, rule) : policy_remove(cx, db, scope, &found));
    if (ok && !found) {
        ok = cx_fail(cx, ERR_NOT_FOUND, S("policy.no_such_rule"), policy_scope_text(cx->arena, scope));
    }
    struct str after = rule ? policy_rule_text(cx->arena, &rule->due) : (struct str){0};
    ok = ok && audit_add(cx, db, now_us, who, S("policy"), policy_scope_text(cx->arena, scope),
                         rule_text(cx, &before, scope), after);
    if (ok && db_commit(cx, db)) {
        return true;
    }
    db_rollback(db);
    return false;
}

/* What was scored before is scored again under the new policy, as of its own day. */
static bool score_again(struct cx *cx, struct db *db, int64_t now_us) {
    struct score_run run;
    struct score_report report;
    bool found = false;
    if (!db_read(cx, db)) {
        return false;
    }
    bool ok = score_run_find(cx, db, &found, &run);
    db_rollback(db);
    struct score_wish wish = {.as_of = run.as_of, .full = true, .now_us = now_us};
    return ok && (!found || score_make(cx, db, &wish, &report));
}

bool rules_set(struct cx *cx, struct db *db, const struct policy_rule *rule, struct day as_of, int64_t now_us,
               struct str who, struct rules_change *out) {
    return rules_try(cx, db, rule, as_of, out) && keep(cx, db, &rule->scope, rule, now_us, who) &&
           score_again(cx, db, now_us);
}

bool rules_remove(struct cx *cx, struct db *db, const struct policy_scope *scope, int64_t now_us, struct str who) {
    return keep(cx, db, scope, NULL, now_us, who) && score_again(cx, db, now_us);
}
