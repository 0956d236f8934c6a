// SPDX-License-Identifier: Apache-2.0
/* scope -- whose customers a person may see: all, or those of one rep. The one place that answers it for a single customer;
 * lists ask with list_filter.rep.
 */
#ifndef REATIVA_APP_SCOPE_H
#define REATIVA_APP_SCOPE_H

#include "store/customer.h"

/* scope_customer -- the id of the customer with this code, if it is in the portfolio of `rep` (its code; empty: everybody's).
 * NOT_FOUND scope.no_customer for an unknown code and for another's customer alike: nobody learns which. Within the caller's
 * transaction; one statement. */
bool scope_customer(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t *id);
/* scope_check -- the same question in a transaction of its own. */
bool scope_check(struct cx *cx, struct db *db, struct str code, struct str rep);

#endif
