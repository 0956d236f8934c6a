// SPDX-License-Identifier: Apache-2.0
/* rules.c -- a rule is tried by scoring under it beside the kept score, and comparing who has which status. */
#include "app/rules.h"

#include "app/heap.h"
#include "app/list.h"
#include "app/policies.h"
#include "app/score_change.h"
#include "store/label.h"
#include "store/policy.h"
#include "store/setting.h"

static bool code_settle(struct cx *cx, struct db *db, enum label_kind kind, struct str *code) {
    struct label *label;
    size_t n = 0;
    int64_t id = -1;
    if (code->n == 0) {
        return true;
    }
    if (!label_find(cx, db, kind, *code, &id) || (id > 0 && !label_list(cx, db, kind, &label, &n))) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        *code = label[i].id == id ? label[i].code : *code;
    }
    return true;
}

static bool scope_settle(struct cx *cx, struct db *db, struct policy_scope *scope) {
    return code_settle(cx, db, LABEL_COMPANY, &scope->company) && code_settle(cx, db, LABEL_REP, &scope->rep) &&
           code_settle(cx, db, LABEL_SEGMENT, &scope->segment) && code_settle(cx, db, LABEL_REGION, &scope->region);
}

static void code_put(struct list_codes *codes, struct str code) {
    if (code.n > 0) {
        codes->code[codes->n++] = code;
    }
}

/* The same doubt, in the same words, as that of a list of these customers. */
static bool scope_doubted(struct cx *cx, struct db *db, const struct policy_scope *scope, struct err *doubt) {
    struct list_filter filter = list_filter_any();
    code_put(&filter.company, scope->company);
    code_put(&filter.rep, scope->rep);
    code_put(&filter.segment, scope->segment);
    code_put(&filter.region, scope->region);
    if (list_codes_known(cx, db, &filter)) {
        return true;
    }
    if (cx->err.code != ERR_NOT_FOUND) {
        return false;
    }
    *doubt = cx->err;
    cx_clear(cx);
    return true;
}

bool rules_scope(struct cx *cx, struct db *db, struct policy_scope *scope, struct err *doubt) {
    *doubt = (struct err){.code = ERR_NONE};
    if (!db_read(cx, db)) {
        return false;
    }
    bool ok = scope_settle(cx, db, scope) && scope_doubted(cx, db, scope, doubt);
    db_rollback(db);
    return ok;
}

