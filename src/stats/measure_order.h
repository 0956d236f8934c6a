// SPDX-License-Identifier: Apache-2.0
/* measure_order -- the part of measure that only depends on the order of the chances. Private to stats/measure*.c.
 */
#ifndef REATIVA_STATS_MEASURE_ORDER_H
#define REATIVA_STATS_MEASURE_ORDER_H

#include "stats/measure.h"

enum { MEASURE_HAPPENED = 1, MEASURE_LAST_OF_TIE = 2, MEASURE_LAST_OF_CUT = 4 };

struct measure_order {
    size_t n, customers, cuts;
    uint32_t *customer_of_case; /* [n] place of the customer, by place of the case as given */
    uint32_t *customer_number;  /* [customers] the caller's number, ascending */
    uint32_t *customer;         /* [n] place of the customer, by (cut, p) ascending */
    uint8_t *mark;              /* [n] likewise: the bits above */
};

void measure_order_make(struct arena *arena, const struct measure_cases *cases, struct measure_order *out);
/* weight [customers] (NULL: all 1) of 0..255; NaN where no cut has both kinds of cases (lift: any that happened). */
void measure_order_figures(const struct measure_order *order, const uint8_t *weight, double *auc, double *lift);
/* Places of the cases by p ascending. */
const uint32_t *measure_sorted_by_chance(struct arena *arena, const struct measure_cases *cases);

#endif
