// SPDX-License-Identifier: Apache-2.0
/* cbs_sort -- a stable radix sort of words on a few threads; private to cbs.c.
 */
#ifndef REATIVA_STATS_CBS_SORT_H
#define REATIVA_STATS_CBS_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { CBS_SORT_BLOCK = 65536 };

struct cbs_sort {
    size_t n, blocks;
    unsigned threads;
    uint64_t *key, *key_spare;
    uint32_t *index, *index_spare; /* carried along; NULL: keys alone */
    uint32_t *place;               /* [blocks][buckets] */
    int shift, bits;               /* the digit being sorted by */
};

/* cbs_sort_init -- room for n < 2^32 keys; index, where wanted, is 0 .. n - 1. */
void cbs_sort_init(struct arena *arena, struct cbs_sort *sort, size_t n, bool index, unsigned threads);
/* cbs_sort_run -- by the lowest `bits` bits of key[], ascending. */
void cbs_sort_run(struct cbs_sort *sort, int bits);

#endif
