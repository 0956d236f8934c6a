// SPDX-License-Identifier: Apache-2.0
/* sales -- everything the fold needs, in memory: customers and, of each, its days of business in order.
 *
 * Documents come from the store in no order; they are brought to their customers and netted by day, in
 * one array of 16 bytes a document. Customers are known by their place 0..n-1 here, by id ascending.
 */
#ifndef REATIVA_APP_SALES_H
#define REATIVA_APP_SALES_H

#include "app/score.h"
#include "core/document.h"
#include "store/customer.h"

/* One day of one customer (before netting: one document). */
struct sale_day {
    int32_t day;
    int32_t purchase; /* a sale that day and net above zero (before netting: enum document_kind) */
    int64_t net_cents;
};

struct sale_customer {
    int64_t id;
    struct str code;
    int32_t label[LABEL_KIND_END];
    struct day closed_on;
    struct sale_day *day; /* netted, by day, up to as_of */
    uint32_t days;
    uint32_t purchases;
    bool known; /* has a document up to as_of, be it a cancelled one */
    bool later; /* all it has is after as_of: nobody knew it then */
    int64_t gross_cents, returned_cents;
};

struct sales {
    struct sale_customer *customer;
    size_t n;
    struct sale_day *all;
    size_t documents;
    struct arena texts;
    struct day first_day, last_day; /* of the documents up to as_of; DAY_NONE: none */
    struct day as_of;
    int64_t *
        day_total; /* the company's net value of each day first_day..as_of; summed: day_total[i] = of all days up to first_day + i */
};

/* sales_read -- of all customers (dirty_only: of those alone; then day_total is not filled). */
bool sales_read(struct cx *cx, struct db *db, struct day as_of, bool dirty_only, struct progress progress,
                struct sales *out);
void sales_clear(struct sales *sales);

/* For who brings the documents together elsewhere.
 * sale_customer_note -- what one document tells of its customer; false: it counts for nothing else.
 * sale_customer_net -- its documents (day[days], any order) to days, in place.
 * sales_span -- the first and last day take this one in. sales_total -- day_total, once the days stand. */
bool sale_customer_note(struct sale_customer *customer, struct day as_of, int32_t day, enum document_kind kind);
void sale_customer_net(struct sale_customer *customer);
void sales_span(struct sales *sales, int32_t day);
void sales_total(struct sales *sales);
/* sale_customer_purchases -- days and net values of its purchases, into arrays of as many; gives their number. */
size_t sale_customer_purchases(const struct sale_customer *customer, int32_t *day, int64_t *cents);
/* sales_window -- the company's net value of the days from..to (inclusive). */
int64_t sales_window(const struct sales *sales, int32_t from, int32_t to);

#endif
