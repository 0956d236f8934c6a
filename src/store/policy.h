// SPDX-License-Identifier: Apache-2.0
/* policy -- the company's rules as they are kept, and every list of them that was saved. */
#ifndef REATIVA_STORE_POLICY_STORE_H
#define REATIVA_STORE_POLICY_STORE_H
#include "core/policy.h"
#include "store/db.h"
bool policy_load(struct cx *cx, struct db *db, struct policy *out); /* in deciding order; the last is for everybody */
/* policy_put -- replaces the rule of the same scope, else it comes where policy_with puts it. */
bool policy_put(struct cx *cx, struct db *db, const struct policy_rule *rule);
bool policy_remove(struct cx *cx, struct db *db, const struct policy_scope *scope,
                   bool *found);                                             /* not the one for everybody */
bool policy_keep(struct cx *cx, struct db *db, const struct policy *policy); /* these in this order, and no others */

/* What was saved, when and by whom; who is empty for what was there before anybody saved anything. */
struct policy_version {
    int64_t id, made_us;
    struct str who, note, rules; /* rules: policy_text */
    int64_t in_force_us;         /* STAT_NONE: not yet, or never as others were saved before */
    struct str told;             /* of one that waits: err_line of why its score failed */
};
/* policy_version_add -- token: of the form, empty: none. policy_version_of -- what the form of this token saved. */
bool policy_version_add(struct cx *cx, struct db *db, const struct policy_version *version, struct str token,
                        int64_t *id);
bool policy_version_of(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id);
bool policy_version_newest(struct cx *cx, struct db *db, int64_t *id); /* 0: none */
/* policy_version_list -- the newest first; before_id 0: from the newest on. */
bool policy_version_list(struct cx *cx, struct db *db, int64_t before_id, int64_t most, struct policy_version **out,
                         size_t *n);
/* policy_version_enter -- *entered false: it was in force already, or newer ones were saved. */
bool policy_version_enter(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *entered);
bool policy_version_told(struct cx *cx, struct db *db, int64_t id, struct str told);
#endif
