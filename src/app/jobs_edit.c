// SPDX-License-Identifier: Apache-2.0
/* jobs_edit -- jobs as people see and change them. What a job is for has its own page: only jobs that are there by themselves get their
 * schedule here. Every change leaves a line in the audit trail.
 */
#include "app/jobs_edit.h"

#include "store/setting.h"

#define WHAT S("job")

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool known(struct cx *cx, struct db *db, const struct jobs *jobs, int64_t id, struct job *out,
                  const struct job_def **def) {
    bool found;
    int64_t of;
    if (!job_find(cx, db, id, &found, out))
        return false;
    *def = found ? jobs_def(jobs, out->name, &of) : NULL;
    return *def != NULL || cx_fail(cx, ERR_NOT_FOUND, S("job.none"));
}

static struct str said(struct cx *cx, const struct job *job) {
    return cx_text(cx, "schedule=%.*s state=%s", STR_ARG(job->schedule), job->state == JOB_ON ? "on" : "paused");
}

static bool change(struct cx *cx, struct db *db, const struct jobs *jobs, const struct jobs_wish *wish) {
    const struct job_def *def;
    struct job before;
    bool changed;
    if (!known(cx, db, jobs, wish->id, &before, &def))
        return false;
    if (def->usual == NULL)
        return cx_fail(cx, ERR_INVALID, S("job.elsewhere"));
    struct job job = before;
    job.schedule = wish->schedule.n > 0 ? wish->schedule : before.schedule;
    job.state = wish->state;
    job.version = wish->version;
    if (str_equal(job.schedule, before.schedule) && job.state == before.state)
        return true;
    if (!job_change(cx, db, &job, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("job.changed"));
    return audit_add(cx, db, wish->now_us, wish->who, WHAT, job.name, said(cx, &before), said(cx, &job));
}

bool jobs_put(struct cx *cx, struct db *db, const struct jobs *jobs, const struct jobs_wish *wish) {
    struct schedule schedule;
    struct jobs_wish tidy = *wish;
    if (wish->schedule.n > 0) {
        if (!schedule_parse(wish->schedule, &schedule))
            return cx_fail(cx, ERR_INVALID, S("job.bad_schedule"), wish->schedule);
        tidy.schedule = schedule_write(cx->arena, &schedule);
    }
    return db_write(cx, db) && end(cx, db, change(cx, db, jobs, &tidy));
}

static bool ask(struct cx *cx, struct db *db, const struct jobs *jobs, int64_t id, struct str who, int64_t now_us) {
    const struct job_def *def;
    struct job job;
    if (!known(cx, db, jobs, id, &job, &def))
        return false;
    if (job.asked_us > 0)
        return true; /* sent twice */
    return job_ask(cx, db, id, now_us, who) &&
           audit_add(cx, db, now_us, who, S("job_asked"), job.name, (struct str){0}, (struct str){0});
}

bool jobs_ask(struct cx *cx, struct db *db, const struct jobs *jobs, int64_t id, struct str who, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, ask(cx, db, jobs, id, who, now_us));
}
