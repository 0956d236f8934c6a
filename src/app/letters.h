// SPDX-License-Identifier: Apache-2.0
/* letters -- e-mail and text messages to customers: who of them gets one and who does not and why, the letter as each gets it, on its way by the
 * outbox, and what follows when it has gone. Which of the two it is stands in the letter (gateway_id of its template).
 *
 * Whether a customer may be written to is asked when they are chosen and once more just before the message goes out (letters_may_go), both
 * times of app/reach.h. Every message that went is a contact in the customer's history (letters_sent), which counts for contact pressure
 * and not as reached. Invariant: a letter of one mailing goes to a customer once, and to an address once.
 */
#ifndef REATIVA_APP_LETTERS_H
#define REATIVA_APP_LETTERS_H

#include "app/mail.h"
#include "app/reach.h"
#include "store/mailing.h"
#include "store/message.h"

enum { LETTERS_MOST = 20000 /* customers of one mailing: a file's worth of them is a matter for a mailing service */ };

/* Why a customer gets none. */
enum letters_bar {
    LETTERS_GOES = 0,
    LETTERS_NO_ADDRESS,
    LETTERS_BAD_ADDRESS, /* there is one, and no mail server would take it; or a phone number that lacks its area */
    LETTERS_LANDLINE,    /* none of its phones is a mobile one: to many no text message is sent there */
    LETTERS_SUPPRESSED,
    LETTERS_PRESSED, /* the limit on contact pressure is reached */
    LETTERS_CLOSED,  /* written off */
    LETTERS_LACKING, /* nothing for a field, and the text says nothing in its place */
    LETTERS_TWICE,   /* another customer of this mailing has the same address */
    LETTERS_BARS
};

/* One address of a customer. */
struct letters_way {
    int64_t person_id; /* 0: the customer's own */
    struct str name, address;
    bool landline;
    enum letters_bar bar; /* LETTERS_GOES, BAD_ADDRESS, SUPPRESSED */
    enum suppression_source source;
    bool agreed;
};
/* A customer, by which address, and whether. */
struct letters_seat {
    int64_t customer_id;
    struct str code, customer;
    const struct letters_way *way; /* all there are */
    size_t ways;
    const struct letters_way *to; /* the one it goes to; NULL: none */
    enum letters_bar bar;
    enum suppression_source source; /* of LETTERS_SUPPRESSED */
    struct day again;               /* of LETTERS_PRESSED: when it is not any more */
    struct str lacks;               /* of LETTERS_LACKING: the field */
    struct merge_value value[LETTER_FIELDS];
};

struct letters_wish {
    const int64_t *customer; /* within the writer's scope, ascending */
    size_t n;
    struct template letter; /* subject, text, language, offer, gateway; id 0: written without a template */
    bool literal;           /* subject and text were written out already: a brace is a brace */
    bool one;               /* to one customer */
    bool asked;             /* by who gets it: the limit on contact pressure does not hold */
    int64_t person_id;      /* of one: to this address; LETTERS_ANY: to the best */
    int64_t per_hour;       /* so many go out in an hour; 0: as fast as the server may be asked to */
    int64_t user_id;
    struct str who, sender, sender_email, sender_phone; /* login; name and addresses of who writes */
    struct day as_of, today;
    int64_t now_us;
    int32_t (*utc_offset_s)(int64_t at_us);
    struct str token;
};
enum { LETTERS_ANY = -1 };

/* letters_look -- seat[n] in the order of the customers (those not there any more are left out). One read transaction. Errors: LIMIT
 * letters.too_many. */
bool letters_look(struct cx *cx, struct db *db, const struct letters_wish *wish, struct letters_seat **out, size_t *n);
/* letters_write -- subject and text as a customer gets them; false: what is lacking (merge.missing). */
bool letters_write(struct cx *cx, const struct letters_wish *wish, const struct letters_seat *seat, struct str *subject,
                   struct str *text);
/* letters_draft -- the same for a person to go on with: where something is lacking stands LETTERS_GAP, and nothing goes out while it does. lacks:
 * the first such field; empty: none. */
#define LETTERS_GAP S("___")
bool letters_draft(struct cx *cx, const struct letters_wish *wish, const struct letters_seat *seat, struct str *subject,
                   struct str *text, struct str *lacks);
