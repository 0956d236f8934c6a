// SPDX-License-Identifier: Apache-2.0
/* suppression -- the list of addresses that are not to be used, the states' lists of numbers, and what both are asked.
 */
#ifndef REATIVA_STORE_SUPPRESSION_H
#define REATIVA_STORE_SUPPRESSION_H

#include "core/person.h"
#include "core/suppression.h"
#include "store/db.h"

/* suppression_hash -- of an address, under this database's key. */
int64_t suppression_hash(const struct db *db, const struct address *address);

/* suppression_add -- *added false: this token was there before. Sets id. */
bool suppression_add(struct cx *cx, struct db *db, struct suppression *suppression, struct str token, bool *added);
bool suppression_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct suppression *out);
/* suppression_lift -- *changed false: it was lifted already. */
bool suppression_lift(struct cx *cx, struct db *db, int64_t id, int64_t now_us, struct str who, struct str why,
                      bool *changed);
/* suppression_lift_source -- all of an address that came from one source. */
bool suppression_lift_source(struct cx *cx, struct db *db, int64_t hash, enum suppression_source source, int64_t now_us,
                             struct str who, struct str why);

struct suppression_filter {
    bool of_hash;
    int64_t hash;
    int channel, source; /* -1: any */
    int holds;           /* 1: those that hold on the day, 0: those that do not, -1: all */
    struct day day;
    int64_t before; /* id; 0: from the newest */
    int64_t most;
};
typedef bool suppression_take(struct cx *cx, void *owner, const struct suppression *suppression);
/* suppression_each -- the newest first. One statement. */
bool suppression_each(struct cx *cx, struct db *db, const struct suppression_filter *filter, suppression_take *take,
                      void *owner);

/* What holds for one hash. */
struct suppression_hit {
    int64_t hash;
    enum suppression_channel channel;
    enum suppression_source source;
    struct day day, until;
    struct str state; /* of SUPPRESSION_BLOCK */
};
/* suppression_among -- what holds on the day for any of hash[n]; none are no statement, else one. */
bool suppression_among(struct cx *cx, struct db *db, const int64_t *hash, size_t n, struct day day,
                       struct suppression_hit **out, size_t *hits);

/* How a customer (person_id 0) or somebody there is reached; or was, before it was merged into this one (REACH_MERGED). */
enum { REACH_MERGED = -1 };
struct reach_row {
    int64_t customer_id, person_id;
    struct str phone, email, tax_id;
    enum consent consent_phone, consent_email;
};
bool reach_address(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct reach_row **out,
                   size_t *rows);
struct reach_contact {
    int64_t customer_id;
    struct day day;
};
/* reach_contact -- those that count for the limit on pressure, after a day. */
bool reach_contact(struct cx *cx, struct db *db, const int64_t *customer, size_t n, struct day after,
                   struct reach_contact **out, size_t *rows);

/* A state's list of numbers that nobody may call. */
struct block_list {
    struct str state; /* "SP" */
    struct day day;   /* of the list */
    int64_t entries, refused, hits;
    struct str file, who;
    int64_t made_us;
};
bool block_lists(struct cx *cx, struct db *db, struct block_list **out, size_t *n);
/* block_put -- in the place of the state's earlier list; hash[n] ascending, each once. */
bool block_put(struct cx *cx, struct db *db, const struct block_list *list, const int64_t *hash, size_t n);
bool block_drop(struct cx *cx, struct db *db, struct str state);
/* block_phones -- every number field of customers and of people there. */
typedef bool block_phone_take(struct cx *cx, void *owner, struct str phone);
bool block_phones(struct cx *cx, struct db *db, block_phone_take *take, void *owner);

#endif
