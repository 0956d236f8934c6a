// SPDX-License-Identifier: Apache-2.0
/* fuzz_policy -- any text as a rule and as its condition: refused with a message, or read back to itself.
 *
 * The first line is the rule, the rest the condition.
 */
#include <stdlib.h>
#include <string.h>

#include "core/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static void try_rule(struct cx *cx, struct str text) {
    struct due_rule due = {0}, again = {0};
    if (!policy_rule_parse(cx, text, &due)) {
        must(cx->err.code == ERR_INVALID && cx->err.key.n > 0);
        cx_clear(cx);
        return;
    }
    must(1 <= due.lost_days && due.kind >= DUE_DAYS && due.kind <= DUE_PROBABILITY);
    must(policy_rule_parse(cx, policy_rule_text(cx->arena, &due), &again));
    must(memcmp(&due, &again, sizeof due) == 0);
}

static void try_scope(struct cx *cx, struct str text) {
    struct policy_scope scope = {0}, again = {0};
    if (!policy_scope_parse(cx, text, &scope)) {
        must(cx->err.code == ERR_INVALID && cx->err.key.n > 0);
        cx_clear(cx);
        return;
    }
    must(policy_scope_parse(cx, policy_scope_text(cx->arena, &scope), &again));
    must(policy_scope_compare(&scope, &again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    struct str rule, scope;
    str_cut((struct str){(const char *)data, size}, '\n', &rule, &scope);
    try_rule(&cx, rule);
    try_scope(&cx, scope);
    arena_clear(&arena);
    return 0;
}
