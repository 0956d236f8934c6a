// SPDX-License-Identifier: Apache-2.0
/* erasure -- taking the personal data of a customer away, and keeping them away: the statements; what is looked for and in which order is
 * app/erase.
 */
#ifndef REATIVA_STORE_ERASURE_H
#define REATIVA_STORE_ERASURE_H

#include "store/db.h"

struct erasure {
    struct str code, who, token;
    int64_t tax_hash, made_us; /* tax_hash: STAT_NONE when no tax number was known */
};
/* erasure_find -- of this code; without tax_hash. */
bool erasure_find(struct cx *cx, struct db *db, struct str code, bool *found, struct erasure *out);
bool erasure_list(struct cx *cx, struct db *db, struct erasure **out, size_t *n);
bool erasure_put(struct cx *cx, struct db *db, const struct erasure *erasure);

/* erasure_has -- was the customer of this id erased, itself or under the code of one that was merged? */
bool erasure_has(struct cx *cx, struct db *db, int64_t customer_id, bool *out);

struct erasure_count {
    int64_t persons, notes, contacts, appointments, texts, facts, uploads;
    int64_t documents, value_cents; /* these stay */
};
bool erasure_count(struct cx *cx, struct db *db, int64_t customer_id, struct erasure_count *out);

/* What a customer and the people there were ever known by. code: of the customer itself and of those merged into it, else empty. */
struct erasure_said {
    struct str code, name, phone, email, tax_id;
};
bool erasure_said(struct cx *cx, struct db *db, int64_t customer_id, struct erasure_said **out, size_t *n);

/* erasure_customer -- everything that hangs on the customer and on those merged into it. */
bool erasure_customer(struct cx *cx, struct db *db, int64_t customer_id, int64_t now_us);
/* erasure_audit -- what the trail says of a code. */
bool erasure_audit(struct cx *cx, struct db *db, struct str code);
/* erasure_address -- entries of the list of suppressed addresses show it no more. */
bool erasure_address(struct cx *cx, struct db *db, int64_t hash);

/* erasure_texts -- every text that may hold something of anybody, of whom is not known by a key; those that `holds` are emptied. */
enum erasure_text {
    ERASURE_WORDS, /* what a person wrote */
    ERASURE_ROW,   /* a row of a file or an answer, in which the code alone tells whose it is */
    ERASURE_PAGE   /* a message to a user, in which an address of the customer's page does */
};
typedef bool erasure_holds(void *owner, struct arena *scratch, struct str text, enum erasure_text kind);
bool erasure_texts(struct cx *cx, struct db *db, erasure_holds *holds, void *owner, int64_t *emptied);

/* erasure_searched -- names and numbers stand in the columns that lists are searched by too: those are made anew. */
bool erasure_searched(struct cx *cx, struct db *db);

/* erasure_clean -- outside a transaction, after one: no file of the database holds what was taken away. SQLite writes its file anew and
 * empties its log; IO erase.not_clean when others kept it busy. PostgreSQL cleans the tables' dead rows. */
bool erasure_clean(struct cx *cx, struct db *db);

/* erasure_among -- for who writes customers: are they among the erased? */
struct erasure_among;
bool erasure_among_open(struct cx *cx, struct db *db, struct erasure_among **out);
/* erasure_among_code -- a new customer of this code is coming, with an id greater than all before. */
void erasure_among_code(struct cx *cx, struct erasure_among *among, int64_t id, struct str code);
bool erasure_among_has(const struct erasure_among *among, int64_t id, struct str tax_id);

#endif
