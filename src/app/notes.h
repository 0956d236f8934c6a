// SPDX-License-Identifier: Apache-2.0
/* notes -- write down something about a customer, or take back what one wrote oneself. Each call is one transaction and leaves
 * a line in the audit trail.
 */
#ifndef REATIVA_APP_NOTES_H
#define REATIVA_APP_NOTES_H

#include "store/note.h"

struct notes_wish {
    struct str code; /* of the customer */
    struct str rep;  /* whose customers are in reach; empty: all */
    int64_t user_id; /* who writes */
    struct str who;  /* their login */
    int64_t now_us;
};
/* notes_add -- token: counts once. INVALID note.empty, LIMIT note.long; NOT_FOUND the customer. */
bool notes_add(struct cx *cx, struct db *db, const struct notes_wish *wish, struct str text, struct str token);
/* notes_retire -- FORBIDDEN: somebody else's; NOT_FOUND. Taken back before: fine. */
bool notes_retire(struct cx *cx, struct db *db, const struct notes_wish *wish, int64_t id);

#endif
