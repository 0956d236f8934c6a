// SPDX-License-Identifier: Apache-2.0
/* jobs -- see the header. Whether something is due is looked at without keeping others from writing; only what is to be written, or taken, is
 * looked at once more in a write transaction. Invariant: from the moment it is taken until its end is noted, the job's row has a lease.
 */
#include "app/jobs.h"

#include <string.h>
#include <unistd.h>

#include "app/workdays.h"
#include "base/secret.h"

enum { TRIES_MOST = 3, MISSED_MOST = 1000, KEPT_DAYS = 30 };
#define SECOND_US INT64_C(1000000)
#define DAY_US (86400 * SECOND_US)

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- what is said ---- */

struct str jobs_say_with(struct cx *cx, const struct str *key_and_args, size_t n) {
    struct err said = {.key = key_and_args[0], .args = n - 1};
    for (size_t i = 1; i < n && i <= ERR_ARGS; i++)
        said.arg[i - 1] = key_and_args[i];
    return err_line(cx->arena, &said);
}

struct str jobs_said(struct arena *arena, enum lang lang, struct str said) {
    if (said.n == 0)
        return said;
    struct err err = err_read(arena, said);
    return catalog_text(arena, lang, err.key, err.arg, err.args);
}

/* ---- rows ---- */

struct str jobs_who(struct arena *arena) {
    char host[64] = "";
    unsigned char chance[4];
    struct buf to;
    (void)gethostname(host, sizeof host - 1);
    secret_bytes(chance, sizeof chance);
    buf_init(&to, arena, 0);
    buf_printf(&to, "%s:%ld:%.*s", host, (long)getpid(), STR_ARG(secret_hex(arena, chance, sizeof chance)));
    return buf_str(&to);
}

const struct job_def *jobs_def(const struct jobs *jobs, struct str name, int64_t *id) {
    struct str kind, number;
    *id = 0;
    if (str_cut(name, ':', &kind, &number))
        for (size_t i = 0; i < number.n && i < 18; i++)
            *id = *id * 10 + (number.p[i] - '0');
    for (size_t i = 0; jobs->defs[i] != NULL; i++)
        if (str_equal(kind, str_from(jobs->defs[i]->name)))
            return jobs->defs[i];
    return NULL;
}

bool jobs_keep(struct cx *cx, struct db *db, struct str name, struct str schedule, bool on) {
    struct schedule read;
    struct job job;
    bool found, changed;
    if (!schedule_parse(schedule, &read))
        return cx_fail(cx, ERR_INVALID, S("job.bad_schedule"), schedule);
    struct str kept = schedule_write(cx->arena, &read);
    enum job_state state = on ? JOB_ON : JOB_PAUSED;
    if (!job_find_name(cx, db, name, &found, &job))
        return false;
    if (!found)
        return job_add(cx, db, name, kept, state);
    if (str_equal(job.schedule, kept) && job.state == state)
        return true;
    job.schedule = kept;
    job.state = state;
    return job_change(cx, db, &job, &changed);
}

bool jobs_drop(struct cx *cx, struct db *db, struct str name) {
    return job_drop(cx, db, name);
}

static const struct job *job_of(const struct job *job, size_t n, struct str name) {
    for (size_t i = 0; i < n; i++)
        if (str_equal(job[i].name, name))
            return &job[i];
    return NULL;
}

/* Looked at first, so that a start on a database that is in order writes nothing. */
static bool rows_make(struct cx *cx, struct db *db, const struct jobs *jobs, bool write, bool *wanting) {
    struct job *job;
    size_t n;
    *wanting = false;
    bool done = job_list(cx, db, &job, &n);
    for (size_t i = 0; done && jobs->defs[i] != NULL; i++) {
        const struct job_def *def = jobs->defs[i];
        if (def->usual == NULL || job_of(job, n, str_from(def->name)) != NULL)
            continue;
        *wanting = true;
        done = !write || jobs_keep(cx, db, str_from(def->name), str_from(def->usual), !def->paused);
    }
    return done;
}

bool jobs_begin(struct cx *cx, struct db *db, const struct jobs *jobs) {
    bool wanting;
    bool done = db_read(cx, db) && rows_make(cx, db, jobs, false, &wanting);
    db_rollback(db);
    return done && (!wanting || (db_write(cx, db) && end(cx, db, rows_make(cx, db, jobs, true, &wanting))));
}

/* ---- when ---- */

struct looking {
    const struct jobs *jobs;
    struct workdays workdays;
    int64_t now_us;
};

static int64_t after(const struct looking *l, const struct schedule *schedule, int64_t at_us) {
    return schedule_next_us(schedule, &l->workdays, at_us, l->jobs->world->utc_offset_s);
}

