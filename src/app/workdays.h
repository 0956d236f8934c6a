// SPDX-License-Identifier: Apache-2.0
/* workdays -- which days the company works on, as it has set them.
 */
#ifndef REATIVA_APP_WORKDAYS_H
#define REATIVA_APP_WORKDAYS_H

#include "core/holiday.h"
#include "store/holiday.h"

/* workdays_read -- within the caller's transaction, one statement; what is in it lives in cx->arena. */
bool workdays_read(struct cx *cx, struct db *db, struct workdays *out);
/* workdays_of -- the same of what was read already. */
void workdays_of(struct cx *cx, const struct holiday_kept *kept, struct workdays *out);

#endif
