// SPDX-License-Identifier: Apache-2.0
/* mailer -- see the header. That the server took a message is noted with the mark of the next one, by one durable write, or by itself
 * where the next one does not come to its last byte within a moment. While the server has one and has not answered yet, the next one's
 * letter is written. Invariant: whatever the server answers, and whatever the database
 * does meanwhile, a message whose last byte went out is not let go: its end is noted, or it stays marked and becomes MESSAGE_UNKNOWN;
 * there are never two of them.
 */
#include "web/mailer.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "app/admin.h"
#include "app/mail.h"
#include "app/outbox.h"
#include "base/secret.h"
#include "web/mail_server.h"

enum {
    LOOK_MS = 2000,
    IDLE_MS = 20000,   /* then the server is told good-bye */
    MOMENT_MS = 1000,  /* so long the end of a message waits for the mark of the next */
    NOTE_MS = 1800000, /* so long the end of a message is tried to be noted, while an import writes */
    GRACE_MS = 20000,  /* for an answer that is under way when the program ends */
    PAUSE_MS = 5000,   /* after a server that failed; twice as long each time, up to the most */
    PAUSE_MOST_MS = 300000,
    WRITE_WAIT_S = 40,
    SWEEP_S = 86400
};
#define SECOND_US INT64_C(1000000)

struct mailer {
    struct mailer_config config;
    char *db_url, *secrets;
    pthread_t thread;
    int wake;
    atomic_bool stop;
    bool (*stops)(void *owner); /* of a job; NULL: `stop` says it */
    void *owner;
    struct db *db;
    bool lent; /* the database is a job's */
    struct mail *mail;
    int64_t version;  /* of the settings it was opened with */
    int64_t used_us;  /* when it was of use last */
    int64_t pause_ms; /* it waits so long for the server; 0: all is well */
    int64_t pause_us; /* since then */
    int64_t stop_us;  /* when it was first seen that it must end */
    int64_t swept_us, sent;
    bool complained;
    struct arena ahead[2]; /* the letter at hand, and the one written meanwhile, in turn */
    bool turn;
    const struct message_task *ahead_of; /* whose letter it is; NULL: none */
    struct str ahead_bytes;
    struct outbox_result kept; /* the end of the message before, still to be noted; .message NULL: there is none */
    char words[MAIL_WORDS];    /* its */
};

/* Have so many ms passed since a moment? A clock that was set back meanwhile says yes: nothing waits for ever. */
static bool over(const struct mailer *m, int64_t since_us, int64_t ms) {
    int64_t now_us = m->config.clock_us();
    return now_us < since_us || now_us - since_us >= ms * 1000;
}

static bool stopping(struct mailer *m) {
    bool stop = m->stops != NULL ? m->stops(m->owner) : m->stop;
    if (stop && m->stop_us == 0)
        m->stop_us = m->config.clock_us();
    return stop;
}

static void rest(struct mailer *m, int64_t wait_ms) {
    struct pollfd on = {.fd = m->wake, .events = POLLIN};
    uint64_t woken;
    if (poll(&on, m->wake >= 0 ? 1 : 0, (int)wait_ms) > 0 && read(m->wake, &woken, sizeof woken) < 0)
        woken = 0; /* it was read already */
}

/* ---- the database ---- */

static void complain(struct mailer *m, struct cx *cx) {
    struct str text = catalog_error(cx->arena, LANG_EN, &cx->err);
    if (!m->complained)
        fprintf(stderr, "reativa: %.*s %s\n", STR_ARG(text), cx->err.detail);
    m->complained = true;
    cx_clear(cx);
}

/* What went wrong may have been the connection. */
static void lost(struct mailer *m, struct cx *cx) {
    complain(m, cx);
    if (!m->lent) {
        admin_close(m->db);
        m->db = NULL;
    }
}

static bool connected(struct mailer *m, struct cx *cx) {
    if (m->lent)
        return true;
    if (m->db != NULL && !admin_stands(m->db)) {
        admin_close(m->db);
        m->db = NULL;
    }
    return m->db != NULL || admin_keep(cx, m->config.db_url, WRITE_WAIT_S, NULL, &m->db);
}

/* ---- the server ---- */

static void hang_up(struct mailer *m) {
    mail_close(m->mail);
    m->mail = NULL;
}

static void pause_begin(struct mailer *m) {
    m->pause_ms = m->pause_ms == 0 ? PAUSE_MS : m->pause_ms * 2;
    if (m->pause_ms > PAUSE_MOST_MS)
        m->pause_ms = PAUSE_MOST_MS;
    m->pause_us = m->config.clock_us();
    hang_up(m);
}

static bool server_open(struct mailer *m, struct cx *cx, const struct mail_settings *s) {
    const struct mail_server server = mail_server_of(s, &s->server);
    if (m->mail != NULL)
        return true;
    m->version = s->version;
    m->mail = mail_open(&server);
    return m->mail != NULL || cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
}

