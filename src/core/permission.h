// SPDX-License-Identifier: Apache-2.0
/* permission -- what each role may do: one table, behind every route, shown on a page, tested route by route.
 *
 * Zero means nobody, so that a route whose permission was forgotten is closed. Whose customers a person sees is another
 * question: a rep sees those of its own code (user.rep_id), everybody else all.
 */
#ifndef REATIVA_CORE_PERMISSION_H
#define REATIVA_CORE_PERMISSION_H

#include <stdbool.h>

#include "base/str.h"

enum role { ROLE_NONE = 0, ROLE_REP, ROLE_AGENT, ROLE_MANAGER, ROLE_ADMIN, ROLE_COUNT };

enum permission {
    PERM_UNSET = 0, /* nobody */
    PERM_PUBLIC,    /* also who is not signed in */
    PERM_SIGNED_IN, /* one's own account: open to who still owes a second factor, and to a rep without customers */
    PERM_MESSAGE,   /* memos, and one's own messages: they tell of customers */
    PERM_CUSTOMER_READ,
    PERM_CUSTOMER_EXPORT,
    PERM_CUSTOMER_ASSIGN, /* to another rep; close, reopen */
    PERM_CUSTOMER_NOTE,   /* notes, persons, tags */
    PERM_CONTACT_WRITE,   /* log contacts, make appointments */
    PERM_COCKPIT,
    PERM_VIEW_SHARE,
    PERM_WORKLIST_WRITE,
    PERM_CHOICE_WRITE, /* reasons, objections, occurrences, tags */
    PERM_SETTING_WRITE,
    PERM_USER_READ,
    PERM_USER_REQUIRE, /* ask for a second factor */
    PERM_USER_WRITE,
    PERM_AUDIT_READ,
    PERM_REPORT_READ, /* the account of customers, and the rules of inactivity as they stand */
    PERM_POLICY_WRITE,
    PERM_ALERT_WRITE, /* the rules of who is told what */
    PERM_IMPORT,
    PERM_PRIVACY_READ, /* who is not to be contacted, and why */
    PERM_PRIVACY_WRITE, /* add to that list and lift from it; block lists; export and erase what is held about somebody */
    PERM_TOKEN_OWN,     /* tokens of the API, for oneself */
    PERM_TOKEN_WRITE,   /* for anybody */
    PERM_BACKUP,        /* restore points: they hold everything there is */
    PERM_WEBHOOK_WRITE,
    PERM_MAIL_WRITE,     /* the company's mail server, sender and mailbox */
    PERM_CUSTOMER_MERGE, /* customers that are one, and apart again */
    PERM_OUTBOX,         /* messages to anybody: read them, send them again, call them off */
    PERM_COUNT
};

bool role_may(enum role role, enum permission permission);
const char *role_name(enum role role); /* "rep"; role.<name> in the catalogs */
bool role_parse(struct str name, enum role *out);
const char *permission_name(enum permission permission); /* "customer_read"; permission.<name> in the catalogs */

#endif
