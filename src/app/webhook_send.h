// SPDX-License-Identifier: Apache-2.0
/* webhook_send -- what is due to be sent, taken so that nobody else sends it, read as it stands now, and how it went.
 *
 * Between taking and saying how it went no transaction is open. A kill in between leaves it due: the same event with the same name is
 * sent once more when the lease is over, never lost.
 */
#ifndef REATIVA_APP_WEBHOOK_SEND_H
#define REATIVA_APP_WEBHOOK_SEND_H

#include "core/customer.h"
#include "store/alert.h"
#include "store/delivery.h"
#include "store/import.h"
#include "store/ledger.h"
#include "store/user.h"

enum {
    WEBHOOK_SEND_LEASE_S = 300,      /* well over what one POST may take, and the wait for an import that writes */
    WEBHOOK_SEND_WAIT_MOST_S = 3600, /* a receiver that fails is tried this often at least */
    WEBHOOK_SEND_KEPT_DAYS = 45      /* what is over; longer than WEBHOOK_TELL_LATE_DAYS */
};

/* webhook_send_take -- *found false: nothing is due now. Cheap then: a statement that reads. secrets: the file with the key of sealed
 * secrets; one whose secret it does not open is paused, and says so. */
bool webhook_send_take(struct cx *cx, struct db *db, struct str secrets, int64_t now_us, bool *found,
                       struct delivery_task *out);

/* webhook_send_read -- what the event is about, as it stands now; only the part of its kind is filled, and none of it when it is gone
 * (customer_found, contact NULL, import_found, alert_found). */
enum { WEBHOOK_SEND_ALERT_MOST = 1000 /* lines of an alert; the number says how many there were */ };
struct webhook_send_alert {
    struct alert rule;
    struct user user;
    struct alert_story_line *line;
    size_t lines;
};
struct webhook_send_about {
    struct day as_of; /* of the customer */
    bool customer_found, import_found, alert_found;
    struct webhook_send_alert alert;
    struct customer customer;
    struct ledger_contact *contact;
    struct import_run import;
};
bool webhook_send_read(struct cx *cx, struct db *db, const struct delivery_event *event,
                       struct webhook_send_about *out);

/* webhook_send_done -- how it went. A failure is tried again by the table of core/webhook.h; after WEBHOOK_FAILING_DAYS of nothing but
 * failures, or when the answer is 410, the webhook is paused. chance: any number. */
struct webhook_send_end {
    struct delivery_answer answer; /* fault empty: it answered */
    int64_t tries_left, retry_after_s;
    enum webhook_kind kind;
    uint32_t chance;
};
bool webhook_send_done(struct cx *cx, struct db *db, const struct webhook_send_end *end, int64_t now_us);
/* webhook_send_let_go -- not sent after all; somebody else may at once. */
bool webhook_send_let_go(struct cx *cx, struct db *db, int64_t webhook_id);
/* webhook_send_sweep -- what is over and old goes. */
bool webhook_send_sweep(struct cx *cx, struct db *db, int64_t now_us);

#endif
