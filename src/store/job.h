// SPDX-License-Identifier: Apache-2.0
/* job -- what is done again and again, who is at it, and how it went.
 */
#ifndef REATIVA_STORE_JOB_H
#define REATIVA_STORE_JOB_H

#include "store/db.h"

enum job_state { JOB_ON = 1, JOB_PAUSED };
enum job_result { JOB_UNDER_WAY = 0, JOB_DONE, JOB_FAILED, JOB_BROKEN, JOB_RESULTS };

struct job {
    int64_t id;
    struct str name;  /* "alert:12" */
    struct str title; /* by job_list: what people call what it is done for; empty: nothing of its own */
    struct str schedule;
    enum job_state state;
    int64_t due_us, wait_us, tries, asked_us;
    struct str asked_by;
    int64_t lease_us;
    struct str lease_by;
    int64_t done_us, version;
};
struct job_run {
    int64_t id, job_id, due_us, missed;
    struct str asked_by;
    int64_t began_us, ended_us;
    enum job_result result;
    struct str said; /* an err_line; empty: nothing */
};

bool job_list(struct cx *cx, struct db *db, struct job **out, size_t *n);
bool job_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct job *out);
bool job_find_name(struct cx *cx, struct db *db, struct str name, bool *found, struct job *out);
bool job_add(struct cx *cx, struct db *db, struct str name, struct str schedule, enum job_state state);
/* job_change -- schedule and state of this version; *changed false: there is another by now. What was due is worked out anew. */
bool job_change(struct cx *cx, struct db *db, const struct job *job, bool *changed);
bool job_due(struct cx *cx, struct db *db, const struct job *job); /* due_us, wait_us, tries */
bool job_ask(struct cx *cx, struct db *db, int64_t id, int64_t now_us, struct str who);
bool job_take(struct cx *cx, struct db *db, int64_t id, int64_t lease_us, struct str who);
/* job_hold -- all that `who` is at. */
bool job_hold(struct cx *cx, struct db *db, struct str who, int64_t lease_us);
/* job_let_go -- due_us, wait_us, tries, done_us as given; nothing happens when another has taken it over from lease_by. */
bool job_let_go(struct cx *cx, struct db *db, const struct job *job);
bool job_drop(struct cx *cx, struct db *db, struct str name);
/* job_restored -- in a database that was made of a backup nothing is late. */
bool job_restored(struct cx *cx, struct db *db);

bool job_run_add(struct cx *cx, struct db *db, struct job_run *run); /* gives it its number */
bool job_run_end(struct cx *cx, struct db *db, const struct job_run *run);
/* job_run_quiet -- this one found nothing to do: the one before it goes, if it says the same. */
bool job_run_quiet(struct cx *cx, struct db *db, const struct job_run *run);
bool job_run_broken(struct cx *cx, struct db *db, int64_t job_id, int64_t now_us);
bool job_run_last(struct cx *cx, struct db *db, struct job_run **out, size_t *n); /* the newest of each, by job */
bool job_run_list(struct cx *cx, struct db *db, int64_t job_id, int64_t before, int64_t most, struct job_run **out,
                  size_t *n);
bool job_run_sweep(struct cx *cx, struct db *db, int64_t before_us, int64_t *n);

#endif
