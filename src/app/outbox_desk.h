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

/* ---- many ---- */

enum { OUTBOX_ALL_MOST = 10000 }; /* in one go */

/* All that fit the filter (holds as typed; its state, if it has one, is among those that may): parked and held ones are sent again, due and
 * held ones called off. What went already, what nobody knows the end of and what somebody called off is looked at one by one. */
struct outbox_all_wish {
    struct message_filter filter; /* upto: of outbox_all_look, so that only what was counted is touched */
    bool off;
    struct str who;
    int64_t now_us;
};
bool outbox_all_may(enum message_state state, bool off);
/* outbox_all_look -- how many they are; what is written later is not among them. */
bool outbox_all_look(struct cx *cx, struct db *db, const struct outbox_all_wish *wish, int64_t *n, int64_t *upto);
/* outbox_all -- as outbox_resend and outbox_call_off each, in transactions of some hundred: a kill in the middle leaves those done that were. */
struct outbox_all_done {
    int64_t done, left; /* left: not done, for a reason */
    char why[80];       /* of the first of them, a key */
    bool more;          /* OUTBOX_ALL_MOST were looked at */
};
bool outbox_all(struct cx *cx, struct db *db, const struct outbox_all_wish *wish, struct outbox_all_done *out);

#endif
