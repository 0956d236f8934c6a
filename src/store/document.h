// SPDX-License-Identifier: Apache-2.0
/* document -- orders and invoices with their lines. Products and the records beside them have headers of their own. */
#ifndef REATIVA_STORE_DOCUMENT_STORE_H
#define REATIVA_STORE_DOCUMENT_STORE_H
#include "core/document.h"
#include "store/db.h"
#include "store/product.h"
#include "store/record.h"

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
    int64_t hash;      /* of the whole content but its place in the file; equal content = equal hash */
    int64_t import_id; /* whose version it is; filled by reading, not looked at by writing */
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
/* document_bare -- the first documents are written faster without indexes; until document_indexed none may be looked for. Within
 * one transaction. */
bool document_bare(struct cx *cx, struct db *db);
bool document_indexed(struct cx *cx, struct db *db);

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
/* This import holds other content, but the standing version is to stay (an invoice cancelled before): it is kept below
 * that one, and stands when that one is undone. Once an import. */
bool document_writer_cover(struct cx *cx, struct document_writer *to, const struct document_row *row,
                           const struct document_line *line);
bool document_writer_close(struct cx *cx, struct document_writer *to); /* flushes */

/* What the score reads of each document up to as_of, cancelled ones too: they count for nothing but whose they are was known. customer_id 0: of all customers, in
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

/* document_lines -- of a stored document, in order. */
bool document_lines(struct cx *cx, struct db *db, const struct document_row *row, struct document_line **out,
                    size_t *n);
#endif
