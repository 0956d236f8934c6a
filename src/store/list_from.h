// SPDX-License-Identifier: Apache-2.0
/* list_from -- where a page begins, in the terms of the strips; private to src/store. */
#ifndef REATIVA_STORE_LIST_FROM_H
#define REATIVA_STORE_LIST_FROM_H

#include "store/list_query.h"
#include "store/list_rows.h"

/* A page shows what comes behind this hit; of customers whose rows are newer, what comes behind this row. */
struct list_bound {
    bool set;
    struct list_hit hit;
    struct list_row *row;
    uint64_t row_key;
};

/* list_bound_make -- strips: with those of the order and of codes. column: room for a part of each strip. */
bool list_bound_make(struct cx *cx, struct db *db, const struct list_query *query, enum column order,
                     const struct list_from *from, const struct score_strips *strips, int64_t *const *column,
                     struct list_bound *out);

#endif
