// SPDX-License-Identifier: Apache-2.0
/* daily -- what a running server does by itself: transfers that are due, the score of the day asked for, of the newest facts, and the month's track
 * record.
 */
#ifndef REATIVA_APP_DAILY_H
#define REATIVA_APP_DAILY_H

#include "base/cx.h"
#include "base/day.h"
#include "store/db.h"

struct daily_wish {
    struct day as_of, today;
    int64_t now_us;
};
/* daily_look -- transfers that are due; *wanting: the kept score is of another day or of older facts. Cheap. */
bool daily_look(struct cx *cx, struct db *db, const struct daily_wish *wish, bool *wanting);
/* daily_keep -- and the score, where it is wanting; *made: it was. */
bool daily_keep(struct cx *cx, struct db *db, const struct daily_wish *wish, bool *made);
/* daily_follow -- after something was typed that moves facts (somebody written off, handed to another rep): the kept score of that day
 * is brought up to date at once, so that the next page need not work out one of its own. Few changed: 100 ms at 1 M customers. */
bool daily_follow(struct cx *cx, struct db *db, const struct daily_wish *wish);

#endif
