// SPDX-License-Identifier: Apache-2.0
/* signin -- from a login and a password, or a link, to a session; and what a session's token opens.
 *
 * Each call is a transaction of its own. A wrong login, a wrong password and a retired user give the same sentence in the same
 * time. Who guesses waits: by login and by address, longer each time.
 */
#ifndef REATIVA_APP_SIGNIN_H
#define REATIVA_APP_SIGNIN_H

#include "store/user.h"

enum {
    SIGNIN_SESSION_DAYS = 30, /* a session ends so long after it was made */
    SIGNIN_IDLE_DAYS = 7,     /* or was last used */
    SIGNIN_HALF_MINUTES = 10, /* for the second factor */
    SIGNIN_LINK_HOURS = 24,
    SIGNIN_SEEN_MINUTES = 5, /* how exactly "last used" is kept */
    SIGNIN_PASSWORD_LEAST = 10
};

/* Where it comes from. */
struct signin_from {
    struct str address, agent;
    int64_t now_us;
};

/* Guesses, by login and by address, also of what a signed-in person is asked once more. signin_may_guess -- LIMIT signin.wait,
 * while one must wait. signin_guessed -- counts a wrong one, forgets them after a right one. */
bool signin_may_guess(struct cx *cx, struct db *db, struct str login, const struct signin_from *from);
bool signin_guessed(struct cx *cx, struct db *db, struct str login, const struct signin_from *from, bool right);

/* signin_password -- FORBIDDEN signin.wrong; LIMIT signin.wait says how long. *half: signin_code is to follow with the token. */
bool signin_password(struct cx *cx, struct db *db, struct str login, struct str password,
                     const struct signin_from *from, struct str *token, bool *half);
/* signin_code -- the second factor; a new token, the half session ends. FORBIDDEN signin.wrong_code, LIMIT. */
bool signin_code(struct cx *cx, struct db *db, struct str half_token, struct str code, const struct signin_from *from,
                 struct str *token);
/* signin_link_make -- for 24 hours, once; INVALID for a retired user. signin_link -- FORBIDDEN signin.wrong_link; stands for the
 * password only: *half as in signin_password. *bare: there is no password yet. */
bool signin_link_make(struct cx *cx, struct db *db, const struct user *user, struct str who, int64_t now_us,
                      struct str *link);
bool signin_link(struct cx *cx, struct db *db, struct str link, const struct signin_from *from, struct str *token,
                 bool *half, bool *bare);

/* signin_session -- whose token it is; *found false: nobody's, or over. Reads; writes only when `seen` is to be moved on. */
bool signin_session(struct cx *cx, struct db *db, struct str token, int64_t now_us, bool *found,
                    struct session *session, struct user *user);
bool signin_out(struct cx *cx, struct db *db, const struct session *session);

#endif
