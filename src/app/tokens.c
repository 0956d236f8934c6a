// SPDX-License-Identifier: Apache-2.0
/* tokens -- see the header. Invariant: only hashes of tokens are stored. */
#include "app/tokens.h"

#include "base/secret.h"
#include "store/setting.h"

static const int64_t SECOND_US = 1000000, MINUTE_US = 60 * 1000000LL, DAY_US = 86400 * 1000000LL;

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static bool may_touch(const struct user *by, int64_t owner) {
    return by == NULL || by->id == owner || role_may(by->role, PERM_TOKEN_WRITE);
}

/* ---- make and end ---- */

static bool wish_check(struct cx *cx, const struct tokens_wish *wish) {
    if (str_trim(wish->name).n == 0 || wish->name.n > TOKENS_NAME_MOST)
        return cx_fail(cx, ERR_INVALID, S("token.bad_name"), cx_text(cx, "%d", TOKENS_NAME_MOST));
    if (wish->grants == 0)
        return cx_fail(cx, ERR_INVALID, S("token.bad_grants"));
    if (wish->rate < 0 || wish->rate > TOKENS_RATE_MOST)
        return cx_fail(cx, ERR_INVALID, S("token.bad_rate"), cx_text(cx, "%d", TOKENS_RATE_MOST));
    return (wish->days >= 0 && wish->days <= TOKENS_DAYS_MOST) ||
           cx_fail(cx, ERR_INVALID, S("token.bad_days"), cx_text(cx, "%d", TOKENS_DAYS_MOST));
}

/* A name twice would leave nobody sure which one to end; a form sent twice makes one. */
static bool room_left(struct cx *cx, struct db *db, const struct user *owner, struct str name) {
    struct token *token;
    size_t n, in_use = 0;
    if (!token_list(cx, db, owner->id, &token, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (token[i].retired_us > 0)
            continue;
        if (str_equal(token[i].name, name))
            return cx_fail(cx, ERR_CONFLICT, S("token.name_taken"), owner->login, name);
        in_use++;
    }
    return in_use < TOKENS_OF_USER ||
           cx_fail(cx, ERR_INVALID, S("token.too_many"), owner->login, cx_text(cx, "%d", TOKENS_OF_USER));
}

static bool make(struct cx *cx, struct db *db, const struct tokens_wish *wish, struct token *out, struct str *secret) {
    struct user owner;
    bool found = false;
    if (!user_find_login(cx, db, str_fold(cx->arena, wish->login), &found, &owner))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("user.unknown_login"), wish->login);
    if (!may_touch(wish->by, owner.id))
        return cx_fail(cx, ERR_FORBIDDEN, S("token.not_yours"));
    if (owner.retired_us > 0)
        return cx_fail(cx, ERR_INVALID, S("token.owner_retired"), owner.login);
    if (!room_left(cx, db, &owner, str_trim(wish->name)))
        return false;
    *secret = secret_token(cx->arena);
    *out = (struct token){.name = str_trim(wish->name),
                          .hash = secret_hash(cx->arena, *secret),
                          .user_id = owner.id,
                          .login = owner.login,
                          .grants = grant_set_text(cx->arena, wish->grants),
                          .rate = wish->rate > 0 ? wish->rate : TOKENS_RATE,
                          .made_us = wish->now_us,
                          .made_by = wish->who,
                          .expires_us = wish->days > 0 ? wish->now_us + wish->days * DAY_US : 0};
    return token_add(cx, db, out) &&
           audit_add(cx, db, wish->now_us, wish->who, S("token"), owner.login, (struct str){0},
                     cx_text(cx, "id=%lld name=%.*s grants=%.*s days=%lld", (long long)out->id, STR_ARG(out->name),
                             STR_ARG(out->grants), (long long)wish->days));
}

bool tokens_make(struct cx *cx, struct db *db, const struct tokens_wish *wish, struct token *out, struct str *secret) {
    return wish_check(cx, wish) && db_write(cx, db) && end(cx, db, make(cx, db, wish, out, secret));
}

