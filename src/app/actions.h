// SPDX-License-Identifier: Apache-2.0
/* actions -- what is done about the reasons and objections that are heard: look through them, add, edit, retire, restore.
 *
 * Each call is one transaction; every change leaves a line in the audit trail. What is counted before and after says how often the
 * cause was heard, not that the action changed it.
 */
#ifndef REATIVA_APP_ACTIONS_H
#define REATIVA_APP_ACTIONS_H

#include "base/catalog.h"
#include "store/action.h"
#include "store/contacts.h"

enum actions_show { ACTIONS_OPEN = 0, ACTIONS_FINISHED, ACTIONS_RETIRED, ACTIONS_ALL };
struct actions_look {
    struct str search; /* in cause, what, owner and effect; empty: all */
    int64_t choice_id; /* 0: all */
    enum actions_show show;
    bool late; /* open past their day only */
    struct day as_of;
};
struct actions_found {
    struct action_row *row; /* by day, then id */
    size_t n, of;           /* `of` all that are not retired */
    struct contacts_names names;
};
/* actions_look_through -- two statements. */
bool actions_look_through(struct cx *cx, struct db *db, const struct actions_look *look, struct actions_found *out);
bool actions_late(const struct action *action, struct day as_of); /* open past its day */
/* actions_find -- NOT_FOUND action.unknown. */
bool actions_find(struct cx *cx, struct db *db, int64_t id, struct action *out);

struct actions_wish {
    struct action action; /* id 0: a new one, counted once a token */
    struct day as_of;
    struct str who;
    int64_t now_us;
};
/* actions_put -- INVALID action.no_cause, no_what, what_long, no_owner, owner_long, no_due, no_state, bad_done (after today),
 * effect_too_long; CONFLICT action.changed; LIMIT action.too_many; NOT_FOUND. Done without a day is done today; what is not done has none. */
bool actions_put(struct cx *cx, struct db *db, const struct actions_wish *wish);
bool actions_retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                    int64_t now_us);

void actions_csv(enum lang lang, const struct action_row *row, size_t n, struct buf *to);
/* actions_month -- so many in so many days, as tenths in 30 days, rounded. */
int64_t actions_month(int64_t n, int64_t days);

#endif
