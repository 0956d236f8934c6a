// SPDX-License-Identifier: Apache-2.0
/* radix.c -- byte by byte from the lowest; a byte in which all agree costs a count and no move. */
#include "app/radix.h"

#include <string.h>

#include "app/heap.h"

enum { BITS = 8, VALUES = 1 << BITS };

void radix_sort(struct radix_item *item, size_t n) {
    if (n < 2) {
        return;
    }
    struct radix_item *other = heap_raw(n, sizeof *other), *from = item, *to = other;
    for (int shift = 0; shift < 64; shift += BITS) {
        size_t count[VALUES] = {0}, at = 0;
        for (size_t i = 0; i < n; i++) {
            count[from[i].key >> shift & (VALUES - 1)]++;
        }
        if (count[from[0].key >> shift & (VALUES - 1)] == n) {
            continue;
        }
        for (size_t i = 0; i < VALUES; i++) {
            size_t here = count[i];
            count[i] = at;
            at += here;
        }
        for (size_t i = 0; i < n; i++) {
            to[count[from[i].key >> shift & (VALUES - 1)]++] = from[i];
        }
        struct radix_item *swap = from;
        from = to;
        to = swap;
    }
    if (from != item) {
        memcpy(item, from, n * sizeof *item);
    }
    free(other);
}
