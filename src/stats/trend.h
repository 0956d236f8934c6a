// SPDX-License-Identifier: Apache-2.0
/* trend -- the arrow: value of the last two cycles against the same length before.
 *
 * now = net value of the last W days (as-of day included), before = of the W days before those, W = two cycles rounded
 * up, at least TREND_DAYS_MIN. Where the company has two years, `before` is first multiplied by what the whole company did between
 * the same two windows a year earlier (season). Up from 6/5, down to 4/5.
 */
#ifndef REATIVA_STATS_TREND_H
#define REATIVA_STATS_TREND_H

#include <stdint.h>

#include "stats/stat.h"

enum { TREND_DAYS_MIN = 14 };
enum trend { TREND_NONE = 0, TREND_DOWN, TREND_FLAT, TREND_UP };

int32_t trend_window_days(int64_t cycle_e4);
/* trend_of -- season_now, season_before: the company's value in the same windows a year earlier; pass 1, 1 when there
 * are no two years. TREND_NONE when now and before are both <= 0. A season value <= 0 counts as no season. */
enum trend trend_of(int64_t now_cents, int64_t before_cents, int64_t season_now_cents, int64_t season_before_cents);

#endif
