// SPDX-License-Identifier: Apache-2.0
/* work -- see work.h. The thread has its own connection and memory for each piece of work, so that a large import leaves nothing
 * behind. Invariant: it never stops for what it finds; what went wrong is told with the upload, or in the log.
 */
#include "web/work.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "app/admin.h"
#include "app/daily.h"
#include "app/watched.h"
#include "base/catalog.h"
#include "web/work_parts.h"

enum { LOOK_S = 10, BACKUPS_LOOK_S = 60 };

void work_done_set(struct work *work, struct work_done done) {
    pthread_mutex_lock(&work->lock);
    work->done = done;
    pthread_mutex_unlock(&work->lock);
}

struct work_done work_done(struct work *work) {
    pthread_mutex_lock(&work->lock);
    struct work_done done = work->done;
    pthread_mutex_unlock(&work->lock);
    return done;
}

static void step(void *owner, struct str what, uint64_t done, uint64_t total) {
    (void)what;
    work_done_set(owner, (struct work_done){.busy = true, .done = done, .total = total});
}

struct day work_today(const struct work *work) {
    int64_t now_us = work->config.clock_us();
    return (struct day){(int32_t)((now_us / 1000000 + work->config.utc_offset_s(now_us)) / 86400)};
}

void work_complain(struct cx *cx) {
    struct str text = catalog_error(cx->arena, LANG_EN, &cx->err);
    fprintf(stderr, "reativa: %.*s %s\n", STR_ARG(text), cx->err.detail);
    cx_clear(cx);
}

/* What was imported is soon in every list, without waiting for the next look. */
static void follow(struct work *work, struct cx *cx, struct db *db) {
    struct day now = work_today(work);
    const struct daily_wish wish = {.as_of = day_is(work->config.as_of) ? work->config.as_of : now,
                                    .today = now,
                                    .now_us = work->config.clock_us()};
    work_done_set(work, (struct work_done){.busy = true, .scoring = true});
    if (!daily_follow(cx, db, &wish))
        work_complain(cx);
}

/* Files that another program dropped. */
static void look(struct work *work, struct cx *cx, struct db *db) {
    size_t taken = 0;
    if (work->config.watched.n > 0 &&
        !watched_take(cx, db, work->config.folder, work->config.watched, work->config.clock_us(), &taken))
        work_complain(cx); /* the next look tries again; those that came stay asked for */
}

static bool one(struct work *work, bool first) {
    struct arena arena;
    struct cx cx = {.arena = &arena};
    struct db *db = NULL;
    int64_t id = 0;
    arena_init(&arena, 0, arena_full_exit, NULL);
    const struct uploads_work how = {.folder = work->config.folder,
                                     .today = work_today(work),
                                     .clock_us = work->config.clock_us,
                                     .progress = {step, work}};
    bool done = admin_open(&cx, work->config.db_url, &db) && (!first || uploads_begin(&cx, db, &how));
    if (done)
        look(work, &cx, db);
    if (!done || !uploads_next(&cx, db, &how, &id))
        work_complain(&cx);
    if (id != 0)
        follow(work, &cx, db);
    admin_close(db);
    arena_clear(&arena);
    work_done_set(work, (struct work_done){0});
    if (id != 0)
        (void)malloc_trim(0);
    return id != 0;
}

/* Until somebody asks, or it is time to look into the watched folder, or whether it is time for the nightly restore point. */
static void wait(struct work *work) {
    bool watches = work->config.watched.n > 0;
    int64_t next = work->config.clock_us() + (int64_t)(watches ? LOOK_S : BACKUPS_LOOK_S) * 1000000;
    const struct timespec at = {.tv_sec = next / 1000000, .tv_nsec = next % 1000000 * 1000};
    bool late = false;
    while (!work->poked && !work->stop && !late)
        late = watches || work->config.backups.n > 0
                   ? pthread_cond_timedwait(&work->wanted, &work->lock, &at) == ETIMEDOUT
                   : pthread_cond_wait(&work->wanted, &work->lock) != 0;
}

static bool stops(struct work *work) {
    pthread_mutex_lock(&work->lock);
    bool stop = work->stop;
    pthread_mutex_unlock(&work->lock);
    return stop;
}

static void *run(void *given) {
    struct work *work = given;
    bool first = true;
    pthread_mutex_lock(&work->lock);
    while (!work->stop) {
        work->poked = false;
        pthread_mutex_unlock(&work->lock);
        bool came = true;
        while ((came || first) && !stops(work)) { /* those that wait are the next start's */
            came = one(work, first);
            first = !stops(work) && work_backups_turn(work);
        }
        pthread_mutex_lock(&work->lock);
        wait(work);
    }
    pthread_mutex_unlock(&work->lock);
    return NULL;
}

bool work_start(struct cx *cx, const struct work_config *config, struct work **out) {
    struct work *work = calloc(1, sizeof *work);
    *out = NULL;
    if (work == NULL)
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    work->config = *config;
    work->db_url = strndup(config->db_url.n > 0 ? config->db_url.p : "", config->db_url.n);
    work->watched = strndup(config->watched.n > 0 ? config->watched.p : "", config->watched.n);
    work->backups = strndup(config->backups.n > 0 ? config->backups.p : "", config->backups.n);
    work->config.db_url = str_from(work->db_url);
    work->config.watched = str_from(work->watched);
    work->config.backups = str_from(work->backups);
    work->started_us = config->clock_us();
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->wanted, NULL);
    if (work->db_url != NULL && work->watched != NULL && work->backups != NULL &&
        pthread_create(&work->thread, NULL, run, work) == 0) {
        *out = work;
        return true;
    }
    free(work->backups);
    free(work->watched);
    free(work->db_url);
    free(work);
    return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
}

void work_poke(struct work *work) {
    pthread_mutex_lock(&work->lock);
    work->poked = true;
    pthread_cond_signal(&work->wanted);
    pthread_mutex_unlock(&work->lock);
}

void work_stop(struct work *work) {
    if (work == NULL)
        return;
    pthread_mutex_lock(&work->lock);
    work->stop = true;
    pthread_cond_signal(&work->wanted);
    pthread_mutex_unlock(&work->lock);
    (void)pthread_join(work->thread, NULL);
    free(work->backups);
    free(work->watched);
    free(work->db_url);
    free(work);
}
