// SPDX-License-Identifier: Apache-2.0
/* note -- what people wrote down about a customer.
 */
#ifndef REATIVA_STORE_NOTE_H
#define REATIVA_STORE_NOTE_H

#include "store/db.h"

struct note {
    int64_t id, user_id;
    struct str author;
    int64_t at_us;
    struct str text;
    int64_t retired_us, version;
};

bool note_find(struct cx *cx, struct db *db, int64_t customer_id, int64_t id, bool *found, struct note *out);
/* *added false: this token was there before. */
bool note_add(struct cx *cx, struct db *db, int64_t customer_id, const struct note *note, struct str token,
              bool *added);
bool note_retire(struct cx *cx, struct db *db, int64_t customer_id, int64_t id, int64_t now_us, bool *changed);

#endif
