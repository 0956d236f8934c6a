// SPDX-License-Identifier: Apache-2.0
/* crossing -- customers that became late, inactive, or came back: a row each, once. Within the caller's transaction. Must not judge what
 * is news.
 */
#ifndef REATIVA_STORE_CROSSING_H
#define REATIVA_STORE_CROSSING_H

#include "base/day.h"
#include "core/alert.h"
#include "store/db.h"

struct crossing_look {
    struct day from, as_of; /* due within them */
    struct day news_from;   /* due before it: noted, and no news */
    int64_t now_us;
    bool moved; /* of those in score_moved alone */
};
/* crossing_bought -- has anybody bought, by the score? */
bool crossing_bought(struct cx *cx, struct db *db, bool *out);
/* crossing_note -- of one kind (the first three events); *n: how many there were not before. The cost hangs on how many fall due within the
 * days, not on how many customers there are. */
bool crossing_note(struct cx *cx, struct db *db, enum alert_event kind, const struct crossing_look *look, int64_t *n);
/* crossing_many -- what was noted just now is one of too many. */
bool crossing_many(struct cx *cx, struct db *db, enum alert_event kind, const struct crossing_look *look);
/* crossing_forget -- drops what was noted after a day, by a clock that was ahead. */
bool crossing_forget(struct cx *cx, struct db *db, struct day after);
/* crossing_sweep -- drops what was noted before a day. What was noted of customers that are gone stays: when their import comes again, it is
 * no news. */
bool crossing_sweep(struct cx *cx, struct db *db, struct day before);

struct crossing {
    int64_t customer_id;
    enum alert_event kind;
    struct day last_on, due_on, noted_on;
};
/* crossing_news -- noted within the days and still so, by customer. */
bool crossing_news(struct cx *cx, struct db *db, struct day from, struct day as_of, struct crossing **out, size_t *n);
/* crossing_ahead -- late, and inactive within days to come (due_on), by customer. */
bool crossing_ahead(struct cx *cx, struct db *db, struct day from, struct day to, struct crossing **out, size_t *n);

struct crossing_bulk {
    struct day noted_on;
    enum alert_event kind;
    int64_t n;
};
/* crossing_bulk -- since a day, the newest first: of which nobody was told one by one. */
bool crossing_bulk(struct cx *cx, struct db *db, struct day from, struct crossing_bulk **out, size_t *n);

#endif
