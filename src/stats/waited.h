// SPDX-License-Identifier: Apache-2.0
/* waited -- of the repeat purchases of customers like this one, how many came after a longer wait, in cycles then expected.
 *
 * Waits are counted in tenths of the cycle; the last cell holds all that are longer.
 */
#ifndef REATIVA_STATS_WAITED_H
#define REATIVA_STATS_WAITED_H

#include <stdbool.h>
#include <stdint.h>

enum {
    WAITED_TENTHS = 200,
    WAITED_FEW =
        30 /* fewer purchases than these say nothing about "customers like this"; then the whole company's do */
};

struct waited { /* zeroed: none */
    int64_t all;
    int64_t longer[WAITED_TENTHS]; /* after a wait of more than i tenths */
};

/* waited_add -- so many purchases after a wait of so many tenths. O(tenths). */
void waited_add(struct waited *waited, int32_t tenths, int64_t times);
/* waited_asks -- is there a wait to be looked for? Not of who never bought, nor before its last purchase. */
bool waited_asks(int64_t recency_days, int64_t cycle_e4);
/* waited_share_e4 -- of those that waited longer than this; STAT_NONE: nobody came back. Of one that asks. */
int64_t waited_share_e4(const struct waited *waited, int64_t recency_days, int64_t cycle_e4);

#endif
