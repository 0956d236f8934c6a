// SPDX-License-Identifier: Apache-2.0
/* overview -- how the customers stand: by status now and month by month, what is at stake, what moved, who is not being worked. */
#ifndef REATIVA_APP_OVERVIEW_H
#define REATIVA_APP_OVERVIEW_H

#include "app/flow.h"
#include "core/status.h"
#include "store/volume.h"

struct overview {
    struct day as_of;
    int64_t customers, status[STATUS_COUNT];
    struct flow_row *month; /* of all, from the first purchase on */
    size_t months;
    struct day week_from;  /* at risk since this day: crossed this week (total.crossed) */
    struct day month_from; /* the first of this month */
    int64_t recovered;     /* customers won back since then */
    struct volume total;
    struct volume *volume; /* by rep, those at risk without contact first */
    size_t volumes;
};
/* overview_look -- one consistent picture, for a day. */
bool overview_look(struct cx *cx, struct db *db, struct day as_of, struct overview *out);

#endif