/* ---- how it went ---- */

/* Until it is noted: while an import writes nobody else can. */
static void note(struct mailer *m, struct cx *cx, const struct outbox_result *result) {
    int64_t since_us = m->config.clock_us();
    for (;;) {
        if (connected(m, cx) && outbox_done(cx, m->db, result))
            return;
        lost(m, cx);
        if (stopping(m) || over(m, since_us, NOTE_MS))
            return;
        rest(m, LOOK_MS / 2);
    }
}

static void keep(struct mailer *m, const struct outbox_result *result) {
    m->kept = *result;
    memcpy(m->words, result->words.p, result->words.n);
    m->kept.words.p = m->words;
}

static void kept_note(struct mailer *m, struct cx *cx) {
    if (m->kept.message == NULL)
        return;
    note(m, cx, &m->kept);
    m->kept.message = NULL;
}

/* Of one that was not taken. */
static void over_note(struct mailer *m, struct cx *cx, struct outbox_result *result) {
    kept_note(m, cx);
    result->now_us = m->config.clock_us();
    note(m, cx, result);
}

/* ---- one message ---- */

struct sending {
    struct mailer *mailer;
    struct cx *cx;
    const struct mail_settings *settings;
    const struct message *message;
    const struct message_task *next; /* in the batch; NULL: it is the last */
    bool asked, mine;                /* its last byte was about to go out; it was still ours */
    bool waited;                     /* too long for the end of the one before */
};

static bool before_end(void *owner) {
    struct sending *s = owner;
    struct mailer *m = s->mailer;
    const struct outbox_result *before = m->kept.message != NULL ? &m->kept : NULL;
    s->asked = true;
    if (!connected(m, s->cx) || !outbox_delivering(s->cx, m->db, before, s->message, m->config.clock_us(), &s->mine))
        return false;
    m->kept.message = NULL;
    return s->mine;
}

/* Once: what could not be noted then is noted when this message is over. */
static void moment_over(struct sending *s) {
    struct mailer *m = s->mailer;
    if (m->kept.message == NULL || s->waited || !over(m, m->kept.now_us, MOMENT_MS))
        return;
    s->waited = true;
    if (connected(m, s->cx) && outbox_done(s->cx, m->db, &m->kept))
        m->kept.message = NULL;
    else
        lost(m, s->cx);
}

/* Once; what cannot be written is told when it is that one's turn. */
static void write_ahead(struct sending *s) {
    struct mailer *m = s->mailer;
    const struct message_task *next = s->next;
    s->next = NULL;
    if (next == NULL)
        return;
    m->turn = !m->turn;
    arena_reset(&m->ahead[m->turn]);
    struct cx cx = {.arena = &m->ahead[m->turn]};
    bool good = outbox_letter(&cx, s->settings, next, m->config.clock_us(), &m->ahead_bytes);
    m->ahead_of = good ? next : NULL;
}

static bool letter(struct mailer *m, struct cx *cx, const struct mail_settings *s, const struct message_task *task,
                   struct str *out) {
    bool ready = m->ahead_of == task;
    m->ahead_of = NULL;
    *out = m->ahead_bytes;
    return ready || outbox_letter(cx, s, task, m->config.clock_us(), out);
}

static bool break_off(void *owner) {
    struct sending *s = owner;
    if (!s->asked)
        moment_over(s);
    else if (s->mine)
        write_ahead(s);
    return stopping(s->mailer) && (!s->mine || over(s->mailer, s->mailer->stop_us, GRACE_MS));
}

/* What the answer means for the message. */
static enum outbox_end end_of(const struct sending *s, const struct mail_answer *a) {
    if (a->end == MAIL_TAKEN)
        return OUTBOX_SENT;
    if (a->end == MAIL_BROKEN)
        return OUTBOX_CUT;
    if ((s->asked && !s->mine) || stopping(s->mailer))
        return OUTBOX_BACK; /* ours to break off, not the server's */
    if (a->server && a->stage <= MAIL_SIGN_IN)
        return OUTBOX_BACK;
    return a->end == MAIL_REFUSED && !a->server ? OUTBOX_REFUSED : OUTBOX_LATER;
}

/* What cannot even be written as a letter is parked. */
static void unwritten(struct mailer *m, struct cx *cx, struct outbox_result *result) {
    bool address = str_equal(cx->err.key, S("letter.bad_address"));
    result->end = OUTBOX_REFUSED;
    result->why = address ? S("message.why_bad_address") : S("message.why_unwritten");
    cx_clear(cx);
    over_note(m, cx, result);
}

