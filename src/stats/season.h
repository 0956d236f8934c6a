// SPDX-License-Identifier: Apache-2.0
/* season -- the company's season of the year, and time that runs by it.
 *
 * index[i] says how much faster purchases come in that part of the year than on the average day; its mean over the year
 * is 1. Seasonal time is its integral: a day in a month of index 2 counts as two. Every model can be fitted and asked in
 * it, since seasonal days are days on the average. Whether that helps is for the company's own past to say, not for this
 * file. docs/methods/season.md.
 */
#ifndef REATIVA_STATS_SEASON_H
#define REATIVA_STATS_SEASON_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "stats/cbs.h"
#include "stats/history.h"
#include "stats/stat.h"

enum {
    SEASON_CELLS = 12,
    SEASON_DAYS_LEAST = 720, /* two years, less a little: a file of two whole years may miss its first and last days */
    SEASON_REPEATS_LEAST = 240
};

/* Plain numbers, so that it can be kept as text. */
struct season {
    double index[SEASON_CELLS]; /* January .. December, > 0; learnt: none under about 0.05 */
};

/* season_none -- every index 1: season_time is the day. */
struct season season_none(void);
/* season_learn -- customer[n] as known on as_of (days since 1970-01-01; later ones are not looked at). STAT_OK with every index 1
 * means: looked, and there is none.
 * returns   STAT_TOO_FEW under two full years of history, or too few repeat purchases to tell (out: season_none)
 * cost      O(purchases + days x months), some ten milliseconds beside */
enum stat_code season_learn(struct arena *arena, const struct history *customer, size_t n, int32_t as_of,
                            struct season *out);
/* season_learn_early -- the same from one year and a month on, when a season cannot be told from growth with certainty. */
enum stat_code season_learn_early(struct arena *arena, const struct history *customer, size_t n, int32_t as_of,
                                  struct season *out);
/* season_time -- seasonal days from 1970-01-01 to the end of `day`, in steps of 1/128, increasing; season NULL: day. O(1). */
double season_time(const struct season *season, int32_t day);
/* season_summary -- as history_summary, in seasonal days. */
enum stat_code season_summary(const struct season *season, const struct history *h, int32_t day,
                              struct cbs_customer *out);

#endif
