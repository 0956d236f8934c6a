// SPDX-License-Identifier: Apache-2.0
/* sessions -- who is signed in, all of them, and who has guessed wrong; ending one session or all of one user.
 */
#ifndef REATIVA_APP_SESSIONS_H
#define REATIVA_APP_SESSIONS_H

#include "store/user.h"

enum { SESSIONS_MOST = 2000 };

/* sessions_all -- those that still open something, the last used first, at most SESSIONS_MOST; of each who it is. */
bool sessions_all(struct cx *cx, struct db *db, int64_t now_us, struct session_whose **out, size_t *n);
/* sessions_guesses -- wrong guesses that still count, the newest first: "login:ana", "from:10.0.0.7". */
bool sessions_guesses(struct cx *cx, struct db *db, struct guess_whose **out, size_t *n);
/* sessions_end -- this one of the user's (hash empty: all of them but `but`, that of who asks); twice is once. */
bool sessions_end(struct cx *cx, struct db *db, const struct user *user, struct str hash, struct str but,
                  struct str who, int64_t now_us);

#endif
