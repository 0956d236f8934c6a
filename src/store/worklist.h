// SPDX-License-Identifier: Apache-2.0
/* worklist -- who is to be contacted, by whom, in which order, how many a day.
 *
 * A list holds a question, not its answer: the query is asked anew each time; beside it customers picked by hand.
 */
#ifndef REATIVA_STORE_WORKLIST_H
#define REATIVA_STORE_WORKLIST_H

#include "base/day.h"
#include "store/contact.h"

struct worklist {
    int64_t id;
    struct str name;
    struct str query;              /* as the address of the customers page after '?'; empty: only who was picked */
    int64_t capacity;              /* customers a person a day; 0: no limit */
    struct day starts_on, ends_on; /* ends_on: the last day; DAY_NONE: none */
    struct str script;
    int64_t user_id; /* made it */
    int64_t made_us, retired_us, version;
};
struct worklist_row {
    struct worklist worklist;
    struct contact_tally all, day; /* since it began; on the day asked for */
};
struct worklist_user {
    int64_t worklist_id, user_id;
    struct str name;
};
struct worklist_board {
    struct worklist_row *row;
    size_t rows;
    struct worklist_user *user;
    size_t users;
};
/* Picked by hand. */
struct worklist_pick {
    int64_t id;
    struct str code, name, city;
    struct day last_contact;
};

bool worklist_add(struct cx *cx, struct db *db, struct worklist *worklist); /* sets id; two statements */
bool worklist_change(struct cx *cx, struct db *db, const struct worklist *worklist, bool *changed);
bool worklist_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct worklist *out);
/* worklist_board -- all, retired ones too, by name; who works on which, by list and name. */
bool worklist_board(struct cx *cx, struct db *db, struct day day, struct worklist_board *out);
bool worklist_users_put(struct cx *cx, struct db *db, int64_t id, const int64_t *user, size_t n);

/* Customers picked by hand. */
bool worklist_customer_add(struct cx *cx, struct db *db, int64_t id, int64_t customer_id);
/* worklist_customer_drop -- *dropped: it was on the list. */
bool worklist_customer_drop(struct cx *cx, struct db *db, int64_t id, int64_t customer_id, bool *dropped);

/* A customer picked by hand, and how far this list is with it. */
struct worklist_member {
    int64_t id;
    struct str code, name, city, rep;
    struct day closed_on, skip_until; /* DAY_NONE: not */
    struct str skip_why;
    int64_t contacts; /* on this list */
    struct day last_day;
    enum contact_outcome last_outcome;
    struct str last_user;
};
struct worklist_search {
    int64_t id;
    struct str rep;     /* whose portfolio; empty: anybody's */
    struct str pattern; /* of LIKE with ! before what is meant as it is, in the folded name or the code; empty: any */
    struct str after;   /* the code behind which it goes on */
    int64_t most;
};
/* worklist_members -- by code. worklist_members_count -- of all pages. One statement each. */
bool worklist_members(struct cx *cx, struct db *db, const struct worklist_search *search, struct worklist_member **out,
                      size_t *n);
bool worklist_members_count(struct cx *cx, struct db *db, const struct worklist_search *search, int64_t *n,
                            int64_t *contacted);

bool worklist_skip_put(struct cx *cx, struct db *db, int64_t id, int64_t customer_id, int64_t user_id, struct day until,
                       struct str why);
/* worklist_state -- of a customer about to be given out: its last contact, and whether this appointment is open. */
bool worklist_state(struct cx *cx, struct db *db, int64_t customer_id, int64_t appointment_id, bool *found,
                    struct day *last_contact, bool *open);

#endif
