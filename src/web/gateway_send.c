// SPDX-License-Identifier: Apache-2.0
/* gateway_send -- see the header. The slowest gateway's rate holds for all of them together, which no provider minds. */
#include "web/gateway_send.h"

#include "app/gateways.h"
#include "app/outbox.h"
#include "base/buf.h"
#include "base/secret.h"
#include "base/text.h"
#include "channel/post.h"
#include "core/merge.h"

enum { WAIT_MS = 500, PAUSED_S = 60 };

struct sending {
    struct db *db;
    const struct job_world *world;
    struct post *post;
    const struct gateway *gateway;
    size_t gateways;
    struct mail_settings mail; /* when customers get nothing */
    int64_t sent, not_sent;
};

static bool stops(const struct sending *s) {
    return s->world->stops != NULL && s->world->stops(s->world->owner);
}

static const struct gateway *gateway_of(const struct sending *s, int64_t id) {
    for (size_t i = 0; i < s->gateways; i++)
        if (s->gateway[i].id == id && s->gateway[i].state != GATEWAY_RETIRED)
            return &s->gateway[i];
    return NULL;
}

/* ---- what an answer means ---- */

/* Providers say back what they were sent ("invalid key ..."): the secret is shown to nobody, in whichever way it was written. What stands at
 * the end may be the beginning of it. */
static struct str hidden(struct cx *cx, struct str said, struct str secret) {
    enum { TELLING = 4 }; /* a part that short tells nothing */
    struct buf to;
    buf_init(&to, cx->arena, 0);
    for (size_t at = 0; at < said.n;) {
        size_t left = said.n - at, n = left < secret.n ? left : secret.n;
        if (n > 0 && (n == secret.n || n >= TELLING) && memcmp(said.p + at, secret.p, n) == 0) {
            buf_put(&to, S("***"));
            at += n;
        } else {
            buf_char(&to, said.p[at++]);
        }
    }
    return buf_str(&to);
}

static struct str kept_text(struct cx *cx, const struct post_line *line, struct str secret) {
    static const enum merge_form ways[] = {MERGE_TEXT, MERGE_JSON, MERGE_FORM, MERGE_HTML};
    struct str kept = {line->kept, line->kept_n};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        kept = hidden(cx, kept, merge_escape(cx->arena, secret, ways[i]));
    return text_clean(cx->arena, kept);
}

static bool success(const struct gateway *g, const struct post_line *line) {
    return line->status >= 200 && line->status < 300 &&
           (g->expects.n == 0 || memmem(line->kept, line->kept_n, g->expects.p, g->expects.n) != NULL);
}

static enum outbox_end status_means(long status) {
    if (status == 408 || status == 429 || status == 503)
        return OUTBOX_LATER;
    return status >= 500 ? OUTBOX_CUT : OUTBOX_REFUSED;
}

static enum outbox_end fault_means(enum post_fault fault) {
    switch (fault) {
    case POST_PRIVATE:
        return OUTBOX_REFUSED;
    case POST_UNRESOLVED:
    case POST_UNREACHED:
    case POST_TLS:
        return OUTBOX_LATER;
    case POST_ANSWERED:
    case POST_LATE:
    case POST_BROKEN:
    case POST_FAULTS:
        break;
    }
    return OUTBOX_CUT;
}

static void answer_judge(struct cx *cx, const struct gateway *g, const struct post_line *line, struct str secret,
                         struct outbox_result *result) {
    result->code = line->status;
    result->words = line->status > 0 ? kept_text(cx, line, secret) : str_from(post_fault_name(line->fault));
    if (line->fault == POST_PRIVATE)
        result->why = S("gateway.why_private");
    result->end = success(g, line)               ? OUTBOX_SENT
                  : line->fault != POST_ANSWERED ? fault_means(line->fault)
                                                 : status_means(line->status);
}

/* ---- one message ---- */

static bool request_send(struct cx *cx, struct sending *s, const struct gateways_request *request,
                         struct post_line *line) {
    struct post_wish wish = {.url = request->url, .body = request->body, .headers = request->headers};
    for (size_t i = 0; i < request->headers; i++)
        wish.header[i] = request->header[i];
    if (!post_start(s->post, &wish))
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    while (!post_wait(s->post, WAIT_MS, line))
        continue; /* POST_TOTAL_S ends it at the latest */
    return true;
}

