// SPDX-License-Identifier: Apache-2.0
/* webhooks -- an administrator says whom to tell of what: look, make, change, pause, resume, retire, try, send once more.
 *
 * Each call is a transaction of its own; what changes something leaves a line in the audit trail, which never holds a secret nor
 * more of an address than its host. A webhook tells of the whole company, so only administrators may.
 */
#ifndef REATIVA_APP_WEBHOOKS_H
#define REATIVA_APP_WEBHOOKS_H

#include "store/delivery.h"

enum { WEBHOOKS_MOST = 50 /* not retired */, WEBHOOK_TOKEN = 43 /* of a form */ };

bool webhooks_list(struct cx *cx, struct db *db, struct webhook **out, size_t *n);
/* webhooks_look -- one, and its deliveries in a state (DELIVERY_ANY) before an event, the newest first. NOT_FOUND webhook.unknown. */
struct webhooks_wish_look {
    int64_t id, before, most;
    enum delivery_state state;
};
bool webhooks_look(struct cx *cx, struct db *db, const struct webhooks_wish_look *wish, struct webhook *out,
                   struct delivery **delivery, size_t *n);

struct webhooks_wish {
    int64_t id, version; /* 0: a new one */
    struct str name, url;
    unsigned topics;
    struct str lang;    /* of a new one */
    struct str token;   /* of a new one's form */
    struct str secrets; /* of a new one: file with the key that its secret is sealed under */
    struct str who;
    int64_t now_us;
};
/* webhooks_put -- make or change. INVALID webhook.bad_name, bad_url, bad_topics, too_many; CONFLICT webhook.taken (its
 * name), webhook.changed (another version). *again: the form was sent before; out is what it made, and its secret was shown. */
bool webhooks_put(struct cx *cx, struct db *db, const struct webhooks_wish *wish, struct webhook *out, bool *again);
/* webhooks_secret -- another one, in *secret; what is sent from now on is signed with it. secrets: as in the wish. */
struct webhooks_wish_secret {
    int64_t id;
    struct str secrets, who;
    int64_t now_us;
};
bool webhooks_secret(struct cx *cx, struct db *db, const struct webhooks_wish_secret *wish, struct str *secret);
/* webhooks_seal -- those that an older version kept open are sealed; one statement that reads when there are none. */
bool webhooks_seal(struct cx *cx, struct db *db, struct str secrets);
/* webhooks_state -- paused: nothing that happens from now on is noted for it; what waits stays. Retired is for good. Twice is once. */
bool webhooks_state(struct cx *cx, struct db *db, int64_t id, enum webhook_state state, struct str who, int64_t now_us);
/* webhooks_test -- a message that says nothing else, at once, also to one that is paused. */
bool webhooks_test(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us);
/* webhooks_resend -- a delivery once more, at once, also to one that is paused. NOT_FOUND webhook.no_delivery. */
bool webhooks_resend(struct cx *cx, struct db *db, int64_t id, int64_t delivery_id, struct str who, int64_t now_us);

/* webhooks_topics_text -- "status contacts". */
struct str webhooks_topics_text(struct arena *arena, unsigned topics);

#endif
