// SPDX-License-Identifier: Apache-2.0
/* persons -- the people at a customer: add, change, retire. Each call is one transaction and leaves a line in the audit trail.
 */
#ifndef REATIVA_APP_PERSONS_H
#define REATIVA_APP_PERSONS_H

#include "core/person.h"
#include "store/db.h"

struct persons_wish {
    struct str code;      /* of the customer */
    struct str rep;       /* whose customers are in reach; empty: all */
    struct person person; /* id 0: a new one; version: the one that was looked at; retired_us > 0: retire */
    struct str token;     /* of the form of a new one: counts once */
    struct day today;
    struct str who;
    int64_t now_us;
};
/* persons_put -- INVALID names the first thing that cannot be kept; NOT_FOUND customer or person; CONFLICT person.changed: another
 * was first, then *now is what stands. */
bool persons_put(struct cx *cx, struct db *db, const struct persons_wish *wish, struct person *now);
/* persons_find -- NOT_FOUND: customer, person, or retired. */
bool persons_find(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t id, struct person *out);

#endif
