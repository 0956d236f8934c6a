// SPDX-License-Identifier: Apache-2.0
/* why -- the sentence that says why a customer has its status, in words a rep can read to a customer.
 *
 * "Buys about every 31 days (12 purchases, usually 24 to 40). 68 days have passed; of customers like this, 3 in 100 waited longer and
 * came back." Where a model foretells: "68 days have passed. Inactive from 18/05 if no purchase comes. 3 in 10 customers like this buy
 * again within 90 days (between 2 and 4)." It claims nothing that the numbers do not hold: one purchase says whose cycle is used, closed says since when,
 * a fixed-days policy says its days.
 */
#ifndef REATIVA_CORE_WHY_H
#define REATIVA_CORE_WHY_H

#include "base/catalog.h"
#include "core/customer.h"

struct str why_text(struct arena *arena, enum lang lang, const struct customer *c, struct day as_of);

#endif
