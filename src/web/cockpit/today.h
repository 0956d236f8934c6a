// SPDX-License-Identifier: Apache-2.0
/* today -- what the first page shows.
 */
#ifndef REATIVA_WEB_COCKPIT_TODAY_H
#define REATIVA_WEB_COCKPIT_TODAY_H

#include "core/customer.h"
#include "web/web.h"

enum { TODAY_CUSTOMERS = 10 };

struct today_customer {
    struct str code, name, city, why;
};
struct today_view {
    int64_t at_risk;
    struct today_customer customer[TODAY_CUSTOMERS];
    size_t n;
};

#endif
