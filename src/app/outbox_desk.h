// SPDX-License-Identifier: Apache-2.0
/* outbox_desk -- what people do with the outbox: look, read one, send one again, call one off.
 *
 * Each call is a transaction of its own; what changes something leaves a line in the audit trail, without the text of the message.
 */
#ifndef REATIVA_APP_OUTBOX_DESK_H
#define REATIVA_APP_OUTBOX_DESK_H

#include "store/message.h"

enum { OUTBOX_COUNTED = 10000 };

/* What stands in the way, and how much waits. */
struct outbox_found {
    bool ready;                   /* a mail server is set up */
    struct message_counts counts; /* up to OUTBOX_COUNTED each */
    struct str trouble;           /* what the mail server said that wants nobody's messages now */
};
/* outbox_look -- the lines that fit; found NULL: not wanted. filter->holds as typed. */
bool outbox_look(struct cx *cx, struct db *db, const struct message_filter *filter, message_each_take *take,
                 void *owner, struct outbox_found *found);

/* outbox_open -- one, with what it says. NOT_FOUND message.unknown. */
struct outbox_one {
    struct message_line line;
    bool readable; /* what it said is still there */
    struct message_body body;
};
bool outbox_open(struct cx *cx, struct db *db, int64_t id, struct outbox_one *out);

struct outbox_act {
    int64_t id, version;
    struct str who;
    int64_t now_us;
};
/* outbox_resend -- once more, at once, to the address its user has now. CONFLICT message.changed, message.not_again (its state does not
 * allow it); INVALID message.why_no_server, message.why_no_address, message.why_retired. */
bool outbox_resend(struct cx *cx, struct db *db, const struct outbox_act *act);
/* outbox_call_off -- never, unless somebody sends it again. CONFLICT message.changed, message.not_off. */
bool outbox_call_off(struct cx *cx, struct db *db, const struct outbox_act *act);

#endif
