// SPDX-License-Identifier: Apache-2.0
/* users -- who may sign in: add, change, retire, passwords, second factors, sessions; and what one sets for oneself.
 */
#ifndef REATIVA_APP_USERS_H
#define REATIVA_APP_USERS_H

#include "app/signin.h"
#include "store/label.h"
#include "store/user.h"

struct users_wish {
    int64_t id, version; /* 0: a new one */
    struct str login, name, email, phone, rep, lang;
    int64_t manager_id; /* whose team; 0: none */
    enum role role;
    bool must_totp, retired;
    struct str password; /* empty: none yet, or as it was */
    struct str who;      /* asks for it */
    int64_t now_us;
};
/* users_put -- INVALID names what is missing or too short; CONFLICT: the login is taken (but by the same form, sent
 * twice: that answers as the first did), or another changed this user first;
 * a role without its rep code, or the last admin retired, is INVALID. *out: as it is now. */
bool users_put(struct cx *cx, struct db *db, const struct users_wish *wish, struct user *out);
bool users_find(struct cx *cx, struct db *db, int64_t id, struct user *out);             /* NOT_FOUND */
bool users_find_login(struct cx *cx, struct db *db, struct str login, struct user *out); /* NOT_FOUND */
bool users_list(struct cx *cx, struct db *db, struct user **out, size_t *n);

/* users_reps -- the codes that a rep's user may have. */
bool users_reps(struct cx *cx, struct db *db, struct label **out, size_t *n);
/* users_require -- whether the user must have a second factor. A manager asks it of all but admins: FORBIDDEN. */
bool users_require(struct cx *cx, struct db *db, int64_t id, bool must, const struct user *by, int64_t now_us);

/* users_password -- a new one; the old one must be right when `old` is given: FORBIDDEN user.old_wrong, LIMIT after too many.
 * Other sessions end. */
bool users_password(struct cx *cx, struct db *db, const struct user *user, const struct str *old, struct str password,
                    struct str keep_session, const struct signin_from *from);
/* users_totp_set -- the second factor, after a first right code: INVALID signin.wrong_code. Other sessions end.
 * users_totp_off -- takes it away; the person's own code must be right when `code` is given: FORBIDDEN, LIMIT. */
bool users_totp_set(struct cx *cx, struct db *db, const struct user *user, struct str secret, struct str code,
                    struct str keep_session, int64_t now_us);
bool users_totp_off(struct cx *cx, struct db *db, const struct user *user, const struct str *code, struct str who,
                    const struct signin_from *from);
bool users_sessions(struct cx *cx, struct db *db, int64_t id, struct session **out, size_t *n);
/* users_session_end -- this one of the user's. users_sessions_end -- all but one (empty: all). */
bool users_session_end(struct cx *cx, struct db *db, const struct user *user, struct str hash, int64_t now_us);
bool users_sessions_end(struct cx *cx, struct db *db, const struct user *user, struct str but, struct str who,
                        int64_t now_us);
bool users_looks(struct cx *cx, struct db *db, int64_t id, struct str lang, struct str theme); /* INVALID */
/* users_feed -- a new address for the calendar feed, of which only the hash is kept; the old one ends. token NULL: none. */
bool users_feed(struct cx *cx, struct db *db, const struct user *user, int64_t now_us, struct str *token);

#endif
