// SPDX-License-Identifier: Apache-2.0
/* workdays -- which days the company works on, as it has set them.
 */
#ifndef REATIVA_APP_WORKDAYS_H
#define REATIVA_APP_WORKDAYS_H

#include "core/holiday.h"
#include "store/db.h"

/* workdays_read -- within the caller's transaction, one statement; what is in it lives in cx->arena. */
bool workdays_read(struct cx *cx, struct db *db, struct workdays *out);

#endif
