// SPDX-License-Identifier: Apache-2.0
/* jobs_edit -- jobs as people change them: when, whether, and now.
 */
#ifndef REATIVA_APP_JOBS_EDIT_H
#define REATIVA_APP_JOBS_EDIT_H

#include "app/jobs.h"

struct jobs_wish {
    int64_t id, version;
    struct str schedule; /* empty: as it is */
    enum job_state state;
    struct str who;
    int64_t now_us;
};
/* jobs_put -- NOT_FOUND job.none; INVALID job.bad_schedule, job.elsewhere (it is set where what it is for is); CONFLICT job.changed. What was
 * missed while it was paused is not made up for. */
bool jobs_put(struct cx *cx, struct db *db, const struct jobs *jobs, const struct jobs_wish *wish);
/* jobs_ask -- now, whatever its schedule says, also when it is paused. */
bool jobs_ask(struct cx *cx, struct db *db, const struct jobs *jobs, int64_t id, struct str who, int64_t now_us);

#endif
