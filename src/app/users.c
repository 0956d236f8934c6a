// SPDX-License-Identifier: Apache-2.0
/* users -- see the header. Each call is one transaction; every change leaves a line in the audit trail, no password does.
 */
#include "app/users.h"

#include <string.h>

#include "base/catalog.h"
#include "base/limits.h"
#include "base/secret.h"
#include "store/setting.h"

enum { PHONE_DIGITS_LEAST = 8, PHONE_DIGITS_MOST = 15 };

static bool login_ok(struct str login) {
    for (size_t i = 0; i < login.n; i++) {
        char c = login.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == '@'))
            return false;
    }
    return login.n > 0 && login.n <= LIMIT_CODE;
}

static bool password_check(struct cx *cx, struct str password) {
    if (password.n < SIGNIN_PASSWORD_LEAST)
        return cx_fail(cx, ERR_INVALID, S("user.password_short"), cx_text(cx, "%d", SIGNIN_PASSWORD_LEAST));
    return password.n <= SECRET_PASSWORD_MOST ||
           cx_fail(cx, ERR_INVALID, S("user.password_long"), cx_text(cx, "%d", SECRET_PASSWORD_MOST));
}

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

static struct str shown(struct cx *cx, const struct user *user) {
    return cx_text(cx, "name=%.*s role=%s rep=%.*s email=%.*s phone=%.*s manager=%lld second_factor=%s retired=%s",
                   STR_ARG(user->name), role_name(user->role), STR_ARG(user->rep), STR_ARG(user->email),
                   STR_ARG(user->phone), (long long)user->manager_id, user->must_totp ? "must" : "may",
                   user->retired_us > 0 ? "yes" : "no");
}

/* Somebody must be left who can make users. */
static bool admin_left(struct cx *cx, struct db *db, const struct user *user) {
    struct user *all;
    size_t n;
    if (user->role == ROLE_ADMIN && user->retired_us == 0)
        return true;
    if (!user_list(cx, db, &all, &n))
        return false;
    bool was = false;
    for (size_t i = 0; i < n; i++) {
        if (all[i].id != user->id && all[i].role == ROLE_ADMIN && all[i].retired_us == 0)
            return true;
        was = was || (all[i].id == user->id && all[i].role == ROLE_ADMIN && all[i].retired_us == 0);
    }
    return !was || cx_fail(cx, ERR_INVALID, S("user.last_admin"));
}

/* Digits, and what people write between them; empty: none. */
static bool phone_good(struct str phone) {
    size_t digits = 0;
    for (size_t i = 0; i < phone.n; i++) {
        bool digit = phone.p[i] >= '0' && phone.p[i] <= '9';
        digits += digit;
        if (!digit && memchr(" ()+-.", phone.p[i], 6) == NULL)
            return false;
    }
    return phone.n == 0 || (digits >= PHONE_DIGITS_LEAST && digits <= PHONE_DIGITS_MOST && phone.n <= LIMIT_CODE);
}

/* Somebody who is there, is no rep, and is not in a team whose manager they are. */
static bool manager_good(struct cx *cx, struct db *db, const struct user *user) {
    struct user manager;
    bool found = false;
    if (user->manager_id == 0)
        return true;
    return (user_find(cx, db, user->manager_id, &found, &manager) && found && manager.id != user->id &&
            manager.role != ROLE_REP) ||
           (cx->err.code == ERR_NONE && cx_fail(cx, ERR_INVALID, S("user.manager")));
}

static bool wish_check(struct cx *cx, struct db *db, const struct users_wish *wish, struct user *user) {
    if (wish->id == 0 && !login_ok(user->login))
        return cx_fail(cx, ERR_INVALID, S("user.login"), wish->login);
    if (user->name.n == 0 || user->name.n > LIMIT_NAME)
        return cx_fail(cx, ERR_INVALID, S("user.name"));
    if (user->email.n > LIMIT_NAME || (user->email.n > 0 && memchr(user->email.p, '@', user->email.n) == NULL))
        return cx_fail(cx, ERR_INVALID, S("user.email"), user->email);
    if (!phone_good(user->phone))
        return cx_fail(cx, ERR_INVALID, S("user.phone"), user->phone);
    if (!manager_good(cx, db, user))
        return false;
    if (wish->role <= ROLE_NONE || wish->role >= ROLE_COUNT)
        return cx_fail(cx, ERR_INVALID, S("user.role"));
    if (wish->role == ROLE_REP && wish->rep.n == 0)
        return cx_fail(cx, ERR_INVALID, S("user.rep_missing"));
    if (!label_find(cx, db, LABEL_REP, wish->rep, &user->rep_id))
        return false;
    if (wish->rep.n > 0 && user->rep_id < 0)
        return cx_fail(cx, ERR_INVALID, S("user.rep_unknown"), wish->rep);
    if (wish->rep.n == 0)
        user->rep_id = 0;
    user->rep = wish->rep;
    return true;
}

