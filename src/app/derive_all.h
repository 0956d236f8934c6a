// SPDX-License-Identifier: Apache-2.0
/* derive_all -- everybody's rows, worked out on all processors and handed over one by one, in order.
 */
#ifndef REATIVA_APP_DERIVE_ALL_H
#define REATIVA_APP_DERIVE_ALL_H

#include "app/derive.h"

/* Where they go: the customer at this place, and what was derived of it (until visit returns). */
typedef bool derive_visit(struct cx *cx, void *owner, size_t at, const struct derived *derived);

/* derive_all -- visit those that were known on the day, by place. abc[n]: classes by place. visit is called on one thread
 * at a time, though not always the same; `cx` and what visit uses must not be needed by derive_season. */
bool derive_all(struct cx *cx, const struct derive_company *company, const struct sales *sales, const char *abc,
                derive_visit *visit, void *owner);

#endif
