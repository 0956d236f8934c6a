// SPDX-License-Identifier: Apache-2.0
/* mail_field -- what a company says of its electronic mail: one table of names, forms and what holds until somebody says otherwise. The
 * page, its checks and whoever reads them go by it.
 *
 * The names are kept in the database (table setting) and in the audit trail. Invariant: what is kept is tidy.
 */
#ifndef REATIVA_CORE_MAIL_FIELD_H
#define REATIVA_CORE_MAIL_FIELD_H

#include "base/arena.h"
#include "base/str.h"

/* How a connection is kept from listeners. STARTTLS: from an open beginning; TLS: from the first byte. */
enum mail_safety { MAIL_SAFETY_NONE = 0, MAIL_SAFETY_STARTTLS, MAIL_SAFETY_TLS, MAIL_SAFETIES };
const char *mail_safety_name(enum mail_safety safety); /* "starttls"; mail.safety_<name> in the catalogs */
bool mail_safety_parse(struct str name, enum mail_safety *out);

enum mail_field {
    /* the server that messages are given to */
    MAIL_FIELD_HOST = 0,
    MAIL_FIELD_PORT, /* empty: the usual one of its safety */
    MAIL_FIELD_SAFETY,
    MAIL_FIELD_USER,
    MAIL_FIELD_PASSWORD, /* sealed where it is kept */
    MAIL_FIELD_CA_FILE,  /* certificates of one's own authority; empty: the machine's. Of both servers */
    /* who they are from */
    MAIL_FIELD_FROM,
    MAIL_FIELD_FROM_NAME,
    MAIL_FIELD_REPLY_TO,
    MAIL_FIELD_PER_MINUTE,
    MAIL_FIELD_PUBLIC_URL, /* where these pages are reached from outside: "https://reativa.example.com" */
    /* at the end of what goes to customers */
    MAIL_FIELD_COMPANY,
    MAIL_FIELD_POSTAL,
    /* when nothing goes to customers: "20:00" to "08:00", "6,7" (Monday is 1), holidays */
    MAIL_FIELD_QUIET_FROM,
    MAIL_FIELD_QUIET_UNTIL,
    MAIL_FIELD_QUIET_DAYS,
    MAIL_FIELD_QUIET_HOLIDAYS,
    /* what is recorded of them */
    MAIL_FIELD_OPENS,
    MAIL_FIELD_CLICKS,
    /* the mailbox that messages come back to */
    MAIL_FIELD_BOX_HOST,
    MAIL_FIELD_BOX_PORT,
    MAIL_FIELD_BOX_SAFETY,
    MAIL_FIELD_BOX_USER,
    MAIL_FIELD_BOX_PASSWORD,
    MAIL_FIELD_BOX_FOLDER,
    MAIL_FIELDS
};

enum mail_field_kind {
    MAIL_FIELD_TEXT = 1, /* one line */
    MAIL_FIELD_IS_HOST,
    MAIL_FIELD_IS_PORT,
    MAIL_FIELD_IS_SAFETY,
    MAIL_FIELD_IS_SECRET,
    MAIL_FIELD_IS_ADDRESS,
    MAIL_FIELD_IS_NUMBER, /* 1 to most */
    MAIL_FIELD_IS_URL,
    MAIL_FIELD_IS_TIME,
    MAIL_FIELD_IS_DAYS,
    MAIL_FIELD_IS_FLAG /* "yes" or empty */
};

struct mail_field_def {
    const char *name; /* "mail_host"; mail.name_<name without mail_> in the catalogs */
    enum mail_field_kind kind;
    int most; /* bytes; of a number the number */
    const char *usual;
};
extern const struct mail_field_def mail_field_defs[MAIL_FIELDS];

bool mail_field_parse(struct str name, enum mail_field *out);
/* mail_field_tidy -- as it is kept; false: it does not fit. The reason's key: mail.bad_<kind>, see mail_field_fault. */
bool mail_field_tidy(struct arena *arena, enum mail_field field, struct str typed, struct str *out);
const char *mail_field_fault(enum mail_field field); /* "mail.bad_host" */

/* Hours and days in which customers get nothing. */
struct mail_quiet {
    int from_min, until_min; /* minutes of the day; equal: no such hours. from > until: over midnight */
    unsigned days;           /* bit 0 is Monday; all seven never fit */
    bool holidays;
};
/* mail_quiet_is -- weekday: 0 is Monday. */
bool mail_quiet_is(const struct mail_quiet *quiet, int minute, int weekday, bool holiday);
/* mail_quiet_minute -- of a tidy "08:00"; empty: 0. mail_quiet_days -- of a tidy "6,7". */
int mail_quiet_minute(struct str tidy);
unsigned mail_quiet_days(struct str tidy);

#endif
