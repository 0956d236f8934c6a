// SPDX-License-Identifier: Apache-2.0
/* choice -- the company's own lists to choose from when a contact is logged: why a customer stopped (reason), what was
 * answered to an offer (objection), what the call was about (occurrence).
 *
 * The numbers are kept in the database. Invariant: an entry that was used once stays for ever; it is retired, never deleted.
 */
#ifndef REATIVA_CORE_CHOICE_H
#define REATIVA_CORE_CHOICE_H

#include <stdbool.h>

#include "base/day.h"
#include "base/str.h"

enum choice_kind { CHOICE_NONE = 0, CHOICE_REASON, CHOICE_OBJECTION, CHOICE_OCCURRENCE, CHOICE_KINDS };

struct choice {
    int64_t id;
    enum choice_kind kind;
    struct str name;
    struct str owner;    /* the department that answers for it */
    bool preventable;    /* reasons: could the company have kept the customer? */
    struct str argument; /* objections: what to answer */
    int64_t made_us, retired_us, version;
};

/* How often it was chosen in contacts, and the first and the last day. */
struct choice_use {
    int64_t id, contacts;
    struct day first, last;
};

const char *choice_kind_name(enum choice_kind kind); /* "reason"; choice_page.<name> in the catalogs */
bool choice_kind_parse(struct str name, enum choice_kind *out);

#endif
