// SPDX-License-Identifier: Apache-2.0
/* reactivated -- purchases that ended a stretch of inactivity, from the derived tables in sight. */
#ifndef REATIVA_STORE_REACTIVATED_H
#define REATIVA_STORE_REACTIVATED_H

#include "base/day.h"
#include "core/contact.h"
#include "store/db.h"
#include "store/label.h"

enum { REACTIVATED_LABELS = LABEL_REGION }; /* company, rep, segment, region: kinds 1 to 4 */

struct reactivated_row {
    int64_t customer_id;
    struct str code, name;
    struct str label[REACTIVATED_LABELS + 1]; /* by kind */
    struct day day;                           /* of the purchase */
    int64_t orders, value_cents;              /* from that day until before the customer's next one; net of returns */
    struct day last_on;                       /* the last of these orders */
    struct day contact_on;                    /* the contact that did it; DAY_NONE: it came by itself */
    int64_t user_id;                          /* who made it */
    struct str user;
    enum contact_channel channel;
};

struct reactivated_ask {
    struct day from, to, as_of;
    int64_t within_days;                   /* a contact counts for so long */
    int64_t label[REACTIVATED_LABELS + 1]; /* by kind; -1: any */
};

typedef bool reactivated_visit(struct cx *cx, void *owner, const struct reactivated_row *row);
/* reactivated_each -- by customer, then day; of customers written off since, those before. Texts live until the visit returns. Within
 * the caller's transaction, after score_for. */
bool reactivated_each(struct cx *cx, struct db *db, const struct reactivated_ask *ask, reactivated_visit *visit,
                      void *owner);

#endif
