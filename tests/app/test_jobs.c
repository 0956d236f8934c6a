// SPDX-License-Identifier: Apache-2.0
/* Jobs: who takes one and when, by a clock that the test moves: missed moments, failures, processes that are gone, clocks that jump. Two
 * connections stand for two processes.
 */
#include "../store/fixture.h"

#include "app/jobs.h"
#include "app/workdays.h"
#include "store/setting.h"

#define MINUTE INT64_C(60000000)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
/* Monday, 2 March 2026, midnight of a clock three hours behind UTC. */
#define MONDAY (INT64_C(20514) * DAY + 3 * HOUR)

static struct fixture *fixture;
static int64_t clock_now;
static int ran;
static bool fails, idle;

static int64_t clock_us(void) {
    return clock_now;
}
static int32_t offset_s(int64_t at_us) {
    (void)at_us;
    return -3 * 3600;
}
static bool run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said) {
    (void)db;
    (void)at;
    ran++;
    *said = idle ? jobs_say(cx, S("job.none")) : jobs_say(cx, S("job.unknown"), cx_text(cx, "%lld", (long long)id));
    return !fails || cx_fail(cx, ERR_IO, S("job.busy"), S("a"), S("b"));
}

static const struct job_world world = {.clock_us = clock_us, .utc_offset_s = offset_s, .as_of = {INT32_MIN}};
static const struct job_def morning = {.name = "morning", .usual = "workdays 07:30", .run = run},
                            often = {.name = "often", .usual = "every 10m", .paused = true, .run = run},
                            alert = {.name = "alert", .run = run};
static const struct job_def *const defs[] = {&morning, &often, &alert, NULL};
static struct jobs one = {.world = &world, .defs = defs, .who = {"one", 3}},
                   two = {.world = &world, .defs = defs, .who = {"two", 3}};

static int start(void **state) {
    fixture_ready(state);
    fixture = *state;
    clock_now = MONDAY + 6 * HOUR;
    ran = 0;
    fails = idle = false;
    fixture_good(fixture, jobs_begin(&fixture->cx, fixture->db, &one));
    return 0;
}

static bool take(const struct jobs *jobs, struct jobs_task *task, int64_t *next_us) {
    bool found;
    fixture_good(fixture, jobs_take(&fixture->cx, fixture->db, jobs, (struct str){0}, &found, task, next_us));
    return found;
}
static void nothing_due(void) {
    struct jobs_task task;
    int64_t next_us;
    assert_false(take(&one, &task, &next_us));
    assert_true(next_us > clock_now);
}
static struct jobs_task taken(const struct jobs *jobs) {
    struct jobs_task task = {0};
    int64_t next_us;
    assert_true(take(jobs, &task, &next_us));
    return task;
}
static void done(const struct jobs *jobs, struct jobs_task *task) {
    fixture_good(fixture, jobs_run_one(&fixture->cx, fixture->db, jobs, task));
    cx_clear(&fixture->cx);
}
static struct job job_called(const char *name) {
    struct job job = {0};
    bool found;
    fixture_good(fixture, job_find_name(&fixture->cx, fixture->db, str_from(name), &found, &job));
    assert_true(found);
    return job;
}
static void keep(const char *name, const char *schedule, bool on) {
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_good(fixture, jobs_keep(&fixture->cx, fixture->db, str_from(name), str_from(schedule), on));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
}
static size_t runs_of(const char *name, struct job_run **out) {
    size_t n;
    fixture_good(fixture, job_run_list(&fixture->cx, fixture->db, job_called(name).id, INT64_MAX, 1000, out, &n));
    return n;
}

static void job_is_done_at_its_moment_and_then_waits_for_the_next(void **state) {
    (void)state;
    nothing_due();
    assert_int_equal(job_called("morning").due_us, MONDAY + 7 * HOUR + 30 * MINUTE);
    clock_now = MONDAY + 7 * HOUR + 30 * MINUTE;
    struct jobs_task task = taken(&one);
    assert_int_equal(task.run.due_us, clock_now);
    assert_int_equal(task.run.missed, 0);
    clock_now += 3 * MINUTE;
    done(&one, &task);
    assert_int_equal(job_called("morning").due_us, MONDAY + DAY + 7 * HOUR + 30 * MINUTE);
    nothing_due();
    struct job_run *run_of;
    assert_int_equal(runs_of("morning", &run_of), 1);
    assert_int_equal(run_of->result, JOB_DONE);
    assert_int_equal(run_of->ended_us - run_of->began_us, 3 * MINUTE);
    assert_true(str_equal(jobs_said(fixture->cx.arena, LANG_EN, run_of->said), S("There is no job called 0.")));
}

