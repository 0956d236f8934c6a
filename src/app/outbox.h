// SPDX-License-Identifier: Apache-2.0
/* outbox -- messages on their way: written with their cause, taken by whoever sends, and how it went.
 *
 * outbox_put is called in the transaction of the cause, so that both are there or neither, and the same cause, recipient, day and channel
 * a second time is none. Between taking and the end no transaction is open. What must hold whenever the program is killed: a message
 * whose last byte may have gone out (outbox_delivering) is never sent again by itself; any other is. Of one that went, it is known as soon
 * as the next one is marked.
 */
#ifndef REATIVA_APP_OUTBOX_H
#define REATIVA_APP_OUTBOX_H

#include "app/letters.h"
#include "store/message.h"

enum {
    OUTBOX_BATCH = 50,
    OUTBOX_LEASE_S = 900,  /* of a batch */
    OUTBOX_CLOCKS_S = 600, /* so much may the clocks of two servers differ */
    OUTBOX_ONE_MOST_S =
        300,               /* what a single message may take; nothing is begun with less than this left of the lease */
    OUTBOX_KEPT_DAYS = 180 /* what a message said */
};

/* ---- writing ---- */

struct outbox_wish {
    struct str cause, recipient; /* "alert:12", "user:5" */
    struct day day;
    enum message_channel channel;
    enum message_kind kind;
    int64_t user_id, customer_id, person_id; /* to whom; 0: none */
    int64_t from_user_id, template_id, gateway_id;
    struct str offer;
    struct str address, name, reply_to; /* address: of e-mail, or a phone number for a gateway */
    struct str subject, text, html;
    struct str picture; /* PNG, shown by the HTML as cid:chart */
    struct str token;   /* of outbox_token, where the text has addresses made of it; empty: one is made */
    int64_t due_us;     /* not before; 0: at once */
    int64_t now_us;
};
struct str outbox_token(struct arena *arena);
/* outbox_ready -- is a mail server set up? Within the caller's transaction. */
bool outbox_ready(struct cx *cx, struct db *db, bool *out);
/* outbox_put -- within the caller's transaction. *again: it was written before; *id is that one's. A message that cannot go out is written
 * too: MESSAGE_HELD without a mail server, MESSAGE_PARKED without an address, both with the reason. INVALID message.too_long. */
bool outbox_put(struct cx *cx, struct db *db, const struct outbox_wish *wish, bool *again, int64_t *id);

/* ---- sending ---- */

struct outbox_lease {
    enum message_channel channel;
    struct str by;              /* outbox_token; a new one for each batch */
    int64_t now_us, per_minute; /* 0: no limit */
    int64_t most;               /* at most OUTBOX_BATCH; 0: that many */
};
/* outbox_take -- n 0: nothing is due, or no more may go out within this minute. *next_us: when to look again at the latest (INT64_MAX:
 * when something is written). What a sender left that is gone, is due again or MESSAGE_UNKNOWN. Cheap when nothing is due: it only reads. */
bool outbox_take(struct cx *cx, struct db *db, const struct outbox_lease *lease, struct message_task **out, size_t *n,
                 int64_t *next_us);
/* outbox_letter -- the bytes of one that was taken. Errors of letter_write: it can never be sent. */
bool outbox_letter(struct cx *cx, const struct mail_settings *settings, const struct message_task *task, int64_t now_us,
                   struct str *out);

enum outbox_end {
    OUTBOX_SENT = 1,
    OUTBOX_LATER,   /* put off by the server: tried again later */
    OUTBOX_REFUSED, /* for good */
    OUTBOX_CUT,     /* the answer to its last byte never came */
    OUTBOX_OFF,     /* not to be sent after all, for a reason of ours */
    OUTBOX_BACK     /* nothing was asked about it (no server, no sign-in): due as before, not counted as a try */
};
struct outbox_result {
    const struct message *message; /* as it was taken */
    enum outbox_end end;
    int64_t code;
    struct str why, words; /* why: a key of ours where the server said nothing */
    int64_t wait_us;       /* OUTBOX_BACK: not before */
    uint32_t chance;
    int64_t now_us;
    int32_t (*utc_offset_s)(int64_t at_us);
};
/* outbox_may_go -- letters_may_go of the result's message, or of one to a user whether they still work here, in a transaction of its own. *goes
 * false: the result says how it ends instead. */
bool outbox_may_go(struct cx *cx, struct db *db, const struct mail_settings *settings,
                   const struct letters_clock *clock, struct outbox_result *result, bool *goes);
/* outbox_delivering -- the last byte of this one (as it was taken) is about to go out; *mine false: break off, it is another's now. In the
 * same transaction outbox_done of the one before, unless it is NULL: one durable write a message, and never two whose end is not known. */
bool outbox_delivering(struct cx *cx, struct db *db, const struct outbox_result *before, const struct message *message,
                       int64_t now_us, bool *mine);
/* outbox_done -- with what follows of one that went to a customer (letters_sent), in one transaction. */
bool outbox_done(struct cx *cx, struct db *db, const struct outbox_result *result);
/* outbox_let_go -- what of a batch was not begun, somebody else may take at once. */
bool outbox_let_go(struct cx *cx, struct db *db, struct str by);
/* outbox_sweep -- what old messages said goes; a transaction of its own. */
bool outbox_sweep(struct cx *cx, struct db *db, int64_t now_us);

#endif