/* Who was asked when it was written is asked again: somebody may have opted out since, or it is night. */
static bool may_go(struct mailer *m, struct cx *cx, const struct mail_settings *s, struct outbox_result *result) {
    const struct letters_clock clock = {m->config.clock_us(), m->config.utc_offset_s};
    bool goes;
    if (m->kept.message != NULL && result->message->kind == MESSAGE_LETTER &&
        m->kept.message->customer_id == result->message->customer_id)
        kept_note(m, cx); /* the contact that it becomes counts already */
    if (!connected(m, cx) || !outbox_may_go(cx, m->db, s, &clock, result, &goes)) {
        lost(m, cx);
        result->end = OUTBOX_BACK;
        result->wait_us = 0;
        return false;
    }
    return goes;
}

/* *away: the server wants no other one now either. */
static void send_one(struct mailer *m, struct cx *cx, const struct mail_settings *s, const struct message_task *task,
                     const struct message_task *next, bool *away) {
    struct sending sending = {.mailer = m, .cx = cx, .settings = s, .message = &task->message, .next = next};
    struct outbox_result result = {.message = &task->message, .utc_offset_s = m->config.utc_offset_s};
    struct mail_answer answer;
    struct str bytes;
    *away = false;
    secret_bytes(&result.chance, sizeof result.chance);
    if (!may_go(m, cx, s, &result)) {
        over_note(m, cx, &result);
        return;
    }
    if (!letter(m, cx, s, task, &bytes)) {
        unwritten(m, cx, &result);
        return;
    }
    const struct mail_wish wish = {.from = s->from,
                                   .to = task->message.address,
                                   .bytes = bytes,
                                   .before_end = before_end,
                                   .stop = break_off,
                                   .owner = &sending};
    mail_send(m->mail, &wish, &answer);
    if (cx->err.code != ERR_NONE)
        lost(m, cx); /* the mark could not be made */
    kept_note(m, cx);
    result.end = end_of(&sending, &answer);
    result.code = answer.code;
    result.words = (struct str){answer.words, answer.words_n};
    *away = answer.server && answer.end != MAIL_TAKEN;
    if (*away)
        pause_begin(m);
    if (result.end == OUTBOX_BACK)
        result.wait_us = m->config.clock_us() + (*away ? m->pause_ms * 1000 : 0);
    if (result.end != OUTBOX_SENT) {
        over_note(m, cx, &result);
        return;
    }
    result.now_us = m->config.clock_us();
    keep(m, &result);
    m->pause_ms = 0;
    m->sent++;
}

/* ---- a batch ---- */

static bool settings_read(struct mailer *m, struct cx *cx, bool open, struct mail_settings *out) {
    bool done = mail_settings_now(cx, m->db, open ? m->config.secrets : (struct str){0}, out);
    if (done && m->version != out->version && m->mail != NULL)
        hang_up(m);
    if (done && m->version != out->version)
        m->pause_ms = 0; /* somebody mended something */
    if (done)
        m->version = out->version;
    return done;
}

static bool lease_short(struct mailer *m, const struct message *message) {
    int64_t left_us = message->lease_us - m->config.clock_us();
    return left_us < OUTBOX_ONE_MOST_S * SECOND_US || left_us > (int64_t)OUTBOX_LEASE_S * SECOND_US;
}

static bool batch_send(struct mailer *m, struct cx *cx, const struct mail_settings *s, const struct message_task *task,
                       size_t n) {
    bool away = false;
    size_t i = 0;
    for (; i < n && !away && !stopping(m) && !lease_short(m, &task[i].message); i++) {
        struct arena_mark mark = arena_mark_get(cx->arena);
        send_one(m, cx, s, &task[i], i + 1 < n ? &task[i + 1] : NULL, &away);
        arena_rewind(cx->arena, mark);
    }
    kept_note(m, cx);
    m->ahead_of = NULL; /* the batch goes */
    m->used_us = m->config.clock_us();
    return i == n || (connected(m, cx) && outbox_let_go(cx, m->db, task[0].message.lease_by));
}

/* *n: how many were taken; *next_us: when to look again. */
static bool batch(struct mailer *m, struct cx *cx, size_t *n, int64_t *next_us) {
    struct mail_settings s;
    struct message_task *task;
    *n = 0;
    *next_us = INT64_MAX;
    if (!connected(m, cx) || !settings_read(m, cx, false, &s))
        return false;
    if (!s.ready || !over(m, m->pause_us, m->pause_ms))
        return true;
    const struct outbox_lease lease = {.channel = MESSAGE_EMAIL,
                                       .by = outbox_token(cx->arena),
                                       .now_us = m->config.clock_us(),
                                       .per_minute = s.per_minute};
    if (!outbox_take(cx, m->db, &lease, &task, n, next_us) || *n == 0)
        return cx->err.code == ERR_NONE;
    if (settings_read(m, cx, true, &s) && server_open(m, cx, &s))
        return batch_send(m, cx, &s, task, *n);
    pause_begin(m); /* a password that cannot be opened */
    complain(m, cx);
    return outbox_let_go(cx, m->db, lease.by);
}

