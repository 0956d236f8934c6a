// SPDX-License-Identifier: Apache-2.0
/* score_change -- bring the kept score up to date when only few customers changed, with the result of a full one. */
#ifndef REATIVA_APP_SCORE_CHANGE_H
#define REATIVA_APP_SCORE_CHANGE_H

#include "app/score.h"

/* score_change -- *done false: this change needs a full score (nothing was written that a full one would not replace). */
bool score_change(struct cx *cx, struct db *db, const struct score_run *run, const struct policy *policy,
                  int64_t now_us, bool *done, struct score_report *out);
bool score_label_codes(struct cx *cx, struct db *db, struct str **out, size_t *n);
/* score_beside -- a temporary set for this day and policy, even when the kept one would do. In the open transaction. */
bool score_beside(struct cx *cx, struct db *db, struct day as_of, const struct policy *policy,
                  struct progress progress);
struct str score_policy_text(struct cx *cx, const struct policy *policy);

#endif
