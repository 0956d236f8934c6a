// SPDX-License-Identifier: Apache-2.0
/* signin -- see the header. Must not tell which part of a guess was wrong. Invariant: only hashes of tokens are stored.
 */
#include "app/signin.h"

#include "base/secret.h"
#include "store/setting.h"

static const int64_t SECOND_US = 1000000, MINUTE_US = 60 * 1000000LL, DAY_US = 86400 * 1000000LL;
enum { FREE_GUESSES = 5, FREE_FROM = 20, WAIT_MOST_S = 900, FORGET_DAYS = 1, AGENT_MOST = 200 };

/* ---- guesses ---- */

struct subject {
    struct str key;
    int64_t free;
};

static void subjects_make(struct cx *cx, struct str login, const struct signin_from *from, struct subject out[2]) {
    out[0] = (struct subject){cx_text(cx, "login:%.*s", STR_ARG(login)), FREE_GUESSES};
    out[1] = (struct subject){cx_text(cx, "from:%.*s", STR_ARG(from->address)), FREE_FROM};
}

/* LIMIT while one of the two must wait. */
static bool guess_allowed(struct cx *cx, struct db *db, const struct subject subject[2], int64_t now_us) {
    for (int i = 0; i < 2; i++) {
        struct guess guess;
        if (!guess_find(cx, db, subject[i].key, &guess))
            return false;
        if (guess.until_us > now_us)
            return cx_fail(cx, ERR_LIMIT, S("signin.wait"),
                           cx_text(cx, "%lld", (long long)((guess.until_us - now_us) / SECOND_US + 1)));
    }
    return true;
}

static bool guess_wrong(struct cx *cx, struct db *db, const struct subject subject[2], int64_t now_us) {
    for (int i = 0; i < 2; i++) {
        struct guess guess;
        if (!guess_find(cx, db, subject[i].key, &guess))
            return false;
        guess.wrong = guess.last_us < now_us - FORGET_DAYS * DAY_US ? 1 : guess.wrong + 1;
        guess.last_us = now_us;
        int64_t over = guess.wrong - subject[i].free, wait_s = over <= 0    ? 0
                                                               : over >= 10 ? WAIT_MOST_S
                                                                            : (int64_t)1 << over;
        guess.until_us = now_us + (wait_s < WAIT_MOST_S ? wait_s : WAIT_MOST_S) * SECOND_US;
        if (!guess_put(cx, db, subject[i].key, &guess))
            return false;
    }
    return true;
}

static bool guess_right(struct cx *cx, struct db *db, const struct subject subject[2], int64_t now_us) {
    return guess_clear(cx, db, subject[0].key, now_us - FORGET_DAYS * DAY_US);
}

bool signin_may_guess(struct cx *cx, struct db *db, struct str login, const struct signin_from *from) {
    struct subject subject[2];
    subjects_make(cx, login, from, subject);
    bool done = db_read(cx, db) && guess_allowed(cx, db, subject, from->now_us);
    db_rollback(db);
    return done;
}

