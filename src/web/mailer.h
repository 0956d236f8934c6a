// SPDX-License-Identifier: Apache-2.0
/* mailer -- the thread that sends what is due in the outbox: one connection to the mail server, one message after the other.
 *
 * No transaction is open while it talks to a server. Each message is marked in the database right before its last byte goes out, and with
 * that it is noted that the one before went, so that a kill at any moment sends nothing twice and leaves at most one of which nobody knows
 * (app/outbox.h says what becomes of it). A server that does not answer, or wants nobody's messages, holds up all and costs none of them
 * a try; what it says of one message is that one's alone.
 */
#ifndef REATIVA_WEB_MAILER_H
#define REATIVA_WEB_MAILER_H

#include "app/jobs.h"

struct mailer;

struct mailer_config {
    struct str db_url, secrets;
    int64_t (*clock_us)(void);
    int32_t (*utc_offset_s)(int64_t at_us);
};

bool mailer_start(struct cx *cx, const struct mailer_config *config, struct mailer **out);
/* mailer_poke -- something was written that should not wait for the next look; from any thread. */
void mailer_poke(struct mailer *mailer);
/* mailer_stop -- the message at hand is broken off, or, when its last byte is out, given a while for its answer; NULL is fine. */
void mailer_stop(struct mailer *mailer);

/* mailer_job -- the same once: all that is due now, for a machine on which no server runs. */
extern const struct job_def mailer_job;

#endif
