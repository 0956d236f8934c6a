// SPDX-License-Identifier: Apache-2.0
/* gateway_send -- the job that sends what waits in the outbox for gateways, one after the other, as each provider wants it.
 *
 * A message is marked before its request goes out (app/outbox.h). What an answer means: a success by the gateway's own words is sent; 408, 429 and
 * 503 come again later, as does a provider that was not reached; other refusals are for good; after anything else nobody can know.
 */
#ifndef REATIVA_WEB_GATEWAY_SEND_H
#define REATIVA_WEB_GATEWAY_SEND_H

#include "app/jobs.h"

bool gateway_send_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said);

#endif
