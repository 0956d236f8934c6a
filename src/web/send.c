// SPDX-License-Identifier: Apache-2.0
/* send -- see the header. The thread keeps one connection to the database; one that fails is closed and made anew at the next look.
 * Invariant: it never stops for what it finds; what went wrong is told with the delivery, or in the log.
 */
#include "web/send.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/admin.h"
#include "app/webhooks.h"
#include "base/secret.h"
#include "channel/post.h"
#include "web/api/event.h"

enum { MOST = 16, LOOK_MS = 2000, FLIGHT_MS = 500, STOP_MS = 3000, WRITE_WAIT_S = 40, SWEEP_S = 3600 };

/* One that is on its way; webhook_id 0: the place is free. */
struct flight {
    int64_t id, webhook_id, tries_left;
    enum webhook_kind kind;
};

struct send {
    struct send_config config;
    char *db_url, *agent;
    struct post *post;
    pthread_t thread;
    atomic_bool stop;
    struct db *db;
    struct flight flight[MOST];
    int64_t swept_us;
    bool complained; /* of a database that is away: once */
    bool sealed;     /* what an older version kept open */
};

static void complain(struct send *send, struct cx *cx) {
    struct str text = catalog_error(cx->arena, LANG_EN, &cx->err);
    if (!send->complained)
        fprintf(stderr, "reativa: %.*s %s\n", STR_ARG(text), cx->err.detail);
    send->complained = true;
    cx_clear(cx);
}

/* What went wrong may have been the connection. */
static void lost(struct send *send, struct cx *cx) {
    complain(send, cx);
    admin_close(send->db);
    send->db = NULL;
}

static bool connected(struct send *send, struct cx *cx) {
    if (send->db != NULL && !admin_stands(send->db)) {
        admin_close(send->db);
        send->db = NULL;
    }
    return send->db != NULL || admin_keep(cx, send->config.db_url, WRITE_WAIT_S, NULL, &send->db);
}

/* ---- off it goes ---- */

static struct flight *place_free(struct send *send) {
    for (size_t i = 0; i < MOST; i++)
        if (send->flight[i].webhook_id == 0)
            return &send->flight[i];
    return NULL;
}

static bool start(struct send *send, struct cx *cx, const struct delivery_task *task, struct flight *flight) {
    struct webhook_send_about *about = arena_new(cx->arena, struct webhook_send_about, 1);
    if (!webhook_send_read(cx, send->db, &task->event, about))
        return false;
    struct str body = event_body(cx, task, about), name = task->event.name;
    long long at_s = send->config.clock_us() / 1000000;
    struct str sign =
        secret_webhook_sign(cx->arena, task->secret, cx_text(cx, "%.*s.%lld.%.*s", STR_ARG(name), at_s, STR_ARG(body)));
    const struct post_wish wish = {
        .tag = flight - send->flight,
        .url = task->url,
        .body = body,
        .header = {S("Content-Type: application/json"), cx_text(cx, "webhook-id: %.*s", STR_ARG(name)),
                   cx_text(cx, "webhook-timestamp: %lld", at_s), cx_text(cx, "webhook-signature: %.*s", STR_ARG(sign))},
        .headers = 4};
    if (!post_start(send->post, &wish))
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    *flight = (struct flight){
        .id = task->id, .webhook_id = task->webhook_id, .tries_left = task->tries_left, .kind = task->event.kind};
    return true;
}

/* *more false: nothing else is due, or no place is free. */
static bool start_next(struct send *send, struct cx *cx, bool *more) {
    struct flight *flight = place_free(send);
    struct delivery_task task;
    *more = false;
    if (flight == NULL)
        return true;
    if (!webhook_send_take(cx, send->db, send->config.secrets, send->config.clock_us(), more, &task))
        return false;
    return !*more || start(send, cx, &task, flight);
}

/* ---- how it went ---- */

/* Bytes of an answer that can stand in a database and on a page. */
static struct str answer_text(struct cx *cx, const struct post_line *line) {
    struct str kept = {line->kept, line->kept_n};
    for (size_t cut = 0; cut < 4 && kept.n > 0 && !str_valid_utf8(kept); cut++)
        kept.n--; /* a character cut in two at the end */
    if (!str_valid_utf8(kept))
        kept = str_from_cp1252(cx->arena, (struct str){line->kept, line->kept_n});
    char *clean = str_terminated(cx->arena, kept);
    for (size_t i = 0; i < kept.n; i++)
        if ((unsigned char)clean[i] < ' ' || clean[i] == 0x7F)
            clean[i] = ' ';
    return (struct str){clean, kept.n};
}

