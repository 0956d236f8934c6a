// SPDX-License-Identifier: Apache-2.0
/* jobs -- what is done again and again: due by its schedule, taken by one process at a time under a lease, noted with its end.
 *
 * A process that ends in the middle lets its lease run out; another then does it once more, so what a job does must bear to be done twice. One that
 * was missed, by one day or five, is done once, late. One that fails is tried again after 5, 15 and 60 minutes, then at its next moment. What is
 * still under way when it is due again is not begun a second time. A clock that went back or forward makes nothing be done twice for the same
 * moment, unless it went back by more than a day.
 */
#ifndef REATIVA_APP_JOBS_H
#define REATIVA_APP_JOBS_H

#include "base/catalog.h"
#include "core/permission.h"
#include "core/schedule.h"
#include "store/job.h"

/* The world that jobs run in: what the process was started with. */
struct job_world {
    int64_t (*clock_us)(void);
    int32_t (*utc_offset_s)(int64_t at_us); /* of the company's clock */
    struct day as_of;                       /* that the program answers for; DAY_NONE: today */
    struct str version;
    struct str backups; /* folder of restore points; empty: none are made */
    struct str secrets; /* file with the key of what is sealed */
    bool private_too;   /* addresses of the company's own network may be told and sent to */
    /* stops -- is the process about to end? A job that takes long looks now and then, and ends early. */
    bool (*stops)(void *owner);
    void *owner;
};

struct job_at {
    struct str db_url;
    struct day as_of, today;
    int64_t now_us;
    int64_t due_us; /* the moment it is done for; 0: somebody asked */
    const struct job_world *world;
};

/* run -- db: open, without a transaction, the job's own. id: behind the colon of its name; 0: none. *said: what it did, by jobs_say; where
 * there was nothing to do without an argument, see jobs_frequent. On failure the error is what is said. */
struct job_def {
    const char *name;
    const char *usual;          /* its schedule where the job is there by itself; NULL: rows are made by jobs_keep */
    bool paused;                /* is it there, but off until somebody switches it on? */
    enum permission permission; /* that it takes to change it or ask for it, besides the page's; PERM_UNSET: none */
    bool (*run)(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said);
};

/* jobs_say -- a catalog key and its arguments, read again in anybody's language: jobs_say(cx, S("job.said_score"), n). */
#define jobs_say(cx, ...)                                                                                              \
    jobs_say_with((cx), (const struct str[]){__VA_ARGS__},                                                             \
                  sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str jobs_say_with(struct cx *cx, const struct str *key_and_args, size_t n);
struct str jobs_said(struct arena *arena, enum lang lang, struct str said);

/* Within the caller's write transaction: there is such a job from now on, with this schedule, on or paused; none any more, with its runs.
 * INVALID job.bad_schedule. */
bool jobs_keep(struct cx *cx, struct db *db, struct str name, struct str schedule, bool on);
bool jobs_drop(struct cx *cx, struct db *db, struct str name);

/* Who runs jobs. */
struct jobs {
    const struct job_world *world;
    const struct job_def *const *defs; /* ended by NULL */
    struct str db_url;
    struct str who;  /* the process, unlike any other: jobs_who */
    struct str user; /* who asks, where jobs_take is told which one */
};
struct str jobs_who(struct arena *arena);
const struct job_def *jobs_def(const struct jobs *jobs, struct str name, int64_t *id); /* NULL: nobody knows it */

/* jobs_begin -- rows for those that are there by themselves. */
bool jobs_begin(struct cx *cx, struct db *db, const struct jobs *jobs);

enum { JOBS_LEASE_S = 300, JOBS_HOLD_S = 60, JOBS_LATE_S = 300 };
struct jobs_task {
    struct job job;
    struct job_run run;
    const struct job_def *def;
    int64_t id;
    bool due; /* by its schedule; else somebody asked */
};
/* jobs_take -- what is due or asked for first; *found false: nothing, then *next_us is when the next will be (INT64_MAX: none).
 * only: this one alone, now, whatever its schedule says (NOT_FOUND job.unknown, CONFLICT job.busy); empty: any. */
bool jobs_take(struct cx *cx, struct db *db, const struct jobs *jobs, struct str only, bool *found,
               struct jobs_task *out, int64_t *next_us);
/* jobs_run_one -- does what was taken, and notes how it went; task->run is then as it ended. False: that could not be noted. */
bool jobs_run_one(struct cx *cx, struct db *db, const struct jobs *jobs, struct jobs_task *task);
/* jobs_hold -- every JOBS_HOLD_S while something is under way. */
bool jobs_hold(struct cx *cx, struct db *db, const struct jobs *jobs);

/* How all of them stand: three statements. */
struct jobs_row {
    struct job job;
    const struct job_def *def; /* never NULL: rows of what this program does not know are left out */
    int64_t id;                /* behind the colon of its name */
    bool has_run, busy;
    struct job_run last;
    int64_t next_us; /* when it is begun by itself; 0: it is not */
};
bool jobs_look(struct cx *cx, struct db *db, const struct jobs *jobs, struct jobs_row **out, size_t *n);
/* jobs_runs -- those of one, the newest first, before a number; a transaction of its own. */
bool jobs_runs(struct cx *cx, struct db *db, int64_t id, int64_t before, int64_t most, struct job_run **out, size_t *n);
/* jobs_frequent -- every so many minutes: of its runs in a row that found nothing to do only the last is kept. */
bool jobs_frequent(const struct job *job);
bool jobs_late(const struct job_run *run); /* was it begun later than a moment after it was due? */

/* jobs_nudge -- it is due now, unless it is paused or waits after a failure; a transaction of its own. */
bool jobs_nudge(struct cx *cx, struct db *db, struct str name, int64_t now_us);
/* jobs_sweep -- runs older than 30 days go, but the last of each job; *n: how many. */
bool jobs_sweep(struct cx *cx, struct db *db, int64_t now_us, int64_t *n);

#endif
