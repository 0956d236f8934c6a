// SPDX-License-Identifier: Apache-2.0
/* bought -- a customer's lines counted by product, as they come; private to src/store.
 */
#ifndef REATIVA_STORE_BOUGHT_H
#define REATIVA_STORE_BOUGHT_H

#include "store/product.h"
#include "store/sql.h"

struct bought_tally {
    struct cx *cx;
    struct bought_entry *entry; /* in the order in which products came first */
    size_t n;
    uint32_t *slot; /* entry + 1 by product; 0: free */
    size_t slots;   /* a power of two */
};
/* bought_line -- the row at hand, of the statement product_line. */
void bought_line(struct bought_tally *tally, struct sql_rows *rows);
/* bought_sum -- products that were sold at least once, the most valuable first. */
struct bought *bought_sum(const struct bought_tally *tally, size_t *n);

#endif
