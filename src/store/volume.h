// SPDX-License-Identifier: Apache-2.0
/* volume -- how much there is to do in each portfolio, from the derived tables in sight.
 *
 * One look at four packed columns (score_strip.h), whatever the number of reps.
 */
#ifndef REATIVA_STORE_VOLUME_H
#define REATIVA_STORE_VOLUME_H

#include "store/score.h"

enum { VOLUME_QUIET_DAYS = 14 };

struct volume {
    int64_t rep_id; /* label; 0: of nobody */
    struct str rep; /* its code */
    int64_t customers;
    int64_t at_risk, inactive;
    int64_t crossed;       /* at risk since crossed_from */
    int64_t not_contacted; /* at risk, and nobody has talked to them since they are */
    int64_t quiet;         /* at risk, and nobody has talked to them for more than VOLUME_QUIET_DAYS, or ever */
    int64_t at_risk_cents; /* what those at risk bought in the 12 months before */
};

/* volume_by_rep -- every portfolio with a customer in it, by code; total: of all of them. Within the caller's transaction, after
 * score_for. */
bool volume_by_rep(struct cx *cx, struct db *db, struct day crossed_from, struct day as_of, struct volume **out,
                   size_t *n, struct volume *total);

#endif
