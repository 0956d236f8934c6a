// SPDX-License-Identifier: Apache-2.0
/* template -- a letter to customers that is written once: subject and text with fields (core/merge.h), and what is offered with it.
 *
 * The numbers of the kinds of offer are kept in the database; the names of fields stand in people's texts and never change.
 */
#ifndef REATIVA_CORE_TEMPLATE_H
#define REATIVA_CORE_TEMPLATE_H

#include "base/catalog.h"
#include "base/day.h"
#include "core/merge.h"

enum offer_kind { OFFER_NONE = 0, OFFER_DISCOUNT, OFFER_PROMOTION, OFFER_PAYMENT_TERM, OFFER_KINDS };

struct offer {
    enum offer_kind kind;
    struct str text;  /* "10 % on everything" */
    struct day until; /* the last day it holds; DAY_NONE: not told */
};
struct template {
    int64_t id;
    struct str name, subject, body;
    enum lang lang; /* of the text: how days and numbers in it are written */
    struct offer offer;
    int64_t gateway_id; /* a text message by this one; 0: an e-mail */
    struct str gateway; /* its name */
    bool gateway_gone;  /* it is retired: nothing goes by it any more */
    struct str token;
    int64_t made_us, retired_us, version;
};

/* The fields of a letter, in the order that a page shows them. */
enum letter_field {
    LETTER_CUSTOMER = 0,
    LETTER_PERSON, /* whom it is to, by first name; missing: it goes to the customer's own address */
    LETTER_CODE,
    LETTER_CITY,
    LETTER_REP,
    LETTER_LAST_PURCHASE,
    LETTER_DAYS, /* since then */
    LETTER_PRODUCTS,
    LETTER_OFFER,
    LETTER_UNTIL,
    LETTER_SENDER,
    LETTER_COMPANY,
    LETTER_OPT_OUT, /* the address to opt out; of text messages alone */
    LETTER_FIELDS
};

enum {
    TEMPLATE_NAME_MOST = 120,
    TEMPLATE_SUBJECT_MOST = 200,
    TEMPLATE_OFFER_MOST = 200,
    TEMPLATE_BRIEF_MOST = 1000, /* characters of a text message, as it is written: longer ones most providers refuse */
    TEMPLATES_MOST = 300
};

const char *offer_kind_name(enum offer_kind kind); /* "discount"; template.offer_<name> in the catalogs */
bool offer_kind_parse(struct str name, enum offer_kind *out);
/* template_fields -- the names, without values; how many a text may use that goes by e-mail, or by phone. */
size_t template_fields(bool by_phone, struct merge_value out[LETTER_FIELDS]);
/* template_characters -- how many characters a text has. */
size_t template_characters(struct str text);
const char *letter_field_name(enum letter_field field, enum lang lang); /* "customer", "cliente" */

#endif
