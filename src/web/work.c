// SPDX-License-Identifier: Apache-2.0
/* work -- see work.h. Of several servers on one database each does a piece of work in its turn (work_turn.c). Rules and studies come after imports, so that they are of the newest facts. The thread has its own connection
 * and memory for each piece of work, so that a large import leaves nothing behind. Invariant: it never stops for what it finds;
 * what went wrong is told with the upload, or in the log.
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

enum { LOOK_S = 10, SHARED_LOOK_S = 60 };

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
    struct work *work = owner;
    work_done_set(work, (struct work_done){.busy = true, .kind = work->kind, .done = done, .total = total});
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

static struct day as_of(const struct work *work) {
    return day_is(work->config.as_of) ? work->config.as_of : work_today(work);
}

static bool import_wait(struct work *work, struct cx *cx, struct db *db, bool *waits) {
    *waits = false;
    if (work->config.folder->path.n == 0)
        return true;
    look(work, cx, db);
    *waits = work->fresh[WORK_IMPORT];
    return *waits || uploads_wait(cx, db, work->config.folder, waits);
}

/* Files that wait to be imported. */
static bool import_next(struct work *work, struct cx *cx, struct db *db, bool *did) {
    int64_t id = 0;
    const struct uploads_work how = {.folder = work->config.folder,
                                     .today = work_today(work),
                                     .clock_us = work->config.clock_us,
                                     .progress = {step, work}};
    if (work->fresh[WORK_IMPORT] && !uploads_begin(cx, db, &how))
        return false;
    bool done = uploads_next(cx, db, &how, &id);
    *did = id != 0;
    if (!*did)
        return done;
    if (!done)
        work_complain(cx);
    follow(work, cx, db);
    return true;
}

static bool rules_wait(struct work *work, struct cx *cx, struct db *db, bool *waits) {
    return policies_wait(cx, db, work->fresh[WORK_RULES], waits);
}

/* Rules that were saved and wait for their score. */
static bool rules_next(struct work *work, struct cx *cx, struct db *db, bool *did) {
    const struct policies_work how = {.as_of = as_of(work),
                                      .now_us = work->config.clock_us(),
                                      .progress = {step, work},
                                      .again = work->fresh[WORK_RULES]};
    return policies_follow(cx, db, &how, did);
}

static bool rhythm_asked(struct work *work) {
    pthread_mutex_lock(&work->lock);
    bool asked = work->rhythm;
    work->rhythm = false;
    pthread_mutex_unlock(&work->lock);
    return asked;
}

static bool study_waits(struct work *work, struct cx *cx, struct db *db, bool *waits) {
    const struct study_wish rhythm = {.kind = STUDY_CYCLE, .as_of = as_of(work), .now_us = work->config.clock_us()};
    int64_t asked = 0;
    return (!rhythm_asked(work) || study_ask(cx, db, &rhythm, &asked)) && study_wait(cx, db, waits);
}

/* A question that takes long. */
static bool study_answer(struct work *work, struct cx *cx, struct db *db, bool *did) {
    const struct study_work how = {.as_of = as_of(work),
                                   .as_of_given = day_is(work->config.as_of),
                                   .clock_us = work->config.clock_us,
                                   .progress = {step, work}};
    int64_t id = 0;
    bool done = study_next(cx, db, &how, &id);
    *did = id != 0;
    return done;
}

/* A kind of work: does something wait, and one piece of it. What failed is the log's, and is tried when somebody asks again, or at the
 * next look: *did stays false then. */
struct kind {
    bool (*wait)(struct work *work, struct cx *cx, struct db *db, bool *waits);
    bool (*next)(struct work *work, struct cx *cx, struct db *db, bool *did);
};
static const struct kind kinds[] = {[WORK_IMPORT] = {import_wait, import_next},
                                    [WORK_RULES] = {rules_wait, rules_next},
                                    [WORK_STUDY] = {study_waits, study_answer}};

/* Files are of who shares their folder, all else of who shares the database. */
static struct str turn_name(struct work *work, struct cx *cx, enum work_kind kind) {
    return kind == WORK_IMPORT  ? cx_text(cx, "import %.*s", STR_ARG(work->config.folder->place))
           : kind == WORK_RULES ? S("rules")
                                : S("study");
}

