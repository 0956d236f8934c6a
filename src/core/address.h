// SPDX-License-Identifier: Apache-2.0
/* address -- a phone number, an e-mail or a tax number in its one form, and the keyed hash it is known by.
 *
 * What must not be used any more is kept as a hash alone, so that it can be told again and not be read. Invariant: two ways to write
 * one address have one form; the hash of a form differs from database to database, as its key does.
 */
#ifndef REATIVA_CORE_ADDRESS_H
#define REATIVA_CORE_ADDRESS_H

#include <stdbool.h>

#include "base/str.h"

enum address_kind { ADDRESS_NONE = 0, ADDRESS_PHONE, ADDRESS_EMAIL, ADDRESS_TAX_ID, ADDRESS_KINDS };
enum { ADDRESS_TEXT = 256, ADDRESS_KEY = 32, ADDRESS_EACH = 4 };

struct address {
    enum address_kind kind;
    char text[ADDRESS_TEXT]; /* "+5511987654321", "ana@example.com", "12345678909" */
    size_t n;
};

const char *address_kind_name(enum address_kind kind); /* "phone"; suppression.kind_<name> in the catalogs */
bool address_kind_parse(struct str name, enum address_kind *out);

/* address_phone -- Brazilian rules: +55 unless another country is told by '+' or 00; a zero and a carrier's code before the area code
 * are dropped; a mobile number of an area that lacks its ninth digit gets it. Without an area code it stays as it is, without '+', and
 * is equal to nothing but itself. false: no number in it. address_email -- lower case, of "Ana <a@b>" what is in the brackets.
 * address_tax_id -- as core/taxid has it. */
bool address_phone(struct str text, struct address *out);
bool address_email(struct str text, struct address *out);
bool address_tax_id(struct str text, struct address *out);
/* address_read -- what somebody typed into one field: the kind is told by what it looks like. false: none of the three, or bare
 * digits that are a phone as well as a CPF. */
bool address_read(struct str text, struct address *out);
/* address_dials -- can anybody anywhere dial it: does it say its country? address_landline -- a Brazilian one, where nobody reads messages. */
bool address_dials(const struct address *phone);
bool address_landline(const struct address *phone);
/* address_each -- all in one field of this kind: "3333-4444 / 98888-7777" are two. At most ADDRESS_EACH, the rest is left out. */
size_t address_each(enum address_kind kind, struct str text, struct address out[ADDRESS_EACH]);

/* address_hash -- what is kept of it where it may not be kept itself. */
int64_t address_hash(const unsigned char key[ADDRESS_KEY], const struct address *address);

#endif
