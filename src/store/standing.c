// SPDX-License-Identifier: Apache-2.0
/* standing -- see standing.h. One statement finds it for one customer and for all, so that both say the same.
 *
 * Must not decide how it is shown. Invariant: who was renewed is in score_moved.
 */
#include "store/standing.h"

#include "store/score.h"
#include "store/score_strip.h"

bool standing_make(struct cx *cx, struct db *db, bool meetings) {
    return SQL_RUN(cx, db, SQL_STANDING_MAKE, sql_int(0), sql_int(INT64_MAX), sql_int(meetings));
}

bool standing_renew(struct cx *cx, struct db *db, int64_t customer_id) {
    const struct sql_value customer = sql_int(customer_id);
    return SQL_RUN(cx, db, SQL_STANDING_REMOVE, customer) &&
           SQL_RUN(cx, db, SQL_STANDING_MAKE, customer, customer, sql_int(1)) &&
           SQL_RUN(cx, db, SQL_SCORE_MOVED_ADD, customer);
}

/* Few are found one by one, many all together with everybody else, and packed. */
bool score_standing_renew(struct cx *cx, struct db *db) {
    int64_t *id;
    size_t n;
    bool good = score_ids(cx, db, SQL_STANDING_DUE_LIST, &id, &n);
    if (good && n > SCORE_MOVED)
        good = sql_run(cx, db, SQL_STANDING_CLEAR, NULL, 0, NULL) && standing_make(cx, db, true) &&
               score_strips_make(cx, db);
    for (size_t i = 0; good && n <= SCORE_MOVED && i < n; i++)
        good = standing_renew(cx, db, id[i]);
    return good && (n == 0 || sql_run(cx, db, SQL_STANDING_DUE_CLEAR, NULL, 0, NULL));
}
