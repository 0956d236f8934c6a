// SPDX-License-Identifier: Apache-2.0
/* rules -- trying and setting the policy: how many customers change status before anything is saved. */
#ifndef REATIVA_APP_RULES_H
#define REATIVA_APP_RULES_H

#include "app/score.h"

/* One whose status another policy changes. */
typedef bool rules_changed(struct cx *cx, void *owner, const struct score_scan *row, enum status before);

struct rules_change {
    int64_t from_to[STATUS_COUNT][STATUS_COUNT]; /* customers by status before and after */
    int64_t customers, changed;
    int64_t *fit; /* [after.n] customers that each rule decides for */
    struct policy before, after;
    struct score_run run; /* the score under it */
};

/* rules_scope -- the codes of a rule as the data write them, case and accents forgiven. A code that nobody has stays as it is:
 * the rule waits for its first customer, and *doubt (code other than ERR_NONE) says what there is instead. */
bool rules_scope(struct cx *cx, struct db *db, struct policy_scope *scope, struct err *doubt);
/* rules_try -- nothing is kept. */
bool rules_try(struct cx *cx, struct db *db, const struct policy_rule *rule, struct day as_of,
               struct rules_change *out);
/* rules_compare -- the same for a whole policy, out->after; visit may be NULL. */
struct rules_comparing {
    struct day as_of;
    struct progress progress;
    rules_changed *visit;
    void *owner;
};
bool rules_compare(struct cx *cx, struct db *db, const struct rules_comparing *how, struct rules_change *out);
/* rules_set -- try, save with an audit entry, and score again when there was a score (as of its day). Saved is saved: when that
 * score fails, answers compute what they need, and *unscored (code other than ERR_NONE) says why it failed. */
bool rules_set(struct cx *cx, struct db *db, const struct policy_rule *rule, struct day as_of, int64_t now_us,
               struct str who, struct rules_change *out, struct err *unscored);
/* rules_remove -- the same for taking a rule away; NOT_FOUND when neither these codes nor those of rules_scope have one. */
bool rules_remove(struct cx *cx, struct db *db, const struct policy_scope *scope, int64_t now_us, struct str who,
                  struct err *unscored);

#endif
