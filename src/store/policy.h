// SPDX-License-Identifier: Apache-2.0
/* policy -- the company's rules as they are kept. */
#ifndef REATIVA_STORE_POLICY_STORE_H
#define REATIVA_STORE_POLICY_STORE_H
#include "core/policy.h"
#include "store/db.h"
bool policy_load(struct cx *cx, struct db *db, struct policy *out); /* in deciding order; the last is for everybody */
bool policy_put(struct cx *cx, struct db *db, const struct policy_rule *rule); /* replaces the rule of the same scope */
bool policy_remove(struct cx *cx, struct db *db, const struct policy_scope *scope,
                   bool *found); /* not the one for everybody */
#endif