static bool done(struct send *send, struct cx *cx, const struct post_line *line) {
    struct flight *flight = &send->flight[line->tag];
    struct webhook_send_end end = {
        .answer = {.id = flight->id,
                   .webhook_id = flight->webhook_id,
                   .status = line->status,
                   .ms = line->ms,
                   .fault = line->fault == POST_ANSWERED ? (struct str){0} : str_from(post_fault_name(line->fault)),
                   .answer = answer_text(cx, line)},
        .tries_left = flight->tries_left,
        .retry_after_s = line->retry_after_s,
        .kind = flight->kind};
    secret_bytes(&end.chance, sizeof end.chance);
    *flight = (struct flight){0};
    return webhook_send_done(cx, send->db, &end, send->config.clock_us());
}

static bool swept(struct send *send, struct cx *cx) {
    int64_t now_us = send->config.clock_us();
    if (now_us - send->swept_us < (int64_t)SWEEP_S * 1000000)
        return true;
    send->swept_us = now_us;
    return webhook_send_sweep(cx, send->db, now_us);
}

/* A folder that no key can be written to is complained of; telling goes on. */
static bool sealed(struct send *send, struct cx *cx) {
    if (send->sealed || webhooks_seal(cx, send->db, send->config.secrets)) {
        send->sealed = true;
        return true;
    }
    if (cx->err.code == ERR_DB)
        return false;
    complain(send, cx);
    send->sealed = true;
    return true;
}

/* ---- the thread ---- */

/* One look: all that is due and has a place goes off; then until one of those under way has ended, or it is time to look again. */
static void look(struct send *send, struct cx *cx) {
    struct post_line line;
    bool more = true, good = connected(send, cx) && sealed(send, cx) && swept(send, cx);
    while (good && more && !send->stop)
        good = start_next(send, cx, &more);
    if (!good)
        lost(send, cx);
    else
        send->complained = false;
    bool under_way = post_under_way(send->post) > 0;
    if (post_wait(send->post,
                  send->stop  ? 0
                  : under_way ? FLIGHT_MS
                              : LOOK_MS,
                  &line) &&
        !(connected(send, cx) && done(send, cx, &line)))
        lost(send, cx); /* it stays taken until its lease is over, and is sent again: the receiver knows its name */
}

static void end_all(struct send *send, struct cx *cx) {
    struct post_line line;
    int64_t until_us = send->config.clock_us() + (int64_t)STOP_MS * 1000;
    while (post_under_way(send->post) > 0 && send->config.clock_us() < until_us)
        if (post_wait(send->post, FLIGHT_MS / 5, &line) && (!connected(send, cx) || !done(send, cx, &line)))
            lost(send, cx);
    for (size_t i = 0; i < MOST; i++)
        if (send->flight[i].webhook_id != 0 &&
            (!connected(send, cx) || !webhook_send_let_go(cx, send->db, send->flight[i].webhook_id)))
            lost(send, cx);
}

static void *run(void *given) {
    struct send *send = given;
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    while (!send->stop) {
        look(send, &cx);
        arena_reset(&arena);
    }
    end_all(send, &cx);
    admin_close(send->db);
    arena_clear(&arena);
    return NULL;
}

static void send_free(struct send *send) {
    post_close(send->post);
    free(send->agent);
    free(send->db_url);
    free(send);
}

bool send_start(struct cx *cx, const struct send_config *config, struct send **out) {
    struct send *send = calloc(1, sizeof *send);
    if (send == NULL)
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    struct str agent = cx_text(cx, "Reativa/%.*s", STR_ARG(config->version));
    send->config = *config;
    send->db_url = strndup(config->db_url.n > 0 ? config->db_url.p : "", config->db_url.n);
    send->agent = strndup(agent.p, agent.n);
    if (send->db_url != NULL && send->agent != NULL)
        send->post = post_open(MOST, config->private_too, send->agent);
    send->config.db_url = str_from(send->db_url);
    if (send->post != NULL && pthread_create(&send->thread, NULL, run, send) == 0) {
        *out = send;
        return true;
    }
    send_free(send);
    return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
}

void send_poke(struct send *send) {
    post_wake(send->post);
}

void send_stop(struct send *send) {
    if (send == NULL)
        return;
    send->stop = true;
    post_wake(send->post);
    (void)pthread_join(send->thread, NULL);
    send_free(send);
}
