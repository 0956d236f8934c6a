// SPDX-License-Identifier: Apache-2.0
/* work_turn -- of several servers on one database one does a kind of work at a time; while it does, a thread of its own says that it
 * lives.
 */
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/admin.h"
#include "app/turns.h"
#include "base/process.h"
#include "web/work_parts.h"

static void holding_set(struct work *work, bool holding) {
    pthread_mutex_lock(&work->lock);
    work->holding = holding;
    pthread_mutex_unlock(&work->lock);
}

bool work_turn_take(struct work *work, struct cx *cx, struct db *db, struct str name, bool *mine) {
    bool done = turns_take(cx, db, name, work->who, work->config.clock_us(), mine);
    holding_set(work, done && *mine);
    return done;
}

void work_turn_leave(struct work *work, struct cx *cx, struct db *db, struct str name) {
    holding_set(work, false);
    if (!turns_leave(cx, db, name, work->who))
        work_complain(cx); /* it is this process's until its lease is over, and the others wait so long */
}

/* Where it cannot be said, because the work itself is writing, nobody else can take it either; the next minute says it. */
static void hold(struct work *work) {
    struct arena arena;
    struct cx cx = {.arena = &arena};
    struct db *db = NULL;
    arena_init(&arena, 0, arena_full_exit, NULL);
    if (admin_keep(&cx, work->config.db_url, WORK_WRITE_WAIT_S, NULL, &db))
        (void)turns_hold(&cx, db, work->who, work->config.clock_us());
    admin_close(db);
    arena_clear(&arena);
}

static void *hold_run(void *given) {
    struct work *work = given;
    struct pollfd on = {.fd = work->holder_wake, .events = POLLIN};
    while (!work->over) {
        (void)poll(&on, 1, TURNS_HOLD_S * 1000);
        pthread_mutex_lock(&work->lock);
        bool holding = work->holding;
        pthread_mutex_unlock(&work->lock);
        if (holding && !work->over)
            hold(work);
    }
    return NULL;
}

bool work_turn_start(struct work *work) {
    arena_init(&work->kept, 0, arena_full_exit, NULL);
    work->who = process_name(&work->kept);
    work->holder_wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    work->holds = work->holder_wake >= 0 && pthread_create(&work->holder, NULL, hold_run, work) == 0;
    return work->holds;
}

void work_turn_stop(struct work *work) {
    const uint64_t one = 1;
    work->over = true;
    if (work->holds && write(work->holder_wake, &one, sizeof one) == (ssize_t)sizeof one)
        (void)pthread_join(work->holder, NULL);
    if (work->holder_wake >= 0)
        (void)close(work->holder_wake);
    arena_clear(&work->kept);
}
