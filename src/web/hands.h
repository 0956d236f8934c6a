// SPDX-License-Identifier: Apache-2.0
/* hands -- the threads of a running server that do what is due (app/jobs.h): the score of a new day or of newer facts, and every other job.
 *
 * Two, so that a slow one does not hold up the next, and one that says meanwhile that they still live. What they do is known by the table
 * of jobs.c. The time they wait is not of the clock on the wall, which may jump.
 */
#ifndef REATIVA_WEB_HANDS_H
#define REATIVA_WEB_HANDS_H

#include "app/jobs.h"

struct hands;

struct hands_config {
    struct str db_url, user; /* user: who asks, for hands_do */
    struct job_world world;  /* its texts are copied; stops and owner are filled in */
};

bool hands_start(struct cx *cx, const struct hands_config *config, struct hands **out);
const struct jobs *hands_jobs(const struct hands *hands);
/* hands_poke -- something may be due; from any thread. */
void hands_poke(struct hands *hands);
/* hands_gate -- closed: nothing is begun any more; false: something is still under way after wait_s. NULL is fine. */
bool hands_gate(struct hands *hands, bool closed, int wait_s);
/* hands_stop -- what is under way is waited for; NULL is fine. */
void hands_stop(struct hands *hands);

/* hands_do -- for a command: what is due now, one after the other, or the one called `only` (also when it is not due); told of each that ended. *n: how
 * many. False: one could not be begun or noted, or failed when it alone was asked for. */
typedef void hands_told(void *owner, const struct jobs_task *task);
bool hands_do(struct cx *cx, const struct hands_config *config, struct str only, hands_told *told, void *owner,
              size_t *n);

#endif
