// SPDX-License-Identifier: Apache-2.0
/* queue -- who is next: an agent's appointments that are due, then the customers of a work list in its order.
 *
 * A customer is held by one person at a time: given out under the one writer's lock, for so long as the setting hold_minutes says,
 * longer while the page is open. Who may not be contacted, was contacted as often as the limit allows, was talked to lately (setting worklist_rest_days), put off, or is held by another is not offered. Work list 0 is
 * the one that needs nobody to make it: all who are at risk or inactive, the dearest first.
 */
#ifndef REATIVA_APP_QUEUE_H
#define REATIVA_APP_QUEUE_H

#include "store/hold.h"
#include "store/worklist.h"

enum { QUEUE_SHOWN = 20, QUEUE_WHY_MOST = 1000, QUEUE_SKIP_DAYS_MOST = 365 };
#define QUEUE_LEFT_US (INT64_C(90) * 1000000) /* what is left of a hold whose page has gone away: it may come back */

struct queue_wish {
    int64_t user_id, worklist_id;
    struct str who, rep; /* rep: whose customers alone are offered; empty: all */
    struct day as_of;
    int64_t now_us;
    bool manages; /* looks at a list that others work */
};
struct queue_item {
    int64_t customer_id;
    struct str code, name, city;
    int64_t appointment_id; /* 0: of the list */
    struct day day;         /* of the appointment */
    int minute;
    struct day last_contact;
    bool listed; /* found by the list's query, not named */
};
struct queue {
    struct worklist worklist; /* id 0, no name: those late */
    struct queue_item item[QUEUE_SHOWN];
    size_t n;
    struct worklist *list; /* that this user can work today, by name */
    size_t lists;
    int64_t appointments; /* due, of this user */
    int64_t done;         /* on this list today, by this user */
    int64_t left;         /* on this list, whoever works it; the day's appointments not counted */
    int64_t barred;       /* of those looked at: they may not be contacted by any channel (app/reach.h) */
    int64_t pressed;      /* of those looked at: contacted often enough lately; an appointment comes all the same */
    bool full;            /* the day's capacity is reached: appointments alone are offered */
    bool closed;          /* the list has not begun, has ended or was retired */
    struct hold at_hand;  /* customer_id 0: none */
};

/* queue_look -- what would come next. NOT_FOUND worklist.unknown; FORBIDDEN worklist.not_yours. */
bool queue_look(struct cx *cx, struct db *db, const struct queue_wish *wish, struct queue *out);
/* queue_next -- take the next customer: the one behind whom this person has at hand, who is given back. *out customer_id 0: nobody
 * is left. Nobody else holds who is given out. */
bool queue_next(struct cx *cx, struct db *db, const struct queue_wish *wish, struct hold *out);
/* queue_take -- this customer. CONFLICT queue.held: another has it; NOT_FOUND scope.no_customer. */
bool queue_take(struct cx *cx, struct db *db, const struct queue_wish *wish, struct str code, struct hold *out);
/* queue_renew -- hold whom one has at hand for longer (leaving: for QUEUE_LEFT_US more). *held false: it is another's by now. */
bool queue_renew(struct cx *cx, struct db *db, const struct queue_wish *wish, struct str code, bool leaving,
                 bool *held);
/* queue_skip -- not to be offered on this list for so many days, and why. INVALID queue.bad_why, queue.bad_days. */
bool queue_skip(struct cx *cx, struct db *db, const struct queue_wish *wish, struct str code, struct str why,
                int64_t days);

#endif
