// SPDX-License-Identifier: Apache-2.0
/* jobs -- the table of what is done again and again. Here and not in app, since what sends messages also makes pages of them.
 */
#ifndef REATIVA_WEB_JOBS_H
#define REATIVA_WEB_JOBS_H

#include "app/jobs.h"

extern const struct job_def *const job_defs[]; /* ended by NULL; a job's name is kept in databases */

#endif
