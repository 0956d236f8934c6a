// SPDX-License-Identifier: Apache-2.0
/* contacts -- contacts of some days as figures and as a list, and the purchases that came after them.
 *
 * A purchase belongs to the customer's last contact that reached somebody (neither without an answer nor a wrong number) on its day or
 * within some days before it, whoever made that contact, and to no other: docs/methods/contacts.md.
 */
#ifndef REATIVA_STORE_CONTACTS_H
#define REATIVA_STORE_CONTACTS_H

#include "core/contact.h"
#include "store/choice.h"
#include "store/label.h"

enum { CONTACTS_LABELS = LABEL_REGION }; /* company, rep, segment, region: kinds 1 to 4 */
enum { CONTACTS_ANY = -1, CONTACTS_WITHOUT = 0 };

/* Whose figures stand in a line. The numbers are those of the part contacts.figures. */
enum contacts_by {
    CONTACTS_BY_USER = 1,
    CONTACTS_BY_REP,
    CONTACTS_BY_SEGMENT,
    CONTACTS_BY_REGION,
    CONTACTS_BY_CHANNEL,
    CONTACTS_BY_OUTCOME,
    CONTACTS_BY_OCCURRENCE,
    CONTACTS_BY_REASON,
    CONTACTS_BY_OBJECTION,
    CONTACTS_BY_END
};

struct contacts_ask {
    struct day from, to, as_of;
    int64_t within_days;                /* a purchase counts for so long */
    int64_t label[CONTACTS_LABELS + 1]; /* by kind; CONTACTS_ANY, CONTACTS_WITHOUT, or an id; so too: */
    int64_t user_id, channel, outcome, choice[CHOICE_KINDS];
    int64_t reached;   /* CONTACTS_ANY, 0 or 1 */
    bool followed;     /* only those that a purchase came after */
    bool last;         /* only the last one with each customer */
    struct str search; /* in customer, code and note; empty: all */
};

struct contacts_sum {
    int64_t id; /* of what it is summed by; 0: without */
    int64_t contacts, customers, reached, ordered;
    int64_t followed, purchases, value_cents; /* contacts that a purchase came after; those purchases */
};
struct contacts_sums {
    struct contacts_sum all, *by, *reason, *objection; /* reasons and objections: only `contacts` */
    size_t bys, reasons, objections;
};
/* contacts_sum_up -- one statement, after score_for in the caller's transaction; rows in no order. followed and last are not looked at. */
bool contacts_sum_up(struct cx *cx, struct db *db, const struct contacts_ask *ask, enum contacts_by by,
                     struct contacts_sums *out);

struct contacts_place { /* behind which a page begins; the newest: CONTACTS_NEWEST */
    int64_t day, at_us, id;
};
#define CONTACTS_NEWEST ((struct contacts_place){INT64_MAX, INT64_MAX, INT64_MAX})
struct contacts_row {
    struct contacts_place place;
    struct str code, name, rep, segment, region, user, person, occurrence, reason, objection, note;
    enum contact_channel channel;
    enum contact_outcome outcome;
    int64_t purchases, value_cents;
};
typedef bool contacts_visit(struct cx *cx, void *owner, const struct contacts_row *row);
/* contacts_each -- the newest first; texts live until the visit returns. One statement, after score_for. */
bool contacts_each(struct cx *cx, struct db *db, const struct contacts_ask *ask, struct contacts_place after,
                   int64_t most, contacts_visit *visit, void *owner);

/* What contacts can be told apart by, for forms and lines: users, labels of those kinds, choices; by kind and name. */
struct contacts_name {
    int64_t id;
    struct str name;
    bool retired;
};
struct contacts_names {
    struct contacts_name *user;
    struct label *label;
    struct choice *choice; /* id, kind, name, owner, preventable, retired_us */
    size_t users, labels, choices;
};
bool contacts_names(struct cx *cx, struct db *db, struct contacts_names *out); /* one statement */

#endif
