// SPDX-License-Identifier: Apache-2.0
/* holiday -- which days are worked: the days of the week, the national holidays (computed), and the ones that the company adds.
 *
 * Pure. A local entry may also say that a day is worked although it is a national holiday. Carnival and Corpus Christi are no national holidays in
 * Brazil: who does not work on them adds them, and they move with Easter by themselves.
 */
#ifndef REATIVA_CORE_HOLIDAY_H
#define REATIVA_CORE_HOLIDAY_H

#include "base/day.h"

enum { WEEK_DAYS = 7, WEEK_USUAL = 0x1F, WEEK_ALL = 0x7F }; /* bit 0: Monday */

/* weekday_number -- 0 is Monday. easter_of -- Easter Sunday of a year (Gregorian). */
int weekday_number(struct day day);
struct day easter_of(int year);

enum country { COUNTRY_NONE = 0, COUNTRY_BR };

enum holiday_when {
    HOLIDAY_ONCE = 1, /* at: the day, as of struct day */
    HOLIDAY_YEARLY,   /* at: month * 100 + day of the month; 29 February only where there is one */
    HOLIDAY_EASTER    /* at: days after Easter Sunday; Carnival Tuesday is -47 */
};
struct holiday {
    enum holiday_when when;
    int32_t at;
    bool worked; /* no holiday: worked, whatever the calendar says */
    struct str name;
};
/* holiday_on -- its day in a year; DAY_NONE: none in that one. */
struct day holiday_on(const struct holiday *holiday, int year);

/* holiday_national -- the i-th of a year (0..), by day; false: there are no more. key: of its name in the catalogs. */
enum { HOLIDAY_NATIONAL_MOST = 12 };
bool holiday_national(enum country country, int year, int i, struct day *out, const char **key);

struct workdays {
    unsigned week; /* the days of the week that are worked, bit 0 Monday; never 0 */
    enum country country;
    const struct holiday *local;
    size_t n;
};
extern const struct workdays workdays_usual; /* Monday to Friday, no holidays */

bool workdays_is(const struct workdays *workdays, struct day day);
/* workdays_next, workdays_before -- the nearest worked day after, before; where a whole year has none, the day beside. */
struct day workdays_next(const struct workdays *workdays, struct day day);
struct day workdays_before(const struct workdays *workdays, struct day day);

/* The days of the week as text: "mon,tue,fri"; also read in Portuguese ("seg, ter"). */
extern const char *const weekday_names[WEEK_DAYS];
bool weekdays_parse(struct str text, unsigned *out);
struct str weekdays_write(struct arena *arena, unsigned week);

#endif
