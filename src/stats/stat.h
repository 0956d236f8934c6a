// SPDX-License-Identifier: Apache-2.0
/* stat -- what every statistic returns, and its units.
 *
 * A statistic is pure: no I/O, no clock, no allocation; what it needs room for, the caller passes. It writes its result
 * only on STAT_OK. "Too few" is an answer, not an accident: callers say it to the person.
 *
 * Fixed point: names that end in _e4 are integers of 1/10,000, so that a result is the same bits on every machine and
 * in every database. STAT_NONE stands for "no value" in them.
 */
#ifndef REATIVA_STATS_STAT_H
#define REATIVA_STATS_STAT_H

#include <stdint.h>

#define STAT_NONE INT64_MIN

enum stat_code {
    STAT_OK = 0,
    STAT_TOO_FEW, /* not enough history for this answer */
    STAT_DOMAIN   /* arguments outside what the header allows */
};

#endif
