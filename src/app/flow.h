// SPDX-License-Identifier: Apache-2.0
/* flow -- the account of customers by month: opening + became inactive - recovered - written off = closing.
 *
 * Counted from the episodes, which the fold finds in the past as it would have on the day. closing of the last month =
 * customers inactive or lost on the as-of date. It is read from sums that every score keeps (store/flow.h).
 */
#ifndef REATIVA_APP_FLOW_H
#define REATIVA_APP_FLOW_H

#include "base/cx.h"
#include "base/day.h"
#include "store/flow.h"

struct flow_row {
    struct str group; /* code of the label, 'A', 'B', 'C', or the reason; empty for "none" and for FLOW_ALL */
    int32_t month;    /* month_of */
    int64_t opening, became_inactive, recovered, written_off, closing;
    int64_t bought,
        new_customers; /* customers with a purchase in the month; with their first. Not inside one label; by reason STAT_NONE. */
    int64_t closed, known; /* written off by then, and bought by then: customers, of all months so far. Neither. */
};

struct flow_wish {
    struct day as_of;
    enum flow_by by;
    enum flow_by
        inside; /* only customers of one label of this kind; FLOW_ALL: all. Neither is the city then, nor both the same, nor the class with a reason. */
    int64_t inside_label; /* its id, or the letter of the class */
};

/* After score_for: by group, then month; every month from the company's first to as_of's, also those in which nothing happened. */
bool flow_make(struct cx *cx, struct db *db, const struct flow_wish *wish, struct flow_row **out, size_t *n);

/* flow_look -- the same in a picture of its own. inside_code: the code of the label, or "A"; NOT_FOUND when there is none. */
bool flow_look(struct cx *cx, struct db *db, const struct flow_wish *wish, struct str inside_code,
               struct flow_row **out, size_t *n);
/* flow_by_name -- "rep", as in addresses; FLOW_ALL is "". */
const char *flow_by_name(enum flow_by by);
bool flow_by_parse(struct str name, enum flow_by *out);

#endif