/* The moment that it waits for. One that has come stays until it was done; one that is still to come follows the calendar and the clock
 * as they are now. Where the clock went back a little, what was done already is not awaited again. */
static int64_t due_of(const struct looking *l, const struct job *job, const struct schedule *schedule) {
    if (job->due_us != 0 && job->due_us <= l->now_us)
        return job->due_us;
    bool done = schedule->kind != SCHEDULE_EVERY && job->done_us > l->now_us && job->done_us <= l->now_us + DAY_US;
    return after(l, schedule, done ? job->done_us : l->now_us);
}

/* A lease far ahead is of a clock that has gone back since; nobody holds longer than JOBS_LEASE_S. */
static bool held(const struct job *job, int64_t now_us) {
    return job->lease_us > now_us && job->lease_us <= now_us + JOBS_LEASE_S * SECOND_US + DAY_US / 24;
}

static int64_t missed(const struct looking *l, const struct schedule *schedule, int64_t due_us) {
    if (schedule->kind == SCHEDULE_EVERY) {
        int64_t n = (l->now_us - due_us) / (schedule->every_minutes * 60 * SECOND_US);
        return n < MISSED_MOST ? n : MISSED_MOST;
    }
    int64_t n = 0;
    for (int64_t at = after(l, schedule, due_us); at <= l->now_us && n < MISSED_MOST; at = after(l, schedule, at))
        n++;
    return n;
}

/* ---- taking ---- */

static bool looking_begin(struct cx *cx, struct db *db, const struct jobs *jobs, struct looking *l) {
    l->jobs = jobs;
    l->now_us = jobs->world->clock_us();
    return workdays_read(cx, db, &l->workdays);
}

/* When it would be begun: now or before, later, or INT64_MAX: not by itself. *due: the moment that it waits for. */
static int64_t begins(const struct looking *l, const struct job *job, int64_t *due) {
    struct schedule schedule;
    int64_t id;
    *due = job->due_us;
    if (jobs_def(l->jobs, job->name, &id) == NULL || !schedule_parse(job->schedule, &schedule))
        return INT64_MAX;
    *due = due_of(l, job, &schedule);
    if (held(job, l->now_us))
        return INT64_MAX;
    if (job->asked_us > 0)
        return l->now_us;
    if (job->state != JOB_ON)
        return INT64_MAX;
    return *due > job->wait_us || job->wait_us > l->now_us + DAY_US ? *due : job->wait_us;
}

/* The one that is due for longest; INT64_MAX: none. *moved: some wait for another moment than is written. */
static const struct job *first_of(const struct looking *l, const struct job *job, size_t n, int64_t *next_us,
                                  bool *moved) {
    const struct job *first = NULL;
    *next_us = INT64_MAX;
    *moved = false;
    for (size_t i = 0; i < n; i++) {
        int64_t due, at = begins(l, &job[i], &due);
        *moved = *moved || due != job[i].due_us;
        if (at < *next_us) {
            *next_us = at;
            first = &job[i];
        }
    }
    return first;
}

static bool moved_write(struct cx *cx, struct db *db, const struct looking *l, struct job *job, size_t n) {
    for (size_t i = 0; i < n; i++) {
        int64_t due;
        (void)begins(l, &job[i], &due);
        if (due == job[i].due_us)
            continue;
        job[i].due_us = due;
        if (!job_due(cx, db, &job[i]))
            return false;
    }
    return true;
}

/* Whoever had it did not come to an end: that was a try. *given_up: it was the last one for that moment. */
static bool broken(struct cx *cx, struct db *db, const struct looking *l, struct job *job, bool *given_up) {
    struct schedule schedule;
    *given_up = false;
    if (job->lease_by.n == 0)
        return true;
    bool due = job->due_us <= l->now_us;
    job->tries += due;
    *given_up = due && job->tries >= TRIES_MOST && job->asked_us == 0;
    if (*given_up && schedule_parse(job->schedule, &schedule)) {
        job->done_us = job->due_us;
        job->due_us = after(l, &schedule, l->now_us);
        job->tries = job->wait_us = 0;
    }
    return job_run_broken(cx, db, job->id, l->now_us) && (*given_up ? job_let_go(cx, db, job) : job_due(cx, db, job));
}

