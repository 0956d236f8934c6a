// SPDX-License-Identifier: Apache-2.0
/* score -- run the fold over all customers and keep, or just use, what it finds.
 *
 * score_make keeps the result (the `score` command). score_for makes sure that the derived tables in sight are those of
 * the day asked for: the kept ones when they fit (same day, same policy, no newer facts), else temporary ones.
 */
#ifndef REATIVA_APP_SCORE_H
#define REATIVA_APP_SCORE_H

#include "app/import.h"
#include "core/policy.h"
#include "store/score.h"

struct score_report {
    struct score_run run;
    int64_t status[STATUS_COUNT];
    int64_t customers, purchases, episodes; /* of a full run */
    int64_t changed;                        /* rows written */
    bool incremental;
    struct day first_day, last_day; /* of all documents up to as_of */
};

bool score_make(struct cx *cx, struct db *db, struct day as_of, bool full, int64_t now_us, struct progress progress,
                struct score_report *out);
/* policy NULL: the kept one. Opens a read transaction that lasts until db_commit or db_rollback. *temporary may be NULL. */
bool score_for(struct cx *cx, struct db *db, struct day as_of, const struct policy *policy, bool *temporary,
               struct score_run *out);
/* score_last_day -- the newest sale up to today; DAY_NONE: none. In a transaction of its own; O(1) when today's score is
 * kept, else it looks at every document. */
bool score_last_day(struct cx *cx, struct db *db, struct day today, struct day *out);

#endif
