// SPDX-License-Identifier: Apache-2.0
/* gateways -- see the header. Invariant: an address, a header and a body are checked with the fields they will be written with, so that
 * only a missing value can refuse a message later; and whatever a value holds, it stays inside its header, its quotes, its parameter.
 */
#include "app/gateways.h"

#include "app/outbox.h"
#include "base/seal.h"
#include "base/secret.h"
#include "core/address.h"
#include "core/webhook.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- fields ---- */

enum { PHONE = 0, TEXT, NAME, ID, SECRET, VALUES };

static void values_of(struct merge_value value[VALUES]) {
    static const struct merge_value known[VALUES] = {{.name = {"phone", 5}, .also = {"telefone", 8}},
                                                     {.name = {"text", 4}, .also = {"texto", 5}},
                                                     {.name = {"name", 4}, .also = {"nome", 4}},
                                                     {.name = {"id", 2}},
                                                     {.name = {"secret", 6}, .also = {"segredo", 7}}};
    for (size_t i = 0; i < VALUES; i++)
        value[i] = known[i];
}

static bool text_check(struct cx *cx, struct str text) {
    struct merge_value value[VALUES];
    struct merge_fault fault;
    values_of(value);
    return merge_check(cx->arena, text, value, VALUES, &fault) || merge_fail(cx, &fault, (struct str){0});
}

static bool text_write(struct cx *cx, struct str text, const struct merge_value *value, enum merge_form form,
                       struct str whose, struct str *out) {
    struct merge_fault fault;
    return merge_write(cx->arena, text, value, VALUES, form, GATEWAY_REQUEST_MOST, out, &fault) ||
           merge_fail(cx, &fault, whose);
}

/* A line that is none is skipped; *good false: one has no name. */
static bool header_next(struct str *rest, struct str *line, bool *good) {
    while (rest->n > 0) {
        struct str head, tail, name, value;
        (void)str_cut(*rest, '\n', &head, &tail);
        *rest = tail;
        *line = str_trim(head);
        if (line->n == 0)
            continue;
        *good = str_cut(*line, ':', &name, &value) && name.n > 0;
        for (size_t i = 0; *good && i < name.n; i++)
            *good = (name.p[i] >= 'a' && name.p[i] <= 'z') || (name.p[i] >= 'A' && name.p[i] <= 'Z') ||
                    (name.p[i] >= '0' && name.p[i] <= '9') || name.p[i] == '-' || name.p[i] == '_';
        return true;
    }
    return false;
}

/* ---- make and change ---- */

static bool headers_check(struct cx *cx, struct str headers) {
    struct str rest = headers, line;
    size_t n = 0;
    bool good = true, fits = headers.n <= GATEWAY_HEADERS_MOST;
    while (fits && good && header_next(&rest, &line, &good))
        fits = ++n <= GATEWAY_HEADERS_LINES;
    return (fits && good) ||
           cx_fail(cx, ERR_INVALID, S("gateway.bad_headers"), cx_text(cx, "%d", GATEWAY_HEADERS_LINES));
}

/* The host must not hang on a value: a message must not choose where the secret goes. */
static bool url_check(struct cx *cx, struct str url) {
    struct str host, origin = webhook_url_origin(url);
    bool fixed = origin.n == 0 || memchr(origin.p, '{', origin.n) == NULL;
    return (url.n <= GATEWAY_URL_MOST && webhook_url_host(url, &host) && fixed) ||
           cx_fail(cx, ERR_INVALID, S("gateway.bad_url"));
}

static bool wish_check(struct cx *cx, const struct gateways_wish *wish) {
    const struct gateway *g = &wish->gateway;
    if (g->name.n == 0 || g->name.n > GATEWAY_NAME_MOST)
        return cx_fail(cx, ERR_INVALID, S("gateway.bad_name"), cx_text(cx, "%d", GATEWAY_NAME_MOST));
    if (!url_check(cx, g->url) || !headers_check(cx, g->headers))
        return false;
    if (g->form != MERGE_TEXT && g->form != MERGE_JSON && g->form != MERGE_FORM)
        return cx_fail(cx, ERR_INVALID, S("gateway.bad_form"));
    if (g->body.n == 0 || g->body.n > GATEWAY_BODY_MOST)
        return cx_fail(cx, ERR_INVALID, S("gateway.bad_body"), cx_text(cx, "%d", GATEWAY_BODY_MOST));
    if (g->secret.n > GATEWAY_SECRET_MOST)
        return cx_fail(cx, ERR_INVALID, S("gateway.bad_secret"), cx_text(cx, "%d", GATEWAY_SECRET_MOST));
    if (g->expects.n > GATEWAY_EXPECTS_MOST)
        return cx_fail(cx, ERR_INVALID, S("gateway.bad_expects"), cx_text(cx, "%d", GATEWAY_EXPECTS_MOST));
    if (g->per_minute < 1 || g->per_minute > GATEWAY_RATE_MOST)
        return cx_fail(cx, ERR_INVALID, S("gateway.bad_rate"), cx_text(cx, "%d", GATEWAY_RATE_MOST));
    return text_check(cx, g->url) && text_check(cx, g->headers) && text_check(cx, g->body);
}

