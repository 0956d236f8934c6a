// SPDX-License-Identifier: Apache-2.0
/* arrivals -- when each kind of data last came in, how often it usually does, and whether it is late: the rhythm of an ERP that
 * drops its files, learnt like a customer's.
 */
#ifndef REATIVA_APP_ARRIVALS_H
#define REATIVA_APP_ARRIVALS_H

#include "store/import.h"

struct arrival {
    struct day last;     /* DAY_NONE: never */
    int64_t last_us;     /* 0: never */
    struct day newest;   /* newest day of the documents in it, of the last that had any; DAY_NONE */
    int64_t usual_days;  /* between two days on which some came: the median of the last ones; 0: not known yet */
    int64_t silent_days; /* since the last */
    bool late;
};

/* arrivals_of -- by kind; those undone do not count. run[n]: the newest first. day_of: the company's day of a moment. O(n). */
void arrivals_of(const struct import_run *run, size_t n, struct day today,
                 struct day (*day_of)(void *owner, int64_t us), void *owner, struct arrival out[IMPORT_KIND_END]);

#endif
