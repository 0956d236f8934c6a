// SPDX-License-Identifier: Apache-2.0
/* person -- see person.h. Must not know which customer. What people write is taken as they write it, as long as it can be used.
 */
#include "core/person.h"

#include "base/limits.h"

enum { PHONE_DIGITS_LEAST = 3, PHONE_DIGITS_MOST = 20 };

static const char *const names[CONSENTS] = {"not_asked", "yes", "no"};

const char *consent_name(enum consent consent) {
    return names[consent];
}

bool consent_parse(struct str name, enum consent *out) {
    for (int consent = 0; consent < CONSENTS; consent++)
        if (str_equal(name, str_from(names[consent]))) {
            *out = (enum consent)consent;
            return true;
        }
    return false;
}

static bool mark_of_phone(char c) {
    return c == ' ' || c == '-' || c == '(' || c == ')' || c == '.' || c == '/' || c == '+';
}

bool person_phone_is(struct str phone) {
    size_t digits = 0;
    for (size_t i = 0; i < phone.n; i++) {
        bool digit = phone.p[i] >= '0' && phone.p[i] <= '9';
        if (!digit && !mark_of_phone(phone.p[i]))
            return false;
        digits += digit;
    }
    return digits >= PHONE_DIGITS_LEAST && digits <= PHONE_DIGITS_MOST;
}

bool person_email_is(struct str email) {
    size_t at = 0, marks = 0;
    for (size_t i = 0; i < email.n; i++) {
        unsigned char c = (unsigned char)email.p[i];
        if (c <= ' ' || c == 0x7f || c == ',' || c == ';' || c == '<' || c == '>' || c == '"')
            return false;
        if (c == '@') {
            marks++;
            at = i;
        }
    }
    return marks == 1 && at > 0 && at + 1 < email.n;
}

static void refuse(struct person_fault *out, size_t *n, struct str field, struct str text) {
    if (*n < PERSON_FAULTS)
        out[(*n)++] = (struct person_fault){field, text};
}

size_t person_check(const struct person *p, struct day today, struct person_fault out[PERSON_FAULTS]) {
    const struct person_fault texts[] = {{S("name"), p->name},
                                         {S("position"), p->position},
                                         {S("phone"), p->phone},
                                         {S("email"), p->email},
                                         {S("consent_source"), p->consent_source}};
    bool asked = p->consent_phone != CONSENT_NOT_ASKED || p->consent_email != CONSENT_NOT_ASKED;
    size_t n = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].text.n > LIMIT_CODE)
            refuse(out, &n, texts[i].field, S("person.too_long"));
    if (p->name.n == 0)
        refuse(out, &n, S("name"), S("person.no_name"));
    if (p->phone.n > 0 && !person_phone_is(p->phone))
        refuse(out, &n, S("phone"), S("person.no_phone"));
    if (p->email.n > 0 && !person_email_is(p->email))
        refuse(out, &n, S("email"), S("person.no_email"));
    if (asked && !day_is(p->consent_on))
        refuse(out, &n, S("consent_on"), S("person.no_consent_day"));
    if (day_is(p->consent_on) && p->consent_on.n > today.n)
        refuse(out, &n, S("consent_on"), S("person.consent_to_come"));
    if (asked && p->consent_source.n == 0)
        refuse(out, &n, S("consent_source"), S("person.no_consent_source"));
    return n;
}