static bool in_turn(struct work *work, enum work_kind kind, struct cx *cx, struct db *db, bool *did) {
    bool waits = false, mine = false;
    struct str name = turn_name(work, cx, kind);
    if (!kinds[kind].wait(work, cx, db, &waits) || (waits && !work_turn_take(work, cx, db, name, &mine)))
        return false;
    work->refused = work->refused || (waits && !mine);
    if (!mine)
        return true;
    bool done = kinds[kind].next(work, cx, db, did);
    if (!done)
        work_complain(cx);
    work->fresh[kind] = work->fresh[kind] && !done;
    work_turn_leave(work, cx, db, name);
    *did = *did && done;
    return done;
}

/* One piece of work of a kind, with a connection and memory of its own. */
static bool one(struct work *work, enum work_kind kind) {
    struct arena arena;
    struct cx cx = {.arena = &arena};
    struct db *db = NULL;
    bool did = false;
    arena_init(&arena, 0, arena_full_exit, NULL);
    work->kind = kind;
    if (!admin_keep(&cx, work->config.db_url, WORK_WRITE_WAIT_S, NULL, &db) || !in_turn(work, kind, &cx, db, &did)) {
        work->failed = true;
        if (cx.err.code != ERR_NONE)
            work_complain(&cx);
    }
    admin_close(db);
    arena_clear(&arena);
    work_done_set(work, (struct work_done){0});
    if (did)
        (void)malloc_trim(0);
    return did;
}

static bool stops(struct work *work) {
    pthread_mutex_lock(&work->lock);
    bool stop = work->stop;
    pthread_mutex_unlock(&work->lock);
    return stop;
}

/* All kinds in turn; of one that has many waiting, one at a time. */
static bool round_of(struct work *work) {
    bool did = false;
    work->refused = work->failed = false;
    for (int kind = WORK_IMPORT; kind <= WORK_STUDY && !stops(work); kind++)
        did = one(work, (enum work_kind)kind) || did;
    return did;
}

/* Until somebody asks, or it is time to look into the watched folder, whether another server came to its end, or again at what failed. */
static void wait(struct work *work) {
    bool looks = work->config.watched.n > 0 || work->refused || work->shared || work->failed;
    int look_s = work->config.watched.n > 0 || work->refused ? LOOK_S : SHARED_LOOK_S;
    int64_t next = work->config.clock_us() + (int64_t)look_s * 1000000;
    const struct timespec at = {.tv_sec = next / 1000000, .tv_nsec = next % 1000000 * 1000};
    bool late = false;
    while (!work->poked && !work->stop && !late)
        late = looks ? pthread_cond_timedwait(&work->wanted, &work->lock, &at) == ETIMEDOUT
                     : pthread_cond_wait(&work->wanted, &work->lock) != 0;
}

static void all_fresh(struct work *work) {
    for (int kind = WORK_IMPORT; kind <= WORK_STUDY; kind++)
        work->fresh[kind] = true;
}

static void *run(void *given) {
    struct work *work = given;
    all_fresh(work);
    pthread_mutex_lock(&work->lock);
    while (!work->stop) {
        work->poked = false;
        pthread_mutex_unlock(&work->lock);
        bool again = true;
        while (again && !stops(work)) { /* those that wait are the next start's */
            again = round_of(work);
            if (!stops(work) && work_backups_turn(work)) {
                all_fresh(work);
                again = true;
            }
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
    work->holder_wake = -1;
    work->shared = admin_is_server(config->db_url);
    work->config = *config;
    work->db_url = strndup(config->db_url.n > 0 ? config->db_url.p : "", config->db_url.n);
    work->watched = strndup(config->watched.n > 0 ? config->watched.p : "", config->watched.n);
    work->backups = strndup(config->backups.n > 0 ? config->backups.p : "", config->backups.n);
    work->config.db_url = str_from(work->db_url);
    work->config.watched = str_from(work->watched);
    work->config.backups = str_from(work->backups);
    pthread_mutex_init(&work->lock, NULL);
    pthread_cond_init(&work->wanted, NULL);
    if (work->db_url != NULL && work->watched != NULL && work->backups != NULL && work_turn_start(work) &&
        pthread_create(&work->thread, NULL, run, work) == 0) {
        *out = work;
        return true;
    }
    work_turn_stop(work);
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

void work_rhythm(struct work *work) {
    pthread_mutex_lock(&work->lock);
    work->rhythm = true;
    pthread_mutex_unlock(&work->lock);
    work_poke(work);
}

void work_stop(struct work *work) {
    if (work == NULL)
        return;
    pthread_mutex_lock(&work->lock);
    work->stop = true;
    pthread_cond_signal(&work->wanted);
    pthread_mutex_unlock(&work->lock);
    (void)pthread_join(work->thread, NULL);
    work_turn_stop(work);
    free(work->backups);
    free(work->watched);
    free(work->db_url);
    free(work);
}
