// SPDX-License-Identifier: Apache-2.0
/* job -- see the header. Must not know what a schedule means. */
#include "store/job.h"

#include "store/rows.h"

static struct job job_at(struct cx *cx, struct sql_rows *rows) {
    return (struct job){.id = sql_get_int(rows, 0),
                        .name = str_copy(cx->arena, sql_get_text(rows, 1)),
                        .schedule = str_copy(cx->arena, sql_get_text(rows, 2)),
                        .state = (enum job_state)sql_get_int(rows, 3),
                        .due_us = sql_get_int(rows, 4),
                        .wait_us = sql_get_int(rows, 5),
                        .tries = sql_get_int(rows, 6),
                        .asked_us = sql_get_int(rows, 7),
                        .asked_by = str_copy(cx->arena, sql_get_text(rows, 8)),
                        .lease_us = sql_get_int(rows, 9),
                        .lease_by = str_copy(cx->arena, sql_get_text(rows, 10)),
                        .done_us = sql_get_int(rows, 11),
                        .version = sql_get_int(rows, 12)};
}

static struct job_run run_at(struct cx *cx, struct sql_rows *rows) {
    return (struct job_run){.id = sql_get_int(rows, 0),
                            .job_id = sql_get_int(rows, 1),
                            .due_us = sql_get_int(rows, 2),
                            .missed = sql_get_int(rows, 3),
                            .asked_by = str_copy(cx->arena, sql_get_text(rows, 4)),
                            .began_us = sql_get_int(rows, 5),
                            .ended_us = sql_get_int(rows, 6),
                            .result = (enum job_result)sql_get_int(rows, 7),
                            .said = str_copy(cx->arena, sql_get_text(rows, 8))};
}

static struct job titled_at(struct cx *cx, struct sql_rows *rows) {
    struct job job = job_at(cx, rows);
    job.title = str_copy(cx->arena, sql_get_text(rows, 13));
    return job;
}

bool job_list(struct cx *cx, struct db *db, struct job **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, SQL_JOB_LIST, NULL, 0, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, titled_at(cx, rows));
    sql_close(rows);
    return done;
}

static bool find(struct cx *cx, struct db *db, enum sql_id id, struct sql_value key, bool *found, struct job *out) {
    struct sql_rows *rows;
    *found = false;
    bool done = sql_open(cx, db, id, &key, 1, &rows) && sql_next(cx, rows, found);
    if (done && *found)
        *out = job_at(cx, rows);
    sql_close(rows);
    return done;
}

bool job_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct job *out) {
    return find(cx, db, SQL_JOB_FIND, sql_int(id), found, out);
}

bool job_find_name(struct cx *cx, struct db *db, struct str name, bool *found, struct job *out) {
    return find(cx, db, SQL_JOB_FIND_NAME, sql_text(name), found, out);
}

static bool next_id(struct cx *cx, struct db *db, enum sql_id greatest, int64_t *out) {
    bool found;
    *out = 0;
    bool done = sql_one_int(cx, db, greatest, NULL, 0, &found, out);
    ++*out;
    return done;
}

bool job_add(struct cx *cx, struct db *db, struct str name, struct str schedule, enum job_state state) {
    int64_t id;
    return next_id(cx, db, SQL_JOB_MAX, &id) &&
           SQL_RUN(cx, db, SQL_JOB_ADD, sql_int(id), sql_text(name), sql_text(schedule), sql_int(state));
}

bool job_change(struct cx *cx, struct db *db, const struct job *job, bool *changed) {
    const struct sql_value args[] = {sql_int(job->id), sql_int(job->version), sql_text(job->schedule),
                                     sql_int(job->state)};
    int64_t rows = 0;
    bool done = sql_run(cx, db, SQL_JOB_CHANGE, args, sizeof args / sizeof *args, &rows);
    *changed = rows > 0;
    return done;
}

bool job_due(struct cx *cx, struct db *db, const struct job *job) {
    return SQL_RUN(cx, db, SQL_JOB_DUE, sql_int(job->id), sql_int(job->due_us), sql_int(job->wait_us),
                   sql_int(job->tries));
}

