// SPDX-License-Identifier: Apache-2.0
/* product -- products as each import saw them, and what one customer buys of them.
 *
 * Facts as with customers: a products file beats orders, then the later day, then the greater text.
 */
#ifndef REATIVA_STORE_PRODUCT_H
#define REATIVA_STORE_PRODUCT_H
#include "base/day.h"
#include "store/db.h"

struct product_fact {
    int64_t product_id, import_id;
    int source; /* enum fact_source */
    struct day day;
    struct str name, kind;
};
bool product_find_id(struct cx *cx, struct db *db, struct str code, bool *found, int64_t *id);
bool product_next_id(struct cx *cx, struct db *db, int64_t *id);
bool product_add(struct cx *cx, struct db *db, int64_t id, struct str code);
bool product_fact_add(struct cx *cx, struct db *db, const struct product_fact *fact);
/* product_merge -- names and goods (core/document.h product_is_goods decides, told by the caller's function). *changed: products that differ now. */
typedef bool product_goods(struct cx *cx, struct str code, struct str name, struct str kind);
bool product_merge(struct cx *cx, struct db *db, int64_t import_id, product_goods *is_goods, int64_t *changed);

/* What one customer buys of a product, net of what was sent back. */
struct bought {
    struct str code, name;
    int64_t times;                                   /* documents that sold it */
    int64_t quantity_e4, value_cents, last_price_e4; /* last: of the newest that sold it */
    struct day first, last;
};
/* product_bought -- all that was sold to it up to a day, goods only, the most valuable first; in the arena. One statement. */
bool product_bought(struct cx *cx, struct db *db, int64_t customer_id, struct day as_of, struct bought **out,
                    size_t *n);
#endif
