// SPDX-License-Identifier: Apache-2.0
/* webhook -- the events that other programs can be told of, and when one that did not answer is tried again.
 *
 * The names are a contract with the programs that listen; the numbers are kept in the database.
 */
#ifndef REATIVA_CORE_WEBHOOK_H
#define REATIVA_CORE_WEBHOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define WEBHOOK_SEAL S("webhook") /* what its secret is sealed for (base/seal.h) */

/* What a webhook asks for. */
enum webhook_topic {
    WEBHOOK_STATUS = 0,
    WEBHOOK_CONTACTS,
    WEBHOOK_REACTIVATIONS,
    WEBHOOK_IMPORTS,
    WEBHOOK_ALERTS,
    WEBHOOK_TOPICS
};

enum webhook_kind {
    WEBHOOK_NOTHING = 0,
    WEBHOOK_STATUS_CHANGED,   /* of a customer */
    WEBHOOK_STATUSES_CHANGED, /* of so many at once that only their number is told */
    WEBHOOK_CONTACT_LOGGED,
    WEBHOOK_REACTIVATED,
    WEBHOOK_REACTIVATED_MANY,
    WEBHOOK_IMPORT_DONE,
    WEBHOOK_IMPORT_UNDONE,
    WEBHOOK_TEST,
    WEBHOOK_ALERT_SENT, /* a rule told somebody of customers */
    WEBHOOK_KINDS
};

enum { WEBHOOK_TRIES = 8, WEBHOOK_URL_MOST = 1000, WEBHOOK_NAME_MOST = 100, WEBHOOK_FAILING_DAYS = 3 };

const char *webhook_topic_name(enum webhook_topic topic); /* "contacts"; webhook_page.topic_<name> in the catalogs */
const char *webhook_kind_name(enum webhook_kind kind);    /* "contact.logged", which is also a key of the catalogs */
/* webhook_kind_topic -- WEBHOOK_TOPICS: asked for by hand only. */
enum webhook_topic webhook_kind_topic(enum webhook_kind kind);

/* webhook_url_host -- http or https, a host, no user and password, no blanks; *host without brackets and port. */
bool webhook_url_host(struct str url, struct str *host);
/* webhook_url_origin -- "https://host:8443", for where the rest may hold a secret. */
struct str webhook_url_origin(struct str url);

/* webhook_wait_s -- seconds until the next try, after so many that failed; 0: that was the last. chance: any number, which moves it by
 * up to a tenth, so that many that failed together do not come again together. asked_s: what the receiver asked for (0: nothing). */
int64_t webhook_wait_s(int tries, uint32_t chance, int64_t asked_s);

#endif