bool job_ask(struct cx *cx, struct db *db, int64_t id, int64_t now_us, struct str who) {
    return SQL_RUN(cx, db, SQL_JOB_ASK, sql_int(id), sql_int(now_us), sql_text(who));
}

bool job_take(struct cx *cx, struct db *db, int64_t id, int64_t lease_us, struct str who) {
    return SQL_RUN(cx, db, SQL_JOB_TAKE, sql_int(id), sql_int(lease_us), sql_text(who));
}

bool job_hold(struct cx *cx, struct db *db, struct str who, int64_t lease_us) {
    return SQL_RUN(cx, db, SQL_JOB_HOLD, sql_text(who), sql_int(lease_us));
}

bool job_let_go(struct cx *cx, struct db *db, const struct job *job) {
    return SQL_RUN(cx, db, SQL_JOB_LET_GO, sql_int(job->id), sql_text(job->lease_by), sql_int(job->due_us),
                   sql_int(job->wait_us), sql_int(job->tries), sql_int(job->done_us));
}

bool job_drop(struct cx *cx, struct db *db, struct str name) {
    return SQL_RUN(cx, db, SQL_JOB_RUN_DROP, sql_text(name)) && SQL_RUN(cx, db, SQL_JOB_DROP, sql_text(name));
}

bool job_restored(struct cx *cx, struct db *db) {
    return sql_run(cx, db, SQL_JOB_RESTORED, NULL, 0, NULL);
}

/* ---- runs ---- */

bool job_run_add(struct cx *cx, struct db *db, struct job_run *run) {
    return next_id(cx, db, SQL_JOB_RUN_MAX, &run->id) &&
           SQL_RUN(cx, db, SQL_JOB_RUN_ADD, sql_int(run->id), sql_int(run->job_id), sql_int(run->due_us),
                   sql_int(run->missed), sql_text(run->asked_by), sql_int(run->began_us));
}

bool job_run_end(struct cx *cx, struct db *db, const struct job_run *run) {
    return SQL_RUN(cx, db, SQL_JOB_RUN_END, sql_int(run->id), sql_int(run->ended_us), sql_int(run->result),
                   sql_text(run->said));
}

bool job_run_quiet(struct cx *cx, struct db *db, const struct job_run *run) {
    return SQL_RUN(cx, db, SQL_JOB_RUN_QUIET, sql_int(run->job_id), sql_int(run->id), sql_text(run->said));
}

bool job_run_broken(struct cx *cx, struct db *db, int64_t job_id, int64_t now_us) {
    return SQL_RUN(cx, db, SQL_JOB_RUN_BROKEN, sql_int(job_id), sql_int(now_us));
}

static bool runs(struct cx *cx, struct db *db, enum sql_id id, const struct sql_value *args, size_t args_n,
                 struct job_run **out, size_t *n) {
    struct sql_rows *rows;
    bool more = false, done = sql_open(cx, db, id, args, args_n, &rows);
    *out = NULL;
    *n = 0;
    while (done && (done = sql_next(cx, rows, &more)) && more)
        ROWS_ADD(cx, *out, *n, run_at(cx, rows));
    sql_close(rows);
    return done;
}

bool job_run_last(struct cx *cx, struct db *db, struct job_run **out, size_t *n) {
    return runs(cx, db, SQL_JOB_RUN_LAST, NULL, 0, out, n);
}

bool job_run_list(struct cx *cx, struct db *db, int64_t job_id, int64_t before, int64_t most, struct job_run **out,
                  size_t *n) {
    const struct sql_value args[] = {sql_int(job_id), sql_int(before), sql_int(most)};
    return runs(cx, db, SQL_JOB_RUN_LIST, args, 3, out, n);
}

bool job_run_sweep(struct cx *cx, struct db *db, int64_t before_us, int64_t *n) {
    return sql_run(cx, db, SQL_JOB_RUN_SWEEP, (struct sql_value[]){sql_int(before_us)}, 1, n);
}