/* The form that added them, sent once more: nobody has changed them since, and nothing else was typed. */
static bool sent_twice(const struct user *there, const struct user *user, int64_t now_us) {
    static const int64_t DAY_US = INT64_C(86400) * 1000000;
    return there->version == 1 && there->retired_us == 0 && there->made_us > now_us - DAY_US &&
           there->role == user->role && there->rep_id == user->rep_id && there->must_totp == user->must_totp &&
           there->manager_id == user->manager_id && str_equal(there->name, user->name) &&
           str_equal(there->email, user->email) && str_equal(there->phone, user->phone);
}

static bool put(struct cx *cx, struct db *db, const struct users_wish *wish, struct user *user) {
    bool found = false, changed = true;
    struct user before = {0};
    if (wish->id != 0 && !user_find(cx, db, wish->id, &found, &before))
        return false;
    if (wish->id != 0 && !found)
        return cx_fail(cx, ERR_NOT_FOUND, S("user.unknown"));
    *user = before;
    user->login = wish->id == 0 ? str_fold(cx->arena, wish->login) : before.login;
    user->name = str_trim(wish->name);
    user->email = str_trim(wish->email);
    user->phone = str_trim(wish->phone);
    user->manager_id = wish->manager_id;
    user->role = wish->role;
    user->must_totp = wish->must_totp;
    user->lang = wish->lang;
    user->version = wish->version;
    user->retired_us = !wish->retired ? 0 : before.retired_us > 0 ? before.retired_us : wish->now_us;
    if (!wish_check(cx, db, wish, user) || !admin_left(cx, db, user))
        return false;
    if (wish->id == 0) {
        if (!user_find_login(cx, db, user->login, &found, &before))
            return false;
        if (found && wish->password.n == 0 && sent_twice(&before, user, wish->now_us)) {
            *user = before;
            return true;
        }
        if (found)
            return cx_fail(cx, ERR_CONFLICT, S("user.login_taken"), user->login);
        user->made_us = wish->now_us;
        if (wish->password.n > 0 && !secret_password(cx->arena, wish->password, &user->password))
            return cx_fail(cx, ERR_LIMIT, S("user.no_memory"));
        if (!user_add(cx, db, user))
            return false;
    } else if (!user_change(cx, db, user, &changed)) {
        return false;
    }
    if (!changed)
        return cx_fail(cx, ERR_CONFLICT, S("user.changed"), user->login);
    /* Another role, or none: what is open must not go on with the old rights. */
    bool ends = wish->id != 0 && (user->retired_us > 0 || user->role != before.role || user->rep_id != before.rep_id);
    return (!ends || session_end_all(cx, db, user->id, (struct str){0})) &&
           audit_add(cx, db, wish->now_us, wish->who, S("user"), user->login,
                     wish->id == 0 ? (struct str){0} : shown(cx, &before), shown(cx, user));
}

bool users_put(struct cx *cx, struct db *db, const struct users_wish *wish, struct user *out) {
    if (wish->password.n > 0 && !password_check(cx, wish->password))
        return false;
    return db_write(cx, db) && end(cx, db, put(cx, db, wish, out));
}

bool users_find(struct cx *cx, struct db *db, int64_t id, struct user *out) {
    bool found = false, done = db_read(cx, db) && user_find(cx, db, id, &found, out);
    db_rollback(db);
    return done && (found || cx_fail(cx, ERR_NOT_FOUND, S("user.unknown")));
}

bool users_find_login(struct cx *cx, struct db *db, struct str login, struct user *out) {
    bool found = false, done = db_read(cx, db) && user_find_login(cx, db, str_fold(cx->arena, login), &found, out);
    db_rollback(db);
    return done && (found || cx_fail(cx, ERR_NOT_FOUND, S("user.unknown_login"), login));
}

bool users_list(struct cx *cx, struct db *db, struct user **out, size_t *n) {
    bool done = db_read(cx, db) && user_list(cx, db, out, n);
    db_rollback(db);
    return done;
}

bool users_reps(struct cx *cx, struct db *db, struct label **out, size_t *n) {
    bool done = db_read(cx, db) && label_list(cx, db, LABEL_REP, out, n);
    db_rollback(db);
    return done;
}

static bool require(struct cx *cx, struct db *db, int64_t id, bool must, const struct user *by, int64_t now_us) {
    struct user user, before;
    bool found, changed;
    if (!user_find(cx, db, id, &found, &user))
        return false;
    if (!found)
        return cx_fail(cx, ERR_NOT_FOUND, S("user.unknown"));
    if (by->role != ROLE_ADMIN && user.role == ROLE_ADMIN)
        return cx_fail(cx, ERR_FORBIDDEN, S("user.not_of_admins"));
    before = user;
    user.must_totp = must;
    return user_change(cx, db, &user, &changed) &&
           audit_add(cx, db, now_us, by->login, S("user"), user.login, shown(cx, &before), shown(cx, &user));
}

