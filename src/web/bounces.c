// SPDX-License-Identifier: Apache-2.0
/* bounces -- see the header. The place where reading goes on is noted after what was read was, so a kill in between reads some once more and
 * counts none twice, and leaves no letter of a person marked as read. No transaction is open while a server is talked to.
 */
#include "web/bounces.h"

#include "app/bounces.h"
#include "channel/mailbox.h"
#include "web/mail_server.h"

enum {
    LIST_MOST = 1000, /* asked for at once */
    BATCH = 50,       /* read before they are noted: a few MB */
    RUN_MOST = 20000, /* in one run; the rest in the next */
    MAIL_BYTES = 1 << 18
};

struct reading {
    struct db *db;
    const struct job_at *at;
    struct mailbox *mailbox;
    struct bounces_place place;
    struct bounces_sum sum;
    int64_t read;
};

static bool stops(void *owner) {
    const struct job_world *world = owner;
    return world->stops != NULL && world->stops(world->owner);
}

static bool failed(struct cx *cx, const struct reading *r) {
    return cx_fail(cx, ERR_IO, S("bounce.mailbox_failed"), str_copy(cx->arena, mailbox_words(r->mailbox)));
}

/* ---- some of them ---- */

/* Up to `n` numbers; fewer when some are gone. */
static bool batch_fetch(struct cx *cx, struct reading *r, const struct mailbox_one *one, size_t n, struct str *mail,
                        int64_t *uid, size_t *out) {
    *out = 0;
    for (size_t i = 0; i < n; i++) {
        bool found;
        struct str bytes;
        if (!mailbox_fetch(r->mailbox, one[i].uid, MAIL_BYTES, &found, &bytes))
            return failed(cx, r);
        if (!found)
            continue;
        uid[*out] = one[i].uid;
        mail[(*out)++] = str_copy(cx->arena, bytes);
    }
    return true;
}

/* unread: grows by those that are no reports. */
static bool batch_read(struct cx *cx, struct reading *r, const struct mailbox_one *one, size_t n, int64_t *unread,
                       size_t *unreads) {
    struct str mail[BATCH];
    int64_t uid[BATCH];
    bool letter[BATCH];
    struct bounces_batch batch = {
        .mail = mail, .letter = letter, .today = r->at->today, .now_us = r->at->world->clock_us()};
    if (!batch_fetch(cx, r, one, n, mail, uid, &batch.n) || !bounces_take(cx, r->db, &batch, &r->sum))
        return false;
    for (size_t i = 0; i < batch.n; i++)
        if (letter[i])
            unread[(*unreads)++] = uid[i];
    r->read += (int64_t)n;
    return true;
}

/* Flags are changed before the first is read and after the last: a server that keeps a file a mail looks at all of them again whenever
 * something has just changed there. */
static bool some_read(struct cx *cx, struct reading *r, const struct mailbox_one *one, size_t n) {
    int64_t *unread = arena_new(cx->arena, int64_t, n + 1);
    size_t unreads = 0;
    if (n == 0)
        return true;
    if (!mailbox_see(r->mailbox, one[0].uid, one[n - 1].uid))
        return failed(cx, r);
    for (size_t i = 0; i < n; i += BATCH) {
        struct arena_mark mark = arena_mark_get(cx->arena);
        if (!batch_read(cx, r, one + i, n - i < BATCH ? n - i : BATCH, unread, &unreads))
            return false;
        arena_rewind(cx->arena, mark);
    }
    if (!mailbox_unsee(r->mailbox, unread, unreads))
        return failed(cx, r);
    r->place.uid = one[n - 1].uid;
    return bounces_went_on(cx, r->db, &r->place);
}

/* Another validity: the numbers mean other mails than before, so all are looked at; those that were known count no second time. */
static bool list(struct cx *cx, struct reading *r, struct mailbox_one *one, size_t *n) {
    int64_t validity;
    for (int round = 0; round < 2; round++) {
        if (!mailbox_list(r->mailbox, r->place.uid, LIST_MOST, one, n, &validity))
            return failed(cx, r);
        if (validity == r->place.validity)
            return true;
        bool whole = r->place.uid == 0;
        r->place.validity = validity;
        r->place.uid = 0;
        if (whole)
            return true;
    }
    return true;
}

static bool all_read(struct cx *cx, struct reading *r) {
    struct mailbox_one *one = arena_new(cx->arena, struct mailbox_one, LIST_MOST);
    size_t n = LIST_MOST;
    while (n == LIST_MOST && r->read < RUN_MOST && !stops((void *)(uintptr_t)r->at->world)) {
        if (!list(cx, r, one, &n))
            return false;
        struct arena_mark mark = arena_mark_get(cx->arena);
        if (!some_read(cx, r, one, n))
            return false;
        arena_rewind(cx->arena, mark);
    }
    return true;
}

/* ---- the job ---- */

static struct str number(struct cx *cx, int64_t n) {
    return cx_text(cx, "%lld", (long long)n);
}

static bool read_from(struct cx *cx, struct reading *r, const struct mail_settings *s, struct str *said) {
    const struct mail_server server = mail_server_of(s, &s->box);
    struct str name =
        cx_text(cx, "%.*s:%d %.*s %.*s", STR_ARG(s->box.host), s->box.port, STR_ARG(s->box.user), STR_ARG(s->folder));
    if (!bounces_place(cx, r->db, name, &r->place))
        return false;
    r->mailbox = mailbox_open(&server, s->folder, stops, (void *)(uintptr_t)r->at->world);
    bool done = r->mailbox != NULL ? all_read(cx, r) : cx_fail(cx, ERR_LIMIT, S("http.no_memory"));
    mailbox_close(r->mailbox);
    if (done)
        *said = r->sum.mails == 0 ? jobs_say(cx, S("bounce.said_none"))
                                  : jobs_say(cx, S("bounce.said_read"), number(cx, r->sum.mails),
                                             number(cx, r->sum.suppressed), number(cx, r->sum.doubted));
    return done;
}

bool bounces_run(struct cx *cx, struct db *db, const struct job_at *at, int64_t id, struct str *said) {
    struct reading r = {.db = db, .at = at};
    struct mail_settings *s = arena_new(cx->arena, struct mail_settings, 1);
    (void)id;
    if (!bounces_settings(cx, db, at->world->secrets, s) || !bounces_sweep(cx, db, at->world->clock_us()))
        return false;
    if (s->bounces)
        return read_from(cx, &r, s, said);
    *said = jobs_say(cx, S("bounce.said_no_mailbox"));
    return true;
}