static bool swept(struct mailer *m, struct cx *cx) {
    int64_t now_us = m->config.clock_us();
    if (m->swept_us > 0 && now_us - m->swept_us < SWEEP_S * SECOND_US && now_us >= m->swept_us)
        return true;
    m->swept_us = now_us;
    return outbox_sweep(cx, m->db, now_us);
}

/* ---- the thread ---- */

static void look(struct mailer *m, struct cx *cx) {
    size_t n = 0;
    int64_t next_us = INT64_MAX;
    bool good = connected(m, cx) && swept(m, cx) && batch(m, cx, &n, &next_us);
    if (!good)
        lost(m, cx);
    else if (m->pause_ms == 0)
        m->complained = false;
    if (m->mail != NULL && over(m, m->used_us, IDLE_MS))
        hang_up(m);
    int64_t now_us = m->config.clock_us(), wait_ms = next_us > now_us ? (next_us - now_us) / 1000 + 1 : 0;
    if (n == 0 || !good)
        rest(m, good && wait_ms < LOOK_MS ? wait_ms : LOOK_MS);
}

static void ahead_init(struct mailer *m) {
    for (size_t i = 0; i < sizeof m->ahead / sizeof *m->ahead; i++)
        arena_init(&m->ahead[i], 0, arena_full_exit, NULL);
}

static void ahead_clear(struct mailer *m) {
    for (size_t i = 0; i < sizeof m->ahead / sizeof *m->ahead; i++)
        arena_clear(&m->ahead[i]);
}

static void *run(void *given) {
    struct mailer *m = given;
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    ahead_init(m);
    struct cx cx = {.arena = &arena};
    while (!stopping(m)) {
        look(m, &cx);
        arena_reset(&arena);
    }
    hang_up(m);
    admin_close(m->db);
    ahead_clear(m);
    arena_clear(&arena);
    return NULL;
}

static void mailer_free(struct mailer *m) {
    if (m->wake >= 0)
        (void)close(m->wake);
    free(m->db_url);
    free(m->secrets);
    free(m);
}

static char *kept(struct str s) {
    return strndup(s.n > 0 ? s.p : "", s.n);
}

bool mailer_start(struct cx *cx, const struct mailer_config *config, struct mailer **out) {
    struct mailer *m = calloc(1, sizeof *m);
    if (m == NULL)
        return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    m->config = *config;
    m->db_url = kept(config->db_url);
    m->secrets = kept(config->secrets);
    m->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (m->db_url != NULL && m->secrets != NULL && m->wake >= 0) {
        m->config.db_url = str_from(m->db_url);
        m->config.secrets = str_from(m->secrets);
        if (pthread_create(&m->thread, NULL, run, m) == 0) {
            *out = m;
            return true;
        }
    }
    mailer_free(m);
    return cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
}

void mailer_poke(struct mailer *m) {
    const uint64_t one = 1;
    if (write(m->wake, &one, sizeof one) < 0)
        return; /* it wakes already */
}

void mailer_stop(struct mailer *m) {
    if (m == NULL)
        return;
    m->stop = true;
    mailer_poke(m);
    (void)pthread_join(m->thread, NULL);
    mailer_free(m);
}

/* ---- once ---- */

static bool job_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said) {
    const struct job_world *world = at->world;
    struct mailer m = {.config = {.db_url = at->db_url,
                                  .secrets = world->secrets,
                                  .clock_us = world->clock_us,
                                  .utc_offset_s = world->utc_offset_s},
                       .wake = -1,
                       .stops = world->stops,
                       .owner = world->owner,
                       .db = db,
                       .lent = true};
    size_t n = 1;
    int64_t next_us;
    bool good = true;
    (void)id;
    ahead_init(&m);
    while (good && n > 0 && m.pause_ms == 0 && !(m.stops != NULL && stopping(&m))) {
        struct arena_mark mark = arena_mark_get(cx->arena);
        good = batch(&m, cx, &n, &next_us);
        if (good)
            arena_rewind(cx->arena, mark);
    }
    hang_up(&m);
    ahead_clear(&m);
    if (!good)
        return false;
    struct str sent = cx_text(cx, "%lld", (long long)m.sent);
    *said = m.pause_ms > 0 ? jobs_say(cx, S("outbox.said_away"), sent)
            : m.sent > 0   ? jobs_say(cx, S("outbox.said_sent"), sent)
                           : jobs_say(cx, S("outbox.said_none"));
    return true;
}

/* A server that runs sends without it: so it is off unless it is asked for. */
const struct job_def mailer_job = {.name = "outbox", .usual = "every 5m", .paused = true, .run = job_run};
