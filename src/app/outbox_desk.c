// SPDX-License-Identifier: Apache-2.0
/* outbox_desk -- see the header. */
#include "app/outbox_desk.h"

#include <stdio.h>

#include "app/outbox.h"
#include "core/mailbox.h"
#include "store/setting.h"
#include "store/user.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- looking ---- */

static bool found_read(struct cx *cx, struct db *db, struct outbox_found *out) {
    return outbox_ready(cx, db, &out->ready) && message_counts(cx, db, OUTBOX_COUNTED, &out->counts) &&
           message_trouble(cx, db, MESSAGE_EMAIL, &out->trouble);
}

bool outbox_look(struct cx *cx, struct db *db, const struct message_filter *filter, message_each_take *take,
                 void *owner, struct outbox_found *found) {
    struct message_filter f = *filter;
    f.holds = str_fold(cx->arena, filter->holds);
    bool done =
        db_read(cx, db) && message_each(cx, db, &f, take, owner) && (found == NULL || found_read(cx, db, found));
    db_rollback(db);
    return done;
}

static bool line_keep(struct cx *cx, void *owner, const struct message_line *line) {
    struct message_line *to = owner;
    (void)cx;
    *to = *line;
    return true;
}

static bool line_find(struct cx *cx, struct db *db, int64_t id, struct message_line *out) {
    const struct message_filter filter = {.id = id, .most = 1};
    *out = (struct message_line){.customer = {0}};
    return message_each(cx, db, &filter, line_keep, out) &&
           (out->message.id == id || cx_fail(cx, ERR_NOT_FOUND, S("message.unknown")));
}

bool outbox_open(struct cx *cx, struct db *db, int64_t id, struct outbox_one *out) {
    *out = (struct outbox_one){.readable = false};
    bool done = id > 0 ? db_read(cx, db) && line_find(cx, db, id, &out->line) &&
                             message_body_find(cx, db, id, &out->readable, &out->body)
                       : cx_fail(cx, ERR_NOT_FOUND, S("message.unknown"));
    db_rollback(db);
    return done;
}

/* ---- acting ---- */

static bool said(struct cx *cx, struct db *db, const struct message *m, const struct outbox_act *act,
                 const char *state) {
    return audit_add(cx, db, act->now_us, act->who, S("message"), cx_text(cx, "%lld", (long long)m->id),
                     cx_text(cx, "state=message_%s", message_state_name(m->state)), cx_text(cx, "state=%s", state));
}

static bool found(struct cx *cx, struct db *db, const struct outbox_act *act, struct message *out) {
    bool there;
    if (!message_find(cx, db, act->id, &there, out))
        return false;
    if (!there)
        return cx_fail(cx, ERR_NOT_FOUND, S("message.unknown"));
    return out->version == act->version || cx_fail(cx, ERR_CONFLICT, S("message.changed"));
}

/* Whoever it is to may have another address by now. */
static bool address_now(struct cx *cx, struct db *db, struct message *m) {
    struct user user;
    bool there = false, set = true;
    if (m->user_id > 0 && !user_find(cx, db, m->user_id, &there, &user))
        return false;
    if (there && user.retired_us > 0)
        return cx_fail(cx, ERR_INVALID, S("message.why_retired"));
    if (there && m->channel == MESSAGE_EMAIL && user.email.n > 0 && !str_equal(user.email, m->address)) {
        m->address = user.email;
        if (!message_readdress(cx, db, m->id, m->address))
            return false;
    }
    if (m->channel == MESSAGE_EMAIL && !outbox_ready(cx, db, &set))
        return false;
    if (!set)
        return cx_fail(cx, ERR_INVALID, S("message.why_no_server"));
    bool good = m->channel == MESSAGE_EMAIL ? mailbox_is(m->address) : m->address.n > 0;
    return good ||
           cx_fail(cx, ERR_INVALID, m->address.n > 0 ? S("message.why_bad_address") : S("message.why_no_address"));
}

static bool resend(struct cx *cx, struct db *db, const struct outbox_act *act) {
    struct message m;
    struct message_body body;
    bool readable, changed;
    if (!found(cx, db, act, &m) || !message_body_find(cx, db, m.id, &readable, &body))
        return false;
    if (!readable || !message_may_resend(m.kind, m.channel, m.state))
        return cx_fail(cx, ERR_CONFLICT, S("message.not_again"));
    return address_now(cx, db, &m) && message_again(cx, db, m.id, m.version, act->now_us, &changed) &&
           (changed || cx_fail(cx, ERR_CONFLICT, S("message.changed"))) && said(cx, db, &m, act, "message_due");
}

bool outbox_resend(struct cx *cx, struct db *db, const struct outbox_act *act) {
    return db_write(cx, db) && end(cx, db, resend(cx, db, act));
}

