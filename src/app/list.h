// SPDX-License-Identifier: Apache-2.0
/* list -- customers by any filter in any order as of a day, for `list`, `export` and the pages to come. */
#ifndef REATIVA_APP_LIST_H
#define REATIVA_APP_LIST_H

#include "app/score.h"
#include "store/list.h"

struct list_request {
    struct list_filter filter; /* list_filter_any() = every customer */
    struct list_order order;
    struct list_from from; /* a page: unset begins with the first */
    int64_t limit;         /* 0: all */
    struct day as_of;
    bool totals; /* of all that match, not only of those within the limit */
    bool (*after)(struct cx *cx, struct db *db,
                  void *owner); /* once the rows are out, in the same picture; NULL: nothing */
};
struct list_answer {
    struct list_totals totals; /* when asked for */
    struct err doubt; /* code other than ERR_NONE: a code asked for that nobody ever had; the answer is still right */
    struct day learnt_on;          /* of what foretells; DAY_NONE: nothing does */
    enum forecast_method foretold; /* by what */
    bool temporary;                /* computed for this answer; the kept score is of another day, policy or facts */
};

/* list_foretells -- is anything to be foretold, or was that turned off? */
bool list_foretells(struct cx *cx, struct db *db, bool *out);
/* list_found -- the ids of all that pass, ascending, in the arena. */
bool list_found(struct cx *cx, struct db *db, const struct list_request *request, int64_t **id, size_t *n);
/* list_place -- where a customer that was visited stands in an order, for the page after it or before it; texts are the customer's
 * own, or in the arena. */
struct list_from list_place(struct arena *arena, enum column column, const struct customer *customer);
/* list_keep -- what was visited, to outlive the visit: its texts and gaps are in the arena. */
void list_keep(struct arena *arena, const struct customer *customer, struct customer *out);
/* list_customers -- one consistent picture from the first row to the totals; customers come one by one, none is kept.
 * Errors: as list_each; what visit sets. */
bool list_customers(struct cx *cx, struct db *db, const struct list_request *request, list_visit *visit, void *owner,
                    struct list_answer *out);

#endif
