// SPDX-License-Identifier: Apache-2.0
/* gap -- days between consecutive purchases.
 *
 * All of it is integer arithmetic, so the digits are the same on every machine: the standard deviation is the exact
 * integer square root, not a rounded floating one. Must not allocate: the caller lends the scratch.
 * Invariant: after gap_select, scratch[k] is what a full sort would put there and nothing before it is larger.
 */
#include "stats/gap.h"

#include <math.h>
#include <stdbool.h>

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

enum { E4 = 10000, SORT_UP_TO = 16 };

static void swap(int32_t *a, int32_t *b) {
    int32_t kept = *a;
    *a = *b;
    *b = kept;
}

static void insertion_sort(int32_t *v, size_t n) {
    for (size_t i = 1; i < n; i++) {
        int32_t moving = v[i];
        size_t j = i;
        for (; j > 0 && v[j - 1] > moving; j--)
            v[j] = v[j - 1];
        v[j] = moving;
    }
}

/* Puts the median of first, middle and last in the middle; both ends then stop the scans, which cannot run out. */
static int32_t pivot_of_three(int32_t *v, size_t n) {
    int32_t *middle = &v[n / 2], *last = &v[n - 1];
    if (*middle < v[0])
        swap(middle, &v[0]);
    if (*last < v[0])
        swap(last, &v[0]);
    if (*last < *middle)
        swap(last, middle);
    return *middle;
}

/* Hoare's selection. Scans stop at equal values, so a customer that buys every seventh day splits evenly too. */
static void gap_select(int32_t *v, size_t n, size_t k) {
    while (n > SORT_UP_TO) {
        int32_t pivot = pivot_of_three(v, n);
        size_t i = 0, j = n - 1;
        while (i <= j) {
            while (v[i] < pivot)
                i++;
            while (v[j] > pivot)
                j--;
            if (i <= j) {
                swap(&v[i], &v[j]);
                i++;
                j--;
            }
        }
        if (k <= j) {
            n = j + 1;
        } else if (k >= i) {
            v += i;
            n -= i;
            k -= i;
        } else {
            return;
        }
    }
    insertion_sort(v, n);
}

static int64_t median_e4(int32_t *gap, size_t n) {
    size_t upper = n / 2;
    gap_select(gap, n, upper);
    if (n % 2 == 1)
        return (int64_t)gap[upper] * E4;
    int32_t lower = gap[0];
    for (size_t i = 1; i < upper; i++)
        if (gap[i] > lower)
            lower = gap[i];
    return ((int64_t)lower + gap[upper]) * (E4 / 2);
}

/* floor(sqrt(v)) for v < 2^126: the floating root is off by a few units at most, the loops mend it. */
static uint64_t root(uint128 v) {
    uint64_t r = (uint64_t)sqrt((double)v);
    while ((uint128)r * r > v)
        r--;
    while ((uint128)(r + 1) * (r + 1) <= v)
        r++;
    return r;
}

/* Sample variance = (n S2 - S1^2) / (n (n - 1)), exact. Twice the root in ten-thousandths, floored, then halved with
 * the half going up, is the root rounded. Sums of gaps stay under 2^32, so the numerator x 4e8 stays under 2^125. */
static int64_t sd_e4(int64_t n, int64_t sum, uint128 sum_squares) {
    uint128 spread = (uint128)n * sum_squares - (uint128)sum * (uint128)sum;
    uint128 twice_squared = spread * 4 * E4 * E4 / ((uint128)n * (uint128)(n - 1));
    return (int64_t)((root(twice_squared) + 1) / 2);
}

enum stat_code gap_summarise(const struct day *day, size_t n, int32_t *scratch, struct gap_summary *out) {
    if (n < 1 || n - 1 > INT32_MAX)
        return STAT_DOMAIN;
    int64_t sum = 0;
    uint128 sum_squares = 0;
    for (size_t i = 1; i < n; i++) {
        int64_t gap = (int64_t)day[i].n - day[i - 1].n;
        if (gap < 1 || gap > INT32_MAX)
            return STAT_DOMAIN;
        if (scratch)
            scratch[i - 1] = (int32_t)gap;
        sum += gap;
        sum_squares += (uint128)gap * (uint128)gap;
    }
    int64_t gaps = (int64_t)n - 1;
    out->n = (int32_t)gaps;
    out->median_e4 = gaps > 0 && scratch ? median_e4(scratch, n - 1) : STAT_NONE;
    out->mean_e4 = gaps > 0 ? (sum * E4 * 2 + gaps) / (2 * gaps) : STAT_NONE;
    out->sd_e4 = gaps > 1 ? sd_e4(gaps, sum, sum_squares) : STAT_NONE;
    return STAT_OK;
}

void gap_histogram_add(struct gap_histogram *h, int32_t gap_days, int64_t times) {
    if (gap_days < 1)
        return;
    h->count[gap_days < GAP_CELLS ? gap_days : GAP_CELLS] += times;
    h->n += times;
    h->sum_days += gap_days * times;
}

enum stat_code gap_histogram_quantile(const struct gap_histogram *h, int64_t share_e4, int32_t *out) {
    if (share_e4 < 0 || share_e4 > E4)
        return STAT_DOMAIN;
    if (h->n <= 0)
        return STAT_TOO_FEW;
    int128 wanted = (int128)share_e4 * h->n;
    int128 up_to = 0;
    for (int32_t d = 1; d <= GAP_CELLS; d++) {
        up_to += h->count[d];
        if (up_to > 0 && up_to * E4 >= wanted) {
            *out = d;
            return STAT_OK;
        }
    }
    return STAT_DOMAIN;
}
