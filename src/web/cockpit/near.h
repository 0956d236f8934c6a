// SPDX-License-Identifier: Apache-2.0
/* near -- what the page of customers near another one shows.
 */
#ifndef REATIVA_WEB_COCKPIT_NEAR_H
#define REATIVA_WEB_COCKPIT_NEAR_H

#include "app/near.h"
#include "web/cockpit/customer.h"

struct near_view {
    struct near near;
    struct str code, url; /* url: /customers/CODE */
    int64_t km;
};

extern const int64_t near_km[]; /* that can be chosen; ends with 0 */
/* For the template. */
struct str near_distance(struct page *page, int64_t metres); /* 12.3 km */
struct str near_status(struct page *page, enum status status);

#endif
