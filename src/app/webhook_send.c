// SPDX-License-Identifier: Apache-2.0
/* webhook_send -- see the header. */
#include "app/webhook_send.h"

#include "app/webhook_tell.h"
#include "base/seal.h"
#include "store/list.h"
#include "store/score.h"
#include "store/setting.h"

static const int64_t SECOND_US = 1000000, DAY_US = INT64_C(86400) * 1000000;

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool ready(struct cx *cx, struct db *db, int64_t now_us, int64_t *webhook_id) {
    bool done = db_read(cx, db) && delivery_ready(cx, db, now_us, webhook_id);
    db_rollback(db);
    return done;
}

static bool take(struct cx *cx, struct db *db, int64_t now_us, bool *found, struct delivery_task *out) {
    int64_t webhook_id = 0, lease_us = now_us + WEBHOOK_SEND_LEASE_S * SECOND_US;
    *found = false;
    if (!ready(cx, db, now_us, &webhook_id) || webhook_id == 0)
        return webhook_id == 0 && cx->err.code == ERR_NONE;
    return db_write(cx, db) &&
           end(cx, db,
               delivery_ready(cx, db, now_us, &webhook_id) && /* again: somebody may have been first */
                   (webhook_id == 0 || delivery_take(cx, db, webhook_id, now_us, lease_us, found, out)));
}

static bool pause_lost(struct cx *cx, struct db *db, int64_t webhook_id) {
    unsigned before;
    bool changed;
    return webhook_topics(cx, db, &before) &&
           webhook_state_put(cx, db, webhook_id, WEBHOOK_PAUSED, S("webhook.why_lost"), &changed) &&
           webhook_tell_begin(cx, db, before);
}

/* Those that cannot be signed are paused, one after the other, until there is one that can. What was asked for by hand goes out of a paused
 * one too; so that it is not looked at without end, the lease stays. */
bool webhook_send_take(struct cx *cx, struct db *db, struct str secrets, int64_t now_us, bool *found,
                       struct delivery_task *out) {
    for (;;) {
        if (!take(cx, db, now_us, found, out))
            return false;
        if (!*found || !seal_is(out->secret) || seal_open(cx, secrets, WEBHOOK_SEAL, out->secret, &out->secret))
            return true;
        if (cx->err.code != ERR_NOT_FOUND)
            return false;
        cx_clear(cx);
        if (!db_write(cx, db) || !end(cx, db, pause_lost(cx, db, out->webhook_id)))
            return false;
    }
}

/* ---- what it is about ---- */

static bool customer_read(struct cx *cx, struct db *db, int64_t id, struct webhook_send_about *out) {
    struct score_run run;
    bool scored = false;
    if (!score_drop_temporary(cx, db) || !score_run_find(cx, db, &scored, &run) || !scored)
        return cx->err.code == ERR_NONE;
    out->as_of = run.as_of;
    return list_customer(cx, db, &run, id, &out->customer_found, &out->customer);
}

static bool contact_read(struct cx *cx, struct db *db, const struct delivery_event *event,
                         struct webhook_send_about *out) {
    struct ledger_contact *contact;
    size_t n;
    if (!ledger_contacts(cx, db, (struct ledger_place){event->at_us, event->subject - 1}, (struct str){0}, 1, &contact,
                         &n))
        return false;
    if (n > 0 && contact->row.contact.id == event->subject)
        out->contact = contact;
    return true;
}

static bool alert_read(struct cx *cx, struct db *db, const struct delivery_event *event,
                       struct webhook_send_about *out) {
    struct webhook_send_alert *a = &out->alert;
    bool rule = false, user = false;
    if (!alert_find(cx, db, event->subject, &rule, &a->rule) || !user_find(cx, db, event->was, &user, &a->user))
        return false;
    out->alert_found = rule && user;
    return !out->alert_found ||
           alert_story(cx, db, event->subject, event->was, event->day, WEBHOOK_SEND_ALERT_MOST, &a->line, &a->lines);
}

