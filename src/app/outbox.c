// SPDX-License-Identifier: Apache-2.0
/* outbox -- see the header. Must not talk to a server: web/mailer does. */
#include "app/outbox.h"

#include "base/secret.h"
#include "core/mailbox.h"
#include "format/letter.h"
#include "store/user.h"

static const int64_t SECOND_US = 1000000, MINUTE_US = INT64_C(60) * 1000000, DAY_US = INT64_C(86400) * 1000000;

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

struct str outbox_token(struct arena *arena) {
    return secret_token(arena);
}

/* ---- writing ---- */

bool outbox_ready(struct cx *cx, struct db *db, bool *out) {
    struct mail_settings settings;
    if (!mail_settings(cx, db, (struct str){0}, &settings))
        return false;
    *out = settings.ready;
    return true;
}

static bool wish_check(struct cx *cx, const struct outbox_wish *w) {
    bool long_one = w->subject.n > MESSAGE_SUBJECT_MOST || w->text.n > MESSAGE_BODY_MOST ||
                    w->html.n > MESSAGE_BODY_MOST || w->picture.n > MESSAGE_BODY_MOST;
    return !long_one || cx_fail(cx, ERR_INVALID, S("message.too_long"));
}

/* How a new one stands: ready to go, there already, or kept from going and why. */
static bool state_of(struct cx *cx, struct db *db, const struct outbox_wish *w, struct message *m) {
    bool set = true;
    m->state = MESSAGE_DUE;
    if (w->channel == MESSAGE_APP) {
        m->state = MESSAGE_SENT;
        m->sent_us = w->now_us;
        return true;
    }
    if (w->channel == MESSAGE_EMAIL && !outbox_ready(cx, db, &set))
        return false;
    bool good = w->channel == MESSAGE_EMAIL ? mailbox_is(w->address) : w->address.n > 0;
    if (!good) {
        m->state = MESSAGE_PARKED;
        m->why = w->address.n > 0 ? S("message.why_bad_address") : S("message.why_no_address");
    } else if (!set) {
        m->state = MESSAGE_HELD;
        m->why = S("message.why_no_server");
    }
    return true;
}

bool outbox_put(struct cx *cx, struct db *db, const struct outbox_wish *w, bool *again, int64_t *id) {
    struct message m = {.cause = w->cause,
                        .recipient = w->recipient,
                        .day = w->day,
                        .channel = w->channel,
                        .kind = w->kind,
                        .user_id = w->user_id,
                        .customer_id = w->customer_id,
                        .person_id = w->person_id,
                        .from_user_id = w->from_user_id,
                        .template_id = w->template_id,
                        .gateway_id = w->gateway_id,
                        .offer = w->offer,
                        .address = w->address,
                        .name = w->name,
                        .reply_to = w->reply_to,
                        .subject = w->subject,
                        .token = w->token.n > 0 ? w->token : outbox_token(cx->arena),
                        .header = outbox_token(cx->arena),
                        .made_us = w->now_us,
                        .due_us = w->due_us > w->now_us ? w->due_us : w->now_us};
    const struct message_body body = {w->text, w->html, w->picture};
    if (!wish_check(cx, w) || !state_of(cx, db, w, &m) || !message_add(cx, db, &m, &body, again))
        return false;
    *id = m.id;
    return true;
}

/* ---- sending ---- */

/* How many more may be taken now; *next_us: when there is something to look for again. */
static bool room(struct cx *cx, struct db *db, const struct outbox_lease *l, int64_t *most, int64_t *next_us) {
    int64_t under_way = 0;
    *most = l->most > 0 && l->most < OUTBOX_BATCH ? l->most : OUTBOX_BATCH;
    if (!message_next_due(cx, db, l->channel, next_us))
        return false;
    if (*next_us > l->now_us) {
        *most = 0;
        return true;
    }
    *next_us = l->now_us;
    if (l->per_minute <= 0)
        return true;
    if (!message_under_way(cx, db, l->channel, l->now_us - MINUTE_US, l->now_us + MINUTE_US, &under_way))
        return false;
    int64_t left = l->per_minute - under_way;
    if (left <= 0) {
        left = 0;
        *next_us = l->now_us + SECOND_US;
    }
    *most = left < *most ? left : *most;
    return true;
}

