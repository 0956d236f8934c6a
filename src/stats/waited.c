// SPDX-License-Identifier: Apache-2.0
/* waited.c -- see waited.h. */
#include "stats/waited.h"

#include "base/decimal.h"
#include "stats/stat.h"

enum { E4 = 10000, TENTHS_E4 = 100000 };

void waited_add(struct waited *waited, int32_t tenths, int64_t times) {
    waited->all += times;
    for (int32_t t = 0; t < tenths && t < WAITED_TENTHS; t++)
        waited->longer[t] += times;
}

bool waited_asks(int64_t recency_days, int64_t cycle_e4) {
    return recency_days != STAT_NONE && recency_days >= 0 && cycle_e4 != STAT_NONE && cycle_e4 > 0;
}

int64_t waited_share_e4(const struct waited *waited, int64_t recency_days, int64_t cycle_e4) {
    if (waited->all == 0)
        return STAT_NONE;
    int64_t tenths = recency_days * TENTHS_E4 / cycle_e4;
    return tenths < WAITED_TENTHS ? decimal_divide(waited->longer[tenths] * E4, waited->all) : 0;
}
