// SPDX-License-Identifier: Apache-2.0
/* transfer -- customers handed from one portfolio to another: now, or on a day to come.
 *
 * When it is done it speaks as an import of its own (store/customer.h says how it stands against files), so that undoing that import
 * puts the customers back exactly. What waits is a list of customers with whose they were; who has changed hands until the day is left
 * alone. All within the caller's transaction.
 */
#ifndef REATIVA_STORE_TRANSFER_H
#define REATIVA_STORE_TRANSFER_H

#include "base/day.h"
#include "store/db.h"

enum transfer_state { TRANSFER_WAITS = 1, TRANSFER_DONE, TRANSFER_OFF, TRANSFER_UNDONE };
enum { TRANSFER_APPOINTMENTS = 1, TRANSFER_WORKLISTS = 2 }; /* what goes along */

struct transfer {
    int64_t id;
    enum transfer_state state;
    struct day day;
    int64_t rep_id;
    struct str rep; /* to whom */
    int64_t along;  /* bits */
    struct str reason, said, who;
    int64_t made_us, done_us, ended_us;
    struct str ended_by;
    int64_t import_id;        /* 0: not done */
    int64_t customers, moved; /* in it; that went */
    int64_t stands;           /* that are still where it put them; of transfer_find only */
    struct str token;
};
struct transfer_member {
    struct str code, name, from, now; /* reps */
    bool moved;
};
/* As a customer's page shows it. */
struct transfer_line {
    int64_t id;
    enum transfer_state state;
    struct day day;
    struct str from, to, who, reason;
    int64_t done_us;
    bool moved;
};

/* transfer_add -- of these customers but those who are the rep's already. *id: of the new one, or of the one that this form made
 * before (*again); *customers: how many. */
bool transfer_add(struct cx *cx, struct db *db, const struct transfer *transfer, const int64_t *customer, size_t n,
                  int64_t *id, bool *again, int64_t *customers);
/* transfer_do -- one that waits, under an import that was begun for it. *changed: customers that are another's now. */
bool transfer_do(struct cx *cx, struct db *db, const struct transfer *transfer, int64_t import_id, int64_t now_us,
                 int64_t *changed);
bool transfer_off(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us, bool *changed);
/* transfer_taken_back -- the import of one was undone; nothing where it is no transfer's. */
bool transfer_taken_back(struct cx *cx, struct db *db, int64_t import_id, struct str who, int64_t now_us);

bool transfer_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct transfer *out);
/* transfer_list -- the newest first; rep_id: to or from them, 0: all. */
bool transfer_list(struct cx *cx, struct db *db, int64_t rep_id, struct transfer **out, size_t *n);
bool transfer_due(struct cx *cx, struct db *db, struct day today, int64_t **id, size_t *n);
bool transfer_members(struct cx *cx, struct db *db, int64_t id, struct str after, int64_t most,
                      struct transfer_member **out, size_t *n);
/* transfer_user -- the one person of a rep; 0: none, or several. */
bool transfer_user(struct cx *cx, struct db *db, int64_t rep_id, int64_t *out);
/* transfer_ties -- what is tied to these customers (ids ascending): open appointments, places on open work lists, people who have them
 * at hand. */
struct transfer_ties {
    int64_t appointments, places, holds;
};
bool transfer_ties(struct cx *cx, struct db *db, const int64_t *id, size_t n, int64_t now_us,
                   struct transfer_ties *out);

#endif
