// SPDX-License-Identifier: Apache-2.0
/* season -- time that runs by the season of the year.
 *
 * Seasonal time adds up the index of each day's month. The indices weighted by the days of a common year sum to 365, so
 * every common year is as long in it as on the calendar, and a leap year is longer by February's index.
 *
 * It is rounded to 1/128 of a day: sums of such numbers are exact, and customers alike to the day stay alike.
 *
 * Must not learn anything. Invariant: season_time of consecutive days differs by the index of the later one's month,
 * up to that rounding.
 */
#include "stats/season.h"

#include <math.h>

#include "base/day.h"

/* Days before each month of a common year. */
static const int32_t before_month[SEASON_CELLS] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

#define STEPS 128.0 /* of a day */

enum { FEBRUARY = 1, DAYS_COMMON = 365, EPOCH_YEAR = 1970 };

struct season season_none(void) {
    struct season none;
    for (int i = 0; i < SEASON_CELLS; i++)
        none.index[i] = 1;
    return none;
}

/* Leap days from the year 1 to the end of this one. */
static int32_t leap_days(int year) {
    return year / 4 - year / 100 + year / 400;
}

double season_time(const struct season *season, int32_t day) {
    if (!season)
        return day;
    int year, month, of_month;
    day_split((struct day){day}, &year, &month, &of_month);
    int32_t leaps = leap_days(year - 1) - leap_days(EPOCH_YEAR - 1);
    bool leap_passed = month > FEBRUARY + 1 && leap_days(year) > leap_days(year - 1);
    double within = season->index[month - 1] * of_month;
    for (int i = 0; i + 1 < month; i++)
        within += season->index[i] * (before_month[i + 1] - before_month[i]);
    double time = DAYS_COMMON * (double)(year - EPOCH_YEAR) + season->index[FEBRUARY] * (leaps + leap_passed) + within -
                  season->index[0];
    return rint(time * STEPS) / STEPS;
}

enum stat_code season_summary(const struct season *season, const struct history *h, int32_t day,
                              struct cbs_customer *out) {
    size_t n = history_until(h, day);
    if (!season || n == 0)
        return history_summary(h, day, out);
    double first = season_time(season, h->day[0]), before = first;
    *out = (struct cbs_customer){.x = (double)(n - 1)};
    for (size_t i = 1; i < n; i++) {
        double at = season_time(season, h->day[i]);
        out->litt += log(at - before);
        before = at;
    }
    out->t_x = before - first;
    out->T = season_time(season, day) - first;
    return STAT_OK;
}