static bool take(struct cx *cx, struct db *db, const struct looking *l, struct job *job, bool only,
                 struct jobs_task *out, bool *found) {
    struct schedule schedule = {0};
    bool given_up;
    if (!broken(cx, db, l, job, &given_up))
        return false;
    *found = !given_up || only;
    if (!*found)
        return true;
    *out = (struct jobs_task){.job = *job, .due = job->state == JOB_ON && job->due_us <= l->now_us};
    (void)schedule_parse(job->schedule, &schedule);
    out->def = jobs_def(l->jobs, job->name, &out->id);
    out->run = (struct job_run){.job_id = job->id,
                                .due_us = out->due ? job->due_us : 0,
                                .missed = out->due ? missed(l, &schedule, job->due_us) : 0,
                                .asked_by = only && job->asked_by.n == 0 ? l->jobs->user : job->asked_by,
                                .began_us = l->now_us};
    out->job.lease_by = l->jobs->who;
    out->job.lease_us = l->now_us + JOBS_LEASE_S * SECOND_US;
    return job_take(cx, db, job->id, out->job.lease_us, l->jobs->who) && job_run_add(cx, db, &out->run);
}

static bool one_take(struct cx *cx, struct db *db, const struct jobs *jobs, struct str name, struct jobs_task *out) {
    struct looking l;
    struct job *job;
    size_t n;
    int64_t id;
    bool found;
    if (!looking_begin(cx, db, jobs, &l) || !job_list(cx, db, &job, &n))
        return false;
    const struct job *wanted = job_of(job, n, name);
    if (wanted == NULL || jobs_def(jobs, name, &id) == NULL)
        return cx_fail(cx, ERR_NOT_FOUND, S("job.unknown"), name);
    if (held(wanted, l.now_us))
        return cx_fail(cx, ERR_CONFLICT, S("job.busy"), name, wanted->lease_by);
    return moved_write(cx, db, &l, job, n) && take(cx, db, &l, &job[wanted - job], true, out, &found);
}

static bool next_take(struct cx *cx, struct db *db, const struct jobs *jobs, bool *found, struct jobs_task *out,
                      int64_t *next_us) {
    struct looking l;
    struct job *job;
    size_t n;
    bool moved;
    if (!looking_begin(cx, db, jobs, &l) || !job_list(cx, db, &job, &n) || !moved_write(cx, db, &l, job, n))
        return false;
    const struct job *first = first_of(&l, job, n, next_us, &moved);
    return first == NULL || *next_us > l.now_us || take(cx, db, &l, &job[first - job], false, out, found);
}

bool jobs_take(struct cx *cx, struct db *db, const struct jobs *jobs, struct str only, bool *found,
               struct jobs_task *out, int64_t *next_us) {
    struct looking l;
    struct job *job;
    size_t n;
    bool moved = false;
    *found = only.n > 0;
    if (only.n > 0)
        return db_write(cx, db) && end(cx, db, one_take(cx, db, jobs, only, out));
    bool done = db_read(cx, db) && looking_begin(cx, db, jobs, &l) && job_list(cx, db, &job, &n);
    db_rollback(db);
    if (!done)
        return false;
    (void)first_of(&l, job, n, next_us, &moved);
    if (*next_us > l.now_us && !moved)
        return true;
    return db_write(cx, db) && end(cx, db, next_take(cx, db, jobs, found, out, next_us));
}

/* ---- doing ---- */

/* What comes after it: at its next moment, or once more before that when it failed. */
static void next_of(const struct looking *l, struct jobs_task *task) {
    static const int wait_s[TRIES_MOST] = {300, 900, 3600};
    struct schedule schedule;
    struct job *job = &task->job;
    if (!task->due || !schedule_parse(job->schedule, &schedule))
        return;
    int64_t from_us = l->now_us > job->due_us ? l->now_us : job->due_us, next_us = after(l, &schedule, from_us);
    bool failed = task->run.result == JOB_FAILED && job->tries < TRIES_MOST;
    int64_t again_us = failed ? l->now_us + wait_s[job->tries] * SECOND_US : next_us;
    if (again_us < next_us) {
        job->wait_us = again_us;
        job->tries++;
        return;
    }
    job->done_us = job->due_us;
    job->due_us = next_us;
    job->wait_us = job->tries = 0;
}

/* A job of every minute would fill the table with runs that found nothing to do: they say so without a number. */
static bool quiet(const struct jobs_task *task) {
    const struct job_run *run = &task->run;
    return jobs_frequent(&task->job) && run->result == JOB_DONE &&
           (run->said.n == 0 || memchr(run->said.p, '\t', run->said.n) == NULL) && run->due_us > 0 && run->missed == 0;
}

static bool end_note(struct cx *cx, struct db *db, const struct jobs *jobs, struct jobs_task *task) {
    struct looking l;
    if (!looking_begin(cx, db, jobs, &l))
        return false;
    task->run.ended_us = l.now_us > task->run.began_us ? l.now_us : task->run.began_us;
    next_of(&l, task);
    return job_run_end(cx, db, &task->run) && (!quiet(task) || job_run_quiet(cx, db, &task->run)) &&
           job_let_go(cx, db, &task->job);
}

