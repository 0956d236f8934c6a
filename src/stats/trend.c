// SPDX-License-Identifier: Apache-2.0
/* trend -- the arrow: value of the last two cycles against the same length before.
 *
 * Must not divide: both sides of the comparison are multiplied out in 128 bits, so the edges 6/5 and 4/5 are exact.
 * Invariant: multiplying all four values by one number, or both seasons by one number, changes no arrow.
 */
#include "stats/trend.h"

__extension__ typedef __int128 int128;

static const int64_t SEASON_MAX = INT64_C(1) << 59; /* x a value x 6 stays inside 128 bits */

int32_t trend_window_days(int64_t cycle_e4) {
    if (cycle_e4 <= 0)
        return TREND_DAYS_MIN;
    int128 days = ((int128)cycle_e4 * 2 + 9999) / 10000;
    if (days > INT32_MAX)
        return INT32_MAX;
    return days < TREND_DAYS_MIN ? TREND_DAYS_MIN : (int32_t)days;
}

enum trend trend_of(int64_t now_cents, int64_t before_cents, int64_t season_now_cents, int64_t season_before_cents) {
    if (now_cents <= 0 && before_cents <= 0)
        return TREND_NONE;
    if (before_cents <= 0)
        return TREND_UP;
    if (now_cents <= 0)
        return TREND_DOWN;
    int64_t season_now = 1, season_before = 1;
    if (season_now_cents > 0 && season_before_cents > 0) {
        season_now = season_now_cents;
        season_before = season_before_cents;
    }
    if (season_now > SEASON_MAX || season_before > SEASON_MAX) {
        season_now = season_now / 16 + 1;
        season_before = season_before / 16 + 1;
    }
    int128 now = (int128)now_cents * season_before;
    int128 expected = (int128)before_cents * season_now;
    if (5 * now >= 6 * expected)
        return TREND_UP;
    if (5 * now <= 4 * expected)
        return TREND_DOWN;
    return TREND_FLAT;
}
