// SPDX-License-Identifier: Apache-2.0
/* field -- what the columns of an import can mean, and the headers by which each is known.
 *
 * One table per kind of import, looped over by recognition, --map, help and the manual. Headers are compared folded: no
 * case, accents, blanks or punctuation, no "R$", no de, do, da, of, the between other words, and perc for %:
 * "Dt. de Emissão" = "dtemissao", "% Desc." = "percdesc". Fields are served in the order of their table, which is
 * therefore the rule for vague headers ("id" is the customer where nothing else is).
 */
#ifndef REATIVA_CORE_FIELD_H
#define REATIVA_CORE_FIELD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cx.h"

enum import_kind {
    IMPORT_ORDERS = 1,
    IMPORT_CUSTOMERS,
    IMPORT_PRODUCTS,
    IMPORT_TITLES,
    IMPORT_QUOTES,
    IMPORT_TICKETS,
    IMPORT_NFE,
    IMPORT_KIND_END,
    IMPORT_TRANSFER = IMPORT_KIND_END /* no file: customers were handed to another rep */
};

enum field {
    FIELD_NONE = 0, /* a column we do not use */
    FIELD_DOCUMENT, /* number of the order, invoice, title, quote, ticket */
    FIELD_PART,     /* parcel of a title */
    FIELD_DATE,     /* of the document */
    FIELD_CUSTOMER, /* code */
    FIELD_CUSTOMER_NAME,
    FIELD_TAX_ID,
    FIELD_COMPANY,
    FIELD_REP,
    FIELD_SEGMENT,
    FIELD_REGION, /* state, UF, country, sales region */
    FIELD_CITY,
    FIELD_PHONE,
    FIELD_EMAIL,
    FIELD_PRODUCT,
    FIELD_PRODUCT_NAME,
    FIELD_PRODUCT_KIND, /* product, freight, service ... */
    FIELD_QUANTITY,
    FIELD_PRICE,          /* of one unit; in a file without quantities the line is one unit */
    FIELD_DISCOUNT,       /* fraction of the line: 0.15, or 15 % */
    FIELD_VALUE,          /* of the line */
    FIELD_DOCUMENT_VALUE, /* of the whole document, repeated on its lines */
    FIELD_STATE, /* of the document: cancelled or not; of a title: open, paid; named "status", as "state" is a region */
    FIELD_TYPE,  /* sale, return */
    FIELD_DUE_DATE,
    FIELD_CLOSED_DATE, /* paid on, answered on; of a customer: written off on */
    FIELD_OPEN_VALUE,
    FIELD_TEXT, /* subject, reason */
    FIELD_LAST_CONTACT,
    FIELD_REGISTERED,
    FIELD_CREDIT_LIMIT,
    FIELD_BLOCKED,
    FIELD_LATITUDE,
    FIELD_LONGITUDE,
    FIELD_END
};

struct field_name {
    enum field field;
    const char *name;    /* in --map NAME=COLUMN, saved maps and messages: "customer_name" */
    const char *headers; /* folded headers it is known by, best first, separated by one blank */
};

/* field_table -- the fields an import of that kind can hold. *n their number. */
const struct field_name *field_table(enum import_kind kind, size_t *n);
const char *field_name(enum field field);
#define FIELD_UNUSED "none" /* the name of FIELD_NONE: --map none=COLUMN */
bool field_parse(enum import_kind kind, struct str name, enum field *out);
const char *import_kind_name(enum import_kind kind); /* "orders" */
bool import_kind_parse(struct str name, enum import_kind *out);

/* field_recognise -- give each of the n columns of a header row a field, each field at most once (the best header
 * wins; among equals the leftmost). out[n]. A field's exact own name ("document") always wins, unless its list of headers
 * gives that name a place ("customer" comes after "customer_id"). O(n x headers), scratch in arena. */
void field_recognise(struct arena *arena, enum import_kind kind, const struct str *header, size_t n, enum field *out);
/* field_header_score -- how many columns of this row are recognised: finds the header below a title line. */
size_t field_header_score(struct arena *arena, enum import_kind kind, const struct str *row, size_t n);

#endif
