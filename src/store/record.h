// SPDX-License-Identifier: Apache-2.0
/* record -- the records beside the orders: titles, quotes, tickets. */
#ifndef REATIVA_STORE_RECORD_H
#define REATIVA_STORE_RECORD_H
#include "base/day.h"
#include "core/field.h"
#include "store/db.h"

/* A title, quote or ticket: one shape, told apart by kind (IMPORT_TITLES, IMPORT_QUOTES, IMPORT_TICKETS). */
struct record {
    int64_t id, customer_id;
    enum import_kind kind;
    struct str number, part;
    struct day day, due_on, closed_on;
    int64_t amount_cents, open_cents;
    struct str state, text;
};
enum record_put { RECORD_ADDED = 1, RECORD_CHANGED, RECORD_SAME };
/* record_put -- insert or update by (kind, customer, number, part); keeps the old version for undo. */
bool record_put(struct cx *cx, struct db *db, int64_t import_id, const struct record *record, enum record_put *out);
#endif
