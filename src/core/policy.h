// SPDX-License-Identifier: Apache-2.0
/* policy -- the company's rules of inactivity: an ordered list, the first rule whose condition fits decides.
 *
 * Written as a person says it: `days 90`, `days 90 at-risk 60`, `cycle 2.5 at-risk 1.5 between 20 and 365`,
 * `probability 0.3 at-risk 0.5` (or 30% and 50%), `... lost 730`. Portuguese words are read too (`dias 90 em-risco 60`,
 * `ciclo 2,5 em-risco 1,5 entre 20 e 365 perdido 730`, `probabilidade 0,3 em-risco 0,5`).
 * Without at-risk it is two thirds of the limit, rounded (days to whole days, factors to hundredths); for a chance, a fifth
 * above the limit, but not over halfway to certainty.
 *
 * The order is the company's; where nobody has said one, rules with more conditions stand before those with fewer.
 */
#ifndef REATIVA_CORE_POLICY_H
#define REATIVA_CORE_POLICY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/catalog.h"
#include "base/cx.h"
#include "stats/due.h"

/* Whom a rule is for; every field that is not empty must match (codes as in the lists); all empty: everybody. */
struct policy_scope {
    struct str company, rep, segment, region;
    char abc; /* 'A', 'B', 'C' or 0 */
};

struct policy_rule {
    struct policy_scope scope;
    struct due_rule due;
};

struct policy {
    struct policy_rule *rule; /* in deciding order, the one for everybody last; n >= 1 */
    size_t n;
};

enum { POLICY_LOST_DAYS = 730 };

/* policy_default -- what a new database starts with: `cycle 2.5 at-risk 1.5 between 20 and 365`. */
struct policy_rule policy_default(void);
/* policy_rule_parse -- sets out->due; INVALID with what was expected, where. Bounds: 1..3650 days, factors 0.1..100, chances
 * 0.01..0.99. */
bool policy_rule_parse(struct cx *cx, struct str text, struct due_rule *out);
/* policy_rule_text -- the canonical English text, which parse reads back to the same rule. */
struct str policy_rule_text(struct arena *arena, const struct due_rule *due);
/* policy_rule_said -- the same in the words and decimals of a language; parse reads that back too. */
struct str policy_rule_said(struct arena *arena, enum lang lang, const struct due_rule *due);
/* policy_scope_text -- `segment=Varejo abc=A`, canonical, empty for everybody; parse is its inverse (values may be quoted). */
struct str policy_scope_text(struct arena *arena, const struct policy_scope *scope);
bool policy_scope_parse(struct cx *cx, struct str text, struct policy_scope *out);
/* policy_scope_compare -- order of rules: more conditions first, then by text. <0, 0, >0. */
int policy_scope_compare(const struct policy_scope *a, const struct policy_scope *b);
/* policy_match -- index of the rule that decides for a customer with these labels. */
size_t policy_match(const struct policy *policy, const struct policy_scope *customer);
/* policy_text -- the rules in order, a line each: scope, tab, rule. policy_parse -- back again; INVALID unless it ends with a rule
 * for everybody and has each scope once. policy_line -- the same for people: `segment=Varejo: days 60 at-risk 40; days 90 ...`. */
struct str policy_text(struct arena *arena, const struct policy *policy);
bool policy_parse(struct cx *cx, struct str text, struct policy *out);
struct str policy_line(struct arena *arena, const struct policy *policy);
/* policy_with -- with one rule more, before the first that policy_scope_compare puts behind it; or in the place of that of the same scope. */
void policy_with(struct arena *arena, const struct policy *policy, const struct policy_rule *rule, struct policy *out);
/* policy_before -- the first rule before this one that takes all of its customers; at: none, it decides for some. */
size_t policy_before(const struct policy *policy, size_t at);
bool policy_uses_abc(const struct policy *policy);
bool policy_uses_probability(const struct policy *policy);

#endif
