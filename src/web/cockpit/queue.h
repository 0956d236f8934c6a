// SPDX-License-Identifier: Apache-2.0
/* queue -- what the cockpit's page shows: who is next, and the customer at hand.
 */
#ifndef REATIVA_WEB_COCKPIT_QUEUE_H
#define REATIVA_WEB_COCKPIT_QUEUE_H

#include "app/queue.h"
#include "web/cockpit/contact.h"
#include "web/cockpit/customer.h"

struct queue_list {
    int64_t id;
    struct str name;
};
struct queue_view {
    struct queue queue;
    const struct queue_list *list; /* that this person can work on today */
    size_t lists;
    int64_t worklist_id;
    struct str worklist; /* its id as the form sends it */
    bool at_hand;
    struct customer_view customer; /* when there is one */
    struct contact_form form;
    const struct appointment_row *due; /* why they are called, if it was agreed; NULL: none */
    struct str why, days;              /* of skipping, as typed */
};

struct str queue_time(struct page *page, const struct queue_item *item);

#endif
