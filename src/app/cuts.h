// SPDX-License-Identifier: Apache-2.0
/* cuts -- ABC and RFM cuts over all customers: sorting here, the rule in stats. */
#ifndef REATIVA_APP_CUTS_H
#define REATIVA_APP_CUTS_H

#include "app/sales.h"

/* What a customer brings to the cuts. */
struct cut_value {
    struct str code; /* parts equal values */
    int64_t value_12m, value_total;
    struct day last;
    uint32_t purchases;
    bool ranked;
};

/* cuts_find -- of value[n]; fills run's cuts, ranked, value_12m and the codes of the last in each cut. */
bool cuts_find(struct cx *cx, const struct cut_value *value, size_t n, struct score_run *run);
/* cuts_class -- 'A', 'B', 'C', or 0 when the customer is not ranked. */
char cuts_class(const struct score_run *run, bool ranked, int64_t value_12m, struct str code);

#endif
