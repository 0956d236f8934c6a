// SPDX-License-Identifier: Apache-2.0
/* hold -- whom an agent has at hand: nobody else is given the customer before the hold ends.
 *
 * A row a customer, so that a second hold cannot be; whose time is over counts as none.
 */
#ifndef REATIVA_STORE_HOLD_H
#define REATIVA_STORE_HOLD_H

#include "base/cx.h"
#include "store/db.h"

struct hold {
    int64_t customer_id; /* 0: none */
    struct str code, name;
};

/* hold_take -- *taken false: another has it. The user's own is made longer. */
bool hold_take(struct cx *cx, struct db *db, int64_t customer_id, int64_t user_id, int64_t now_us, int64_t until_us,
               bool *taken);
bool hold_leave(struct cx *cx, struct db *db, int64_t user_id, int64_t but_id); /* the user's others end */
bool hold_release(struct cx *cx, struct db *db, int64_t customer_id, int64_t user_id);
bool hold_find(struct cx *cx, struct db *db, int64_t user_id, int64_t now_us, struct hold *out);

#endif
