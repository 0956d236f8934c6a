// SPDX-License-Identifier: Apache-2.0
/* person -- somebody at a customer: how to reach them, and whether they agreed to that.
 *
 * The numbers are kept in the database. Invariant: an answer (yes or no) comes with its day and with where it was given; "not
 * asked" comes with neither.
 */
#ifndef REATIVA_CORE_PERSON_H
#define REATIVA_CORE_PERSON_H

#include <stdbool.h>

#include "base/day.h"
#include "base/str.h"

enum consent { CONSENT_NOT_ASKED = 0, CONSENT_YES, CONSENT_NO, CONSENTS };

struct person {
    int64_t id;
    struct str name, position, phone, email;
    enum consent consent_phone, consent_email;
    struct day consent_on; /* DAY_NONE: never asked */
    struct str consent_source;
    int64_t made_us, retired_us, version;
};

const char *consent_name(enum consent consent); /* "yes"; person.consent_<name> in the catalogs */
bool consent_parse(struct str name, enum consent *out);

/* person_phone_is -- digits and the marks between them, enough of them to call. person_email_is -- one @ with something on
 * both sides, no blanks. Both: can it be tried, not is it right. */
bool person_phone_is(struct str phone);
bool person_email_is(struct str email);

/* What cannot be kept of a person, by the form's field; text: a key of the catalogs. */
struct person_fault {
    struct str field, text;
};
enum { PERSON_FAULTS = 10 };
size_t person_check(const struct person *person, struct day today, struct person_fault out[PERSON_FAULTS]);

#endif
