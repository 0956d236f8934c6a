// SPDX-License-Identifier: Apache-2.0
/* grant -- what a token of the API may be used for; never more than the role of its owner may.
 *
 * The names are a contract with the programs that were given tokens.
 */
#ifndef REATIVA_CORE_GRANT_H
#define REATIVA_CORE_GRANT_H

#include <stdbool.h>

#include "base/str.h"

enum grant {
    GRANT_UNSET = 0, /* no token */
    GRANT_ANY,       /* every token: only what it says of itself */
    GRANT_CUSTOMERS_READ,
    GRANT_SALES_READ, /* purchases, orders, titles, quotes, tickets */
    GRANT_WORK_READ,  /* contacts, appointments, lists */
    GRANT_WORK_WRITE, /* the same, and the tags of customers */
    GRANT_REPORTS_READ,
    GRANT_POLICIES_READ,
    GRANT_POLICIES_WRITE,
    GRANT_IMPORTS_READ,
    GRANT_IMPORTS_WRITE,
    GRANT_COUNT
};

const char *grant_name(enum grant grant); /* "customers:read" */
/* grant_parse_set -- names with commas or blanks between, to bits; "all": each. *bad: the first that is none. */
bool grant_parse_set(struct str text, unsigned *out, struct str *bad);
/* grant_set_text -- names with a blank between, in their order. */
struct str grant_set_text(struct arena *arena, unsigned set);
static inline bool grant_holds(unsigned set, enum grant grant) {
    return grant == GRANT_ANY || (grant > GRANT_ANY && grant < GRANT_COUNT && (set >> grant & 1) != 0);
}

#endif
