// SPDX-License-Identifier: Apache-2.0
/* cbs_sort -- least significant digit first, in fixed blocks.
 *
 * For each digit every block counts its keys by bucket; a running sum over (bucket, block) tells each block where its
 * keys of a bucket go, so that blocks can be moved at the same time and equal keys keep their order. Digits that are the same
 * everywhere are passed over.
 *
 * Must not look at what index stands for. Invariant: key[i] and index[i] move together.
 */
#include "stats/cbs_sort.h"

#include <string.h>

#include "base/parallel.h"

enum { DIGIT_BITS = 11, BUCKETS = 1 << DIGIT_BITS };

void cbs_sort_init(struct arena *arena, struct cbs_sort *sort, size_t n, bool index, unsigned threads) {
    *sort = (struct cbs_sort){.n = n, .blocks = (n + CBS_SORT_BLOCK - 1) / CBS_SORT_BLOCK, .threads = threads};
    sort->key = arena_new(arena, uint64_t, n);
    sort->key_spare = arena_new(arena, uint64_t, n);
    sort->place = arena_new(arena, uint32_t, sort->blocks * BUCKETS);
    if (!index)
        return;
    sort->index = arena_new(arena, uint32_t, n);
    sort->index_spare = arena_new(arena, uint32_t, n);
    for (size_t i = 0; i < n; i++)
        sort->index[i] = (uint32_t)i;
}

static size_t digit_of(const struct cbs_sort *sort, uint64_t key) {
    return (size_t)(key >> sort->shift & ((UINT64_C(1) << sort->bits) - 1));
}

static size_t block_end(const struct cbs_sort *sort, size_t block) {
    size_t end = (block + 1) * CBS_SORT_BLOCK;
    return end < sort->n ? end : sort->n;
}

static void count_block(void *owner, size_t block) {
    const struct cbs_sort *sort = owner;
    uint32_t *count = sort->place + block * BUCKETS;
    memset(count, 0, BUCKETS * sizeof *count);
    for (size_t i = block * CBS_SORT_BLOCK, end = block_end(sort, block); i < end; i++)
        count[digit_of(sort, sort->key[i])]++;
}

static void move_block(void *owner, size_t block) {
    const struct cbs_sort *sort = owner;
    uint32_t *place = sort->place + block * BUCKETS;
    for (size_t i = block * CBS_SORT_BLOCK, end = block_end(sort, block); i < end; i++) {
        uint32_t to = place[digit_of(sort, sort->key[i])]++;
        sort->key_spare[to] = sort->key[i];
        if (sort->index)
            sort->index_spare[to] = sort->index[i];
    }
}

/* Counts become places. False: all keys are in one bucket. */
static bool places_from_counts(struct cbs_sort *sort) {
    uint32_t at = 0;
    for (size_t bucket = 0; bucket < (size_t)1 << sort->bits; bucket++) {
        uint32_t before = at;
        for (size_t block = 0; block < sort->blocks; block++) {
            uint32_t *place = &sort->place[block * BUCKETS + bucket], count = *place;
            *place = at;
            at += count;
        }
        if (at - before == sort->n)
            return false;
    }
    return true;
}

void cbs_sort_run(struct cbs_sort *sort, int bits) {
    int digits = (bits + DIGIT_BITS - 1) / DIGIT_BITS;
    for (int digit = 0; digit < digits; digit++) {
        sort->shift = bits * digit / digits;
        sort->bits = bits * (digit + 1) / digits - sort->shift;
        parallel_run(sort->threads, sort->blocks, count_block, sort);
        if (!places_from_counts(sort))
            continue;
        parallel_run(sort->threads, sort->blocks, move_block, sort);
        uint64_t *key = sort->key;
        sort->key = sort->key_spare;
        sort->key_spare = key;
        uint32_t *index = sort->index;
        sort->index = sort->index_spare;
        sort->index_spare = index;
    }
}
