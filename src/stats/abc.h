// SPDX-License-Identifier: Apache-2.0
/* abc -- where the classes A, B, C are cut by cumulative share of value.
 *
 * Customers by value descending (ties by code ascending); the one whose cumulative share crosses 80 % is still A, the one that
 * crosses 95 % still B. Only customers with a purchase in the window take part; the others have no class. The class of
 * a customer is a comparison with two cuts, so nothing per customer has to be stored or rewritten.
 */
#ifndef REATIVA_STATS_ABC_H
#define REATIVA_STATS_ABC_H

#include <stddef.h>
#include <stdint.h>

#include "stats/stat.h"

enum { ABC_A_E4 = 8000, ABC_B_E4 = 9500 };

/* A cut: customers of a larger value are above it, and of those of just this value the first `ties` by code. */
struct abc_cut {
    int64_t value_cents;
    int64_t ties;      /* >= 1 */
    int64_t above;     /* customers above or in the cut */
    int64_t sum_cents; /* their value */
};

/* abc_cut_find -- the cut at share_e4 of the total.
 * value[n]  sorted descending; values <= 0 are allowed and add to the total as they are (a customer can have returned more than it bought)
 * returns   STAT_OK; STAT_TOO_FEW n = 0 or total <= 0 (then everybody is C)
 * A customer is in the cut when the cumulative sum BEFORE it is < share x total. O(n).
 */
enum stat_code abc_cut_find(const int64_t *value, size_t n, int64_t share_e4, struct abc_cut *out);

#endif
