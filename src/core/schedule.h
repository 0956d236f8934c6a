// SPDX-License-Identifier: Apache-2.0
/* schedule -- when something is done again and again: "every 10m", "daily 00:05", "workdays 07:30", "mon,wed 08:00", "monthday 5 09:00",
 * "month-first-workday 08:00", "month-last-workday 17:00".
 *
 * Pure: which days are worked and what the clock shows comes from the caller. Hours are of the company's clock; a time that a day of summer
 * time leaves out is the one an hour later, one that a day has twice is the first. The last day stands in for a day that a month has not.
 */
#ifndef REATIVA_CORE_SCHEDULE_H
#define REATIVA_CORE_SCHEDULE_H

#include "base/catalog.h"
#include "core/holiday.h"

enum schedule_kind {
    SCHEDULE_NONE = 0,
    SCHEDULE_EVERY, /* so many minutes, counted from 1970 UTC */
    SCHEDULE_DAILY,
    SCHEDULE_WORKDAYS,
    SCHEDULE_WEEK,
    SCHEDULE_MONTHDAY,
    SCHEDULE_MONTH_FIRST_WORKDAY,
    SCHEDULE_MONTH_LAST_WORKDAY,
    SCHEDULE_KINDS
};
enum { SCHEDULE_EVERY_MOST = 1440, DAY_MINUTES = 1440 };

struct schedule {
    enum schedule_kind kind;
    int every_minutes; /* of EVERY, 1 to SCHEDULE_EVERY_MOST */
    unsigned week;     /* of WEEK, bit 0 Monday */
    int month_day;     /* of MONTHDAY, 1 to 31 */
    int minute;        /* of the day, 0 to 1439; of all but EVERY */
};
/* A moment of the company's clock. */
struct schedule_time {
    struct day day;
    int minute;
};

/* schedule_parse -- false: it is none. schedule_write -- as it is kept. */
bool schedule_parse(struct str text, struct schedule *out);
struct str schedule_write(struct arena *arena, const struct schedule *schedule);
bool schedule_monthly(const struct schedule *schedule); /* at most once a month */
/* schedule_minute_parse, schedule_minute_text -- "07:30". */
bool schedule_minute_parse(struct str text, int *out);
struct str schedule_minute_text(struct arena *arena, int minute);
/* schedule_text -- in words: "every working day at 07:30", "todo dia útil às 07:30". */
struct str schedule_text(struct arena *arena, enum lang lang, const struct schedule *schedule);

/* schedule_next -- the first moment after `from`; not of EVERY. */
struct schedule_time schedule_next(const struct schedule *schedule, const struct workdays *workdays,
                                   struct schedule_time from);

typedef int32_t schedule_offset(int64_t at_us); /* of the company's clock from UTC at a moment, in seconds */
struct schedule_time schedule_local(int64_t at_us, schedule_offset *offset_s);
int64_t schedule_us(struct schedule_time at, schedule_offset *offset_s);
/* schedule_next_us -- the same on the clock that all share: always after at_us. */
int64_t schedule_next_us(const struct schedule *schedule, const struct workdays *workdays, int64_t at_us,
                         schedule_offset *offset_s);

#endif
