// SPDX-License-Identifier: Apache-2.0
/* abc -- where the classes A, B, C are cut by cumulative share of value.
 *
 * Must not know customers: it sees sorted values only, and its answer is a cut to compare with.
 * Invariant: the customers in a cut are the first `above` of the order, and the cut grows with the share.
 */
#include "stats/abc.h"

#include <stdbool.h>

__extension__ typedef __int128 int128;

enum { WHOLE_E4 = 10000 };

/* Sums in 128 bits, so that no list of customers overflows; false when the values do not descend. */
static bool total_of(const int64_t *value, size_t n, int128 *out) {
    int128 total = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && value[i] > value[i - 1])
            return false;
        total += value[i];
    }
    *out = total;
    return true;
}

enum stat_code abc_cut_find(const int64_t *value, size_t n, int64_t share_e4, struct abc_cut *out) {
    int128 total = 0;
    if (share_e4 < 1 || share_e4 > WHOLE_E4 || !total_of(value, n, &total))
        return STAT_DOMAIN;
    if (n == 0 || total <= 0)
        return STAT_TOO_FEW;
    int128 sum = 0;
    int64_t ties = 0;
    size_t in = 0;
    /* One that adds nothing or less comes when the sum has reached the total already, so the first to miss ends it. */
    for (; in < n && sum * WHOLE_E4 < total * share_e4; in++) {
        ties = in > 0 && value[in] == value[in - 1] ? ties + 1 : 1;
        sum += value[in];
    }
    if (sum > INT64_MAX)
        return STAT_DOMAIN;
    *out =
        (struct abc_cut){.value_cents = value[in - 1], .ties = ties, .above = (int64_t)in, .sum_cents = (int64_t)sum};
    return STAT_OK;
}
