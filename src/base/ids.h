// SPDX-License-Identifier: Apache-2.0
/* ids -- sorted lists of ids, as statements give them.
 */
#ifndef REATIVA_BASE_IDS_H
#define REATIVA_BASE_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ids_hold -- is it among n ids in ascending order? */
static inline bool ids_hold(const int64_t *id, size_t n, int64_t wanted) {
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (id[middle] < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && id[low] == wanted;
}

#endif
