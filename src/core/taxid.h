// SPDX-License-Identifier: Apache-2.0
/* taxid -- CPF and CNPJ: normal form, check digits, the way people write them.
 *
 * The CNPJ may hold letters (since July 2026): value of a character = ASCII - 48, weights 2..9 from the right, modulo 11.
 */
#ifndef REATIVA_CORE_TAXID_H
#define REATIVA_CORE_TAXID_H

#include "base/str.h"

enum taxid_kind { TAXID_NONE = 0, TAXID_CPF, TAXID_CNPJ, TAXID_OTHER };
enum { TAXID_TEXT = 32 };

struct taxid {
    enum taxid_kind kind;
    bool valid; /* check digits fit (and it is not one repeated digit) */
    char text
        [TAXID_TEXT]; /* upper case without punctuation, leading zeros kept; of OTHER the trimmed text itself, cut */
    size_t n;
};

/* taxid_read -- "12.345.678/0001-95", "123.456.789-09", "12ABC34501DE35", a number that lost its leading zeros to a
 * spreadsheet (12-13 digits: CNPJ if its digits fit; 9-10: CPF if they fit). Never fails: what is neither is OTHER. */
struct taxid taxid_read(struct str s);
size_t taxid_pretty(struct str normal, char out[TAXID_TEXT]); /* 12.ABC.345/01DE-35 */
/* taxid_check_digits -- the two digits for the first 9 (CPF) or 12 (CNPJ) characters; for making valid ones. */
bool taxid_check_digits(struct str base, char out[2]);

#endif
