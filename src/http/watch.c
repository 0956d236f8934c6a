// SPDX-License-Identifier: Apache-2.0
/* watch -- connections that take too long are shut.
 *
 * The library's own time-out is of silence only: a header that comes a byte a second is never cut. So each connection is kept
 * here with what it is doing since when, and one thread looks once a second. It only shuts the socket down; the library then
 * finds it closed and cleans up. Invariant: a socket is shut down only while it is in the list, which the library's callback
 * takes it out of before the number can be used again.
 */
#include <stdlib.h>
#include <sys/socket.h>

#include "http/server_parts.h"

enum { LOOK_US = 1000000, GONE_US = 3000000 };

static int64_t patience_us(const struct watch *watch, enum watch_state state) {
    switch (state) {
    case WATCH_IDLE:
        return (int64_t)HTTP_IDLE_S * 1000000;
    case WATCH_READING:
        return (int64_t)watch->deadline_s * 1000000;
    case WATCH_UPLOADING: /* since the last piece that was worth a move */
        return (int64_t)HTTP_UPLOAD_S * 1000000;
    case WATCH_SENDING:
        return (int64_t)HTTP_SEND_S * 1000000;
    case WATCH_ANSWERING:
        break;
    }
    return INT64_MAX;
}

/* The library reads until nothing is left and then waits for news; an end that came along with the last bytes is no news. So who
 * hung up in the middle of a request is found here. */
static bool is_gone(const struct watched *w, int64_t now) {
    char next;
    bool reading = w->state == WATCH_READING || w->state == WATCH_UPLOADING;
    return reading && now - w->since_us > GONE_US && recv(w->fd, &next, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static void look(struct watch *watch) {
    int64_t now = watch->clock_us();
    for (struct watched *w = watch->first.after; w != &watch->first; w = w->after) {
        if (now - w->since_us > patience_us(watch, w->state) || is_gone(w, now)) {
            (void)shutdown(w->fd, SHUT_RDWR);
            w->since_us = now;
            if (w->state != WATCH_IDLE)
                atomic_fetch_add(&watch->late, 1);
        }
    }
}

static void *watch_run(void *given) {
    struct watch *watch = given;
    pthread_mutex_lock(&watch->lock);
    while (!watch->stop) {
        int64_t next = watch->clock_us() + LOOK_US;
        const struct timespec at = {.tv_sec = next / 1000000, .tv_nsec = next % 1000000 * 1000};
        (void)pthread_cond_timedwait(&watch->stop_signal, &watch->lock, &at);
        look(watch);
    }
    pthread_mutex_unlock(&watch->lock);
    return NULL;
}

bool watch_start(struct watch *watch, int64_t (*clock_us)(void), int32_t deadline_s) {
    watch->clock_us = clock_us;
    watch->deadline_s = deadline_s;
    watch->first.before = watch->first.after = &watch->first;
    pthread_mutex_init(&watch->lock, NULL);
    pthread_cond_init(&watch->stop_signal, NULL);
    watch->running = pthread_create(&watch->thread, NULL, watch_run, watch) == 0;
    return watch->running;
}

void watch_stop(struct watch *watch) {
    if (!watch->running)
        return;
    pthread_mutex_lock(&watch->lock);
    watch->stop = true;
    pthread_cond_signal(&watch->stop_signal);
    pthread_mutex_unlock(&watch->lock);
    (void)pthread_join(watch->thread, NULL);
    watch->running = false;
}

struct watched *watch_add(struct watch *watch, int fd) {
    struct watched *w = calloc(1, sizeof *w);
    if (w == NULL)
        return NULL;
    w->fd = fd;
    w->state = WATCH_READING;
    w->since_us = watch->clock_us();
    pthread_mutex_lock(&watch->lock);
    w->before = &watch->first;
    w->after = watch->first.after;
    w->before->after = w->after->before = w;
    pthread_mutex_unlock(&watch->lock);
    atomic_fetch_add(&watch->connections, 1);
    return w;
}

void watch_remove(struct watch *watch, struct watched *w) {
    if (w == NULL)
        return;
    pthread_mutex_lock(&watch->lock);
    w->before->after = w->after;
    w->after->before = w->before;
    pthread_mutex_unlock(&watch->lock);
    atomic_fetch_sub(&watch->connections, 1);
    free(w);
}

void watch_move(struct watch *watch, struct watched *w, enum watch_state state) {
    if (w == NULL)
        return;
    pthread_mutex_lock(&watch->lock);
    w->state = state;
    w->since_us = watch->clock_us();
    pthread_mutex_unlock(&watch->lock);
}
