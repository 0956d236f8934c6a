// SPDX-License-Identifier: Apache-2.0
/* bounces -- the job that reads the company's mailbox for what came back: what is new, each mail once, a limited number at a time. Mails
 * that are no reports stay unread on the server for whoever reads them there. Must not judge: app/bounces does.
 */
#ifndef REATIVA_WEB_BOUNCES_H
#define REATIVA_WEB_BOUNCES_H

#include "app/jobs.h"

bool bounces_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said);

#endif