static void job_under_way_is_not_begun_again_by_anybody(void **state) {
    struct jobs_task task, other;
    int64_t next_us;
    (void)state;
    clock_now = MONDAY + 8 * HOUR;
    nothing_due(); /* the moment is past: it waits for Tuesday */
    clock_now = MONDAY + DAY + 7 * HOUR + 31 * MINUTE;
    task = taken(&one);
    assert_false(take(&two, &other, &next_us));
    assert_false(take(&one, &other, &next_us));
    for (int i = 0; i < 30 * 15; i++) { /* past the next moment, held all the time */
        clock_now += 4 * MINUTE;
        fixture_good(fixture, jobs_hold(&fixture->cx, fixture->db, &one));
    }
    assert_false(take(&two, &other, &next_us));
    bool found;
    assert_false(jobs_take(&fixture->cx, fixture->db, &two, S("morning"), &found, &other, &next_us));
    assert_true(str_equal(fixture->cx.err.key, S("job.busy")));
    cx_clear(&fixture->cx);
    done(&one, &task);
    assert_int_equal(job_called("morning").due_us, MONDAY + 3 * DAY + 7 * HOUR + 30 * MINUTE);
    assert_int_equal(ran, 1);
}

static void job_missed_for_days_is_done_once_and_late(void **state) {
    struct job_run *run_of;
    (void)state;
    nothing_due();
    clock_now = MONDAY + 9 * DAY + 12 * HOUR; /* from Monday to the Wednesday of the week after: 7 more working days */
    struct jobs_task task = taken(&one);
    done(&one, &task);
    nothing_due();
    assert_int_equal(ran, 1);
    assert_int_equal(runs_of("morning", &run_of), 1);
    assert_int_equal(run_of->due_us, MONDAY + 7 * HOUR + 30 * MINUTE);
    assert_int_equal(run_of->missed, 7);
}

static void job_whose_process_is_gone_is_done_by_another(void **state) {
    struct jobs_task task, other;
    int64_t next_us;
    struct job_run *run_of;
    (void)state;
    nothing_due();
    clock_now = MONDAY + 7 * HOUR + 30 * MINUTE;
    task = taken(&one);
    clock_now += 4 * MINUTE;
    assert_false(take(&two, &other, &next_us));
    clock_now += 2 * MINUTE;
    other = taken(&two);
    done(&one, &task); /* it was only slow: what it says counts no more for the job */
    assert_true(str_equal(job_called("morning").lease_by, S("two")));
    done(&two, &other);
    assert_int_equal(runs_of("morning", &run_of), 2);
    assert_int_equal(run_of[1].result, JOB_BROKEN);
    assert_int_equal(run_of[0].result, JOB_DONE);
    nothing_due();
}

static void job_that_kills_its_process_is_given_up_until_its_next_moment(void **state) {
    struct jobs_task task;
    int64_t next_us;
    int taken_times = 0;
    (void)state;
    nothing_due();
    clock_now = MONDAY + 7 * HOUR + 30 * MINUTE;
    for (int i = 0; i < 10; i++, clock_now += 6 * MINUTE)
        taken_times += take(&one, &task, &next_us);
    assert_int_equal(taken_times, 3);
    assert_int_equal(job_called("morning").due_us, MONDAY + DAY + 7 * HOUR + 30 * MINUTE);
}

static void job_that_fails_is_tried_again_but_not_for_ever(void **state) {
    struct jobs_task task;
    int64_t next_us;
    struct job_run *run_of;
    (void)state;
    nothing_due();
    fails = true;
    for (clock_now = MONDAY + 7 * HOUR + 30 * MINUTE; clock_now < MONDAY + DAY; clock_now += 5 * MINUTE)
        if (take(&one, &task, &next_us))
            done(&one, &task);
    assert_int_equal(ran, 4); /* at once, and after 5, 15 and 60 minutes */
    assert_int_equal(runs_of("morning", &run_of), 4);
    assert_int_equal(run_of->result, JOB_FAILED);
    assert_true(str_starts(run_of->said, S("job.busy")));
    fails = false;
    clock_now = MONDAY + DAY + 7 * HOUR + 30 * MINUTE;
    task = taken(&one);
    done(&one, &task);
    assert_int_equal(job_called("morning").tries, 0);
}