bool signin_guessed(struct cx *cx, struct db *db, struct str login, const struct signin_from *from, bool right) {
    struct subject subject[2];
    subjects_make(cx, login, from, subject);
    if (db_write(cx, db) &&
        (right ? guess_right(cx, db, subject, from->now_us) : guess_wrong(cx, db, subject, from->now_us)) &&
        db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- sessions ---- */

struct step {
    bool half, by_link;
};

static bool session_make(struct cx *cx, struct db *db, int64_t user_id, struct step step,
                         const struct signin_from *from, struct str *token) {
    struct str agent = from->agent.n > AGENT_MOST ? (struct str){from->agent.p, AGENT_MOST} : from->agent;
    if (!str_valid_utf8(agent))
        agent = (struct str){0};
    *token = secret_token(cx->arena);
    const struct session session = {.hash = secret_hash(cx->arena, *token),
                                    .user_id = user_id,
                                    .half = step.half,
                                    .by_link = step.by_link,
                                    .made_us = from->now_us,
                                    .seen_us = from->now_us,
                                    .address = from->address,
                                    .agent = agent};
    return session_sweep(cx, db, from->now_us - SIGNIN_SESSION_DAYS * DAY_US,
                         from->now_us - SIGNIN_IDLE_DAYS * DAY_US) &&
           session_add(cx, db, &session);
}

static bool signed_in(struct cx *cx, struct db *db, const struct user *user, const struct signin_from *from) {
    return audit_add(cx, db, from->now_us, user->login, S("signin"), user->login, (struct str){0}, from->address);
}

/* Commits what was found out about a guess, right or wrong; a wrong one then fails with the given words. */
static bool guess_end(struct cx *cx, struct db *db, bool done, bool right, struct str wrong_key) {
    if (!done || !db_commit(cx, db)) {
        db_rollback(db);
        return false;
    }
    return right || cx_fail(cx, ERR_FORBIDDEN, wrong_key);
}

bool signin_password(struct cx *cx, struct db *db, struct str login_given, struct str password,
                     const struct signin_from *from, struct str *token, bool *half) {
    struct subject subject[2];
    struct user user = {0};
    bool found = false;
    struct str login = str_fold(cx->arena, login_given);
    subjects_make(cx, login, from, subject);
    if (!db_read(cx, db))
        return false;
    bool ok = guess_allowed(cx, db, subject, from->now_us) && user_find_login(cx, db, login, &found, &user);
    db_rollback(db);
    if (!ok)
        return false;
    /* Outside of any transaction: it takes long on purpose. */
    bool there = found && user.retired_us == 0;
    bool right = secret_password_is(cx->arena, there ? user.password : (struct str){0}, password) && there;
    if (!db_write(cx, db))
        return false;
    *half = user.totp.n > 0;
    bool done = right ? guess_right(cx, db, subject, from->now_us) &&
                            session_make(cx, db, user.id, (struct step){.half = *half}, from, token) &&
                            (*half || signed_in(cx, db, &user, from))
                      : guess_wrong(cx, db, subject, from->now_us);
    return guess_end(cx, db, done, right, S("signin.wrong"));
}

bool signin_code(struct cx *cx, struct db *db, struct str half_token, struct str code, const struct signin_from *from,
                 struct str *token) {
    struct subject subject[2];
    struct session session = {0};
    struct user user = {0};
    bool found = false, newer = false;
    if (!db_write(cx, db))
        return false;
    bool done = session_user(cx, db, secret_hash(cx->arena, half_token), &found, &session, &user);
    found = found && session.half && user.retired_us == 0 &&
            from->now_us - session.made_us < SIGNIN_HALF_MINUTES * MINUTE_US;
    if (done && !found)
        return guess_end(cx, db, true, false, S("signin.wrong_code"));
    subjects_make(cx, user.login, from, subject);
    done = done && guess_allowed(cx, db, subject, from->now_us);
    int64_t step = user.totp_step;
    bool right = done && secret_totp_is(user.totp, code, from->now_us / SECOND_US, &step);
    if (done && right) {
        done = user_totp_step_put(cx, db, user.id, step, &newer) && guess_right(cx, db, subject, from->now_us) &&
               session_end(cx, db, session.hash, user.id) &&
               session_make(cx, db, user.id, (struct step){.by_link = session.by_link}, from, token) &&
               signed_in(cx, db, &user, from);
    } else if (done) {
        done = guess_wrong(cx, db, subject, from->now_us);
    }
    return guess_end(cx, db, done, right && newer, S("signin.wrong_code"));
}

bool signin_link_make(struct cx *cx, struct db *db, const struct user *user, struct str who, int64_t now_us,
                      struct str *link) {
    *link = secret_token(cx->arena);
    if (user->retired_us > 0)
        return cx_fail(cx, ERR_INVALID, S("signin.retired"), user->login);
    if (!db_write(cx, db))
        return false;
    if (link_add(cx, db, secret_hash(cx->arena, *link), user->id, now_us + SIGNIN_LINK_HOURS * 60 * MINUTE_US) &&
        audit_add(cx, db, now_us, who, S("link"), user->login, (struct str){0}, (struct str){0}) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

bool signin_link(struct cx *cx, struct db *db, struct str link, const struct signin_from *from, struct str *token,
                 bool *half, bool *bare) {
    int64_t user_id = 0;
    struct user user = {0};
    bool found = false;
    if (!db_write(cx, db))
        return false;
    bool done = link_take(cx, db, secret_hash(cx->arena, link), from->now_us, &found, &user_id) &&
                (!found || user_find(cx, db, user_id, &found, &user));
    found = done && found && user.retired_us == 0;
    *half = user.totp.n > 0;
    *bare = user.password.n == 0;
    if (found)
        done = session_make(cx, db, user.id, (struct step){.half = *half, .by_link = true}, from, token) &&
               (*half || signed_in(cx, db, &user, from));
    return guess_end(cx, db, done, found, S("signin.wrong_link"));
}

static bool session_over(const struct session *session, int64_t now_us) {
    return now_us - session->made_us > SIGNIN_SESSION_DAYS * DAY_US ||
           now_us - session->seen_us > SIGNIN_IDLE_DAYS * DAY_US ||
           (session->half && now_us - session->made_us > SIGNIN_HALF_MINUTES * MINUTE_US);
}

bool signin_session(struct cx *cx, struct db *db, struct str token, int64_t now_us, bool *found,
                    struct session *session, struct user *user) {
    *found = false;
    if (token.n != SECRET_TOKEN)
        return true;
    if (!db_read(cx, db))
        return false;
    bool done = session_user(cx, db, secret_hash(cx->arena, token), found, session, user);
    db_rollback(db);
    *found = done && *found && user->retired_us == 0 && !session_over(session, now_us);
    if (!*found || now_us - session->seen_us < SIGNIN_SEEN_MINUTES * MINUTE_US)
        return done;
    /* A database that cannot be written now must not sign anybody out. */
    if (!db_write(cx, db) || !session_seen(cx, db, session->hash, now_us) || !db_commit(cx, db)) {
        db_rollback(db);
        cx_clear(cx);
    }
    return true;
}

bool signin_out(struct cx *cx, struct db *db, const struct session *session) {
    if (!db_write(cx, db))
        return false;
    if (session_end(cx, db, session->hash, session->user_id) && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}
