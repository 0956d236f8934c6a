// SPDX-License-Identifier: Apache-2.0
/* customer -- customers as facts: who they are, as each import saw them.
 *
 * Every import leaves `customer_fact`s of each customer it mentions; the customer's current attributes are merged from
 * them field by field, so the order of imports does not matter and undo only removes facts. A customers file beats
 * what orders say (the later import first); among orders the later day wins, ties by the greater text. The last contact is
 * also moved on by contacts that were logged here, whatever a file says.
 *
 * A transfer (store/transfer.h) says only whose the customer is. It holds against orders, and against customers files as long as
 * they go on saying what files said when it was done, or whom it was taken from: a nightly export that knows nothing of it
 * undoes nothing. The first file that says somebody else, the new rep too, counts again, and files do from then on.
 */
#ifndef REATIVA_STORE_CUSTOMER_STORE_H
#define REATIVA_STORE_CUSTOMER_STORE_H
#include "core/customer.h"
#include "store/label.h"

/* What a customers file may say besides in numbers; days since 1970, minor units, 1 no and 2 yes, place_pack (core/place.h). */
enum customer_number { CUSTOMER_REGISTERED = 0, CUSTOMER_CREDIT, CUSTOMER_BLOCKED, CUSTOMER_PLACE, CUSTOMER_NUMBERS };

enum fact_source { FACT_FROM_ORDERS = 1, FACT_FROM_CUSTOMERS, FACT_FROM_TRANSFER };
struct customer_fact {
    int64_t customer_id, import_id;
    int64_t part; /* an import may say several things of one customer, each with its own day: 0, 1, 2 ... */
    enum fact_source source;
    struct day day; /* of the newest document that said so; of a customers file: its row, so that later ones win */
    struct str name, tax_id, phone, email;
    int64_t label[LABEL_KIND_END]; /* by kind; 0: not said */
    struct day closed_on, last_contact;
    const int64_t *number; /* by enum customer_number, STAT_NONE: not said; NULL: none is */
};

bool customer_find_id(struct cx *cx, struct db *db, struct str code, bool *found, int64_t *id);
/* customer_find_of -- the same, if it belongs to the rep of this code; empty: to whomever. */
bool customer_find_of(struct cx *cx, struct db *db, struct str code, struct str rep, bool *found, int64_t *id);
/* customer_where -- the same: what it is called and where it is; place as in struct customer. */
struct customer_where {
    struct str name, city, region;
    int64_t place;
};
bool customer_where(struct cx *cx, struct db *db, struct str code, struct str rep, bool *found,
                    struct customer_where *out);
/* customer_find_taxid -- the code of the customer with this tax number (as taxid_read writes it). */
bool customer_find_taxid(struct cx *cx, struct db *db, struct str tax_id, bool *found, struct str *code);
/* customer_next_id -- ids are given out by the one writer: the first free one. */
bool customer_next_id(struct cx *cx, struct db *db, int64_t *id);
struct customer_writer; /* bulk: new customers (id, code) and facts */
bool customer_writer_open(struct cx *cx, struct db *db, struct customer_writer **out);
bool customer_writer_add(struct cx *cx, struct customer_writer *to, int64_t id, struct str code);
/* Key: customer, import, part. */
bool customer_writer_fact(struct cx *cx, struct customer_writer *to, const struct customer_fact *fact);
/* customer_writer_send -- what was written so far becomes visible to other statements. */
bool customer_writer_send(struct cx *cx, struct customer_writer *to);
bool customer_writer_close(struct cx *cx, struct customer_writer *to);
/* customer_merge -- recompute the attributes of every customer with a fact of this import; *changed = customers whose attributes differ now (they
 * become dirty when a score exists). */
bool customer_merge(struct cx *cx, struct db *db, int64_t import_id, int64_t *changed);
/* customer_merge_one -- the same of one customer, for who changed what hangs on it besides facts: contacts. */
bool customer_merge_one(struct cx *cx, struct db *db, int64_t id);
/* customer_dirty -- this customer's history changed from this day on: the next score looks at it. */
bool customer_dirty(struct cx *cx, struct db *db, int64_t customer_id, struct day since);

/* What score needs of each customer, by id ascending. */
struct customer_brief {
    int64_t id;
    struct str code;
    int64_t label[LABEL_KIND_END];
    struct day closed_on;
};
typedef bool customer_brief_visit(struct cx *cx, void *owner, const struct customer_brief *customer);
bool customer_brief_each(struct cx *cx, struct db *db, bool dirty_only, customer_brief_visit *visit, void *owner);
/* customer_registered_each -- those that a customers file named: they are known whatever the day. */
typedef bool customer_id_visit(struct cx *cx, void *owner, int64_t id);
bool customer_registered_each(struct cx *cx, struct db *db, customer_id_visit *visit, void *owner);
bool customer_max_id(struct cx *cx, struct db *db, int64_t *max_id, int64_t *dirty);
#endif
