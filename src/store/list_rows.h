// SPDX-License-Identifier: Apache-2.0
/* list_rows -- whole customers by id, as lists show them; private to src/store. */
#ifndef REATIVA_STORE_LIST_ROWS_H
#define REATIVA_STORE_LIST_ROWS_H

#include "core/alive_text.h"
#include "store/list.h"
#include "store/score_strip.h"

enum { LIST_BATCH = 50 }; /* rows of one call: arguments of the statement list_rows */

struct list_row {
    struct customer customer;
    struct str name_fold;
    int64_t number[STRIP_NUMBERS];
};

/* What rows are filled with besides their own columns, read once a list. */
struct list_rows {
    struct cx *cx;
    struct db *db;
    const struct score_run *run;
    struct str *rule; /* of the policy, in its order */
    size_t rules;
    struct alive_table alive;   /* what rules of chances knew */
    struct list_waited *waited; /* by segment, read when first met */
    size_t waiteds, waited_room;
};
bool list_rows_open(struct cx *cx, struct db *db, const struct score_run *run, struct list_rows *out);
/* list_rows_read -- the customers of these ids (n <= LIST_BATCH) in their order into out[n], texts in the arena. A customer without a row is
 * left out when `moved`, else an error; *got = how many. */
bool list_rows_read(struct list_rows *rows, struct arena *arena, const int64_t *id, size_t n, bool moved,
                    struct list_row *out, size_t *got);

#endif
