// SPDX-License-Identifier: Apache-2.0
/* crossings -- after each score: who became late, inactive, or came back since the one before.
 *
 * A purchase's window runs out once: what is noted of a customer is known by that purchase, so a due date that is worked out anew, a
 * rebuild, or an undo and the same file once more is no news. The first score in which anybody has bought begins at the last working day.
 */
#ifndef REATIVA_APP_CROSSINGS_H
#define REATIVA_APP_CROSSINGS_H

#include "store/crossing.h"

enum {
    CROSSINGS_LATE_DAYS = 30, /* what fell due longer ago is history, whenever it comes to be known */
    CROSSINGS_MOST =
        5000, /* of a kind at once: of more, when they are also more than one customer in CROSSINGS_SHARE, */
    CROSSINGS_SHARE = 20,      /* nobody is told of each: new rules or a long import are no message a customer */
    CROSSINGS_KEEP_DAYS = 730, /* after that a customer with just this last purchase is not found late once more */
};

/* crossings_note -- after the kept score was written, in its transaction. few: only some customers changed. A score of a day before the
 * last one noted, or of a day to come, notes nothing. */
bool crossings_note(struct cx *cx, struct db *db, struct day as_of, bool few, int64_t customers, int64_t now_us);

#endif
