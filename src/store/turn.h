// SPDX-License-Identifier: Apache-2.0
/* turn -- whose turn it is to do what only one of several servers may do at a time. Within the caller's transaction. */
#ifndef REATIVA_STORE_TURN_H
#define REATIVA_STORE_TURN_H

#include "store/db.h"

struct turn {
    struct str name, who;
    int64_t until_us; /* whoever has it is believed to be alive until then */
};
bool turn_find(struct cx *cx, struct db *db, struct str name, bool *found, struct turn *out);
bool turn_put(struct cx *cx, struct db *db, const struct turn *turn);
/* turn_hold -- of all that somebody has. */
bool turn_hold(struct cx *cx, struct db *db, struct str who, int64_t until_us);
bool turn_leave(struct cx *cx, struct db *db, struct str name, struct str who);
bool turn_restored(struct cx *cx, struct db *db);

#endif
