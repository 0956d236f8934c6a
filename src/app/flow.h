// SPDX-License-Identifier: Apache-2.0
/* flow -- the account of customers by month: opening + became inactive - recovered - written off = closing.
 *
 * Counted from the episodes, which the fold finds in the past as it would have on the day. closing of the last month =
 * customers inactive or lost on the as-of date.
 */
#ifndef REATIVA_APP_FLOW_H
#define REATIVA_APP_FLOW_H

#include "base/cx.h"
#include "base/day.h"
#include "store/db.h"

enum flow_by { FLOW_ALL = 0, FLOW_COMPANY, FLOW_REP, FLOW_SEGMENT, FLOW_REGION, FLOW_CITY, FLOW_ABC };

struct flow_row {
    struct str group; /* code of the label or 'A', 'B', 'C'; empty for "none" and for FLOW_ALL */
    int32_t month;    /* month_of */
    int64_t opening, became_inactive, recovered, written_off, closing;
    int64_t bought, new_customers; /* customers with a purchase in the month; with their first */
};

/* After score_for: by group, then month; every month from the company's first to as_of's, also those in which nothing happened. */
bool flow_make(struct cx *cx, struct db *db, struct day as_of, enum flow_by by, struct flow_row **out, size_t *n);

#endif
