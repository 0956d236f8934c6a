// SPDX-License-Identifier: Apache-2.0
/* bounce -- mail that came back: what it is, what it says of an address, and what follows.
 *
 * The numbers are kept in the database. Invariant: what an address is held to be follows from a report's own fields alone (RFC 3464,
 * RFC 3463), never from sentences meant for people.
 */
#ifndef REATIVA_CORE_BOUNCE_H
#define REATIVA_CORE_BOUNCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum bounce_kind {
    BOUNCE_OTHER = 1, /* no report: an answer of a person, an absence, advertising */
    BOUNCE_REPORT,    /* what became of a message (RFC 3464) */
    BOUNCE_COMPLAINT, /* somebody marked a message as unwanted (RFC 5965) */
    BOUNCE_KINDS
};

/* What a report says of one address. */
enum bounce_result {
    BOUNCE_NOTHING = 1, /* neither refused nor delivered, or no words that we know */
    BOUNCE_DELIVERED,
    BOUNCE_DELAYED,
    BOUNCE_SOFT, /* given up on, but the address may be good: full, too large, taken for advertising, not reached */
    BOUNCE_HARD, /* there is no such address */
    BOUNCE_UNWANTED,
    BOUNCE_RESULTS
};

/* What followed from it. */
enum bounce_end {
    BOUNCE_SHOWN = 1,  /* nothing: no report, or one that asks for nothing */
    BOUNCE_FOREIGN,    /* names no message of ours: not believed */
    BOUNCE_MISMATCHED, /* names one that went to another address: not believed */
    BOUNCE_COUNTED,
    BOUNCE_SUPPRESSED, /* the address is not written to any more */
    BOUNCE_ENDS
};

enum { BOUNCE_SOFT_MOST = 3, BOUNCE_SOFT_DAYS = 30 }; /* so many soft ones within so many days are one hard one */

const char *bounce_kind_name(enum bounce_kind kind);       /* "report"; bounce.kind_<name> in the catalogs */
const char *bounce_result_name(enum bounce_result result); /* "hard"; bounce.result_<name> */
const char *bounce_end_name(enum bounce_end end);          /* "suppressed"; bounce.end_<name> */

/* bounce_weigh -- the fields of one recipient: Action, Status ("5.1.1") and Diagnostic-Code, which is asked for a status when the field
 * has the one that says nothing ("5.0.0"). */
enum bounce_result bounce_weigh(struct str action, struct str status, struct str diagnostic);

#endif
