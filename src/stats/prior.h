// SPDX-License-Identifier: Apache-2.0
/* prior -- the median gap of a segment as it was known at the start of each month.
 *
 * The fold judges each purchase by what was known on its day. A segment's median moves as history grows, so it is kept
 * by month: prior[m] counts the gaps that closed before month m began. History shorter than PRIOR_LEARNING_DAYS knows
 * only gaps shorter than itself, which would make everybody look late; so the months of the first year use what was
 * known at its end, and a company with less than that uses all it has.
 */
#ifndef REATIVA_STATS_PRIOR_H
#define REATIVA_STATS_PRIOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/day.h"
#include "stats/stat.h"

enum { PRIOR_LEARNING_DAYS = 365 };

/* One (segment, month): enough to tell, after a few gaps came or went, whether the median still stands.
 * median_days is the lower median: the smallest d with 2 * (gaps <= d) >= gaps. */
struct prior_cell {
    int64_t gaps;
    int64_t below;       /* gaps < median_days */
    int64_t at;          /* gaps = median_days */
    int32_t median_days; /* 0 when gaps = 0 */
};

/* A table of segments x months. Segment 0 is the whole company, segments are numbered 1..segments. */
struct prior_table {
    struct prior_cell *cell; /* (segments + 1) * months, by segment then month */
    size_t segments;
    size_t months;       /* first_month .. the month after as_of's, whose cell so holds all gaps up to as_of */
    int32_t first_month; /* month_of the first purchase of the company */
    struct day first_day;
    struct day as_of;
};

/* prior_month -- which month's cell judges a purchase of that day (the learning year applied). */
size_t prior_month(const struct prior_table *t, struct day purchase);
/* prior_days -- the prior of a purchase: segment's cell, or the company's when it has under CYCLE_PRIOR_GAPS gaps, or
 * CYCLE_ASSUMED_DAYS with *assumed set. segment 0: the company. */
int32_t prior_days(const struct prior_table *t, size_t segment, struct day purchase, bool *assumed);
/* prior_cell_from -- the cell of count[d] gaps of d days closed so far, d = 1..n_days (the last: and longer; count[0] is
 * not read), as in struct gap_histogram. O(n_days). */
void prior_cell_from(const int64_t *count, size_t n_days, struct prior_cell *out);
/* prior_cell_change -- one gap more (times = 1) or fewer (-1); false when the median would move (cell then unchanged
 * in median_days but not to be trusted: rebuild). Gaps are cut at GAP_CELLS as in the histogram. */
bool prior_cell_change(struct prior_cell *cell, int32_t gap_days, int64_t times);

#endif
