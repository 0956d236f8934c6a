// SPDX-License-Identifier: Apache-2.0
/* tokens -- other programs sign in: make a token, end one, ask whose it is; and answer a key twice in the same words.
 *
 * A token may never do more than its owner: it stops with the owner's role, portfolio, second factor and retirement. Each call is
 * one transaction; making and ending leave a line in the audit trail, the token itself is shown once and kept nowhere.
 */
#ifndef REATIVA_APP_TOKENS_H
#define REATIVA_APP_TOKENS_H

#include "core/grant.h"
#include "store/token.h"
#include "store/user.h"

enum {
    TOKENS_NAME_MOST = 100, /* bytes */
    TOKENS_RATE = 600,      /* requests a minute, unless said */
    TOKENS_RATE_MOST = 10000000,
    TOKENS_DAYS_MOST = 3660,
    TOKENS_SEEN_MINUTES = 5, /* how exactly "last used" is kept */
    TOKENS_OF_USER = 50,     /* in use at once */
    TOKENS_KEY_MOST = 200,   /* bytes of an Idempotency-Key */
    TOKENS_KEY_HOURS = 48,   /* an answer is kept so long */
    TOKENS_KEY_BUSY_S = 60 /* a key that was not answered within this may be tried again: nothing answers it any more */
};

struct tokens_wish {
    struct str login; /* whose it is to be */
    struct str name;
    unsigned grants;
    int64_t rate, days;    /* 0: TOKENS_RATE; no end */
    const struct user *by; /* who asks, when that is not the command line: others' tokens need PERM_TOKEN_WRITE */
    struct str who;
    int64_t now_us;
};
/* tokens_make -- *secret: to be shown once. NOT_FOUND no such user, INVALID token.bad_<field>, token.too_many, CONFLICT token.name_taken, FORBIDDEN. */
bool tokens_make(struct cx *cx, struct db *db, const struct tokens_wish *wish, struct token *out, struct str *secret);
/* tokens_end -- NOT_FOUND also for another's without the right; twice is once. */
bool tokens_end(struct cx *cx, struct db *db, int64_t id, const struct user *by, struct str who, int64_t now_us);
/* tokens_list -- of all, or of one user. */
bool tokens_list(struct cx *cx, struct db *db, int64_t user_id, struct token **out, size_t *n);

/* tokens_open -- FORBIDDEN token.unknown, token.ended, token.expired, token.owner_retired, token.owner_second_factor,
 * token.owner_portfolio. Reads; writes only when `seen` is to be moved on. */
bool tokens_open(struct cx *cx, struct db *db, struct str secret, int64_t now_us, struct token *token,
                 struct user *user);

/* tokens_key_take -- before something is done for a key: *answered_before: *out is what was answered. INVALID token.key_reused
 * when it was another question, CONFLICT token.key_busy while the first is being answered.
 * tokens_key_keep -- what was answered (status 0: nothing was done, the key is free again). */
bool tokens_key_take(struct cx *cx, struct db *db, int64_t token_id, struct str key, struct str digest, int64_t now_us,
                     bool *answered_before, struct answered *out);
bool tokens_key_keep(struct cx *cx, struct db *db, int64_t token_id, struct str key, const struct answered *answered);

#endif
