// SPDX-License-Identifier: Apache-2.0
/* contact -- log an attempt to talk, with all that follows from it, in one transaction.
 *
 * The token of the form decides what is new: sent again, by a browser or by a phone that was without signal, it is kept once
 * and answers as the first time. What follows: `later` makes an appointment on the day asked for, `no_answer` one by the rule
 * of tries (setting contact_tries); every outcome keeps the appointment it came from; `closed` and `do_not_contact` write the
 * customer off; the customer's last contact moves on; the hold of who logs it ends.
 */
#ifndef REATIVA_APP_CONTACT_H
#define REATIVA_APP_CONTACT_H

#include "store/choice.h"
#include "store/contact.h"

struct contact_wish {
    struct str code, rep; /* the customer, in the portfolio of this rep (empty: any) */
    int64_t user_id;
    struct str who;   /* login, for the audit trail */
    int64_t at_us;    /* when they talked */
    struct day day;   /* of at_us in the company's time */
    int64_t now_us;   /* when it is logged */
    struct day today; /* the day answered for: appointments are made after it */
    enum contact_channel channel;
    enum contact_outcome outcome;
    int64_t person_id, occurrence_id, reason_id, objection_id, worklist_id, appointment_id; /* 0: none */
    int64_t value_cents;                                                                    /* STAT_NONE: not told */
    struct str note;
    struct day next_on; /* `later`: when; else DAY_NONE */
    int next_minute;    /* APPOINTMENT_ANY_TIME */
    struct str token;
};
struct contact_made {
    int64_t contact_id;
    bool repeated;      /* it was there already */
    struct day next_on; /* of the appointment made by it; DAY_NONE: none */
    bool given_up;      /* no answer, and no more tries by the rule */
    bool closed;        /* the customer is written off now */
};
/* contact_log -- NOT_FOUND scope.no_customer; INVALID contact.bad_<field> (contact_field tells it), with why and what to do. */
bool contact_log(struct cx *cx, struct db *db, const struct contact_wish *wish, struct contact_made *out);
/* contact_field -- the field of the form that an error of contact_log is about; empty: none. */
struct str contact_field(const struct err *err);

#endif
