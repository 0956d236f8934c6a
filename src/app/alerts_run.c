// SPDX-License-Identifier: Apache-2.0
/* alerts_run -- tell what alerts_look finds. Invariant: a person's messages and the marks of what they were told are there together or not
 * at all. Messages are made between transactions, since that takes long; what another process told meanwhile is not told again.
 */
#include "app/alerts.h"
#include "app/outbox.h"
#include "app/webhook_tell.h"
#include "core/address.h"
#include "core/mailbox.h"
#include "store/gateway.h"

struct running {
    const struct alert *alert;
    bool gateway; /* the rule's may be used */
    const struct alerts_way *way;
    struct alerts_report *report;
};

static bool mailed(const struct alert *alert, const struct user *user) {
    return alert_has(alert->channels, ALERT_BY_EMAIL) && mailbox_is(user->email);
}

bool alerts_reaches(const struct alert *alert, const struct user *user) {
    const int64_t always = alert_bit(ALERT_BY_APP) | alert_bit(ALERT_BY_WEBHOOK) | alert_bit(ALERT_BY_GATEWAY);
    return (alert->channels & always) != 0 || mailed(alert, user);
}

int64_t alerts_ways(const struct alert *alert, const struct user *user, bool gateway) {
    struct address phone;
    bool mail = mailed(alert, user), by_phone = alert_has(alert->channels, ALERT_BY_GATEWAY);
    bool call = gateway && by_phone && address_phone(user->phone, &phone);
    bool app = alert_has(alert->channels, ALERT_BY_APP) || call || (by_phone && !mail);
    return (app ? alert_bit(ALERT_BY_APP) : 0) | (mail ? alert_bit(ALERT_BY_EMAIL) : 0) |
           (call ? alert_bit(ALERT_BY_GATEWAY) : 0);
}

/* Of the message what a phone shows. */
static void for_phone(struct cx *cx, const struct running *r, const struct alert_notice *notice,
                      const struct alert_made *made, struct outbox_wish *wish) {
    struct address phone;
    wish->gateway_id = r->alert->gateway_id;
    if (address_phone(notice->user->phone, &phone))
        wish->address = str_copy(cx->arena, (struct str){phone.text, phone.n});
    wish->text = made->brief;
    wish->html = (struct str){0};
    wish->picture = (struct str){0};
}

static bool put(struct cx *cx, struct db *db, const struct running *r, const struct alert_notice *notice,
                const struct alert_made *made, enum message_channel channel, bool *again) {
    struct outbox_wish wish = {.cause = cx_text(cx, "alert:%lld", (long long)r->alert->id),
                               .recipient = cx_text(cx, "user:%lld", (long long)notice->user->id),
                               .day = notice->day,
                               .channel = channel,
                               .kind = MESSAGE_ALERT,
                               .user_id = notice->user->id,
                               .name = notice->user->name,
                               .subject = made->subject,
                               .text = made->text,
                               .html = made->html,
                               .picture = made->picture,
                               .now_us = r->way->now_us};
    int64_t id;
    if (channel == MESSAGE_EMAIL)
        wish.address = notice->user->email;
    if (channel == MESSAGE_HTTP)
        for_phone(cx, r, notice, made, &wish);
    return outbox_put(cx, db, &wish, again, &id);
}

/* By every channel that reaches them. *again: by the first of them they were told today. */
static bool put_all(struct cx *cx, struct db *db, const struct running *r, const struct alert_notice *notice,
                    const struct alert_made *made, bool *again) {
    static const enum message_channel by[ALERT_CHANNELS] = {
        [ALERT_BY_APP] = MESSAGE_APP, [ALERT_BY_EMAIL] = MESSAGE_EMAIL, [ALERT_BY_GATEWAY] = MESSAGE_HTTP};
    int64_t ways = alerts_ways(r->alert, notice->user, r->gateway);
    bool first = true;
    *again = false;
    for (int i = ALERT_BY_APP; i < ALERT_CHANNELS && !*again; i++) {
        bool twice;
        if (!alert_has(ways, i))
            continue;
        if (!put(cx, db, r, notice, made, by[i], &twice))
            return false;
        *again = first && twice;
        first = false;
    }
    return true;
}

static struct alert_told told_of(const struct alert_notice *notice, const struct alert_line *line,
                                 const struct alert_mark *m) {
    return (struct alert_told){line->customer->id.v, notice->user->id, m->event, m->last_on};
}

/* Did somebody else tell all of it since it was looked for? How all of theirs stand is told by the day. */
static bool told_meanwhile(struct cx *cx, struct db *db, const struct running *r, const struct alert_notice *notice,
                           bool *out) {
    const struct day from = {notice->day.n - ALERTS_TOLD_DAYS};
    *out = notice->lines > 0 && !notice->volumes;
    for (size_t i = 0; i < notice->lines && *out; i++) {
        const struct alert_line *line = &notice->line[i];
        for (size_t k = 0; k < line->marks && *out; k++) {
            const struct alert_told told = told_of(notice, line, &line->mark[k]);
            if (!alert_told_find(cx, db, r->alert->id, &told, from, out))
                return false;
        }
    }
    return true;
}

