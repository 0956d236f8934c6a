// SPDX-License-Identifier: Apache-2.0
/* gateway -- providers of messages that take an HTTP request for each, row by row. Each call is within the caller's transaction.
 */
#ifndef REATIVA_STORE_GATEWAY_H
#define REATIVA_STORE_GATEWAY_H

#include "core/merge.h"
#include "store/db.h"

enum gateway_state { GATEWAY_USED = 1, GATEWAY_PAUSED, GATEWAY_RETIRED };

struct gateway {
    int64_t id;
    struct str name, url, headers, body; /* the last three: texts with fields; headers: a line each */
    enum merge_form form;                /* of the values in the body: MERGE_TEXT, MERGE_JSON or MERGE_FORM */
    struct str secret;                   /* sealed; empty: none */
    struct str expects;
    int64_t per_minute;
    enum gateway_state state;
    int64_t made_us;
    struct str made_by;
    int64_t version;
    struct str token; /* written only */
};

/* One, as it is chosen by its name. */
struct gateway_name {
    int64_t id;
    struct str name;
    bool retired;
};

bool gateway_list(struct cx *cx, struct db *db, struct gateway **out, size_t *n);
bool gateway_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct gateway *out);
/* gateway_stands -- is it there and not retired? */
bool gateway_stands(struct cx *cx, struct db *db, int64_t id, bool *out);
/* gateway_add -- gives it a number; *again: its token was there, id is that one's. gateway_change -- by id and version. */
bool gateway_add(struct cx *cx, struct db *db, struct gateway *gateway, bool *again);
bool gateway_change(struct cx *cx, struct db *db, const struct gateway *gateway, bool *changed);
bool gateway_state_put(struct cx *cx, struct db *db, int64_t id, enum gateway_state state, bool *changed);
/* gateway_restored -- in a database that was made of a backup: none is in use until somebody says so. */
bool gateway_restored(struct cx *cx, struct db *db);

#endif
