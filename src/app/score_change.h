// SPDX-License-Identifier: Apache-2.0
/* score_change -- bring the kept score up to date when only few customers changed, with the result of a full one. */
#ifndef REATIVA_APP_SCORE_CHANGE_H
#define REATIVA_APP_SCORE_CHANGE_H

#include "app/score.h"

/* score_change -- *done false: this change needs a full score (nothing was written that a full one would not replace). */
bool score_change(struct cx *cx, struct db *db, const struct score_run *run, const struct policy *policy,
                  int64_t now_us, bool *done, struct score_report *out);
/* score_change_serves -- would score_change keep the model, as far as can be told before? So an answer made before the
 * score foretells what the score will. */
bool score_change_serves(struct cx *cx, struct db *db, const struct score_run *run, const struct forecast_kept *kept,
                         bool *serves);
bool score_label_codes(struct cx *cx, struct db *db, struct str **out, size_t *n);
/* score_beside -- the kept set once more, as a temporary one, foretold with the model it has. In the open transaction. */
bool score_beside(struct cx *cx, struct db *db, const struct score_run *run, const struct policy *policy,
                  struct progress progress);

#endif
