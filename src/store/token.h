// SPDX-License-Identifier: Apache-2.0
/* token -- what other programs sign in with, and what they were answered when they wrote.
 *
 * Only the hash of a token is kept. Every call is one statement within the caller's transaction, but token_add.
 */
#ifndef REATIVA_STORE_TOKEN_H
#define REATIVA_STORE_TOKEN_H

#include "store/db.h"

struct token {
    int64_t id;
    struct str name, hash; /* hash: only for token_add */
    int64_t user_id;
    struct str login;  /* of the owner */
    struct str grants; /* as grant_set_text writes them */
    int64_t rate;      /* requests a minute */
    int64_t made_us;
    struct str made_by;
    int64_t seen_us, expires_us, retired_us; /* 0: never */
};

bool token_add(struct cx *cx, struct db *db, struct token *token); /* sets id; two statements */
bool token_find(struct cx *cx, struct db *db, struct str hash, bool *found, struct token *out);
/* token_list -- of one user (0: of all), those in use first, by name. */
bool token_list(struct cx *cx, struct db *db, int64_t user_id, struct token **out, size_t *n);
bool token_seen(struct cx *cx, struct db *db, int64_t id, int64_t now_us);
bool token_retire(struct cx *cx, struct db *db, int64_t id, int64_t now_us, bool *changed);

/* What was answered to an Idempotency-Key. */
struct answered {
    struct str digest; /* of what was asked */
    int64_t status;    /* 0: being answered */
    struct str etag, body;
    int64_t made_us;
};
bool answered_find(struct cx *cx, struct db *db, int64_t token_id, struct str key, bool *found, struct answered *out);
bool answered_claim(struct cx *cx, struct db *db, int64_t token_id, struct str key, struct str digest, int64_t now_us);
bool answered_put(struct cx *cx, struct db *db, int64_t token_id, struct str key, const struct answered *answered);
bool answered_drop(struct cx *cx, struct db *db, int64_t token_id, struct str key);
bool answered_sweep(struct cx *cx, struct db *db, int64_t made_before_us);

#endif