static bool call_off(struct cx *cx, struct db *db, const struct outbox_act *act) {
    struct message m;
    bool changed;
    if (!found(cx, db, act, &m))
        return false;
    if (!message_may_call_off(m.state))
        return cx_fail(cx, ERR_CONFLICT, S("message.not_off"));
    return message_state_put(cx, db, m.id, m.version, MESSAGE_CALLED_OFF, (struct str){0}, &changed) &&
           (changed || cx_fail(cx, ERR_CONFLICT, S("message.changed"))) && said(cx, db, &m, act, "message_called_off");
}

bool outbox_call_off(struct cx *cx, struct db *db, const struct outbox_act *act) {
    return db_write(cx, db) && end(cx, db, call_off(cx, db, act));
}

/* ---- many ---- */

enum { CHUNK = 200 };
static const enum message_state again_states[] = {MESSAGE_PARKED, MESSAGE_HELD, MESSAGE_ANY_STATE},
                                off_states[] = {MESSAGE_DUE, MESSAGE_HELD, MESSAGE_ANY_STATE};

bool outbox_all_may(enum message_state state, bool off) {
    for (const enum message_state *s = off ? off_states : again_states; *s != MESSAGE_ANY_STATE; s++)
        if (*s == state)
            return true;
    return false;
}

/* Of one state, or nothing where the filter wants another. */
static bool narrowed(struct cx *cx, const struct outbox_all_wish *wish, enum message_state state,
                     struct message_filter *out) {
    *out = wish->filter;
    out->holds = str_fold(cx->arena, wish->filter.holds);
    out->state = state;
    return wish->filter.state == MESSAGE_ANY_STATE || wish->filter.state == state;
}

bool outbox_all_look(struct cx *cx, struct db *db, const struct outbox_all_wish *wish, int64_t *n, int64_t *upto) {
    bool done = db_read(cx, db);
    *n = *upto = 0;
    for (const enum message_state *s = wish->off ? off_states : again_states; done && *s != MESSAGE_ANY_STATE; s++) {
        struct message_filter filter;
        int64_t some = 0, newest = 0;
        if (!narrowed(cx, wish, *s, &filter))
            continue;
        done = message_count(cx, db, &filter, &some, &newest);
        *n += some;
        *upto = newest > *upto ? newest : *upto;
    }
    db_rollback(db);
    return done;
}

struct chunk {
    struct outbox_act act[CHUNK];
    size_t n;
};

static bool chunk_add(struct cx *cx, void *owner, const struct message_line *line) {
    struct chunk *chunk = owner;
    (void)cx;
    chunk->act[chunk->n++] = (struct outbox_act){.id = line->message.id, .version = line->message.version};
    return true;
}

/* What cannot be done with one is no reason not to do it with the others. */
static bool one_of_all(struct cx *cx, struct db *db, const struct outbox_all_wish *wish, struct outbox_act *act,
                       struct outbox_all_done *out) {
    act->who = wish->who;
    act->now_us = wish->now_us;
    if (wish->off ? call_off(cx, db, act) : resend(cx, db, act)) {
        out->done++;
        return true;
    }
    if (cx->err.code != ERR_INVALID && cx->err.code != ERR_CONFLICT)
        return false;
    if (out->left++ == 0)
        snprintf(out->why, sizeof out->why, "%.*s", STR_ARG(cx->err.key));
    cx_clear(cx);
    return true;
}

static bool chunk_do(struct cx *cx, struct db *db, const struct outbox_all_wish *wish, struct message_filter *filter,
                     struct outbox_all_done *out, size_t *n) {
    struct chunk *chunk = arena_new(cx->arena, struct chunk, 1);
    chunk->n = 0;
    bool done = message_each(cx, db, filter, chunk_add, chunk);
    for (size_t i = 0; i < chunk->n && done; i++)
        done = one_of_all(cx, db, wish, &chunk->act[i], out);
    *n = chunk->n;
    if (chunk->n > 0)
        filter->after = chunk->act[chunk->n - 1].id;
    return done;
}

bool outbox_all(struct cx *cx, struct db *db, const struct outbox_all_wish *wish, struct outbox_all_done *out) {
    *out = (struct outbox_all_done){.done = 0};
    for (const enum message_state *s = wish->off ? off_states : again_states; *s != MESSAGE_ANY_STATE; s++) {
        struct message_filter filter;
        size_t n = CHUNK;
        bool wanted = narrowed(cx, wish, *s, &filter);
        filter.oldest = true;
        filter.after = 0;
        filter.most = CHUNK;
        while (wanted && n == CHUNK) {
            if (out->done + out->left >= OUTBOX_ALL_MOST) {
                out->more = true;
                return true;
            }
            struct arena_mark mark = arena_mark_get(cx->arena);
            if (!db_write(cx, db) || !end(cx, db, chunk_do(cx, db, wish, &filter, out, &n)))
                return false;
            arena_rewind(cx->arena, mark);
        }
    }
    return true;
}
