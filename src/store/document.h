// SPDX-License-Identifier: Apache-2.0
/* document -- orders and invoices with their lines, products, and the records beside them (titles, quotes, tickets). */
#ifndef REATIVA_STORE_DOCUMENT_STORE_H
#define REATIVA_STORE_DOCUMENT_STORE_H
#include "core/document.h"
#include "core/field.h"
#include "store/db.h"

struct document_row {
    int64_t id, customer_id;
    enum document_source source;
    int64_t company_id;
    struct str number;
    enum document_kind kind;
    struct day day;
    int64_t rep_id;
    int64_t value_cents; /* net: negative for a return */
    int64_t lines;
    int64_t hash; /* of the whole content but its place in the file; equal content = equal hash */
};
struct document_line {
    int64_t product_id; /* 0: the file names none */
    int64_t quantity_e4, price_e4, value_cents;
};

/* document_find -- by its key (source, company, number). */
bool document_find(struct cx *cx, struct db *db, enum document_source source, int64_t company_id, struct str number,
                   bool *found, struct document_row *out);
bool document_next_id(struct cx *cx, struct db *db, int64_t *id);
bool document_any(struct cx *cx, struct db *db, bool *any); /* is there any document at all? */

struct document_writer;
bool document_writer_open(struct cx *cx, struct db *db, int64_t import_id, struct document_writer **out);
/* A new document with lines in order. */
bool document_writer_add(struct cx *cx, struct document_writer *to, const struct document_row *row,
                         const struct document_line *line);
/* The document `row->id` exists with other content: the old version is kept for undo, then replaced. */
bool document_writer_replace(struct cx *cx, struct document_writer *to, const struct document_row *row,
                             const struct document_line *line);
/* This import holds the same content: remembered, so that undo of the other keeps it. */
bool document_writer_same(struct cx *cx, struct document_writer *to, const struct document_row *row);
bool document_writer_close(struct cx *cx, struct document_writer *to); /* flushes */

/* Products: facts as with customers: a products file beats orders, then the later day, then the greater text. */
struct product_fact {
    int64_t product_id, import_id;
    int source; /* enum fact_source */
    struct day day;
    struct str name, kind;
};
bool product_find_id(struct cx *cx, struct db *db, struct str code, bool *found, int64_t *id);
bool product_next_id(struct cx *cx, struct db *db, int64_t *id);
bool product_add(struct cx *cx, struct db *db, int64_t id, struct str code);
bool product_fact_add(struct cx *cx, struct db *db, const struct product_fact *fact);
/* product_merge -- names and goods (core/document.h product_is_goods decides, told by the caller's function). */
typedef bool product_goods(struct cx *cx, struct str code, struct str name, struct str kind);
bool product_merge(struct cx *cx, struct db *db, int64_t import_id, product_goods *is_goods);

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
typedef bool record_visit(struct cx *cx, void *owner, const struct record *record);
bool record_each(struct cx *cx, struct db *db, int64_t customer_id, enum import_kind kind, record_visit *visit,
                 void *owner);

/* What the score reads of each document, cancelled ones left out, up to as_of. customer_id 0: of all customers, in
 * no order; else of that one by day. The fastest way the database has. */
struct document_brief {
    int64_t customer_id;
    struct day day;
    enum document_kind kind;
    int64_t value_cents;
};
typedef bool document_brief_visit(struct cx *cx, void *owner, const struct document_brief *document);
bool document_brief_each(struct cx *cx, struct db *db, int64_t customer_id, struct day as_of,
                         document_brief_visit *visit, void *owner);

/* What one customer buys: goods only, up to as_of; most valuable first. */
struct bought {
    struct str code, name;
    int64_t times; /* documents */
    int64_t quantity_e4, value_cents, last_price_e4;
    struct day first, last;
};
bool bought_list(struct cx *cx, struct db *db, int64_t customer_id, struct day as_of, struct bought **out, size_t *n);
/* The newest documents of one customer. */
bool document_list(struct cx *cx, struct db *db, int64_t customer_id, struct day as_of, size_t most,
                   struct document_row **out, size_t *n);
#endif