/* letters_customer -- the id of the customer of a code within a rep's portfolio: as scope_customer, in a transaction of its own. */
bool letters_customer(struct cx *cx, struct db *db, struct str code, struct str rep, int64_t *id);
/* letters_brief -- the text message that goes out: the address to opt out stands where its field stood, or at the end. Without a token a word stands in
 * the address's place. letters_html -- the whole page that goes out; without a public address of ours it says to answer in order to opt out. letters_plain --
 * its twin without HTML. */
struct letters_page {
    const struct mail_settings *mail; /* of letters_brief without a token: none is needed */
    enum lang lang;
    struct str subject, text, token; /* token: of the message */
    const struct db *db;             /* by whose key addresses of clicks are signed; NULL: nothing is followed */
};
struct str letters_brief(struct arena *arena, const struct letters_page *letter);
struct str letters_html(struct arena *arena, const struct letters_page *letter);
struct str letters_plain(struct arena *arena, const struct letters_page *letter);

/* letters_send -- looks again and writes all that may go, in one transaction; the same token again: what it made. INVALID letters.nobody:
 * none may; letters.no_public: it would go out, and there is no address at which customers could opt out; letters.no_gateway: its gateway is
 * retired. */
struct letters_sent_report {
    int64_t mailing_id, customers, left_out;
};
bool letters_send(struct cx *cx, struct db *db, const struct letters_wish *wish, struct letters_sent_report *out);
/* letters_test -- as the first of the customers would get it, to who writes it, marked as a test. INVALID letters.no_own_address,
 * letters.no_own_phone, letters.no_gateway, letters.no_example, merge.missing. */
bool letters_test(struct cx *cx, struct db *db, const struct letters_wish *wish);

/* ---- looking back ---- */

bool letters_list(struct cx *cx, struct db *db, const struct mailing_ask *ask, struct mailing_row **out, size_t *n);
/* letters_one -- a mailing (NOT_FOUND letters.unknown, also when it is another's: user_id > 0) and its messages after one. */
struct letters_ask {
    int64_t id, user_id, after, most;
    struct str rep;
};
bool letters_one(struct cx *cx, struct db *db, const struct letters_ask *ask, struct mailing_row *out,
                 struct mailing_message **message, size_t *n);
/* letters_call_off -- what has not gone stays here. */
bool letters_call_off(struct cx *cx, struct db *db, int64_t id, int64_t user_id, struct str who, int64_t now_us,
                      int64_t *out);

/* ---- on its way ---- */

enum letters_verdict {
    LETTERS_GO = 1,
    LETTERS_WAIT /* until *until_us */,
    LETTERS_OFF /* for the reason at *why, a key */
};
/* letters_may_go -- just before a message is sent, within the caller's transaction; what is no letter may always. */
struct letters_clock {
    int64_t now_us;
    int32_t (*utc_offset_s)(int64_t at_us);
};
bool letters_may_go(struct cx *cx, struct db *db, const struct mail_settings *mail, const struct message *message,
                    const struct letters_clock *clock, enum letters_verdict *out, int64_t *until_us, struct str *why);
/* letters_sent -- in the transaction that notes it as sent: it becomes a contact; what is no letter, nothing. */
bool letters_sent(struct cx *cx, struct db *db, const struct message *message, const struct letters_clock *clock);

/* ---- who gets it answers ---- */

/* letters_opt_out -- the address the message of this token went to gets no more of its kind. *found false: no such message. already: it was
 * on the list; do_it false: only looked at. address: as it may be shown to whoever has the link. */
struct letters_leaving {
    bool found, already, by_phone;
    struct str address, company;
};
bool letters_opt_out(struct cx *cx, struct db *db, struct str token, bool do_it, struct day today, int64_t now_us,
                     struct letters_leaving *out);
/* letters_opened, letters_clicked -- noted if the company wants it; record false: who looks is one of the company. letters_clicked: *good
 * false: the address was not signed by us. letters_opened: *found false: no letter has this token. */
bool letters_opened(struct cx *cx, struct db *db, struct str token, int64_t now_us, bool *found);
bool letters_clicked(struct cx *cx, struct db *db, struct str token, struct str url, struct str sign, bool record,
                     int64_t now_us, bool *good);

#endif
