// SPDX-License-Identifier: Apache-2.0
/* standing -- what is open with customers and how they pay, found anew from titles, quotes, tickets, contacts and
 * appointments; private to src/store.
 *
 * A table of its own beside the score, because it changes during the day, with every contact. Who writes one of those
 * facts calls standing_renew in the same transaction; of whom an import brought something is kept in standing_due, and the
 * next score renews them (score_standing_renew).
 */
#ifndef REATIVA_STORE_STANDING_H
#define REATIVA_STORE_STANDING_H

#include "store/db.h"

/* standing_make -- of all customers, into the empty table in sight, as of the day of score_run in sight. meetings: that is
 * the newest day, appointments count. */
bool standing_make(struct cx *cx, struct db *db, bool meetings);
/* standing_renew -- of one customer, in the kept tables; lists read its row from now on. */
bool standing_renew(struct cx *cx, struct db *db, int64_t customer_id);

#endif
