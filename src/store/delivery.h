// SPDX-License-Identifier: Apache-2.0
/* delivery -- an event on its way to a webhook. It is written with its cause; whoever sends first takes the webhook for a while (its
 * lease), so that two servers do not send the same, and says afterwards how it went. Each call is within the caller's transaction.
 */
#ifndef REATIVA_STORE_DELIVERY_H
#define REATIVA_STORE_DELIVERY_H

#include "store/webhook.h"

enum delivery_state { DELIVERY_ANY = 0, DELIVERY_DUE, DELIVERY_TAKEN, DELIVERY_GIVEN_UP, DELIVERY_STATES };

struct delivery_event {
    int64_t id;
    struct str name; /* the same at every try */
    enum webhook_kind kind;
    int64_t subject, occasion, at_us;
    int64_t was, became; /* statuses; of an alert `was` is the user who was told */
    struct day day;
    int64_t many;
};

/* delivery_event_last -- events to come have greater numbers. */
bool delivery_event_last(struct cx *cx, struct db *db, int64_t *out);
/* delivery_event_add -- gives it a number; *again: there is one of this kind, subject and occasion. */
bool delivery_event_add(struct cx *cx, struct db *db, struct delivery_event *event, bool *again);
/* delivery_event_drop -- those of a kind past `first`. */
bool delivery_event_drop(struct cx *cx, struct db *db, int64_t first, enum webhook_kind kind);
/* delivery_add -- events of a kind past `first`, to all that ask for it. */
bool delivery_add(struct cx *cx, struct db *db, int64_t first, enum webhook_kind kind, int64_t now_us);
/* delivery_add_to -- to one, at once, with a single try. */
bool delivery_add_to(struct cx *cx, struct db *db, int64_t webhook_id, int64_t event_id);

/* What sending takes. */
struct delivery_task {
    int64_t id, webhook_id;
    int64_t tries, tries_left; /* this one counted in */
    struct str url, secret, lang;
    struct delivery_event event;
};
/* delivery_ready -- a webhook with something to be sent now that nobody is sending to; 0: none. */
bool delivery_ready(struct cx *cx, struct db *db, int64_t now_us, int64_t *webhook_id);
/* delivery_take -- the first that is due, counted as tried, and the webhook until lease_us. *found false: none is left. */
bool delivery_take(struct cx *cx, struct db *db, int64_t webhook_id, int64_t now_us, int64_t lease_us, bool *found,
                   struct delivery_task *out);
/* delivery_let_go -- somebody else may send. */
bool delivery_let_go(struct cx *cx, struct db *db, int64_t webhook_id);

struct delivery_answer {
    int64_t id, webhook_id;
    int64_t status, ms;
    struct str fault, answer;
};
bool delivery_taken(struct cx *cx, struct db *db, const struct delivery_answer *answer, int64_t now_us);
/* delivery_failed -- again at due_us, or given up (0). */
bool delivery_failed(struct cx *cx, struct db *db, const struct delivery_answer *answer, int64_t due_us);
/* delivery_bad -- the webhook waits until a moment. delivery_fails -- how often in a row it failed before, and since when. */
bool delivery_bad(struct cx *cx, struct db *db, int64_t webhook_id, int64_t now_us, int64_t wait_us);
bool delivery_fails(struct cx *cx, struct db *db, int64_t webhook_id, int64_t *fails, int64_t *failing_us);

bool delivery_resend(struct cx *cx, struct db *db, int64_t webhook_id, int64_t id, bool *found);
bool delivery_give_up(struct cx *cx, struct db *db, int64_t webhook_id);
bool delivery_sweep(struct cx *cx, struct db *db, int64_t before_us);

struct delivery {
    int64_t id;
    struct delivery_event event;
    struct str code; /* of the customer, where the event is of one */
    enum delivery_state state;
    int64_t tries, tries_left, due_us, tried_us, status, ms;
    struct str fault, answer;
};
/* delivery_list -- the newest first, before an event's number (INT64_MAX: from the newest). */
bool delivery_list(struct cx *cx, struct db *db, int64_t webhook_id, enum delivery_state state, int64_t before,
                   int64_t most, struct delivery **out, size_t *n);

#endif
