// SPDX-License-Identifier: Apache-2.0
/* radix -- things by a number, ascending, equal ones in the order in which they stood. O(n) for each byte in which they differ. */
#ifndef REATIVA_APP_RADIX_H
#define REATIVA_APP_RADIX_H

#include <stddef.h>
#include <stdint.h>

struct radix_item {
    uint64_t key;
    uint64_t value;
};

void radix_sort(struct radix_item *item, size_t n);

#endif
