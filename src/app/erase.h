// SPDX-License-Identifier: Apache-2.0
/* erase -- the personal data of a customer and of the people there go; what was sold stays.
 *
 * Documents, values, code, tax number, representative, segment and place on the map of cities stay, so that no total moves. Phones, e-mails
 * and the tax number go to the list of what may not be used, as hashes. What files bring of the customer later is left out.
 */
#ifndef REATIVA_APP_ERASE_H
#define REATIVA_APP_ERASE_H

#include "store/erasure.h"
#include "store/suppression.h"

struct erase_look {
    struct erasure_count count;
    int64_t addresses; /* that will be suppressed */
    bool erased;       /* it was before */
    struct erasure before;
};
/* erase_look -- what would go. NOT_FOUND scope.no_customer. */
bool erase_look(struct cx *cx, struct db *db, struct str code, struct erase_look *out);

struct erase_wish {
    struct str code, who, token; /* the same token again does nothing */
    int64_t now_us;
    struct day today;
};
/* erase_customer -- one transaction with its line in the trail; then the files of the database are cleaned (erasure_clean), *clean says
 * whether that could be done: they are busy at times, and the same again tries again. NOT_FOUND scope.no_customer. */
bool erase_customer(struct cx *cx, struct db *db, const struct erase_wish *wish, bool *clean);

/* What was erased in a database that gives way to an older copy of it is erased in that as well: collected before, done again within the
 * transaction that brings the copy. */
struct erase_carried {
    struct erasure *erased;
    size_t n;
    struct suppression *suppressed;
    size_t suppressions;
};
bool erase_collect(struct cx *cx, struct db *db, struct erase_carried *out);
bool erase_again(struct cx *cx, struct db *db, const struct erase_carried *carried);

#endif
