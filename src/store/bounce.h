// SPDX-License-Identifier: Apache-2.0
/* bounce -- mail that came back, row by row. Each call is within the caller's transaction.
 */
#ifndef REATIVA_STORE_BOUNCE_H
#define REATIVA_STORE_BOUNCE_H

#include "core/bounce.h"
#include "store/db.h"

struct bounce_row {
    int64_t id, seen_us;
    enum bounce_kind kind;
    enum bounce_result result;
    enum bounce_end end;
    int64_t message_id; /* of ours, which it is about; 0: none */
    struct str address, status, said;
    struct str sender, subject, text;
    struct str customer; /* read only: the code of who the message went to */
};

/* bounce_known -- mark: of the mail's bytes. bounce_add -- gives it a number; hash: of the address, 0: none. */
bool bounce_known(struct cx *cx, struct db *db, struct str mark, bool *out);
bool bounce_add(struct cx *cx, struct db *db, struct bounce_row *row, struct str mark, int64_t hash);
/* bounce_soft -- how many messages to an address but for one came back softly since a moment. */
bool bounce_soft(struct cx *cx, struct db *db, int64_t hash, int64_t but_id, int64_t since_us, int64_t *out);
bool bounce_of_message(struct cx *cx, struct db *db, int64_t message_id, int64_t most, struct bounce_row **out,
                       size_t *n);

struct bounce_filter {
    struct str holds;
    int end; /* 0: any */
    int64_t before /* 0: from the newest */, most;
};
typedef bool bounce_take(struct cx *cx, void *owner, const struct bounce_row *row);
struct bounce_row bounce_row_copy(struct arena *arena, const struct bounce_row *row);
/* bounce_each -- the newest first; texts live until take returns. One statement. */
bool bounce_each(struct cx *cx, struct db *db, const struct bounce_filter *filter, bounce_take *take, void *owner);

struct bounce_old {
    int64_t before_us, most; /* of those that are about no message of ours: younger than that, and about so many */
    int64_t long_before_us;  /* of all */
};
bool bounce_sweep(struct cx *cx, struct db *db, const struct bounce_old *old);

#endif
