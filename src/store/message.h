// SPDX-License-Identifier: Apache-2.0
/* message -- the outbox, row by row. Who sends takes some for a while (a lease under a name that nobody else has), marks each just
 * before its last byte goes out, and says afterwards how it went. Each call is within the caller's transaction.
 */
#ifndef REATIVA_STORE_MESSAGE_H
#define REATIVA_STORE_MESSAGE_H

#include "base/day.h"
#include "core/message.h"
#include "store/db.h"

struct message {
    int64_t id;
    struct str cause, recipient; /* "alert:12", "user:5" */
    struct day day;
    enum message_channel channel;
    enum message_kind kind;
    enum message_state state;
    int64_t user_id, customer_id, person_id; /* to whom */
    int64_t from_user_id, template_id, gateway_id;
    struct str offer, address, name, reply_to, subject;
    struct str token;  /* for addresses in it that need no sign-in */
    struct str header; /* the part before the @ of its Message-ID */
    int64_t made_us, due_us, lease_us;
    struct str lease_by;
    int64_t began_us, sent_us, read_us, tries;
    int64_t code;
    struct str why, words; /* why: a key of the catalogs; words: the server's own */
    int64_t version;
};

struct message_body {
    struct str text, html, picture;
};

/* message_add -- gives it a number; *again: there is one of this cause, recipient, day and channel, whose number is in id. */
bool message_add(struct cx *cx, struct db *db, struct message *message, const struct message_body *body, bool *again);
bool message_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct message *out);
/* message_body_find -- *found false: it is old, and what it said is gone. */
bool message_body_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct message_body *out);
/* message_of_token, message_of_header -- its number. */
bool message_of_token(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id);
bool message_of_header(struct cx *cx, struct db *db, struct str header, bool *found, int64_t *id);

/* ---- sending ---- */

/* message_lapsed -- whose sender is gone: due again, or, when its last byte was going out, MESSAGE_UNKNOWN with `why`. most_us: no lease is
 * longer, whatever the clock said when it was given. message_lapsing -- is there one? */
bool message_lapsing(struct cx *cx, struct db *db, int64_t now_us, int64_t most_us, bool *found);
bool message_lapsed(struct cx *cx, struct db *db, int64_t now_us, int64_t most_us, struct str why);
/* message_next_due -- of a channel; INT64_MAX: none is. */
bool message_next_due(struct cx *cx, struct db *db, enum message_channel channel, int64_t *due_us);
/* message_under_way -- of a channel, since a moment and until another. */
bool message_under_way(struct cx *cx, struct db *db, enum message_channel channel, int64_t since_us, int64_t until_us,
                       int64_t *out);

struct message_task {
    struct message message;
    struct message_body body;
};
struct message_lease {
    enum message_channel channel;
    int64_t now_us, until_us, most;
    struct str by;
};
bool message_take(struct cx *cx, struct db *db, const struct message_lease *lease, struct message_task **out,
                  size_t *n);
/* message_began -- and its lease is until until_us. *mine false: it is not that sender's any more, and must not go out. */
bool message_began(struct cx *cx, struct db *db, int64_t id, struct str by, int64_t now_us, int64_t until_us,
                   bool *mine);
struct message_end {
    int64_t id;
    struct str by;
    enum message_state state;
    int64_t due_us, sent_us, code;
    struct str why, words;
    bool tried; /* counts as a try, though it did not come to its last byte */
};
bool message_end(struct cx *cx, struct db *db, const struct message_end *end, bool *mine);
bool message_let_go(struct cx *cx, struct db *db, struct str by);

/* message_again, message_state_put -- by hand; *changed false: something has happened to it since the version. */
bool message_again(struct cx *cx, struct db *db, int64_t id, int64_t version, int64_t due_us, bool *changed);
bool message_readdress(struct cx *cx, struct db *db, int64_t id, struct str address);
bool message_state_put(struct cx *cx, struct db *db, int64_t id, int64_t version, enum message_state state,
                       struct str why, bool *changed);
/* message_restored -- in a database that was made of a backup: what waited is held, and sent when a person says so. */
bool message_restored(struct cx *cx, struct db *db);
bool message_sweep(struct cx *cx, struct db *db, int64_t before_us);

/* ---- looking ---- */

/* 0 and empty texts ask for everything. */
struct message_filter {
    enum message_state state;
    enum message_kind kind;
    enum message_channel channel;
    int64_t user_id, customer_id, id;
    struct str holds; /* folded; in name, address and subject */
    bool oldest;      /* the oldest first */
    int64_t after;    /* further on in that order than the one of this number */
    int64_t upto;     /* none that was written after it */
    int64_t most;
};
struct message_line {
    struct message message;
    struct str customer, from; /* its code; the name of who wrote it; empty: none */
};
/* message_each -- one statement; the line's texts live as long as the arena. */
typedef bool message_each_take(struct cx *cx, void *owner, const struct message_line *line);
bool message_each(struct cx *cx, struct db *db, const struct message_filter *filter, message_each_take *take,
                  void *owner);

/* message_count -- how many fit, and the number of the newest; order and `most` do not matter. */
bool message_count(struct cx *cx, struct db *db, const struct message_filter *filter, int64_t *n, int64_t *newest);

struct message_counts {
    int64_t due, sending, parked, unknown, held; /* at most `most` each */
};
bool message_counts(struct cx *cx, struct db *db, int64_t most, struct message_counts *out);
/* message_trouble -- what a server said that wants nobody's messages now; empty: nothing, all is well. */
bool message_trouble(struct cx *cx, struct db *db, enum message_channel channel, struct str *words);

/* ---- one's own, inside the program ---- */

bool message_read_put(struct cx *cx, struct db *db, int64_t id, int64_t user_id, int64_t now_us);
bool message_unread(struct cx *cx, struct db *db, int64_t user_id, int64_t *out);

#endif
