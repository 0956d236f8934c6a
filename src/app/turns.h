// SPDX-License-Identifier: Apache-2.0
/* turns -- of several servers on one database one at a time does a kind of work; one that died does not keep it from the others.
 *
 * Who has a turn holds it until it is left, and says every TURNS_HOLD_S that it lives. Who was silent for TURNS_LEASE_S has lost it; a
 * process of this machine that is gone has lost it at once, so that a start after a kill goes on without waiting. Turns are taken in write
 * transactions: whoever writes for longer than that keeps everybody from taking theirs, too.
 */
#ifndef REATIVA_APP_TURNS_H
#define REATIVA_APP_TURNS_H

#include "store/db.h"

enum { TURNS_LEASE_S = 300, TURNS_HOLD_S = 60 };

/* turns_take -- for a piece of work, by process_name. *mine false: another has it; nothing was written. */
bool turns_take(struct cx *cx, struct db *db, struct str name, struct str who, int64_t now_us, bool *mine);
bool turns_hold(struct cx *cx, struct db *db, struct str who, int64_t now_us);
bool turns_leave(struct cx *cx, struct db *db, struct str name, struct str who);

#endif