bool jobs_run_one(struct cx *cx, struct db *db, const struct jobs *jobs, struct jobs_task *task) {
    const struct job_world *world = jobs->world;
    struct day today = schedule_local(task->run.began_us, world->utc_offset_s).day;
    const struct job_at at = {.db_url = jobs->db_url,
                              .as_of = day_is(world->as_of) ? world->as_of : today,
                              .today = today,
                              .now_us = task->run.began_us,
                              .due_us = task->run.due_us,
                              .world = world};
    struct str said = {0};
    bool done = task->def->run(cx, db, &at, task->id, &said);
    db_rollback(db); /* what it left open */
    task->run.result = done ? JOB_DONE : JOB_FAILED;
    task->run.said = done ? said : err_line(cx->arena, &cx->err);
    struct cx own = {.arena = cx->arena}; /* what went wrong stays for who keeps the log */
    if (db_write(&own, db) && end(&own, db, end_note(&own, db, jobs, task)))
        return true;
    cx->err = own.err;
    return false;
}

bool jobs_hold(struct cx *cx, struct db *db, const struct jobs *jobs) {
    int64_t until_us = jobs->world->clock_us() + JOBS_LEASE_S * SECOND_US;
    return db_write(cx, db) && end(cx, db, job_hold(cx, db, jobs->who, until_us));
}

/* ---- looking ---- */

bool jobs_frequent(const struct job *job) {
    struct schedule schedule;
    return schedule_parse(job->schedule, &schedule) && schedule.kind == SCHEDULE_EVERY;
}

bool jobs_late(const struct job_run *run) {
    return run->due_us > 0 && run->began_us - run->due_us > JOBS_LATE_S * SECOND_US;
}

static void row_fill(const struct looking *l, const struct job *job, const struct job_run *last, size_t lasts,
                     struct jobs_row *out) {
    *out = (struct jobs_row){.job = *job, .busy = held(job, l->now_us)};
    out->def = jobs_def(l->jobs, job->name, &out->id);
    if (out->def == NULL)
        return;
    struct job free = *job;
    free.lease_us = 0;
    int64_t due, begins_us = begins(l, &free, &due);
    out->next_us = begins_us == INT64_MAX ? 0 : out->busy && begins_us <= l->now_us ? 0 : begins_us;
    for (size_t i = 0; i < lasts && !out->has_run; i++)
        if (last[i].job_id == job->id) {
            out->has_run = true;
            out->last = last[i];
        }
}

bool jobs_look(struct cx *cx, struct db *db, const struct jobs *jobs, struct jobs_row **out, size_t *n) {
    struct looking l;
    struct job *job;
    struct job_run *last;
    size_t all, lasts;
    *n = 0;
    bool done = db_read(cx, db) && looking_begin(cx, db, jobs, &l) && job_list(cx, db, &job, &all) &&
                job_run_last(cx, db, &last, &lasts);
    db_rollback(db);
    if (!done)
        return false;
    *out = arena_new(cx->arena, struct jobs_row, all + 1);
    for (size_t i = 0; i < all; i++) {
        row_fill(&l, &job[i], last, lasts, &(*out)[*n]);
        *n += (*out)[*n].def != NULL;
    }
    return true;
}

bool jobs_runs(struct cx *cx, struct db *db, int64_t id, int64_t before, int64_t most, struct job_run **out,
               size_t *n) {
    bool done = db_read(cx, db) && job_run_list(cx, db, id, before, most, out, n);
    db_rollback(db);
    return done;
}

/* ---- now ---- */

static bool nudge(struct cx *cx, struct db *db, struct str name, int64_t now_us) {
    struct job job;
    bool found;
    if (!job_find_name(cx, db, name, &found, &job))
        return false;
    if (!found || job.state != JOB_ON || (job.wait_us > now_us && job.wait_us <= now_us + DAY_US) ||
        (job.due_us != 0 && job.due_us <= now_us) || held(&job, now_us))
        return true;
    job.due_us = now_us;
    return job_due(cx, db, &job);
}

bool jobs_nudge(struct cx *cx, struct db *db, struct str name, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, nudge(cx, db, name, now_us));
}

bool jobs_sweep(struct cx *cx, struct db *db, int64_t now_us, int64_t *n) {
    return db_write(cx, db) && end(cx, db, job_run_sweep(cx, db, now_us - KEPT_DAYS * DAY_US, n));
}