static bool retire(struct cx *cx, struct db *db, int64_t id, const struct user *by, struct str who, int64_t now_us) {
    struct token *token;
    size_t n, at = 0;
    bool changed = false;
    if (!token_list(cx, db, 0, &token, &n))
        return false;
    while (at < n && token[at].id != id)
        at++;
    if (at == n || !may_touch(by, token[at].user_id))
        return cx_fail(cx, ERR_NOT_FOUND, S("token.no_token"));
    return token_retire(cx, db, id, now_us, &changed) &&
           (!changed || audit_add(cx, db, now_us, who, S("token"), token[at].login,
                                  cx_text(cx, "id=%lld name=%.*s ended=no", (long long)id, STR_ARG(token[at].name)),
                                  cx_text(cx, "id=%lld name=%.*s ended=yes", (long long)id, STR_ARG(token[at].name))));
}

bool tokens_end(struct cx *cx, struct db *db, int64_t id, const struct user *by, struct str who, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, retire(cx, db, id, by, who, now_us));
}

bool tokens_list(struct cx *cx, struct db *db, int64_t user_id, struct token **out, size_t *n) {
    bool done = db_read(cx, db) && token_list(cx, db, user_id, out, n);
    db_rollback(db);
    return done;
}

/* ---- whose it is ---- */

static bool stands(struct cx *cx, const struct token *token, const struct user *user, int64_t now_us) {
    if (token->retired_us > 0)
        return cx_fail(cx, ERR_FORBIDDEN, S("token.ended"));
    if (token->expires_us > 0 && token->expires_us <= now_us)
        return cx_fail(cx, ERR_FORBIDDEN, S("token.expired"));
    if (user->retired_us > 0)
        return cx_fail(cx, ERR_FORBIDDEN, S("token.owner_retired"), user->login);
    if (user->must_totp && user->totp.n == 0)
        return cx_fail(cx, ERR_FORBIDDEN, S("token.owner_second_factor"), user->login);
    /* An empty scope means everybody's customers: it must never be that of a rep, whatever became of their code. */
    if (user->role == ROLE_REP && user->rep.n == 0)
        return cx_fail(cx, ERR_FORBIDDEN, S("token.owner_portfolio"), user->login);
    return true;
}

bool tokens_open(struct cx *cx, struct db *db, struct str secret, int64_t now_us, struct token *token,
                 struct user *user) {
    bool found = false;
    if (secret.n != SECRET_TOKEN)
        return cx_fail(cx, ERR_FORBIDDEN, S("token.unknown"));
    if (!db_read(cx, db))
        return false;
    bool done = token_find(cx, db, secret_hash(cx->arena, secret), &found, token) &&
                (!found || user_find(cx, db, token->user_id, &found, user));
    db_rollback(db);
    if (!done)
        return false;
    if (!found)
        return cx_fail(cx, ERR_FORBIDDEN, S("token.unknown"));
    if (!stands(cx, token, user, now_us))
        return false;
    if (now_us - token->seen_us < TOKENS_SEEN_MINUTES * MINUTE_US)
        return true;
    /* A database that cannot be written now must not shut anybody out. */
    if (!db_write(cx, db) || !token_seen(cx, db, token->id, now_us) || !db_commit(cx, db)) {
        db_rollback(db);
        cx_clear(cx);
    }
    return true;
}

/* ---- keys ---- */

static bool key_take(struct cx *cx, struct db *db, int64_t token_id, struct str key, struct str digest, int64_t now_us,
                     bool *answered_before, struct answered *out) {
    bool found = false;
    if (!answered_sweep(cx, db, now_us - TOKENS_KEY_HOURS * 60 * MINUTE_US) ||
        !answered_find(cx, db, token_id, key, &found, out))
        return false;
    if (found && !str_equal(out->digest, digest))
        return cx_fail(cx, ERR_INVALID, S("token.key_reused"));
    *answered_before = found && out->status != 0;
    if (found && out->status == 0 && now_us - out->made_us < TOKENS_KEY_BUSY_S * SECOND_US)
        return cx_fail(cx, ERR_CONFLICT, S("token.key_busy"));
    return *answered_before || answered_claim(cx, db, token_id, key, digest, now_us);
}

bool tokens_key_take(struct cx *cx, struct db *db, int64_t token_id, struct str key, struct str digest, int64_t now_us,
                     bool *answered_before, struct answered *out) {
    *answered_before = false;
    return db_write(cx, db) && end(cx, db, key_take(cx, db, token_id, key, digest, now_us, answered_before, out));
}

bool tokens_key_keep(struct cx *cx, struct db *db, int64_t token_id, struct str key, const struct answered *answered) {
    return db_write(cx, db) && end(cx, db,
                                   answered->status == 0 ? answered_drop(cx, db, token_id, key)
                                                         : answered_put(cx, db, token_id, key, answered));
}
