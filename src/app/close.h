// SPDX-License-Identifier: Apache-2.0
/* close -- write a customer off (bankrupt, closed down, do not contact), or take that back.
 *
 * A closing is kept as an import of kind customers with one fact, so `imports` shows it and `undo` takes it back. From its day on the
 * customer's status is `closed`; what it bought stays counted where it was.
 */
#ifndef REATIVA_APP_CLOSE_H
#define REATIVA_APP_CLOSE_H

#include "base/cx.h"
#include "base/day.h"
#include "store/db.h"

struct close_request {
    struct str code;
    struct day on; /* the first day on which it is closed */
    struct str reason;
    bool reopen; /* instead: it is open, whatever an earlier fact said */
    int64_t now_us;
    struct str who;
};

/* close_customer -- NOT_FOUND when there is no such customer. *import_id: for undo. */
bool close_customer(struct cx *cx, struct db *db, const struct close_request *request, int64_t *import_id);
/* close_within -- the same as part of the caller's write transaction. */
bool close_within(struct cx *cx, struct db *db, const struct close_request *request, int64_t *import_id);

#endif