static void job_asked_for_is_done_at_once_and_keeps_its_moment(void **state) {
    struct jobs_task task;
    bool found;
    int64_t next_us;
    (void)state;
    nothing_due();
    int64_t due_us = job_called("morning").due_us;
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_good(fixture, job_ask(&fixture->cx, fixture->db, job_called("often").id, clock_now, S("ana")));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    task = taken(&one); /* though it is paused */
    assert_true(str_equal(task.job.name, S("often")));
    assert_true(str_equal(task.run.asked_by, S("ana")));
    done(&one, &task);
    nothing_due();
    fixture_good(fixture, jobs_take(&fixture->cx, fixture->db, &two, S("morning"), &found, &task, &next_us));
    done(&two, &task);
    assert_int_equal(job_called("morning").due_us, due_us);
    assert_false(jobs_take(&fixture->cx, fixture->db, &two, S("nothing"), &found, &task, &next_us));
    assert_true(str_equal(fixture->cx.err.key, S("job.unknown")));
    cx_clear(&fixture->cx);
}

static void clock_that_goes_back_does_nothing_twice_and_stops_nothing(void **state) {
    struct jobs_task task;
    (void)state;
    nothing_due();
    clock_now = MONDAY + 7 * HOUR + 30 * MINUTE;
    task = taken(&one);
    done(&one, &task);
    clock_now -= HOUR;
    nothing_due();
    clock_now += HOUR + 5 * MINUTE; /* 07:35 for the second time */
    nothing_due();
    clock_now = MONDAY + 400 * DAY; /* somebody set the year wrong; Tuesday's is done there */
    task = taken(&one);
    done(&one, &task);
    clock_now = MONDAY + DAY; /* and mended it */
    nothing_due();
    assert_int_equal(job_called("morning").due_us, MONDAY + 2 * DAY + 7 * HOUR + 30 * MINUTE);
    clock_now = MONDAY + 2 * DAY + 7 * HOUR + 30 * MINUTE;
    task = taken(&one);
    clock_now -= 300 * DAY; /* it goes back while somebody holds it, and that process dies */
    struct jobs_task other;
    int64_t next_us;
    fixture_good(fixture, jobs_begin(&fixture->cx, fixture->db, &two));
    (void)take(&two, &other, &next_us);
    assert_true(job_called("morning").due_us <= clock_now + 3 * DAY);
    assert_int_equal(ran, 2);
}

static void every_few_minutes_follows_the_clock_back(void **state) {
    struct jobs_task task;
    (void)state;
    keep("often", "every 10m", true);
    keep("morning", "workdays 07:30", false);
    nothing_due();
    clock_now += 10 * MINUTE;
    task = taken(&one);
    done(&one, &task);
    clock_now -= 5 * HOUR;
    nothing_due();
    clock_now += 10 * MINUTE;
    task = taken(&one);
    done(&one, &task);
}

static void job_waits_for_what_the_calendar_says_now(void **state) {
    (void)state;
    nothing_due();
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    fixture_good(fixture, setting_put(&fixture->cx, fixture->db, S("workdays"), S("sat")));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    nothing_due();
    assert_int_equal(job_called("morning").due_us, MONDAY + 5 * DAY + 7 * HOUR + 30 * MINUTE);
}

static void job_is_kept_changed_paused_and_dropped(void **state) {
    struct jobs_task task;
    struct job_run *run_of;
    (void)state;
    keep("alert:12", "mon 08:00", true);
    nothing_due();
    clock_now = MONDAY + 8 * HOUR;
    task = taken(&one); /* morning was due before */
    done(&one, &task);
    task = taken(&one);
    assert_int_equal(task.id, 12);
    keep("alert:12", "mon 09:00", true); /* while it is under way */
    done(&one, &task);
    nothing_due();
    assert_int_equal(job_called("alert:12").due_us, MONDAY + 9 * HOUR);
    keep("alert:12", "mon 09:00", false);
    clock_now = MONDAY + 20 * DAY;
    task = taken(&one);
    assert_true(str_equal(task.job.name, S("morning")));
    done(&one, &task);
    nothing_due();
    keep("alert:12", "mon 09:00", true); /* nothing of the time it was off is made up for */
    nothing_due();
    assert_int_equal(runs_of("alert:12", &run_of), 1);
    fixture_good(fixture, db_write(&fixture->cx, fixture->db));
    assert_false(jobs_keep(&fixture->cx, fixture->db, S("alert:13"), S("now and then"), true));
    assert_true(str_equal(fixture->cx.err.key, S("job.bad_schedule")));
    cx_clear(&fixture->cx);
    fixture_good(fixture, jobs_drop(&fixture->cx, fixture->db, S("alert:12")));
    fixture_good(fixture, db_commit(&fixture->cx, fixture->db));
    assert_string_equal(fixture_raw(fixture, "SELECT count(*) FROM job_run r WHERE NOT EXISTS "
                                             "(SELECT 1 FROM job j WHERE j.id = r.job_id)"),
                        "0\n");
}

