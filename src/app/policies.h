// SPDX-License-Identifier: Apache-2.0
/* policies -- all rules of a company as one: saved with a note, put into force with their score, looked at, and set again.
 *
 * Saving answers at once. Until the score under the new rules stands, every answer follows the old ones; then both change in one
 * transaction. A kill loses nothing: what was saved and waits is taken up again (web/work.c).
 */
#ifndef REATIVA_APP_POLICIES_H
#define REATIVA_APP_POLICIES_H

#include "app/import.h"
#include "store/policy.h"

enum { POLICIES_NOTE = 500 };

struct policies_wish {
    const struct policy *policy;
    struct str note, who, token;
    int64_t newest; /* the version that was newest when the form was made, 0: none */
    int64_t now_us;
};
/* policies_save -- CONFLICT policy.changed_since: others were saved meanwhile; INVALID policy.same: nothing would change. */
bool policies_save(struct cx *cx, struct db *db, const struct policies_wish *wish, int64_t *id);

/* policies_waiting -- does the newest version wait for its score? told: why that failed before, empty: it has not. */
bool policies_waiting(struct cx *cx, struct db *db, bool *waits, struct policy_version *out);
struct policies_work {
    struct day as_of;
    int64_t now_us;
    struct progress progress;
    bool again; /* also what failed before */
};
/* policies_wait -- is there anything for policies_follow? again: as there. */
bool policies_wait(struct cx *cx, struct db *db, bool again, bool *out);
/* policies_follow -- *did: something waited, and was scored, or it was noted why it could not be. */
bool policies_follow(struct cx *cx, struct db *db, const struct policies_work *work, bool *did);

/* policies_look -- what is in force, and what was saved, the newest first. */
struct policies {
    struct policy now;
    struct policy_version *version;
    size_t n;
    bool waits; /* the newest */
};
bool policies_look(struct cx *cx, struct db *db, int64_t before_id, int64_t most, struct policies *out);
/* policies_version -- NOT_FOUND policy.no_version. */
bool policies_version(struct cx *cx, struct db *db, int64_t id, struct policy_version *out);

/* policies_first -- within a write transaction, before the first version is added: what stood before anybody saved anything. */
bool policies_first(struct cx *cx, struct db *db, const struct policy *before);

#endif
