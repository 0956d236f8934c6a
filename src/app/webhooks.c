// SPDX-License-Identifier: Apache-2.0
/* webhooks -- see the header. */
#include "app/webhooks.h"

#include "app/webhook_tell.h"
#include "base/buf.h"
#include "base/seal.h"
#include "base/secret.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool known(struct cx *cx, struct db *db, int64_t id, struct webhook *out) {
    bool found;
    return webhook_find(cx, db, id, &found, out) && (found || cx_fail(cx, ERR_NOT_FOUND, S("webhook.unknown")));
}

/* One that can still be changed. */
static bool alive(struct cx *cx, struct db *db, int64_t id, struct webhook *out) {
    return known(cx, db, id, out) &&
           (out->state != WEBHOOK_RETIRED || cx_fail(cx, ERR_CONFLICT, S("webhook.retired"), out->name));
}

struct str webhooks_topics_text(struct arena *arena, unsigned topics) {
    struct buf to;
    buf_init(&to, arena, 0);
    for (int topic = 0; topic < WEBHOOK_TOPICS; topic++)
        if ((topics >> topic & 1) != 0)
            buf_printf(&to, "%s%s", to.n > 0 ? " " : "", webhook_topic_name((enum webhook_topic)topic));
    return buf_str(&to);
}

static bool said(struct cx *cx, struct db *db, const struct webhook *w, struct str who, int64_t now_us,
                 struct str before, struct str after) {
    return audit_add(cx, db, now_us, who, S("webhook"), w->name, before, after);
}

static struct str shown(struct cx *cx, const struct webhook *w) {
    struct str topics = webhooks_topics_text(cx->arena, w->topics), origin = webhook_url_origin(w->url);
    return cx_text(cx, "id=%lld name=%.*s host=%.*s topics=%.*s", (long long)w->id, STR_ARG(w->name), STR_ARG(origin),
                   STR_ARG(topics));
}

/* ---- look ---- */

bool webhooks_list(struct cx *cx, struct db *db, struct webhook **out, size_t *n) {
    bool done = db_read(cx, db) && webhook_list(cx, db, out, n);
    db_rollback(db);
    return done;
}

bool webhooks_look(struct cx *cx, struct db *db, const struct webhooks_wish_look *wish, struct webhook *out,
                   struct delivery **delivery, size_t *n) {
    bool done = db_read(cx, db) && known(cx, db, wish->id, out) &&
                delivery_list(cx, db, wish->id, wish->state, wish->before, wish->most, delivery, n);
    db_rollback(db);
    return done;
}

/* ---- make and change ---- */

static bool wish_check(struct cx *cx, const struct webhooks_wish *wish) {
    struct str host;
    if (wish->name.n == 0 || wish->name.n > WEBHOOK_NAME_MOST)
        return cx_fail(cx, ERR_INVALID, S("webhook.bad_name"), cx_text(cx, "%d", WEBHOOK_NAME_MOST));
    if (!webhook_url_host(wish->url, &host))
        return cx_fail(cx, ERR_INVALID, S("webhook.bad_url"));
    return wish->topics != 0 || cx_fail(cx, ERR_INVALID, S("webhook.bad_topics"));
}

