// SPDX-License-Identifier: Apache-2.0
/* duplicate -- how likely two customers are one: what of a name tells it from others, how alike two names are, what of a phone
 * number stays the same however it is written, and how strong all evidence is together (docs/methods/duplicates.md).
 */
#ifndef REATIVA_CORE_DUPLICATE_H
#define REATIVA_CORE_DUPLICATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* Evidence; the numbers are kept in the database. */
enum duplicate_kind {
    DUPLICATE_TAX = 1,      /* the same CPF or CNPJ */
    DUPLICATE_ROOT = 2,     /* two establishments of one company: CNPJs of the same first eight characters */
    DUPLICATE_PHONE = 4,    /* one phone number, of the customer or of a person there */
    DUPLICATE_NAME = 8,     /* the same name, but for its form */
    DUPLICATE_ALIKE = 16,   /* names nearly the same */
    DUPLICATE_PLACE = 32,   /* in the same municipality */
    DUPLICATE_AWAY = 64,    /* in two that are known */
    DUPLICATE_AGAINST = 128 /* two different companies or persons, by their CNPJ or CPF */
};
enum {
    DUPLICATE_KINDS = 8,
    DUPLICATE_WEAK = 2500,
    DUPLICATE_FAIR = 5000,
    DUPLICATE_STRONG = 8000,
    DUPLICATE_ALIKE_FROM = 8000
};
const char *duplicate_kind_name(enum duplicate_kind kind); /* "tax"; duplicate.kind_<name> in the catalogs */
bool duplicate_kind_parse(struct str name, enum duplicate_kind *out);

/* a: the smaller id. strength, likeness of the names: in 1/10,000. */
struct duplicate_pair {
    int64_t a, b;
    unsigned kinds;
    int32_t strength_e4, likeness_e4;
};

/* duplicate_name -- the words of a name without its company's form and without accents, in order of letters, with a blank between:
 * "Comércio de Bebidas São João Ltda." is "bebidas joao sao". Empty: there is none. */
struct str duplicate_name(struct arena *arena, struct str name);
/* duplicate_likeness -- of two such names, in 1/10,000: 10000 the same, 0 nothing in common. Names whose numbers differ are not alike. */
int32_t duplicate_likeness(struct str a, struct str b);

/* duplicate_phones -- the numbers in a text as DDD and eight digits ("+55 (11) 98765-4312" is 1187654312), without DDD as eight digits, others
 * as their digits + DUPLICATE_FOREIGN; those that are none (9999-9999) left out. How many: at most DUPLICATE_PHONES. */
enum { DUPLICATE_PHONES = 4 };
static const int64_t DUPLICATE_FOREIGN = INT64_C(1000000000000000);
size_t duplicate_phones(struct str text, int64_t out[DUPLICATE_PHONES]);
/* duplicate_phone_local -- without its DDD; 0: it has no such part. */
int64_t duplicate_phone_local(int64_t phone);

/* duplicate_tax_says -- of two numbers as taxid_read writes them: DUPLICATE_TAX, ROOT, AGAINST, or 0. */
unsigned duplicate_tax_says(struct str a, struct str b);
/* duplicate_strength -- of evidence together, in 1/10,000. */
int32_t duplicate_strength(unsigned kinds, int32_t likeness_e4);

#endif