static bool about_read(struct cx *cx, struct db *db, const struct delivery_event *event,
                       struct webhook_send_about *out) {
    switch (event->kind) {
    case WEBHOOK_STATUS_CHANGED:
    case WEBHOOK_REACTIVATED:
        return customer_read(cx, db, event->subject, out);
    case WEBHOOK_CONTACT_LOGGED:
        return contact_read(cx, db, event, out);
    case WEBHOOK_ALERT_SENT:
        return alert_read(cx, db, event, out);
    case WEBHOOK_IMPORT_DONE:
    case WEBHOOK_IMPORT_UNDONE:
        return import_find(cx, db, event->subject, &out->import_found, &out->import);
    case WEBHOOK_NOTHING:
    case WEBHOOK_STATUSES_CHANGED:
    case WEBHOOK_REACTIVATED_MANY:
    case WEBHOOK_TEST:
    case WEBHOOK_KINDS:
        break;
    }
    return true;
}

bool webhook_send_read(struct cx *cx, struct db *db, const struct delivery_event *event,
                       struct webhook_send_about *out) {
    *out = (struct webhook_send_about){.as_of = DAY_NONE};
    bool done = db_read(cx, db) && about_read(cx, db, event, out);
    db_rollback(db);
    return done;
}

/* ---- how it went ---- */

static bool pause(struct cx *cx, struct db *db, int64_t id, struct str why, int64_t now_us) {
    struct webhook w;
    unsigned before;
    bool found, changed;
    return webhook_find(cx, db, id, &found, &w) && webhook_topics(cx, db, &before) &&
           webhook_state_put(cx, db, id, WEBHOOK_PAUSED, why, &changed) &&
           (!changed || (webhook_tell_begin(cx, db, before) &&
                         audit_add(cx, db, now_us, S("serve"), S("webhook"), w.name,
                                   cx_text(cx, "id=%lld state=told", (long long)id),
                                   cx_text(cx, "id=%lld state=paused why=%.*s", (long long)id, STR_ARG(why)))));
}

static bool failed(struct cx *cx, struct db *db, const struct webhook_send_end *e, int64_t now_us) {
    enum { GONE = 410 };
    int64_t id = e->answer.webhook_id, fails, since;
    int tries = WEBHOOK_TRIES - (int)e->tries_left;
    int64_t again_s = e->tries_left > 0 ? webhook_wait_s(tries, e->chance, e->retry_after_s) : 0;
    if (!delivery_failed(cx, db, &e->answer, again_s > 0 ? now_us + again_s * SECOND_US : 0))
        return false;
    if (e->kind == WEBHOOK_TEST) /* says nothing of what is sent in earnest */
        return delivery_let_go(cx, db, id);
    if (!delivery_fails(cx, db, id, &fails, &since))
        return false;
    int64_t wait_s = webhook_wait_s((int)(fails < WEBHOOK_TRIES - 2 ? fails + 1 : WEBHOOK_TRIES - 1), e->chance, 0);
    wait_s = wait_s < WEBHOOK_SEND_WAIT_MOST_S ? wait_s : WEBHOOK_SEND_WAIT_MOST_S;
    wait_s = wait_s > e->retry_after_s || again_s == 0 ? wait_s : again_s;
    if (!delivery_bad(cx, db, id, now_us, now_us + wait_s * SECOND_US))
        return false;
    if (e->answer.status == GONE)
        return pause(cx, db, id, S("webhook.why_gone"), now_us);
    bool for_days = since > 0 && now_us - since > WEBHOOK_FAILING_DAYS * DAY_US;
    return !for_days || pause(cx, db, id, S("webhook.why_failing"), now_us);
}

bool webhook_send_done(struct cx *cx, struct db *db, const struct webhook_send_end *e, int64_t now_us) {
    bool good = e->answer.status >= 200 && e->answer.status < 300;
    return db_write(cx, db) &&
           end(cx, db, good ? delivery_taken(cx, db, &e->answer, now_us) : failed(cx, db, e, now_us));
}

bool webhook_send_let_go(struct cx *cx, struct db *db, int64_t webhook_id) {
    return db_write(cx, db) && end(cx, db, delivery_let_go(cx, db, webhook_id));
}

bool webhook_send_sweep(struct cx *cx, struct db *db, int64_t now_us) {
    int64_t last = 0;
    bool done = db_read(cx, db) && delivery_event_last(cx, db, &last);
    db_rollback(db);
    if (!done || last == 0) /* nobody was ever told anything: nothing is written */
        return done;
    return db_write(cx, db) && end(cx, db, delivery_sweep(cx, db, now_us - WEBHOOK_SEND_KEPT_DAYS * DAY_US));
}
