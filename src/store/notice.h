// SPDX-License-Identifier: Apache-2.0
/* notice -- messages inside the program, as their reader sees them (store/message.h has them all). Within the caller's transaction.
 */
#ifndef REATIVA_STORE_NOTICE_H
#define REATIVA_STORE_NOTICE_H

#include "core/message.h"
#include "store/db.h"

struct notice {
    int64_t id;
    enum message_kind kind;
    struct str subject, fold; /* fold: for searching */
    struct str sender;        /* who wrote it; empty: the program */
    int64_t made_us, read_us; /* read_us 0: not yet */
};
/* notice_list -- the newest first, at most so many; in the arena. */
bool notice_list(struct cx *cx, struct db *db, int64_t user_id, int64_t most, struct notice **out, size_t *n);
bool notice_read_all(struct cx *cx, struct db *db, int64_t user_id, int64_t now_us);

#endif
