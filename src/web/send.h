// SPDX-License-Identifier: Apache-2.0
/* send -- the thread that tells webhooks what is due: takes it from the database, signs it, sends it, says how it went.
 *
 * To each webhook one at a time, to several at once, so that a slow one holds up itself alone. No transaction is open while
 * something is on its way. What is told and when it is due stands in the database: a kill loses nothing.
 */
#ifndef REATIVA_WEB_SEND_H
#define REATIVA_WEB_SEND_H

#include "base/cx.h"

struct send;

struct send_config {
    struct str db_url, version, secrets; /* secrets: file with the key of sealed secrets */
    bool private_too;                    /* addresses of the company's own network too */
    int64_t (*clock_us)(void);
};

bool send_start(struct cx *cx, const struct send_config *config, struct send **out);
/* send_poke -- something was written that should not wait for the next look; from any thread. */
void send_poke(struct send *send);
/* send_stop -- what is on its way is given a moment, then broken off, to be sent again by the next start; NULL is fine. */
void send_stop(struct send *send);

#endif