static bool known(struct cx *cx, struct db *db, int64_t id, struct gateway *out) {
    bool found;
    return gateway_find(cx, db, id, &found, out) && (found || cx_fail(cx, ERR_NOT_FOUND, S("gateway.unknown")));
}

static bool room_left(struct cx *cx, struct db *db, const struct gateway *g, bool fresh) {
    struct gateway *all;
    size_t n, used = 0;
    struct str folded = str_fold(cx->arena, g->name);
    if (!gateway_list(cx, db, &all, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (all[i].state == GATEWAY_RETIRED || all[i].id == g->id)
            continue;
        used++;
        if (str_equal(str_fold(cx->arena, all[i].name), folded))
            return cx_fail(cx, ERR_CONFLICT, S("gateway.taken"), all[i].name);
    }
    return !fresh || used < GATEWAYS_MOST ||
           cx_fail(cx, ERR_INVALID, S("gateway.too_many"), cx_text(cx, "%d", GATEWAYS_MOST));
}

static struct str shown(struct cx *cx, const struct gateway *g) {
    struct str origin = webhook_url_origin(g->url);
    return cx_text(cx, "id=%lld name=%.*s host=%.*s per_minute=%lld", (long long)g->id, STR_ARG(g->name),
                   STR_ARG(origin), (long long)g->per_minute);
}

static bool said(struct cx *cx, struct db *db, const struct gateway *g, struct str who, int64_t now_us,
                 struct str before, struct str after) {
    return audit_add(cx, db, now_us, who, S("gateway"), g->name, before, after);
}

/* Bound to the form that made it, as a new one has no number yet when it is sealed. */
#define SEAL_USE S("gateway")

static bool secret_close(struct cx *cx, const struct gateways_wish *wish, struct gateway *g) {
    return wish->gateway.secret.n == 0 || seal_close(cx, wish->secrets, SEAL_USE, wish->gateway.secret, &g->secret);
}

static bool make(struct cx *cx, struct db *db, const struct gateways_wish *wish, int64_t *id, bool *again) {
    struct gateway g = wish->gateway;
    g.secret = (struct str){0};
    g.made_us = wish->now_us;
    g.made_by = wish->who;
    if (!secret_close(cx, wish, &g) || !gateway_add(cx, db, &g, again))
        return false;
    *id = g.id;
    return *again ||
           (room_left(cx, db, &g, true) && said(cx, db, &g, wish->who, wish->now_us, (struct str){0}, shown(cx, &g)));
}

static bool change(struct cx *cx, struct db *db, const struct gateways_wish *wish) {
    struct gateway was, g = wish->gateway;
    bool changed;
    if (!known(cx, db, g.id, &was))
        return false;
    if (was.state == GATEWAY_RETIRED)
        return cx_fail(cx, ERR_CONFLICT, S("gateway.retired"), was.name);
    /* Another host gets no secret that was meant for this one. */
    bool moved = !str_equal(webhook_url_origin(was.url), webhook_url_origin(g.url));
    if (moved && was.secret.n > 0 && wish->gateway.secret.n == 0 && !wish->forget)
        return cx_fail(cx, ERR_INVALID, S("gateway.secret_again"));
    g.secret = wish->forget ? (struct str){0} : was.secret;
    if (!room_left(cx, db, &g, false) || !secret_close(cx, wish, &g) || !gateway_change(cx, db, &g, &changed))
        return false;
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("gateway.changed"), was.name);
    struct str became = shown(cx, &g);
    if (!str_equal(g.secret, was.secret))
        became = cx_text(cx, "%.*s secret=new", STR_ARG(became));
    return said(cx, db, &g, wish->who, wish->now_us, shown(cx, &was), became);
}

bool gateways_put(struct cx *cx, struct db *db, const struct gateways_wish *wish, int64_t *id, bool *again) {
    *again = false;
    *id = wish->gateway.id;
    return wish_check(cx, wish) && db_write(cx, db) &&
           end(cx, db, *id == 0 ? make(cx, db, wish, id, again) : change(cx, db, wish));
}

/* ---- look, pause, retire ---- */

bool gateways_list(struct cx *cx, struct db *db, struct gateway **out, size_t *n) {
    bool done = db_read(cx, db) && gateway_list(cx, db, out, n);
    db_rollback(db);
    return done;
}

