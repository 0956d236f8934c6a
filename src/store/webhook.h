// SPDX-License-Identifier: Apache-2.0
/* webhook -- other programs that are told of events: whom, of what, and what each was last told of a customer. How a telling goes:
 * delivery.h. Must not judge addresses or who may.
 */
#ifndef REATIVA_STORE_WEBHOOK_H
#define REATIVA_STORE_WEBHOOK_H

#include "base/day.h"
#include "core/webhook.h"
#include "store/db.h"

enum webhook_state { WEBHOOK_TOLD = 1, WEBHOOK_PAUSED, WEBHOOK_RETIRED };

struct webhook {
    int64_t id;
    struct str name, url, secret;
    unsigned topics; /* bits, 1 << enum webhook_topic */
    struct str lang; /* of the sentences it is told */
    enum webhook_state state;
    struct str why; /* a catalog key, when the program paused it by itself */
    int64_t made_us;
    struct str made_by;
    int64_t version, wait_us, failing_us, told_us; /* 0: not waiting, not failing, never yet */
    int64_t waiting, given_up;                     /* deliveries */
    struct str token;                              /* to be added: of the form */
};

bool webhook_list(struct cx *cx, struct db *db, struct webhook **out, size_t *n);
bool webhook_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct webhook *out);
/* webhook_add -- *again: the form was sent before; webhook->id is what it made then. */
bool webhook_add(struct cx *cx, struct db *db, struct webhook *webhook, bool *again);
/* webhook_change -- name, url, topics of this version; *changed false: there is another version by now, or it is retired. */
bool webhook_change(struct cx *cx, struct db *db, const struct webhook *webhook, bool *changed);
bool webhook_secret_put(struct cx *cx, struct db *db, int64_t id, struct str secret, bool *changed);
/* webhook_seal -- what is kept of its secret is written another way; nothing when it has become another one meanwhile. */
bool webhook_seal(struct cx *cx, struct db *db, int64_t id, struct str was, struct str sealed);
bool webhook_state_put(struct cx *cx, struct db *db, int64_t id, enum webhook_state state, struct str why,
                       bool *changed);
/* webhook_topics -- the bits that at least one that is told asks for. */
bool webhook_topics(struct cx *cx, struct db *db, unsigned *out);
/* webhook_restored -- in a database that was made of a backup nobody is told anything until a person says so. */
bool webhook_restored(struct cx *cx, struct db *db);

/* webhook_told_begin -- as customers stand now counts as told. webhook_told_end -- nobody asks any more. */
bool webhook_told_begin(struct cx *cx, struct db *db);
bool webhook_told_end(struct cx *cx, struct db *db);

/* After a score was written, in its transaction: an event each, told from now on. moved: a look at those in score_moved is enough.
 * first: events have greater numbers; name: begins their names. *n: how many there are. */
struct webhook_look {
    bool moved;
    int64_t first;
    struct str name;
    int64_t now_us;
    struct day as_of, from; /* from: purchases before it are history, whenever they come in */
};
bool webhook_look_crossed(struct cx *cx, struct db *db, const struct webhook_look *look, int64_t *n);
bool webhook_look_returned(struct cx *cx, struct db *db, const struct webhook_look *look, int64_t *n);
/* webhook_look_known -- customers that came are known from now on, those that went are not. */
bool webhook_look_known(struct cx *cx, struct db *db, bool moved);
/* webhook_look_moved -- may webhook_look.moved be set after a score of few? Not when the list of them was emptied on the way. */
bool webhook_look_moved(struct cx *cx, struct db *db, bool *out);

#endif
