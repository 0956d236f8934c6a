// SPDX-License-Identifier: Apache-2.0
/* near -- the customers around one, the nearest first: whom to visit on the same way.
 */
#ifndef REATIVA_APP_NEAR_H
#define REATIVA_APP_NEAR_H

#include "app/list.h"

enum { NEAR_MOST = 49 };

struct near_customer {
    int64_t id;
    struct str code, name, city, phone; /* phone: empty where it may not be called */
    enum status status;
    struct day last_purchase;
    int64_t recency_days; /* STAT_NONE: never bought */
    int64_t metres;
    int32_t lat_e5, lon_e5;
};

struct near {
    struct str name, city;
    bool placed; /* else nothing can be near */
    int32_t lat_e5, lon_e5;
    struct near_customer customer[NEAR_MOST]; /* without the one in the middle */
    size_t n;
    int64_t all; /* within the distance */
};

/* near_make -- rep: whose customers are in reach (its code; empty: all). NOT_FOUND scope.no_customer as scope_customer. Two
 * transactions; three statements and the list's. */
bool near_make(struct cx *cx, struct db *db, struct day as_of, struct str code, struct str rep, int64_t metres,
               struct near *out);

#endif