struct comparing {
    uint8_t *known; /* by customer id: 1 + the status before; 0: no such customer */
    size_t ids;
    struct str *label_code;
    size_t label_codes;
    const struct rules_comparing *how;
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

static struct str code_of(const struct comparing *c, const struct score_scan *row, enum label_kind kind) {
    size_t id = (size_t)row->label[kind];
    return id < c->label_codes ? c->label_code[id] : (struct str){0};
}

static size_t rule_of(const struct comparing *c, const struct score_scan *row) {
    const struct policy_scope scope = {.company = code_of(c, row, LABEL_COMPANY),
                                       .rep = code_of(c, row, LABEL_REP),
                                       .segment = code_of(c, row, LABEL_SEGMENT),
                                       .region = code_of(c, row, LABEL_REGION),
                                       .abc = row->abc};
    return policy_match(&c->change->after, &scope);
}

static bool after_take(struct cx *cx, void *owner, const struct score_scan *row) {
    struct comparing *c = owner;
    size_t id = (size_t)row->customer_id;
    if (id >= c->ids || c->known[id] == 0) {
        return true;
    }
    enum status before = (enum status)(c->known[id] - 1);
    c->change->fit[rule_of(c, row)]++;
    c->change->customers++;
    c->change->from_to[before][row->status]++;
    c->change->changed += before != row->status;
    return before == row->status || c->how->visit == NULL || c->how->visit(cx, c->how->owner, row, before);
}

static bool compare(struct cx *cx, struct db *db, struct comparing *comparing) {
    struct score_run run;
    struct score_need need = {.as_of = comparing->how->as_of, .progress = comparing->how->progress};
    if (!score_for(cx, db, &need, NULL, &run)) {
        return false;
    }
    bool ok = score_scan_each(cx, db, before_take, comparing) &&
              score_label_codes(cx, db, &comparing->label_code, &comparing->label_codes) &&
              policy_load(cx, db, &comparing->change->before);
    db_rollback(db);
    need.policy = &comparing->change->after;
    if (!ok || !score_for(cx, db, &need, NULL, &run)) {
        return false;
    }
    comparing->change->run = run;
    ok = score_scan_each(cx, db, after_take, comparing);
    db_rollback(db);
    return ok;
}

bool rules_compare(struct cx *cx, struct db *db, const struct rules_comparing *how, struct rules_change *out) {
    struct comparing comparing = {.how = how, .change = out};
    out->fit = arena_new(cx->arena, int64_t, out->after.n);
    bool ok = compare(cx, db, &comparing);
    free(comparing.known);
    return ok;
}

bool rules_try(struct cx *cx, struct db *db, const struct policy_rule *rule, struct day as_of,
               struct rules_change *out) {
    const struct rules_comparing how = {.as_of = as_of};
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
    policy_with(cx->arena, &policy, rule, &out->after);
    return rules_compare(cx, db, &how, out);
}

static struct str rule_text(struct cx *cx, const struct policy *policy, const struct policy_scope *scope) {
    for (size_t i = 0; i < policy->n; i++) {
        if (policy_scope_compare(&policy->rule[i].scope, scope) == 0) {
            return policy_rule_text(cx->arena, &policy->rule[i].due);
        }
    }
    return (struct str){0};
}

/* A rule that waits for its customers has the codes it was given, any other those of the data. */
static bool take_away(struct cx *cx, struct db *db, struct policy_scope *scope) {
    bool found = false;
    if (!policy_remove(cx, db, scope, &found)) {
        return false;
    }
    struct policy_scope given = *scope;
    if (!found && (!scope_settle(cx, db, scope) || !policy_remove(cx, db, scope, &found))) {
        return false;
    }
    return found || cx_fail(cx, ERR_NOT_FOUND, S("policy.no_such_rule"), policy_scope_text(cx->arena, &given));
}

/* What is in force now stands in the history of the rules too. */
static bool version_add(struct cx *cx, struct db *db, const struct policy *before, int64_t now_us, struct str who) {
    struct policy_version version = {.made_us = now_us, .who = who, .in_force_us = now_us};
    struct policy now;
    int64_t id;
    if (!policy_load(cx, db, &now)) {
        return false;
    }
    version.rules = policy_text(cx->arena, &now);
    return policies_first(cx, db, before) && policy_version_add(cx, db, &version, (struct str){0}, &id);
}

/* Save or remove, with its audit entry, in one transaction; what was scored is then of another policy. */
static bool keep(struct cx *cx, struct db *db, struct policy_scope scope, const struct policy_rule *rule,
                 int64_t now_us, struct str who) {
    struct policy before;
    if (!db_write(cx, db)) {
        return false;
    }
    bool ok = policy_load(cx, db, &before) && (rule ? policy_put(cx, db, rule) : take_away(cx, db, &scope));
    struct str after = rule ? policy_rule_text(cx->arena, &rule->due) : (struct str){0};
    ok = ok && version_add(cx, db, &before, now_us, who) &&
         audit_add(cx, db, now_us, who, S("policy"), policy_scope_text(cx->arena, &scope),
                   rule_text(cx, &before, &scope), after);
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

/* The kept score is then of another policy, which every answer notices. */
static void follow(struct cx *cx, struct db *db, int64_t now_us, struct err *unscored) {
    *unscored = (struct err){.code = ERR_NONE};
    if (!score_again(cx, db, now_us)) {
        *unscored = cx->err;
        cx_clear(cx);
    }
}

bool rules_set(struct cx *cx, struct db *db, const struct policy_rule *rule, struct day as_of, int64_t now_us,
               struct str who, struct rules_change *out, struct err *unscored) {
    if (!rules_try(cx, db, rule, as_of, out) || !keep(cx, db, rule->scope, rule, now_us, who)) {
        return false;
    }
    follow(cx, db, now_us, unscored);
    return true;
}

bool rules_remove(struct cx *cx, struct db *db, const struct policy_scope *scope, int64_t now_us, struct str who,
                  struct err *unscored) {
    if (!keep(cx, db, *scope, NULL, now_us, who)) {
        return false;
    }
    follow(cx, db, now_us, unscored);
    return true;
}
