// SPDX-License-Identifier: Apache-2.0
/* jobs -- the table of what is done again and again. Here and not in app, since what sends messages also makes pages of them.
 */
#ifndef REATIVA_WEB_JOBS_H
#define REATIVA_WEB_JOBS_H

#include "app/jobs.h"

extern const struct job_def *const job_defs[]; /* ended by NULL; a job's name is kept in databases */

/* jobs_usual -- what has rows of its own and is there from the start: the first rules of who is told what, once in the life of a database. */
bool jobs_usual(struct cx *cx, struct db *db, const struct job_world *world);

#endif
