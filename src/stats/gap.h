// SPDX-License-Identifier: Apache-2.0
/* gap -- days between consecutive purchases: of one customer, and of many.
 *
 * docs/methods/gap.md has the formulas and the worked example that the tests use.
 */
#ifndef REATIVA_STATS_GAP_H
#define REATIVA_STATS_GAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "stats/stat.h"

struct gap_summary {
    int32_t n;         /* gaps = purchases - 1 */
    int64_t median_e4; /* mean of the middle two when n is even; STAT_NONE when n = 0 */
    int64_t mean_e4;   /* STAT_NONE when n = 0 */
    int64_t sd_e4;     /* sample sd (n - 1); STAT_NONE when n < 2 */
};

/* gap_summarise -- the gaps between strictly increasing days.
 * day[n]    purchase days; n >= 1
 * scratch   room for n - 1 numbers; contents destroyed. NULL: the median is not wanted
 * returns   STAT_OK; STAT_DOMAIN n < 1 or not increasing
 * cost      O(n) on average (selection, not sorting)
 */
enum stat_code gap_summarise(const struct day *day, size_t n, int32_t *scratch, struct gap_summary *out);

/* How many gaps of each length: the distribution over many customers. The last cell holds GAP_CELLS days and longer. */
enum { GAP_CELLS = 1500 };
struct gap_histogram {
    int64_t count[GAP_CELLS + 1]; /* count[d]: gaps of d days, d >= 1; count[0] unused */
    int64_t n;
    int64_t sum_days;
};
void gap_histogram_add(struct gap_histogram *h, int32_t gap_days,
                       int64_t times); /* times may be negative; a gap < 1 is none */
/* gap_histogram_quantile -- smallest d such that at least share_e4 of the gaps are <= d (the inverse of the empirical distribution function);
 * STAT_TOO_FEW when n = 0, STAT_DOMAIN outside 0..10000. A result of GAP_CELLS means "that long or longer". */
enum stat_code gap_histogram_quantile(const struct gap_histogram *h, int64_t share_e4, int32_t *out);

#endif
