// SPDX-License-Identifier: Apache-2.0
/* merge -- which of two facts about the same customer or product counts; private to src/store.
 *
 * A file about customers (or products) beats what orders say, the later import first; among orders the later day wins.
 * Equal ranks are decided by the greater text, so that the order of imports never matters.
 */
#ifndef REATIVA_STORE_MERGE_H
#define REATIVA_STORE_MERGE_H

#include "store/customer.h"
#include "store/product.h"

struct fact_rank {
    int source; /* enum fact_source; 0: nothing was said yet */
    int64_t import_id;
    struct day day;
};

/* fact_rank_compare -- above 0 when a counts more, 0 when neither does. */
static inline int fact_rank_compare(struct fact_rank a, struct fact_rank b) {
    if (a.source != b.source)
        return a.source > b.source ? 1 : -1;
    if (a.source == FACT_FROM_CUSTOMERS)
        return (a.import_id > b.import_id) - (a.import_id < b.import_id);
    return (a.day.n > b.day.n) - (a.day.n < b.day.n);
}

/* customer_merge_without, product_merge_without -- merge what an import mentions as if the import `without` were not there
 * (-1: all are). Customers and products that nothing else mentions are left as they are. */
bool customer_merge_without(struct cx *cx, struct db *db, int64_t import_id, int64_t without, int64_t *changed);
bool product_merge_without(struct cx *cx, struct db *db, int64_t import_id, int64_t without, product_goods *is_goods,
                           int64_t *changed);

#endif
