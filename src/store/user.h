// SPDX-License-Identifier: Apache-2.0
/* user -- who signs in, their sessions, one-time links, wrong guesses.
 */
#ifndef REATIVA_STORE_USER_H
#define REATIVA_STORE_USER_H

#include "core/permission.h"
#include "store/db.h"

struct user {
    int64_t id;
    struct str login, name, email;
    enum role role;
    int64_t rep_id; /* label; 0: none */
    struct str rep; /* its code */
    struct str password, totp, feed;
    int64_t totp_step;
    bool must_totp;
    struct str lang, theme; /* empty: as the browser says */
    int64_t manager_id;     /* whose team; 0: none */
    struct str phone;       /* where a message reaches them */
    int64_t made_us, retired_us, version;
};

struct session {
    struct str hash; /* of its token */
    int64_t user_id;
    bool half;    /* the second factor is still to come */
    bool by_link; /* came by a one-time link, not with the password */
    int64_t made_us, seen_us;
    struct str address, agent;
    int64_t unread; /* messages inside the program that its person has not read; session_user alone tells */
};

bool user_add(struct cx *cx, struct db *db, struct user *user); /* sets id */
bool user_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct user *out);
bool user_find_login(struct cx *cx, struct db *db, struct str login, bool *found, struct user *out);
bool user_find_feed(struct cx *cx, struct db *db, struct str hash, bool *found, struct user *out);
bool user_list(struct cx *cx, struct db *db, struct user **out, size_t *n);
bool user_change(struct cx *cx, struct db *db, const struct user *user, bool *changed); /* false: another was first */
bool user_password_put(struct cx *cx, struct db *db, int64_t id, struct str password);
bool user_totp_put(struct cx *cx, struct db *db, int64_t id, struct str totp, int64_t step);
bool user_totp_step_put(struct cx *cx, struct db *db, int64_t id, int64_t step, bool *newer);
bool user_looks_put(struct cx *cx, struct db *db, int64_t id, struct str lang, struct str theme);
bool user_feed_put(struct cx *cx, struct db *db, int64_t id, struct str hash);

bool session_add(struct cx *cx, struct db *db, const struct session *session);
/* session_user -- the session and whose it is, however old it is and whoever was retired. */
bool session_user(struct cx *cx, struct db *db, struct str hash, bool *found, struct session *session,
                  struct user *user);
bool session_list(struct cx *cx, struct db *db, int64_t user_id, struct session **out, size_t *n);
/* session_all -- of everybody, made and last used since, the last used first. */
struct session_whose {
    struct session session;
    struct str login, name;
    enum role role;
};
bool session_all(struct cx *cx, struct db *db, int64_t made_since_us, int64_t seen_since_us, int64_t most,
                 struct session_whose **out, size_t *n);
bool session_seen(struct cx *cx, struct db *db, struct str hash, int64_t now_us);
bool session_known(struct cx *cx, struct db *db, struct str hash); /* its person has just set the password */
bool session_end(struct cx *cx, struct db *db, struct str hash, int64_t user_id);
bool session_end_all(struct cx *cx, struct db *db, int64_t user_id, struct str but);
bool session_sweep(struct cx *cx, struct db *db, int64_t made_before_us, int64_t seen_before_us);

bool link_add(struct cx *cx, struct db *db, struct str hash, int64_t user_id, int64_t ends_us);
bool link_sweep(struct cx *cx, struct db *db); /* all of them */
bool link_take(struct cx *cx, struct db *db, struct str hash, int64_t now_us, bool *found, int64_t *user_id);

struct guess {
    int64_t wrong, last_us, until_us;
};
bool guess_find(struct cx *cx, struct db *db, struct str subject, struct guess *out); /* all 0: none */
/* guess_all -- the newest first. */
struct guess_whose {
    struct str subject; /* "login:ana", "from:10.0.0.7" */
    struct guess guess;
};
bool guess_all(struct cx *cx, struct db *db, int64_t most, struct guess_whose **out, size_t *n);
bool guess_put(struct cx *cx, struct db *db, struct str subject, const struct guess *guess);
bool guess_clear(struct cx *cx, struct db *db, struct str subject, int64_t before_us);

#endif