static void nudged_job_is_due_now_unless_it_waits_after_a_failure(void **state) {
    struct jobs_task task;
    (void)state;
    nothing_due();
    fixture_good(fixture, jobs_nudge(&fixture->cx, fixture->db, S("morning"), clock_now));
    fails = true;
    task = taken(&one);
    done(&one, &task);
    fixture_good(fixture, jobs_nudge(&fixture->cx, fixture->db, S("morning"), clock_now));
    nothing_due();
    fixture_good(fixture, jobs_nudge(&fixture->cx, fixture->db, S("often"), clock_now)); /* paused */
    nothing_due();
}

static void old_runs_go_but_the_last_of_a_job(void **state) {
    struct job_run *run_of;
    int64_t n;
    (void)state;
    nothing_due();
    for (int day = 0; day < 3; day++) {
        clock_now = MONDAY + day * DAY + 8 * HOUR;
        struct jobs_task task = taken(&one);
        done(&one, &task);
    }
    fixture_good(fixture, jobs_sweep(&fixture->cx, fixture->db, MONDAY + 200 * DAY, &n));
    assert_int_equal(n, 2);
    assert_int_equal(runs_of("morning", &run_of), 1);
    assert_int_equal(run_of->began_us, MONDAY + 2 * DAY + 8 * HOUR);
}

/* One run of a job that is there every ten minutes, `minutes` after the last. */
static void often_done(int64_t minutes, bool nothing) {
    clock_now += minutes * MINUTE;
    idle = nothing;
    struct jobs_task task = taken(&one);
    done(&one, &task);
}

static void of_frequent_runs_that_found_nothing_only_the_last_is_kept(void **state) {
    struct job_run *run_of;
    (void)state;
    keep("morning", "daily 07:30", false);
    keep("often", "every 10m", true);
    nothing_due();
    for (int i = 0; i < 5; i++)
        often_done(10, true);
    assert_int_equal(runs_of("often", &run_of), 1);
    assert_int_equal(run_of->began_us, clock_now);
    often_done(10, false); /* this one did something */
    often_done(10, false);
    often_done(10, true);
    often_done(10, true);
    assert_int_equal(runs_of("often", &run_of), 4);
    often_done(45, true); /* the machine was off */
    often_done(10, true);
    assert_int_equal(runs_of("often", &run_of), 6);
    assert_int_equal(run_of[1].missed, 3);
    fails = true;
    often_done(10, true);
    fails = false;
    assert_int_equal(runs_of("often", &run_of), 7);
    keep("often", "every 10m", false);
    keep("morning", "daily 07:30", true);
    nothing_due();
    for (int i = 0; i < 3; i++)
        often_done(24 * 60, true); /* of a job of every day each is kept */
    assert_int_equal(runs_of("morning", &run_of), 3);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, start, fixture_done)

int main(void) {
    const struct CMUnitTest tests[] = {
        CASE(job_is_done_at_its_moment_and_then_waits_for_the_next),
        CASE(job_under_way_is_not_begun_again_by_anybody),
        CASE(job_missed_for_days_is_done_once_and_late),
        CASE(job_whose_process_is_gone_is_done_by_another),
        CASE(job_that_kills_its_process_is_given_up_until_its_next_moment),
        CASE(job_that_fails_is_tried_again_but_not_for_ever),
        CASE(job_asked_for_is_done_at_once_and_keeps_its_moment),
        CASE(clock_that_goes_back_does_nothing_twice_and_stops_nothing),
        CASE(every_few_minutes_follows_the_clock_back),
        CASE(job_waits_for_what_the_calendar_says_now),
        CASE(job_is_kept_changed_paused_and_dropped),
        CASE(old_runs_go_but_the_last_of_a_job),
        CASE(of_frequent_runs_that_found_nothing_only_the_last_is_kept),
        CASE(nudged_job_is_due_now_unless_it_waits_after_a_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