bool users_require(struct cx *cx, struct db *db, int64_t id, bool must, const struct user *by, int64_t now_us) {
    return db_write(cx, db) && end(cx, db, require(cx, db, id, must, by, now_us));
}

/* ---- one's own ---- */

/* What was asked once more is counted like a guess at signing in. */
static bool asked(struct cx *cx, struct db *db, const struct user *user, const struct signin_from *from, bool right,
                  struct str wrong_key) {
    return signin_guessed(cx, db, user->login, from, right) && (right || cx_fail(cx, ERR_FORBIDDEN, wrong_key));
}

bool users_password(struct cx *cx, struct db *db, const struct user *user, const struct str *old, struct str password,
                    struct str keep_session, const struct signin_from *from) {
    struct str kept;
    if (!password_check(cx, password))
        return false;
    if (old != NULL &&
        (!signin_may_guess(cx, db, user->login, from) ||
         !asked(cx, db, user, from, secret_password_is(cx->arena, user->password, *old), S("user.old_wrong"))))
        return false;
    if (!secret_password(cx->arena, password, &kept))
        return cx_fail(cx, ERR_LIMIT, S("user.no_memory"));
    return db_write(cx, db) &&
           end(cx, db,
               user_password_put(cx, db, user->id, kept) && session_end_all(cx, db, user->id, keep_session) &&
                   session_known(cx, db, keep_session) &&
                   audit_add(cx, db, from->now_us, user->login, S("password"), user->login, (struct str){0},
                             (struct str){0}));
}

static bool totp_put(struct cx *cx, struct db *db, const struct user *user, struct str secret, int64_t step,
                     struct str who, int64_t now_us) {
    return user_totp_put(cx, db, user->id, secret, step) &&
           audit_add(cx, db, now_us, who, S("second_factor"), user->login, user->totp.n > 0 ? S("on") : S("off"),
                     secret.n > 0 ? S("on") : S("off"));
}

bool users_totp_set(struct cx *cx, struct db *db, const struct user *user, struct str secret, struct str code,
                    struct str keep_session, int64_t now_us) {
    int64_t step = 0;
    if (secret.n != SECRET_TOTP || !secret_totp_is(secret, code, now_us / 1000000, &step))
        return cx_fail(cx, ERR_INVALID, S("signin.wrong_code"));
    return db_write(cx, db) && end(cx, db,
                                   totp_put(cx, db, user, secret, step, user->login, now_us) &&
                                       session_end_all(cx, db, user->id, keep_session));
}

bool users_totp_off(struct cx *cx, struct db *db, const struct user *user, const struct str *code, struct str who,
                    const struct signin_from *from) {
    int64_t step = user->totp_step;
    if (code != NULL && (!signin_may_guess(cx, db, user->login, from) ||
                         !asked(cx, db, user, from, secret_totp_is(user->totp, *code, from->now_us / 1000000, &step),
                                S("signin.wrong_code"))))
        return false;
    return db_write(cx, db) && end(cx, db, totp_put(cx, db, user, (struct str){0}, 0, who, from->now_us));
}

bool users_sessions(struct cx *cx, struct db *db, int64_t id, struct session **out, size_t *n) {
    bool done = db_read(cx, db) && session_list(cx, db, id, out, n);
    db_rollback(db);
    return done;
}

bool users_session_end(struct cx *cx, struct db *db, const struct user *user, struct str hash, int64_t now_us) {
    return db_write(cx, db) &&
           end(cx, db,
               session_end(cx, db, hash, user->id) && audit_add(cx, db, now_us, user->login, S("session_end"),
                                                                user->login, (struct str){0}, (struct str){0}));
}

bool users_sessions_end(struct cx *cx, struct db *db, const struct user *user, struct str but, struct str who,
                        int64_t now_us) {
    return db_write(cx, db) &&
           end(cx, db,
               session_end_all(cx, db, user->id, but) &&
                   audit_add(cx, db, now_us, who, S("sessions_end"), user->login, (struct str){0}, (struct str){0}));
}

bool users_looks(struct cx *cx, struct db *db, int64_t id, struct str lang, struct str theme) {
    enum lang read;
    if ((lang.n > 0 && !lang_parse(lang, &read)) ||
        (theme.n > 0 && !str_equal(theme, S("light")) && !str_equal(theme, S("dark"))))
        return cx_fail(cx, ERR_INVALID, S("user.looks"));
    return db_write(cx, db) && end(cx, db, user_looks_put(cx, db, id, lang, theme));
}

bool users_feed(struct cx *cx, struct db *db, const struct user *user, int64_t now_us, struct str *token) {
    struct str hash = {0};
    if (token != NULL) {
        *token = secret_token(cx->arena);
        hash = secret_hash(cx->arena, *token);
    }
    return db_write(cx, db) &&
           end(cx, db,
               user_feed_put(cx, db, user->id, hash) &&
                   audit_add(cx, db, now_us, user->login, S("feed"), user->login, user->feed.n > 0 ? S("on") : S("off"),
                             token != NULL ? S("on") : S("off")));
}
