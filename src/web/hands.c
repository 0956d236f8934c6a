// SPDX-License-Identifier: Apache-2.0
/* hands -- see the header. Each look and each job has memory and a connection of its own, so that nothing that is found stops a hand. */
#include "web/hands.h"

#include <errno.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/admin.h"
#include "app/daily.h"
#include "web/jobs.h"

enum { HANDS = 2, LOOK_S = 20, WRITE_WAIT_S = 40 };
#define SECOND_US INT64_C(1000000)

struct hand {
    struct hands *hands;
    pthread_t thread;
    int wake;
    bool first; /* of them, which looks for everybody */
    bool complained;
};

struct hands {
    struct hands_config config;
    struct jobs jobs;
    struct arena kept;
    struct hand hand[HANDS];
    size_t started;
    pthread_t holder;
    int holder_wake;
    bool holds;
    atomic_bool over;     /* nothing is under way any more */
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t idle;
    size_t busy;
    bool closed;
    atomic_bool stop;
};

/* ---- waiting ---- */

/* For so long, or until somebody wakes; by poll, whose time is not of the clock on the wall. */
static void sleep_until(int wake, int64_t wait_us) {
    struct pollfd on = {.fd = wake, .events = POLLIN};
    uint64_t woken;
    if (poll(&on, 1, (int)(wait_us / 1000) + 1) > 0 && read(wake, &woken, sizeof woken) < 0)
        woken = 0; /* it was read already */
}

static void wake(int fd) {
    const uint64_t one = 1;
    if (write(fd, &one, sizeof one) < 0)
        return; /* it wakes already */
}

static bool stops(void *owner) {
    const struct hands *hands = owner;
    return hands->stop;
}

/* ---- one look ---- */

static void complain(struct hand *hand, struct cx *cx) {
    struct str text = catalog_error(cx->arena, LANG_EN, &cx->err);
    if (!hand->complained)
        fprintf(stderr, "reativa: %.*s %s\n", STR_ARG(text), cx->err.detail);
    hand->complained = true;
    cx_clear(cx);
}

/* The score is also due when files came, or customers are to change hands today. */
static bool score_look(struct cx *cx, struct db *db, const struct jobs *jobs) {
    const struct job_world *world = jobs->world;
    int64_t now_us = world->clock_us();
    struct day today = schedule_local(now_us, world->utc_offset_s).day;
    const struct daily_wish wish = {
        .as_of = day_is(world->as_of) ? world->as_of : today, .today = today, .now_us = now_us};
    bool wanting;
    return daily_look(cx, db, &wish, &wanting) && (!wanting || jobs_nudge(cx, db, S("score"), now_us));
}

static bool enter(struct hands *hands) {
    pthread_mutex_lock(&hands->lock);
    bool may = !hands->closed && !hands->stop;
    hands->busy += may;
    pthread_mutex_unlock(&hands->lock);
    return may;
}

static void leave(struct hands *hands) {
    pthread_mutex_lock(&hands->lock);
    hands->busy--;
    pthread_cond_broadcast(&hands->idle);
    pthread_mutex_unlock(&hands->lock);
}

/* What a job could not do is noted with it; the log has the words of the database or the system besides. */
static void failed_say(struct cx *cx, const struct jobs_task *task) {
    if (task->run.result != JOB_FAILED)
        return;
    struct str text = catalog_error(cx->arena, LANG_EN, &cx->err);
    fprintf(stderr, "reativa: job %.*s: %.*s %s\n", STR_ARG(task->job.name), STR_ARG(text), cx->err.detail);
    cx_clear(cx);
}

/* *did: something was due, and more may be. */
static bool look(struct hand *hand, struct cx *cx, struct db *db, bool looks, bool *did, int64_t *next_us) {
    const struct jobs *jobs = &hand->hands->jobs;
    struct jobs_task task;
    if (!jobs_begin(cx, db, jobs) || !jobs_usual(cx, db, jobs->world) || (looks && !score_look(cx, db, jobs)) ||
        !jobs_take(cx, db, jobs, (struct str){0}, did, &task, next_us))
        return false;
    if (!*did)
        return true;
    bool noted = jobs_run_one(cx, db, jobs, &task);
    failed_say(cx, &task);
    return noted;
}

static bool look_once(struct hand *hand, bool looks, int64_t *next_us) {
    struct arena arena;
    struct cx cx = {.arena = &arena};
    struct db *db = NULL;
    bool did = false;
    *next_us = INT64_MAX;
    if (!enter(hand->hands))
        return false;
    arena_init(&arena, 0, arena_full_exit, NULL);
    if (!admin_keep(&cx, hand->hands->jobs.db_url, WRITE_WAIT_S, NULL, &db) ||
        !look(hand, &cx, db, looks, &did, next_us)) {
        complain(hand, &cx);
        did = false;
    } else {
        hand->complained = false;
    }
    admin_close(db);
    arena_clear(&arena);
    leave(hand->hands);
    if (did)
        (void)malloc_trim(0); /* a score of many customers takes memory that pages never need */
    return did;
}

static void *hand_run(void *given) {
    struct hand *hand = given;
    struct hands *hands = hand->hands;
    while (!hands->stop) {
        int64_t next_us, look_us = LOOK_S * SECOND_US;
        if (look_once(hand, hand->first, &next_us))
            continue;
        int64_t left_us = next_us == INT64_MAX ? look_us : next_us - hands->config.world.clock_us();
        if (!hands->stop)
            sleep_until(hand->wake, left_us > look_us ? look_us : left_us > 0 ? left_us : 0);
    }
    return NULL;
}

/* ---- what is under way is still held ---- */

