// SPDX-License-Identifier: Apache-2.0
/* contact -- one attempt to talk to a customer: by which channel, how it ended, and what that asks for.
 *
 * The numbers are kept in the database: they never change their meaning, new ones come at the end.
 */
#ifndef REATIVA_CORE_CONTACT_H
#define REATIVA_CORE_CONTACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum contact_channel {
    CONTACT_CHANNEL_NONE = 0,
    CONTACT_CHANNEL_CALL,
    CONTACT_CHANNEL_VISIT,
    CONTACT_CHANNEL_EMAIL,
    CONTACT_CHANNEL_MESSAGE,
    CONTACT_CHANNEL_OTHER,
    CONTACT_CHANNEL_COUNT
};

enum contact_outcome {
    CONTACT_OUTCOME_NONE = 0,
    CONTACT_OUTCOME_ORDERED,
    CONTACT_OUTCOME_QUOTED,
    CONTACT_OUTCOME_LATER, /* they want to be asked again on a day */
    CONTACT_OUTCOME_NO_ANSWER,
    CONTACT_OUTCOME_REFUSED,
    CONTACT_OUTCOME_WRONG_NUMBER,
    CONTACT_OUTCOME_CLOSED,         /* they do not trade any more */
    CONTACT_OUTCOME_DO_NOT_CONTACT, /* they do not want to hear from us */
    CONTACT_OUTCOME_SENT, /* a letter or message went out; nobody answered yet. Noted by the program, never by hand */
    CONTACT_OUTCOME_COUNT
};

/* What a contact with this outcome cannot do without. */
enum contact_need { CONTACT_NEED_NOTHING = 0, CONTACT_NEED_DATE, CONTACT_NEED_OBJECTION, CONTACT_NEED_REASON };

const char *contact_channel_name(enum contact_channel channel); /* "call"; contact.channel_<name> in the catalogs */
bool contact_channel_parse(struct str name, enum contact_channel *out);
const char *
contact_outcome_name(enum contact_outcome outcome); /* "no_answer"; contact.outcome_<name> in the catalogs */
bool contact_outcome_parse(struct str name, enum contact_outcome *out);

enum contact_need contact_outcome_needs(enum contact_outcome outcome);
bool contact_outcome_ends(enum contact_outcome outcome); /* the customer is written off by it */

/* When to try again after no answer: days from each try in vain to the next one; after the last nobody calls any more. */
enum { CONTACT_TRIES_MOST = 20, CONTACT_TRY_DAYS_MOST = 365 };
struct contact_tries {
    int days[CONTACT_TRIES_MOST];
    size_t n;
};
/* contact_tries_parse -- "1,3,7"; false: not whole days of 1 to CONTACT_TRY_DAYS_MOST, or too many. Empty: nobody tries again. */
bool contact_tries_parse(struct str text, struct contact_tries *out);
/* contact_tries_next -- days to the next try when `in_vain` (>= 1) were without an answer; false: enough. */
bool contact_tries_next(const struct contact_tries *tries, int64_t in_vain, int *days);

#endif
