// SPDX-License-Identifier: Apache-2.0
/* zone -- the company's time zone: days, hours and schedules are of its clock.
 */
#ifndef REATIVA_APP_ZONE_H
#define REATIVA_APP_ZONE_H

#include "store/db.h"

/* zone_known -- does this machine know it? By its files (package tzdata). */
bool zone_known(struct arena *arena, struct str name);
/* zone_read -- as set, if this machine knows it; else empty: the machine's own. */
bool zone_read(struct cx *cx, struct db *db, struct str *out);

#endif
