// SPDX-License-Identifier: Apache-2.0
/* verify -- is what is kept whole: the database's own checks, documents against lines, derived tables against a rebuild. */
#ifndef REATIVA_APP_VERIFY_H
#define REATIVA_APP_VERIFY_H

#include "app/score.h"

struct verify_report {
    int64_t database_faults, derived_faults;
    struct str first; /* what the first fault is */
    bool scored;      /* there were derived tables to compare */
    bool stale;       /* they are of older facts or another policy: nothing to compare */
    struct day as_of;
};
bool verify_all(struct cx *cx, struct db *db, struct progress progress, struct verify_report *out);

#endif
