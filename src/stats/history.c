// SPDX-License-Identifier: Apache-2.0
/* history -- the purchases of one customer, and what was known of them on an earlier day.
 *
 * Must not see a purchase after the day it is asked for: this is where a look back is kept from looking ahead.
 * Invariant: history_until(d) + history_between(d, e) = history_until(e) for d <= e.
 */
#include "stats/history.h"

#include <math.h>

size_t history_until(const struct history *h, int32_t day) {
    size_t low = 0, high = h->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (h->day[middle] <= day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t history_between(const struct history *h, int32_t after, int32_t until) {
    return until > after ? history_until(h, until) - history_until(h, after) : 0;
}

enum stat_code history_summary(const struct history *h, int32_t day, struct cbs_customer *out) {
    size_t n = history_until(h, day);
    if (n == 0)
        return STAT_TOO_FEW;
    double litt = 0;
    for (size_t i = 1; i < n; i++)
        litt += log((double)h->day[i] - (double)h->day[i - 1]);
    *out = (struct cbs_customer){
        .x = (double)(n - 1),
        .t_x = (double)h->day[n - 1] - (double)h->day[0],
        .T = (double)day - (double)h->day[0],
        .litt = litt,
    };
    return STAT_OK;
}
