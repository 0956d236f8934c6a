// SPDX-License-Identifier: Apache-2.0
/* duplicate -- customers that are one: merging, taking it back, what was found, what is to stay apart.
 *
 * Who is merged into another is no row of table customer any more (it waits in duplicate_absorbed), and all that stood under it
 * stands under its main customer, the end of the chain; so nobody who reads has to know of merges. duplicate_moved says which rows
 * those are. Invariant, outside a transaction: a row in duplicate_moved stands under the main customer of its own one, every other
 * row under its own; main customers are customers.
 *
 * Imports and undo work on facts as they came: between duplicate_part and duplicate_join every fact that a file brought stands
 * under its own customer again, so that these two need not know of merges either, and what they write lands at the main customer.
 * What people wrote stays where it is meanwhile.
 */
#ifndef REATIVA_STORE_DUPLICATE_STORE_H
#define REATIVA_STORE_DUPLICATE_STORE_H

#include "base/day.h"
#include "core/duplicate.h"
#include "store/db.h"

/* All within the caller's transaction. */

/* duplicate_part, duplicate_join -- around whoever reads or writes facts by what files call a customer; nothing where nothing is
 * merged. */
bool duplicate_part(struct cx *cx, struct db *db);
bool duplicate_join(struct cx *cx, struct db *db);

/* duplicate_merge -- one customer, with all that was merged into it before, into another; both are customers and not the same.
 * duplicate_unmerge -- one that was merged is a customer again, with all that was merged into it before. CONFLICT duplicate.not_merged. */
bool duplicate_merge(struct cx *cx, struct db *db, int64_t id, int64_t into_id, struct str who, int64_t now_us);
bool duplicate_unmerge(struct cx *cx, struct db *db, int64_t id);

/* Somebody who was merged, as they were. */
struct duplicate_merged {
    int64_t id, into_id, main_id;
    struct str code, name, tax_id, phone, rep, into_code, main_code, who;
    int64_t made_us;
};
/* duplicate_find -- by code, if the main customer belongs to the rep of this code; empty: to whomever. */
bool duplicate_find(struct cx *cx, struct db *db, struct str code, struct str rep, bool *found,
                    struct duplicate_merged *out);
/* duplicate_list -- those of one main customer, or (empty) of all; the newest first, at most so many. */
bool duplicate_list(struct cx *cx, struct db *db, struct str main_code, size_t most, struct duplicate_merged **out,
                    size_t *n);

/* Two that are not the same. */
struct duplicate_apart {
    int64_t a_id, b_id;
    struct str a_code, a_name, b_code, b_name, who;
    int64_t made_us;
};
bool duplicate_apart_put(struct cx *cx, struct db *db, int64_t one, int64_t other, struct str who, int64_t now_us,
                         bool *changed);
bool duplicate_apart_take(struct cx *cx, struct db *db, int64_t one, int64_t other, bool *changed);
bool duplicate_apart_list(struct cx *cx, struct db *db, struct duplicate_apart **out, size_t *n);

/* -- what is compared, and what was found -- */

typedef bool duplicate_take(struct cx *cx, void *owner, int64_t id, int64_t city_id, struct str name, struct str tax_id,
                            struct str phone);
typedef bool duplicate_phone_take(struct cx *cx, void *owner, int64_t id, struct str phone);
bool duplicate_each(struct cx *cx, struct db *db, duplicate_take *take, void *owner); /* by id */
bool duplicate_phone_each(struct cx *cx, struct db *db, duplicate_phone_take *take, void *owner);

struct duplicate_run {
    int64_t made_us, facts, customers, found;
};
bool duplicate_pairs_put(struct cx *cx, struct db *db, const struct duplicate_run *run,
                         const struct duplicate_pair *pair, size_t n);
bool duplicate_run_find(struct cx *cx, struct db *db, bool *found, struct duplicate_run *out);
/* duplicate_pairs -- those that may still be merged, by id. */
bool duplicate_pairs(struct cx *cx, struct db *db, struct duplicate_pair **out, size_t *n);

struct duplicate_customer {
    int64_t id;
    struct str code, name, tax_id, phone, city, rep;
    int64_t purchases, value_cents;
    struct day last_on;
};
bool duplicate_customers(struct cx *cx, struct db *db, struct duplicate_customer **out,
                         size_t *n); /* of all pairs, by id */

/* One of those that are looked at side by side. Numbers that a customer without a score has not: STAT_NONE. */
enum { DUPLICATE_SIDES = 5 };
struct duplicate_side {
    int64_t id;
    struct str code, name, tax_id, company, rep, segment, region, city, phone, email;
    struct day closed_on, last_contact, first_on, last_on;
    int64_t status, purchases, value_total, value_12m, documents, titles, open_cents, contacts, persons, notes, tags;
};
/* duplicate_sides -- of at most DUPLICATE_SIDES codes those that are customers, by id. */
bool duplicate_sides(struct cx *cx, struct db *db, const struct str *code, size_t n,
                     struct duplicate_side out[DUPLICATE_SIDES], size_t *found);

#endif
