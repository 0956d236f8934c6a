// SPDX-License-Identifier: Apache-2.0
/* contact -- attempts to talk, as they were logged; never changed afterwards.
 */
#ifndef REATIVA_STORE_CONTACT_H
#define REATIVA_STORE_CONTACT_H

#include "base/day.h"
#include "core/contact.h"
#include "store/db.h"

struct contact {
    int64_t id, customer_id, user_id, person_id; /* person, occurrence, ... list, appointment: 0 none */
    int64_t at_us;
    struct day day; /* of at_us in the company's time */
    enum contact_channel channel;
    enum contact_outcome outcome;
    int64_t occurrence_id, reason_id, objection_id, worklist_id, appointment_id;
    int64_t value_cents; /* STAT_NONE: not told */
    struct str note, token;
    int64_t made_us;
};
/* A contact as people read it: the names behind the numbers; empty: none. */
struct contact_row {
    struct contact contact;
    struct str user, person, occurrence, reason, objection, worklist;
};

bool contact_add(struct cx *cx, struct db *db, struct contact *contact); /* sets id; three statements */
/* contact_find_token -- what this form made when it was sent before. */
bool contact_find_token(struct cx *cx, struct db *db, int64_t customer_id, struct str token, bool *found,
                        struct contact *out);
/* contact_in_vain -- tries without an answer since somebody last answered. */
bool contact_in_vain(struct cx *cx, struct db *db, int64_t customer_id, int64_t *out);
/* contact_moves_last -- the customer's day of the last contact, kept and in every list, is not before this one. */
bool contact_moves_last(struct cx *cx, struct db *db, int64_t customer_id, struct day day);

/* What a contact names, checked in one statement: which of the ids are not there for this customer. */
struct contact_unknown {
    bool person, occurrence, reason, objection, worklist, appointment;
};
bool contact_check(struct cx *cx, struct db *db, const struct contact *contact, struct contact_unknown *out);

/* What somebody has done on a day, or a list's people in its time. */
struct contact_tally {
    int64_t customers, reached, ordered; /* customers counted once each */
};

#endif