/* Two of one name: nobody would know which one failed. */
static bool room_left(struct cx *cx, struct db *db, const struct webhooks_wish *wish) {
    struct webhook *all;
    size_t n, in_use = 0;
    struct str folded = str_fold(cx->arena, wish->name);
    if (!webhook_list(cx, db, &all, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (all[i].state == WEBHOOK_RETIRED || all[i].id == wish->id)
            continue;
        in_use++;
        if (str_equal(str_fold(cx->arena, all[i].name), folded))
            return cx_fail(cx, ERR_CONFLICT, S("webhook.taken"), all[i].name);
    }
    return wish->id != 0 || in_use < WEBHOOKS_MOST ||
           cx_fail(cx, ERR_INVALID, S("webhook.too_many"), cx_text(cx, "%d", WEBHOOKS_MOST));
}

static bool make(struct cx *cx, struct db *db, const struct webhooks_wish *wish, struct webhook *out, bool *again) {
    unsigned before;
    struct str secret = secret_webhook_new(cx->arena), sealed;
    if (!seal_close(cx, wish->secrets, WEBHOOK_SEAL, secret, &sealed))
        return false;
    *out = (struct webhook){.name = wish->name,
                            .url = wish->url,
                            .secret = sealed,
                            .topics = wish->topics,
                            .lang = wish->lang,
                            .made_us = wish->now_us,
                            .made_by = wish->who,
                            .token = wish->token};
    if (!webhook_topics(cx, db, &before) || !webhook_add(cx, db, out, again))
        return false;
    if (*again)
        return known(cx, db, out->id, out);
    out->secret = secret;
    return room_left(cx, db, &(struct webhooks_wish){.id = out->id, .name = wish->name}) &&
           webhook_tell_begin(cx, db, before) &&
           said(cx, db, out, wish->who, wish->now_us, (struct str){0}, shown(cx, out));
}

static bool change(struct cx *cx, struct db *db, const struct webhooks_wish *wish, struct webhook *out) {
    unsigned before;
    bool changed;
    if (!alive(cx, db, wish->id, out) || !webhook_topics(cx, db, &before) || !room_left(cx, db, wish))
        return false;
    struct str was = shown(cx, out), name = out->name;
    bool moved = !str_equal(out->url, wish->url);
    out->name = wish->name;
    out->url = wish->url;
    out->topics = wish->topics;
    out->version = wish->version;
    if (!webhook_change(cx, db, out, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("webhook.changed"), name);
    struct str became = shown(cx, out);
    if (moved)
        became = cx_text(cx, "%.*s moved=yes", STR_ARG(became));
    return webhook_tell_begin(cx, db, before) && said(cx, db, out, wish->who, wish->now_us, was, became);
}

bool webhooks_put(struct cx *cx, struct db *db, const struct webhooks_wish *wish, struct webhook *out, bool *again) {
    *again = false;
    return wish_check(cx, wish) && db_write(cx, db) &&
           end(cx, db, wish->id == 0 ? make(cx, db, wish, out, again) : change(cx, db, wish, out));
}

static bool secret_put(struct cx *cx, struct db *db, const struct webhooks_wish_secret *wish, struct str *secret) {
    struct webhook w;
    struct str sealed;
    bool changed;
    *secret = secret_webhook_new(cx->arena);
    return alive(cx, db, wish->id, &w) && seal_close(cx, wish->secrets, WEBHOOK_SEAL, *secret, &sealed) &&
           webhook_secret_put(cx, db, wish->id, sealed, &changed) &&
           said(cx, db, &w, wish->who, wish->now_us, (struct str){0},
                cx_text(cx, "id=%lld secret=new", (long long)wish->id));
}

bool webhooks_secret(struct cx *cx, struct db *db, const struct webhooks_wish_secret *wish, struct str *secret) {
    return db_write(cx, db) && end(cx, db, secret_put(cx, db, wish, secret));
}

static bool seal_all(struct cx *cx, struct db *db, struct str secrets, const struct webhook *all, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct str sealed;
        if (!seal_is(all[i].secret) && !(seal_close(cx, secrets, WEBHOOK_SEAL, all[i].secret, &sealed) &&
                                         webhook_seal(cx, db, all[i].id, all[i].secret, sealed)))
            return false;
    }
    return true;
}

bool webhooks_seal(struct cx *cx, struct db *db, struct str secrets) {
    struct webhook *all;
    size_t n, open = 0;
    if (!webhooks_list(cx, db, &all, &n))
        return false;
    for (size_t i = 0; i < n; i++)
        open += !seal_is(all[i].secret);
    return open == 0 || (db_write(cx, db) && end(cx, db, seal_all(cx, db, secrets, all, n)));
}

static const char *const states[] = {
    [WEBHOOK_TOLD] = "told", [WEBHOOK_PAUSED] = "paused", [WEBHOOK_RETIRED] = "retired"};

static bool state_put(struct cx *cx, struct db *db, int64_t id, enum webhook_state state, struct str who,
                      int64_t now_us) {
    struct webhook w;
    unsigned before;
    bool changed;
    if (!known(cx, db, id, &w))
        return false;
    if (w.state == state)
        return true;
    if (!alive(cx, db, id, &w) || !webhook_topics(cx, db, &before) ||
        !webhook_state_put(cx, db, id, state, (struct str){0}, &changed))
        return false;
    if (state == WEBHOOK_RETIRED && !delivery_give_up(cx, db, id))
        return false;
    return webhook_tell_begin(cx, db, before) &&
           said(cx, db, &w, who, now_us, cx_text(cx, "id=%lld state=%s", (long long)id, states[w.state]),
                cx_text(cx, "id=%lld state=%s", (long long)id, states[state]));
}

bool webhooks_state(struct cx *cx, struct db *db, int64_t id, enum webhook_state state, struct str who,
                    int64_t now_us) {
    return db_write(cx, db) && end(cx, db, state_put(cx, db, id, state, who, now_us));
}

/* ---- try, send once more ---- */

static bool test(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us) {
    struct webhook w;
    bool again;
    struct delivery_event event = {.name = cx_text(cx, "evt_%.*s", STR_ARG(secret_token(cx->arena))),
                                   .kind = WEBHOOK_TEST,
                                   .subject = id,
                                   .occasion = now_us,
                                   .at_us = now_us};
    return alive(cx, db, id, &w) && delivery_event_add(cx, db, &event, &again) &&
           (again || (delivery_add_to(cx, db, id, event.id) &&
                      said(cx, db, &w, who, now_us, (struct str){0}, cx_text(cx, "id=%lld tried=yes", (long long)id))));
}

bool webhooks_test(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, test(cx, db, id, who, now_us));
}

static bool resend(struct cx *cx, struct db *db, int64_t id, int64_t delivery_id, struct str who, int64_t now_us) {
    struct webhook w;
    bool found;
    return alive(cx, db, id, &w) && delivery_resend(cx, db, id, delivery_id, &found) &&
           (found || cx_fail(cx, ERR_NOT_FOUND, S("webhook.no_delivery"))) &&
           said(cx, db, &w, who, now_us, (struct str){0},
                cx_text(cx, "id=%lld sent_again=%lld", (long long)id, (long long)delivery_id));
}

bool webhooks_resend(struct cx *cx, struct db *db, int64_t id, int64_t delivery_id, struct str who, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, resend(cx, db, id, delivery_id, who, now_us));
}
