// SPDX-License-Identifier: Apache-2.0
/* profile -- all that the page and the printed profile of one customer show, in one consistent picture.
 */
#ifndef REATIVA_APP_PROFILE_H
#define REATIVA_APP_PROFILE_H

#include "app/reach.h"
#include "app/sheet.h"
#include "store/appointment.h"
#include "store/choice.h"
#include "store/contact.h"
#include "store/hold.h"
#include "store/note.h"
#include "store/person.h"
#include "store/tag.h"
#include "store/transfer.h"

enum { PROFILE_NOTES = 50, PROFILE_CONTACTS = 30, PROFILE_APPOINTMENTS = 20 };

/* What the titles say of how the customer pays, as of the day. */
struct profile_standing {
    int64_t open, overdue;   /* titles */
    int64_t overdue_days;    /* of the oldest that is overdue; 0: none */
    int64_t paid, paid_late; /* titles with a day they were due */
    int64_t late_days_mean;  /* of those paid late, rounded; 0: none */
};

struct profile {
    struct day as_of;
    struct sheet sheet;
    struct person *person; /* not the retired, by name */
    size_t persons;
    struct note *note; /* newest first, at most PROFILE_NOTES */
    size_t notes;
    struct str *tag; /* by name */
    size_t tags;
    struct contact_row *contact; /* newest first, at most PROFILE_CONTACTS */
    size_t contacts;
    struct appointment_row *appointment; /* open ones first, at most PROFILE_APPOINTMENTS */
    size_t appointments;
    struct transfer_line *transfer; /* from whom to whom, newest first */
    size_t transfers;
    struct choice *choice; /* that can be chosen, by kind and name; of profile_to_talk only */
    size_t choices;
    struct reach reach; /* whether, and how, they may be contacted */
};

/* profile_make -- rep: whose customers are in reach (its code; empty: all). NOT_FOUND scope.no_customer: unknown, another's, or not
 * a customer yet as of that day. One transaction. */
bool profile_make(struct cx *cx, struct db *db, struct day as_of, struct str code, struct str rep, struct profile *out);

/* profile_to_talk -- the same with what can be chosen to log a contact; who: by id, or with customer_id 0 by code, which is a
 * statement more. */
bool profile_to_talk(struct cx *cx, struct db *db, struct day as_of, const struct hold *who, struct str rep,
                     struct profile *out);

/* profile_standing -- of the sheet's titles. */
struct profile_standing profile_standing(const struct sheet *sheet, struct day as_of);

#endif