static bool one_try(struct cx *cx, struct sending *s, const struct message_task *task, const struct gateway *g,
                    struct outbox_result *result) {
    const struct letters_clock clock = {s->world->clock_us(), s->world->utc_offset_s};
    struct gateways_request request;
    struct post_line line;
    bool mine, goes;
    if (!outbox_may_go(cx, s->db, &s->mail, &clock, result, &goes))
        return false;
    if (!goes)
        return true;
    if (!gateways_request(cx, g, s->world->secrets, &task->message, task->body.text, &request)) {
        result->end = OUTBOX_REFUSED;
        result->why = S("message.why_unwritten");
        result->words = catalog_error(cx->arena, LANG_EN, &cx->err);
        cx_clear(cx);
        return true;
    }
    if (!outbox_delivering(cx, s->db, NULL, &task->message, s->world->clock_us(), &mine))
        return false;
    result->end = OUTBOX_BACK;
    if (!mine)
        return true;
    if (!request_send(cx, s, &request, &line))
        return false;
    answer_judge(cx, g, &line, request.secret, result);
    return true;
}

static bool one_send(struct cx *cx, struct sending *s, const struct message_task *task) {
    struct outbox_result result = {.message = &task->message, .utc_offset_s = s->world->utc_offset_s};
    const struct gateway *g = gateway_of(s, task->message.gateway_id);
    secret_bytes(&result.chance, sizeof result.chance);
    if (g == NULL) {
        result.end = OUTBOX_REFUSED;
        result.why = S("gateway.why_none");
    } else if (g->state != GATEWAY_USED) {
        result.end = OUTBOX_BACK;
        result.wait_us = s->world->clock_us() + PAUSED_S * INT64_C(1000000);
    } else if (!one_try(cx, s, task, g, &result)) {
        return false;
    }
    s->sent += result.end == OUTBOX_SENT;
    s->not_sent += result.end != OUTBOX_SENT && result.end != OUTBOX_BACK;
    result.now_us = s->world->clock_us();
    return outbox_done(cx, s->db, &result);
}

/* ---- the job ---- */

static int64_t rate_of(const struct sending *s) {
    int64_t rate = 0;
    for (size_t i = 0; i < s->gateways; i++)
        if (s->gateway[i].state == GATEWAY_USED && (rate == 0 || s->gateway[i].per_minute < rate))
            rate = s->gateway[i].per_minute;
    return rate;
}

static bool batch(struct cx *cx, struct sending *s, size_t *n) {
    const struct outbox_lease lease = {.channel = MESSAGE_HTTP,
                                       .by = outbox_token(cx->arena),
                                       .now_us = s->world->clock_us(),
                                       .per_minute = rate_of(s)};
    struct message_task *task;
    int64_t next_us;
    if (!mail_settings_now(cx, s->db, (struct str){0}, &s->mail) || !outbox_take(cx, s->db, &lease, &task, n, &next_us))
        return false;
    size_t i = 0;
    int64_t enough_us = lease.now_us + (OUTBOX_LEASE_S - OUTBOX_ONE_MOST_S) * INT64_C(1000000);
    bool good = true;
    for (; good && i < *n && !stops(s) && s->world->clock_us() < enough_us; i++)
        good = one_send(cx, s, &task[i]);
    return good && (i == *n || outbox_let_go(cx, s->db, lease.by));
}

bool gateway_send_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said) {
    struct sending s = {.db = db, .world = at->world};
    struct gateway *all;
    size_t n = 1;
    (void)id;
    if (!gateways_list(cx, db, &all, &s.gateways))
        return false;
    s.gateway = all;
    s.post = post_open(1, at->world->private_too, "Reativa");
    if (s.post == NULL)
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    bool good = true;
    while (good && n > 0 && !stops(&s))
        good = batch(cx, &s, &n);
    post_close(s.post);
    if (good)
        *said = s.sent + s.not_sent == 0 ? jobs_say(cx, S("gateway.said_none"))
                                         : jobs_say(cx, S("gateway.said_sent"), cx_text(cx, "%lld", (long long)s.sent),
                                                    cx_text(cx, "%lld", (long long)s.not_sent));
    return good;
}