/* A lease beyond this is of a clock that has gone back since; the clocks of two servers are never quite the same. */
static int64_t longest(int64_t now_us) {
    return now_us + (OUTBOX_LEASE_S + OUTBOX_CLOCKS_S) * SECOND_US;
}

static bool look(struct cx *cx, struct db *db, const struct outbox_lease *l, bool *lapsing, int64_t *most,
                 int64_t *next_us) {
    bool done = db_read(cx, db) && message_lapsing(cx, db, l->now_us, longest(l->now_us), lapsing) &&
                room(cx, db, l, most, next_us);
    db_rollback(db);
    return done;
}

/* Looked at once more, now that nobody else writes. */
static bool take(struct cx *cx, struct db *db, const struct outbox_lease *l, struct message_task **out, size_t *n,
                 int64_t *next_us) {
    int64_t most, until_us = l->now_us + OUTBOX_LEASE_S * SECOND_US;
    if (!message_lapsed(cx, db, l->now_us, longest(l->now_us), S("message.why_lost")) ||
        !room(cx, db, l, &most, next_us))
        return false;
    const struct message_lease lease = {
        .channel = l->channel, .now_us = l->now_us, .until_us = until_us, .most = most, .by = l->by};
    return most == 0 || message_take(cx, db, &lease, out, n);
}

bool outbox_take(struct cx *cx, struct db *db, const struct outbox_lease *l, struct message_task **out, size_t *n,
                 int64_t *next_us) {
    bool lapsing = false;
    int64_t most = 0;
    *out = NULL;
    *n = 0;
    *next_us = INT64_MAX;
    if (!look(cx, db, l, &lapsing, &most, next_us) || (!lapsing && most == 0))
        return cx->err.code == ERR_NONE;
    return db_write(cx, db) && end(cx, db, take(cx, db, l, out, n, next_us));
}

/* What a message says of customers is not for who has left the house since it was written. */
static bool reader_stays(struct cx *cx, struct db *db, int64_t user_id, enum letters_verdict *out, struct str *why) {
    struct user user;
    bool there;
    if (!user_find(cx, db, user_id, &there, &user))
        return false;
    if (there && user.retired_us > 0) {
        *out = LETTERS_OFF;
        *why = S("message.why_retired");
    }
    return true;
}

bool outbox_may_go(struct cx *cx, struct db *db, const struct mail_settings *settings,
                   const struct letters_clock *clock, struct outbox_result *result, bool *goes) {
    enum letters_verdict verdict = LETTERS_GO;
    const struct message *m = result->message;
    bool letter = m->kind == MESSAGE_LETTER, done = true;
    if (letter || m->user_id > 0) {
        done = db_read(cx, db) &&
               (letter ? letters_may_go(cx, db, settings, m, clock, &verdict, &result->wait_us, &result->why)
                       : reader_stays(cx, db, m->user_id, &verdict, &result->why));
        db_rollback(db);
    }
    *goes = done && verdict == LETTERS_GO;
    result->end = verdict == LETTERS_OFF ? OUTBOX_OFF : OUTBOX_BACK;
    return done;
}

/* Whose answer comes back to whom: where the reader's program keeps a Message-ID, its beginning finds the message. */
static struct str message_id(struct cx *cx, const struct mail_settings *s, const struct message *m) {
    return cx_text(cx, "%.*s@%.*s", STR_ARG(m->header), STR_ARG(mailbox_domain(s->from)));
}

/* Only where customers reach our pages by TLS, as RFC 8058 asks. */
static struct str unsubscribe(struct cx *cx, const struct mail_settings *s, const struct message *m) {
    bool offered = m->kind == MESSAGE_LETTER && str_starts(s->public_url, S("https://"));
    return offered ? cx_text(cx, "%.*s/u/%.*s", STR_ARG(s->public_url), STR_ARG(m->token)) : (struct str){0};
}

