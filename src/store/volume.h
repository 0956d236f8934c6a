// SPDX-License-Identifier: Apache-2.0
/* volume -- how much there is to do in each portfolio, or in each part of one, from the derived tables in sight.
 *
 * One look at a few packed columns (score_strip.h), whatever the number of reps.
 */
#ifndef REATIVA_STORE_VOLUME_H
#define REATIVA_STORE_VOLUME_H

#include "store/label.h"
#include "store/score.h"

enum { VOLUME_QUIET_DAYS = 14, VOLUME_RECENT_DAYS = 30 };

struct volume {
    int64_t id;      /* label; 0: of nobody */
    struct str code; /* its code */
    int64_t customers, status[STATUS_COUNT];
    int64_t at_risk, inactive;
    int64_t crossed;       /* at risk since crossed_from */
    int64_t not_contacted; /* at risk, and nobody has talked to them since they are */
    int64_t quiet;         /* at risk, and nobody has talked to them for more than VOLUME_QUIET_DAYS, or ever */
    int64_t at_risk_cents; /* what those at risk bought in the 12 months before */
    /* Of those who bought and are not closed: nobody ever talked to them; somebody did within VOLUME_RECENT_DAYS; days since
     * somebody last did, of the one in the middle and of the longest (STAT_NONE: to nobody yet). */
    int64_t never, recent, middle_days, longest_days;
};

/* volume_by_rep -- every portfolio with a customer in it, by code; total: of all of them. Within the caller's transaction, after
 * score_for. */
bool volume_by_rep(struct cx *cx, struct db *db, struct day crossed_from, struct day as_of, struct volume **out,
                   size_t *n, struct volume *total);
/* volume_of_rep -- the portfolio of one (label id) by another kind of label; total: of all of it. */
bool volume_of_rep(struct cx *cx, struct db *db, int64_t rep_id, enum label_kind by, struct day crossed_from,
                   struct day as_of, struct volume **out, size_t *n, struct volume *total);

#endif
