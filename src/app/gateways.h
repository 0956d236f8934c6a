// SPDX-License-Identifier: Apache-2.0
/* gateways -- an administrator says how a provider of messages (SMS, WhatsApp) takes one: look, make, change, pause, resume, retire, try; and a
 * message of the outbox written as that provider wants it.
 *
 * Address, headers and body are texts with fields (core/merge): {phone}, {text}, {name}, {id}, {secret}. What is secret is sealed, opened for
 * the request alone and shown to nobody. Each call but gateways_request is a transaction of its own, with its line in the audit trail.
 */
#ifndef REATIVA_APP_GATEWAYS_H
#define REATIVA_APP_GATEWAYS_H

#include "store/gateway.h"
#include "store/message.h"

enum {
    GATEWAYS_MOST = 20, /* not retired */
    GATEWAY_NAME_MOST = 100,
    GATEWAY_URL_MOST = 1000,
    GATEWAY_HEADERS_MOST = 2000,
    GATEWAY_HEADERS_LINES = 6,
    GATEWAY_BODY_MOST = 4000,
    GATEWAY_SECRET_MOST = 2000,
    GATEWAY_EXPECTS_MOST = 100,
    GATEWAY_RATE_MOST = 600,
    GATEWAY_RATE_USUAL = 60,
    GATEWAY_REQUEST_MOST = 64 * 1024
};

bool gateways_list(struct cx *cx, struct db *db, struct gateway **out, size_t *n);
bool gateways_look(struct cx *cx, struct db *db, int64_t id, struct gateway *out); /* NOT_FOUND gateway.unknown */

struct gateways_wish {
    struct gateway gateway; /* id 0: a new one; its secret as typed: empty keeps the one that stands */
    bool forget;            /* there is no secret any more */
    struct str secrets;     /* the key's file */
    struct str who;
    int64_t now_us;
};
/* gateways_put -- INVALID gateway.bad_name, bad_url, bad_headers, bad_form, bad_secret, bad_expects, bad_rate, too_many and those of
 * merge_fail; CONFLICT gateway.taken, changed, retired. *again: the form was sent before. */
bool gateways_put(struct cx *cx, struct db *db, const struct gateways_wish *wish, int64_t *id, bool *again);
bool gateways_state(struct cx *cx, struct db *db, int64_t id, enum gateway_state state, struct str who, int64_t now_us);
/* gateways_test -- a message to a phone into the outbox. INVALID gateway.bad_phone; CONFLICT gateway.not_used. */
struct gateways_trial {
    int64_t id, user_id;
    struct str phone, text, token, who;
    struct day today;
    int64_t now_us;
};
bool gateways_test(struct cx *cx, struct db *db, const struct gateways_trial *trial, int64_t *message_id);

struct gateways_request {
    struct str url, body;
    struct str header[GATEWAY_HEADERS_LINES + 1];
    size_t headers;
    struct str secret; /* open: for what hides it in answers, and nothing else */
};
/* gateways_request -- what is to be sent for a message; text: what it says. Errors of seal_open and merge_fail. Reads nothing. */
bool gateways_request(struct cx *cx, const struct gateway *gateway, struct str secrets, const struct message *message,
                      struct str text, struct gateways_request *out);

#endif