bool outbox_letter(struct cx *cx, const struct mail_settings *s, const struct message_task *task, int64_t now_us,
                   struct str *out) {
    const struct message *m = &task->message;
    const struct letter letter = {.from_name = s->from_name,
                                  .from = s->from,
                                  .to_name = m->name,
                                  .to = m->address,
                                  .reply_to = mailbox_is(m->reply_to) ? m->reply_to : s->reply_to,
                                  .subject = m->subject,
                                  .text = task->body.text,
                                  .html = task->body.html,
                                  .picture = task->body.picture,
                                  .message_id = message_id(cx, s, m),
                                  .unsubscribe = unsubscribe(cx, s, m),
                                  .auto_submitted = m->kind != MESSAGE_LETTER || m->from_user_id == 0,
                                  .at_us = now_us};
    return letter_write(cx, &letter, out);
}

/* Put off: again after a while that grows, or parked with what the server said last. */
static void put_off(const struct outbox_result *r, struct message_end *e) {
    int64_t wait_s = message_wait_s(r->message->tries + 1, r->chance);
    e->state = wait_s > 0 ? MESSAGE_DUE : MESSAGE_PARKED;
    e->due_us = r->now_us + wait_s * SECOND_US;
    e->tried = true;
}

static struct message_end end_of(const struct outbox_result *r) {
    struct message_end e = {.id = r->message->id,
                            .by = r->message->lease_by,
                            .due_us = r->now_us,
                            .code = r->code,
                            .why = r->why,
                            .words = r->words};
    switch (r->end) {
    case OUTBOX_SENT:
        e.state = MESSAGE_SENT;
        e.sent_us = r->now_us;
        break;
    case OUTBOX_LATER:
        put_off(r, &e);
        break;
    case OUTBOX_REFUSED:
        e.state = MESSAGE_PARKED;
        e.tried = true;
        break;
    case OUTBOX_CUT:
        e.state = MESSAGE_UNKNOWN;
        e.why = S("message.why_cut");
        break;
    case OUTBOX_OFF:
        e.state = MESSAGE_CALLED_OFF;
        break;
    case OUTBOX_BACK:
        e.state = MESSAGE_DUE;
        e.due_us = r->wait_us > 0 ? r->wait_us : r->now_us;
        break;
    }
    e.words.n = e.words.n < MESSAGE_WORDS_MOST ? e.words.n : MESSAGE_WORDS_MOST;
    while (e.words.n > 0 && !str_valid_utf8(e.words))
        e.words.n--; /* a character cut in two at the end */
    return e;
}

/* As it stands now: the customer may have been erased since it was taken, and then its copy must bring nothing back. */
static bool now_of(struct cx *cx, struct db *db, const struct outbox_result *r, struct message *out) {
    bool there = true;
    *out = *r->message;
    return out->customer_id == 0 || message_find(cx, db, r->message->id, &there, out);
}

/* What is another's by now has no end to be noted, and nothing follows of it. */
static bool end_note(struct cx *cx, struct db *db, const struct outbox_result *r) {
    struct message_end e = end_of(r);
    const struct letters_clock clock = {r->now_us, r->utc_offset_s};
    struct message message;
    bool mine;
    if (!now_of(cx, db, r, &message))
        return false;
    if (message.customer_id > 0 && message.address.n == 0)
        e.words = (struct str){0};
    return message_end(cx, db, &e, &mine) &&
           (!mine || e.state != MESSAGE_SENT || letters_sent(cx, db, &message, &clock));
}

static bool delivering(struct cx *cx, struct db *db, const struct outbox_result *before, const struct message *m,
                       int64_t now_us, bool *mine) {
    return (before == NULL || end_note(cx, db, before)) &&
           message_began(cx, db, m->id, m->lease_by, now_us, now_us + OUTBOX_LEASE_S * SECOND_US, mine);
}

bool outbox_delivering(struct cx *cx, struct db *db, const struct outbox_result *before, const struct message *message,
                       int64_t now_us, bool *mine) {
    *mine = false;
    bool done = db_write(cx, db) && end(cx, db, delivering(cx, db, before, message, now_us, mine));
    *mine = *mine && done;
    return done;
}

bool outbox_done(struct cx *cx, struct db *db, const struct outbox_result *r) {
    return db_write(cx, db) && end(cx, db, end_note(cx, db, r));
}

bool outbox_let_go(struct cx *cx, struct db *db, struct str by) {
    return db_write(cx, db) && end(cx, db, message_let_go(cx, db, by));
}

bool outbox_sweep(struct cx *cx, struct db *db, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, message_sweep(cx, db, now_us - OUTBOX_KEPT_DAYS * DAY_US));
}
