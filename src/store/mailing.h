// SPDX-License-Identifier: Apache-2.0
/* mailing -- what went to customers by e-mail or by a gateway: one writing to one of them or to many; whom it can go to, and what became of its messages.
 * Each call is within the caller's transaction.
 */
#ifndef REATIVA_STORE_MAILING_H
#define REATIVA_STORE_MAILING_H

#include "core/message.h"
#include "core/person.h"
#include "core/template.h"
#include "store/db.h"

struct mailing {
    int64_t id, template_id; /* template_id 0: written without one */
    struct str name, subject, body;
    struct offer offer;
    int64_t user_id;
    bool one, asked; /* one: to one customer; asked: who wanted it */
    int64_t customers, left_out;
    struct day day;
    struct str token;
    int64_t made_us, off_us;
    int64_t gateway_id; /* text messages by this one; 0: e-mail */
    struct str off_by;
};
/* With who wrote it and what became of it; customer: of a letter to one. */
struct mailing_row {
    struct mailing mailing;
    struct str user, customer, gateway;
    int64_t due, sent, failed, off, held, opened, clicked;
};

bool mailing_add(struct cx *cx, struct db *db, struct mailing *mailing); /* sets id */
bool mailing_find_token(struct cx *cx, struct db *db, struct str token, bool *found, int64_t *id);
bool mailing_asked(struct cx *cx, struct db *db, int64_t id, bool *asked);
bool mailing_off(struct cx *cx, struct db *db, int64_t id, int64_t now_us, struct str who);

struct mailing_ask {
    int64_t user_id; /* whose; 0: all */
    int64_t id;      /* this one; 0: all */
    int64_t before;  /* older than; INT64_MAX: from the newest */
    int64_t most;
};
/* mailing_list -- the newest first; one statement. */
bool mailing_list(struct cx *cx, struct db *db, const struct mailing_ask *ask, struct mailing_row **out, size_t *n);

/* One message of a mailing. */
struct mailing_message {
    int64_t id;
    struct str code, customer, person, address;
    enum message_state state;
    struct str why, words;
    int64_t due_us, sent_us, opened_us, clicked_us; /* 0: not */
};
bool mailing_message_list(struct cx *cx, struct db *db, int64_t id, struct str rep, int64_t after, int64_t most,
                          struct mailing_message **out, size_t *n);
/* mailing_waiting -- messages that have not gone, and their versions. */
struct mailing_wait {
    int64_t id, version;
};
bool mailing_waiting(struct cx *cx, struct db *db, int64_t id, struct mailing_wait **out, size_t *n);

enum mailing_mark { MAILING_OPENED = 1, MAILING_CLICKED };
bool mailing_mark_put(struct cx *cx, struct db *db, int64_t message_id, enum mailing_mark kind, struct str url,
                      int64_t now_us);

/* mailing_sign -- tells an address in a message of ours from any other, under this database's key. */
struct str mailing_sign(struct arena *arena, const struct db *db, struct str token, struct str url);

/* Whom a letter can go to; by id. */
struct mailing_party {
    int64_t customer_id;
    struct str code, name, rep, city, email, phone;
    struct day closed_on, last_on;
};
struct mailing_person {
    int64_t customer_id, id;
    struct str name, email, phone;
    enum consent by_email, by_phone; /* what they answered */
};
/* mailing_way_list -- the customers that are there by id, and who is there and has an address by customer and id; one statement. */
struct mailing_ways {
    struct mailing_party *party;
    struct mailing_person *person;
    size_t parties, persons;
};
bool mailing_way_list(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct mailing_ways *out);
/* mailing_products -- what a customer bought most often since a day: at most MAILING_PRODUCTS names. */
enum { MAILING_PRODUCTS = 3 };
bool mailing_products(struct cx *cx, struct db *db, int64_t customer_id, struct day since,
                      struct str out[MAILING_PRODUCTS], size_t *n);

/* mailing_cause -- of the messages of one. mailing_of_cause -- and back; 0: another cause. */
struct str mailing_cause(struct cx *cx, int64_t id);
int64_t mailing_of_cause(struct str cause);

#endif