static void hold(struct hands *hands) {
    struct arena arena;
    struct cx cx = {.arena = &arena};
    struct db *db = NULL;
    arena_init(&arena, 0, arena_full_exit, NULL);
    /* Where it cannot be said, because a job is writing, nobody else can take it either; the next minute says it. */
    if (admin_keep(&cx, hands->jobs.db_url, WRITE_WAIT_S, NULL, &db))
        (void)jobs_hold(&cx, db, &hands->jobs);
    admin_close(db);
    arena_clear(&arena);
}

static void *hold_run(void *given) {
    struct hands *hands = given;
    while (!hands->over) {
        sleep_until(hands->holder_wake, JOBS_HOLD_S * SECOND_US);
        pthread_mutex_lock(&hands->lock);
        bool busy = hands->busy > 0;
        pthread_mutex_unlock(&hands->lock);
        if (busy && !hands->over)
            hold(hands);
    }
    return NULL;
}

/* ---- the whole ---- */

static struct hands *hands_new(const struct hands_config *config) {
    struct hands *hands = calloc(1, sizeof *hands);
    if (hands == NULL)
        return NULL;
    arena_init(&hands->kept, 0, arena_full_exit, NULL);
    pthread_mutex_init(&hands->lock, NULL);
    pthread_cond_init(&hands->idle, NULL);
    hands->holder_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    for (size_t i = 0; i < HANDS; i++)
        hands->hand[i] = (struct hand){.hands = hands, .wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), .first = i == 0};
    hands->config = *config;
    struct job_world *world = &hands->config.world;
    world->version = str_copy(&hands->kept, world->version);
    world->backups = str_copy(&hands->kept, world->backups);
    world->secrets = str_copy(&hands->kept, world->secrets);
    world->stops = stops;
    world->owner = hands;
    hands->jobs = (struct jobs){.world = world,
                                .defs = job_defs,
                                .db_url = str_copy(&hands->kept, config->db_url),
                                .who = jobs_who(&hands->kept),
                                .user = str_copy(&hands->kept, config->user)};
    return hands;
}

void hands_stop(struct hands *hands) {
    if (hands == NULL)
        return;
    hands->stop = true;
    hands_poke(hands);
    for (size_t i = 0; i < hands->started; i++)
        (void)pthread_join(hands->hand[i].thread, NULL);
    hands->over = true;
    wake(hands->holder_wake);
    if (hands->holds)
        (void)pthread_join(hands->holder, NULL);
    for (size_t i = 0; i < HANDS; i++)
        (void)close(hands->hand[i].wake);
    (void)close(hands->holder_wake);
    arena_clear(&hands->kept);
    free(hands);
}

bool hands_start(struct cx *cx, const struct hands_config *config, struct hands **out) {
    struct hands *hands = hands_new(config);
    if (hands == NULL)
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    bool good = hands->holder_wake >= 0;
    for (size_t i = 0; i < HANDS; i++)
        good = good && hands->hand[i].wake >= 0;
    good = good && (hands->holds = pthread_create(&hands->holder, NULL, hold_run, hands) == 0);
    for (; hands->started < HANDS && good; hands->started += good)
        good = pthread_create(&hands->hand[hands->started].thread, NULL, hand_run, &hands->hand[hands->started]) == 0;
    *out = good ? hands : NULL;
    if (good)
        return true;
    hands_stop(hands);
    return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
}

const struct jobs *hands_jobs(const struct hands *hands) {
    return &hands->jobs;
}

void hands_poke(struct hands *hands) {
    for (size_t i = 0; i < HANDS; i++)
        wake(hands->hand[i].wake);
}

bool hands_gate(struct hands *hands, bool closed, int wait_s) {
    if (hands == NULL)
        return true;
    const struct timespec at = {.tv_sec = hands->config.world.clock_us() / SECOND_US + wait_s};
    bool late = false;
    pthread_mutex_lock(&hands->lock);
    hands->closed = closed;
    while (closed && hands->busy > 0 && !late)
        late = pthread_cond_timedwait(&hands->idle, &hands->lock, &at) == ETIMEDOUT;
    bool idle = hands->busy == 0;
    hands->closed = closed && idle;
    pthread_mutex_unlock(&hands->lock);
    if (!closed)
        hands_poke(hands);
    return !closed || idle;
}

/* ---- for a command ---- */

static bool never_stops(void *owner) {
    (void)owner;
    return false;
}

static bool do_all(struct cx *cx, struct hands *hands, struct db *db, struct str only, hands_told *told, void *owner,
                   size_t *n) {
    bool found = true, good = jobs_begin(cx, db, &hands->jobs) && jobs_usual(cx, db, hands->jobs.world);
    if (only.n == 0)
        good = good && score_look(cx, db, &hands->jobs);
    while (good && found) {
        struct jobs_task task;
        int64_t next_us;
        good = jobs_take(cx, db, &hands->jobs, only, &found, &task, &next_us);
        if (!good || !found)
            break;
        good = jobs_run_one(cx, db, &hands->jobs, &task) && (only.n == 0 || task.run.result == JOB_DONE);
        ++*n;
        told(owner, &task);
        if (only.n > 0)
            break;
        cx_clear(cx);
    }
    return good;
}

bool hands_do(struct cx *cx, const struct hands_config *config, struct str only, hands_told *told, void *owner,
              size_t *n) {
    struct hands *hands = hands_new(config);
    struct db *db = NULL;
    *n = 0;
    if (hands == NULL)
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    hands->config.world.stops = never_stops;
    hands->busy = 1;
    hands->holds = pthread_create(&hands->holder, NULL, hold_run, hands) == 0;
    bool good =
        admin_keep(cx, hands->jobs.db_url, WRITE_WAIT_S, NULL, &db) && do_all(cx, hands, db, only, told, owner, n);
    admin_close(db);
    leave(hands);
    hands_stop(hands);
    return good;
}