bool gateways_look(struct cx *cx, struct db *db, int64_t id, struct gateway *out) {
    bool done = db_read(cx, db) && known(cx, db, id, out);
    db_rollback(db);
    return done;
}

static bool state_put(struct cx *cx, struct db *db, int64_t id, enum gateway_state state, struct str who,
                      int64_t now_us) {
    static const char *const states[] = {"", "used", "paused", "retired"};
    struct gateway g;
    bool changed;
    return known(cx, db, id, &g) && gateway_state_put(cx, db, id, state, &changed) &&
           (changed || g.state == state || cx_fail(cx, ERR_CONFLICT, S("gateway.retired"), g.name)) &&
           (!changed || said(cx, db, &g, who, now_us, cx_text(cx, "id=%lld state=%s", (long long)id, states[g.state]),
                             cx_text(cx, "id=%lld state=%s", (long long)id, states[state])));
}

bool gateways_state(struct cx *cx, struct db *db, int64_t id, enum gateway_state state, struct str who,
                    int64_t now_us) {
    return db_write(cx, db) && end(cx, db, state_put(cx, db, id, state, who, now_us));
}

/* ---- a message ---- */

static bool trial_put(struct cx *cx, struct db *db, const struct gateways_trial *trial, struct str phone,
                      int64_t *message_id) {
    struct gateway g;
    bool again;
    if (!known(cx, db, trial->id, &g))
        return false;
    if (g.state != GATEWAY_USED)
        return cx_fail(cx, ERR_CONFLICT, S("gateway.not_used"), g.name);
    const struct outbox_wish wish = {.cause = cx_text(cx, "test:%.*s", STR_ARG(trial->token)),
                                     .recipient = cx_text(cx, "user:%lld", (long long)trial->user_id),
                                     .day = trial->today,
                                     .channel = MESSAGE_HTTP,
                                     .kind = MESSAGE_TEST,
                                     .user_id = trial->user_id,
                                     .from_user_id = trial->user_id,
                                     .gateway_id = g.id,
                                     .address = phone,
                                     .name = trial->who,
                                     .subject = trial->text,
                                     .text = trial->text,
                                     .now_us = trial->now_us};
    return outbox_put(cx, db, &wish, &again, message_id) &&
           (again || said(cx, db, &g, trial->who, trial->now_us, (struct str){0},
                          cx_text(cx, "id=%lld tried=yes", (long long)g.id)));
}

bool gateways_test(struct cx *cx, struct db *db, const struct gateways_trial *trial, int64_t *message_id) {
    struct address phone;
    if (!address_phone(trial->phone, &phone))
        return cx_fail(cx, ERR_INVALID, S("gateway.bad_phone"));
    return db_write(cx, db) && end(cx, db, trial_put(cx, db, trial, (struct str){phone.text, phone.n}, message_id));
}

/* ---- as the provider wants it ---- */

static bool headers_write(struct cx *cx, const struct gateway *g, const struct merge_value *value, struct str whose,
                          struct gateways_request *out) {
    static const struct str kind[] = {[MERGE_TEXT] = {"Content-Type: text/plain; charset=utf-8", 39},
                                      [MERGE_JSON] = {"Content-Type: application/json", 30},
                                      [MERGE_FORM] = {"Content-Type: application/x-www-form-urlencoded", 47}};
    struct str rest = g->headers, line;
    bool good, own = false;
    while (out->headers < GATEWAY_HEADERS_LINES && header_next(&rest, &line, &good)) {
        if (!text_write(cx, line, value, MERGE_LINE, whose, &out->header[out->headers]))
            return false;
        own = own || str_starts(str_lower(cx->arena, line), S("content-type:"));
        out->headers++;
    }
    if (!own)
        out->header[out->headers++] = kind[g->form <= MERGE_FORM && kind[g->form].n > 0 ? g->form : MERGE_TEXT];
    return true;
}

bool gateways_request(struct cx *cx, const struct gateway *g, struct str secrets, const struct message *message,
                      struct str text, struct gateways_request *out) {
    struct merge_value value[VALUES];
    values_of(value);
    value[PHONE].value = message->address;
    value[TEXT].value = text;
    value[NAME].value = message->name;
    value[ID].value = message->header;
    *out = (struct gateways_request){.headers = 0};
    if (g->secret.n > 0 && !seal_open(cx, secrets, SEAL_USE, g->secret, &value[SECRET].value))
        return false;
    out->secret = value[SECRET].value;
    return text_write(cx, g->url, value, MERGE_FORM, message->name, &out->url) &&
           text_write(cx, g->body, value, g->form, message->name, &out->body) &&
           headers_write(cx, g, value, message->name, out);
}
