// SPDX-License-Identifier: Apache-2.0
/* transfers -- customers handed from one portfolio to another, now or on a day to come, with what goes along and a way back.
 *
 * One mechanism for a whole portfolio, a part of it and hand-picked ones: whom a list of customers finds, or who was picked. What is due
 * is done by whoever opens the database first on that day or after it, once.
 */
#ifndef REATIVA_APP_TRANSFERS_H
#define REATIVA_APP_TRANSFERS_H

#include "app/bulk.h"
#include "core/status.h"
#include "store/transfer.h"

enum { TRANSFERS_REASON_MOST = 500, TRANSFERS_YEARS_MOST = 2, TRANSFERS_MEMBERS = 100 };

struct transfers_wish {
    const struct bulk_wish *of; /* which customers, who, when; its text is not looked at */
    struct str rep;
    bool new_rep; /* a code that nobody has had is no mistake */
    struct day day, today;
    struct str reason, token;
    int64_t along; /* bits, store/transfer.h */
};
/* transfers_make -- all or nothing. INVALID with the field that cannot be used: transfer.no_rep_given, no_rep, bad_day, bad_reason.
 * *out: as it is then, also when the same form comes again; id 0: all of them are this rep's already. */
bool transfers_make(struct cx *cx, struct db *db, const struct transfers_wish *wish, struct transfer *out);
/* transfers_within -- the same inside the caller's transaction, of customers that were found before (ids ascending). */
bool transfers_within(struct cx *cx, struct db *db, const struct transfers_wish *wish, const int64_t *id, size_t n,
                      struct transfer *out, int64_t *changed);

/* What would go. */
struct transfers_preview {
    struct list_totals all;
    struct list_totals status[STATUS_COUNT];
    struct transfer_ties ties;
};
bool transfers_look(struct cx *cx, struct db *db, const struct bulk_wish *of, struct transfers_preview *out);

/* transfers_due -- *done: how many were due, and are done. Cheap when there are none. */
bool transfers_due(struct cx *cx, struct db *db, struct day today, int64_t now_us, size_t *done);
/* transfers_off -- CONFLICT: it does not wait any more. transfers_undo -- CONFLICT: it is not done, or undone already. Who was moved on
 * since, by a transfer or a file, stays there. */
bool transfers_off(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us);
bool transfers_undo(struct cx *cx, struct db *db, int64_t id, struct str who, int64_t now_us);

bool transfers_one(struct cx *cx, struct db *db, int64_t id, struct transfer *out); /* NOT_FOUND */
/* transfers_list -- the newest first; rep: to or from this label, 0: all. */
bool transfers_list(struct cx *cx, struct db *db, int64_t rep_id, struct transfer **out, size_t *n);
bool transfers_members(struct cx *cx, struct db *db, int64_t id, struct str after, int64_t most,
                       struct transfer_member **out, size_t *n);

#endif
