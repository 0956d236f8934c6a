// SPDX-License-Identifier: Apache-2.0
/* users -- who may sign in: add, change, retire, passwords, second factors, sessions; and what one sets for oneself.
 */
#ifndef REATIVA_APP_USERS_H
#define REATIVA_APP_USERS_H

#include "store/user.h"

struct users_wish {
    int64_t id, version; /* 0: a new one */
    struct str login, name, email, rep, lang;
    enum role role;
    bool must_totp, retired;
    struct str password; /* empty: none yet, or as it was */
    struct str who;      /* asks for it */
    int64_t now_us;
};
/* users_put -- INVALID names what is missing or too short; CONFLICT: the login is taken, or another changed this user first;
 * a role without its rep code, or the last admin retired, is INVALID. *out: as it is now. */
bool users_put(struct cx *cx, struct db *db, const struct users_wish *wish, struct user *out);
bool users_find(struct cx *cx, struct db *db, int64_t id, struct user *out);             /* NOT_FOUND */
bool users_find_login(struct cx *cx, struct db *db, struct str login, struct user *out); /* NOT_FOUND */
bool users_list(struct cx *cx, struct db *db, struct user **out, size_t *n);

/* users_password -- a new one; the old one must be right when `old` is given. Other sessions end. */
bool users_password(struct cx *cx, struct db *db, int64_t id, const struct str *old, struct str password,
                    struct str keep_session, struct str who, int64_t now_us);
/* users_totp -- set the second factor after a first right code; empty secret: take it away. */
bool users_totp(struct cx *cx, struct db *db, int64_t id, struct str secret, struct str code, struct str who,
                int64_t now_us);
bool users_sessions(struct cx *cx, struct db *db, int64_t id, struct session **out, size_t *n);
bool users_session_end(struct cx *cx, struct db *db, int64_t id, struct str hash); /* empty: all */
bool users_looks(struct cx *cx, struct db *db, int64_t id, struct str lang, struct str theme);

#endif
