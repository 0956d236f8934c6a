// SPDX-License-Identifier: Apache-2.0
/* cuts_move -- the cuts of ABC and RFM after a few customers changed: counted out and in, then walked to their place.
 *
 * The walk reads as many customers as changed class by it, not all.
 */
#ifndef REATIVA_APP_CUTS_MOVE_H
#define REATIVA_APP_CUTS_MOVE_H

#include "store/score.h"

struct cuts_move {
    struct score_run *run; /* whose cuts move */
    bool lost;             /* the very customer that ended a cut changed: there is no place to walk from */
};

void cuts_move_open(struct cuts_move *move, struct score_run *run);
void cuts_move_out(struct cuts_move *move, const struct score_row *before);
void cuts_move_in(struct cuts_move *move, const struct score_row *after);
/* cuts_move_settle -- after all rows are written. *full set when the cuts must be found anew from everybody. */
bool cuts_move_settle(struct cx *cx, struct db *db, const struct cuts_move *move, struct score_run *run, bool *full);

#endif