static bool mark(struct cx *cx, struct db *db, const struct running *r, const struct alert_notice *notice) {
    for (size_t i = 0; i < notice->lines; i++) {
        const struct alert_line *line = &notice->line[i];
        for (size_t k = 0; k < line->marks; k++) {
            const struct alert_told told = told_of(notice, line, &line->mark[k]);
            if (!alert_told_add(cx, db, r->alert->id, &told, notice->day))
                return false;
        }
    }
    return true;
}

/* Other programs hear of it too, where the rule says so; a person and a day are one occasion. */
static bool told_webhooks(struct cx *cx, struct db *db, const struct running *r, const struct alert_notice *notice) {
    const struct webhook_news news = {.kind = WEBHOOK_ALERT_SENT,
                                      .subject = r->alert->id,
                                      .occasion = notice->user->id * (INT64_C(1) << 24) + notice->day.n,
                                      .at_us = r->way->now_us,
                                      .to = notice->user->id,
                                      .many = (int64_t)notice->lines,
                                      .day = notice->day};
    return !alert_has(r->alert->channels, ALERT_BY_WEBHOOK) || webhook_tell(cx, db, &news);
}

static bool tell(struct cx *cx, struct db *db, const struct running *r, const struct alert_notice *notice,
                 const struct alert_made *made) {
    bool again;
    if (made->subject.n == 0) {
        r->report->silent++;
        return true;
    }
    if (!alerts_reaches(r->alert, notice->user)) {
        r->report->unreached++;
        return true;
    }
    if (!told_meanwhile(cx, db, r, notice, &again) || (!again && !put_all(cx, db, r, notice, made, &again)))
        return false;
    r->report->again += again;
    r->report->people += !again;
    r->report->customers += again ? 0 : (int64_t)notice->lines;
    return again || (told_webhooks(cx, db, r, notice) && mark(cx, db, r, notice));
}

static bool gateway_look(struct cx *cx, struct db *db, struct running *r) {
    return !alert_has(r->alert->channels, ALERT_BY_GATEWAY) ||
           gateway_stands(cx, db, r->alert->gateway_id, &r->gateway);
}

static bool chunk_write(struct cx *cx, struct db *db, struct running *r, const struct alert_notice *notice, size_t n,
                        const struct alert_made *made) {
    int64_t before = r->report->people;
    bool done = gateway_look(cx, db, r);
    for (size_t i = 0; done && i < n; i++)
        done = tell(cx, db, r, &notice[i], &made[i]);
    return done &&
           (r->report->people == before || alert_ran(cx, db, r->alert->id, notice->day, r->report->people - before));
}

static bool chunk(struct cx *cx, struct db *db, struct running *r, const struct alert_notice *notice, size_t n) {
    struct alert_made *made = arena_new(cx->arena, struct alert_made, n);
    if (!r->way->render(cx, db, notice, n, made, r->way->owner) || !db_write(cx, db))
        return false;
    if (chunk_write(cx, db, r, notice, n, made) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool rule_find(struct cx *cx, struct db *db, int64_t id, struct alert *out) {
    bool found = false, done = db_read(cx, db) && alert_find(cx, db, id, &found, out);
    db_rollback(db);
    return done && (found || cx_fail(cx, ERR_NOT_FOUND, S("alert.unknown")));
}

static bool forget(struct cx *cx, struct db *db, int64_t id, struct day day) {
    if (!db_write(cx, db))
        return false;
    if (alert_told_sweep(cx, db, id, (struct day){day.n - ALERTS_KEEP_DAYS}) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool alerts_run(struct cx *cx, struct db *db, int64_t id, const struct alerts_way *way, struct alerts_report *out) {
    struct alert alert;
    struct running r = {.alert = &alert, .way = way, .report = out};
    struct alert_notice *notice;
    size_t n = 0;
    *out = (struct alerts_report){0};
    if (!rule_find(cx, db, id, &alert))
        return false;
    if (alert.retired_us > 0 || alert.state != ALERT_ON)
        return true;
    if (!alerts_look(cx, db, &alert, way->day, &notice, &n))
        return false;
    for (size_t i = 0; i < n; i += ALERTS_CHUNK) {
        struct arena_mark before = arena_mark_get(cx->arena);
        size_t of = n - i < ALERTS_CHUNK ? n - i : ALERTS_CHUNK;
        if (!chunk(cx, db, &r, &notice[i], of))
            return false;
        arena_rewind(cx->arena, before);
    }
    return n == 0 || forget(cx, db, id, way->day);
}
