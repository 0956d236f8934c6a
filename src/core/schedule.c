// SPDX-License-Identifier: Apache-2.0
/* schedule -- see the header. Invariant: schedule_next_us is after the moment it was asked for, whatever the clock does that day. */
#include "core/schedule.h"

#include "base/buf.h"

enum { HOUR_MINUTES = 60, MONTHS_LOOKED = 3 };
#define MINUTE_US INT64_C(60000000)

/* ---- as text ---- */

static bool number(struct str text, int most, int *out) {
    int v = 0;
    if (text.n == 0 || text.n > 4)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        v = v * 10 + (text.p[i] - '0');
    }
    *out = v;
    return v <= most;
}

bool schedule_monthly(const struct schedule *schedule) {
    return schedule->kind == SCHEDULE_MONTHDAY || schedule->kind == SCHEDULE_MONTH_FIRST_WORKDAY ||
           schedule->kind == SCHEDULE_MONTH_LAST_WORKDAY;
}

bool schedule_minute_parse(struct str text, int *out) {
    struct str hour, minute;
    int h, m;
    if (!str_cut(text, ':', &hour, &minute) || hour.n > 2 || minute.n != 2 || !number(hour, 23, &h) ||
        !number(minute, HOUR_MINUTES - 1, &m))
        return false;
    *out = h * HOUR_MINUTES + m;
    return true;
}

struct str schedule_minute_text(struct arena *arena, int minute) {
    struct buf to;
    buf_init(&to, arena, 0);
    buf_printf(&to, "%02d:%02d", minute / HOUR_MINUTES, minute % HOUR_MINUTES);
    return buf_str(&to);
}

static const char *const kind_words[SCHEDULE_KINDS] = {
    [SCHEDULE_EVERY] = "every",
    [SCHEDULE_DAILY] = "daily",
    [SCHEDULE_WORKDAYS] = "workdays",
    [SCHEDULE_MONTHDAY] = "monthday",
    [SCHEDULE_MONTH_FIRST_WORKDAY] = "month-first-workday",
    [SCHEDULE_MONTH_LAST_WORKDAY] = "month-last-workday",
};

static enum schedule_kind kind_of(struct str word) {
    for (int kind = SCHEDULE_EVERY; kind < SCHEDULE_KINDS; kind++)
        if (kind_words[kind] != NULL && str_equal(word, str_from(kind_words[kind])))
            return (enum schedule_kind)kind;
    return SCHEDULE_WEEK;
}

static bool every_parse(struct str text, int *out) {
    return str_ends(text, S("m")) && number((struct str){text.p, text.n - 1}, SCHEDULE_EVERY_MOST, out) && *out > 0;
}

bool schedule_parse(struct str text, struct schedule *out) {
    struct str word, rest, day;
    *out = (struct schedule){0};
    if (!str_cut(str_trim(text), ' ', &word, &rest))
        return false;
    out->kind = kind_of(word);
    rest = str_trim(rest);
    if (out->kind == SCHEDULE_EVERY)
        return every_parse(rest, &out->every_minutes);
    if (out->kind == SCHEDULE_MONTHDAY &&
        (!str_cut(rest, ' ', &day, &rest) || !number(day, 31, &out->month_day) || out->month_day == 0))
        return false;
    return (out->kind != SCHEDULE_WEEK || weekdays_parse(word, &out->week)) &&
           schedule_minute_parse(str_trim(rest), &out->minute);
}

struct str schedule_write(struct arena *arena, const struct schedule *schedule) {
    struct buf to;
    struct str word =
        schedule->kind == SCHEDULE_WEEK ? weekdays_write(arena, schedule->week) : str_from(kind_words[schedule->kind]);
    buf_init(&to, arena, 0);
    buf_put(&to, word);
    if (schedule->kind == SCHEDULE_EVERY) {
        buf_printf(&to, " %dm", schedule->every_minutes);
        return buf_str(&to);
    }
    if (schedule->kind == SCHEDULE_MONTHDAY)
        buf_printf(&to, " %d", schedule->month_day);
    buf_char(&to, ' ');
    buf_put(&to, schedule_minute_text(arena, schedule->minute));
    return buf_str(&to);
}

/* ---- in words ---- */

static struct str say(struct arena *arena, enum lang lang, const char *key, struct str arg) {
    struct buf name;
    buf_init(&name, arena, 0);
    buf_printf(&name, "schedule.%s", key);
    return catalog_text(arena, lang, buf_str(&name), &arg, 1);
}

static struct str week_text(struct arena *arena, enum lang lang, unsigned week) {
    struct buf to;
    int left = 0;
    buf_init(&to, arena, 0);
    for (int day = 0; day < WEEK_DAYS; day++)
        left += (int)(week >> day & 1);
    for (int day = 0; day < WEEK_DAYS; day++)
        if ((week >> day & 1) != 0) {
            buf_put(&to, to.n == 0 ? S("") : left == 1 ? say(arena, lang, "and", S("")) : S(", "));
            buf_put(&to, say(arena, lang, weekday_names[day], S("")));
            left--;
        }
    return buf_str(&to);
}

static struct str every_text(struct arena *arena, enum lang lang, int minutes) {
    bool hours = minutes % HOUR_MINUTES == 0;
    struct buf n;
    buf_init(&n, arena, 0);
    buf_int(&n, hours ? minutes / HOUR_MINUTES : minutes);
    bool one = minutes == 1 || minutes == HOUR_MINUTES;
    return say(arena, lang,
               hours ? (one ? "every_hour" : "every_hours")
               : one ? "every_minute"
                     : "every_minutes",
               buf_str(&n));
}

struct str schedule_text(struct arena *arena, enum lang lang, const struct schedule *schedule) {
    static const char *const words[SCHEDULE_KINDS] = {[SCHEDULE_DAILY] = "daily",
                                                      [SCHEDULE_WORKDAYS] = "workdays",
                                                      [SCHEDULE_MONTHDAY] = "monthday",
                                                      [SCHEDULE_MONTH_FIRST_WORKDAY] = "month_first",
                                                      [SCHEDULE_MONTH_LAST_WORKDAY] = "month_last"};
    struct buf to, day;
    if (schedule->kind == SCHEDULE_EVERY)
        return every_text(arena, lang, schedule->every_minutes);
    buf_init(&to, arena, 0);
    buf_init(&day, arena, 0);
    buf_int(&day, schedule->month_day);
    buf_put(&to, schedule->kind == SCHEDULE_WEEK ? say(arena, lang, "week", week_text(arena, lang, schedule->week))
                                                 : say(arena, lang, words[schedule->kind], buf_str(&day)));
    buf_put(&to, say(arena, lang, schedule->minute / HOUR_MINUTES == 1 ? "at_one" : "at",
                     schedule_minute_text(arena, schedule->minute)));
    return buf_str(&to);
}

/* ---- when ---- */

static struct day month_day(int32_t month, int of_month) {
    struct day first = month_first(month), next = month_first(month + 1);
    struct day wanted = {first.n + of_month - 1};
    return wanted.n < next.n ? wanted : (struct day){next.n - 1};
}

/* The day of a month that a monthly schedule means. */
static struct day of_month(const struct schedule *schedule, const struct workdays *workdays, int32_t month) {
    if (schedule->kind == SCHEDULE_MONTHDAY)
        return month_day(month, schedule->month_day);
    return schedule->kind == SCHEDULE_MONTH_FIRST_WORKDAY
               ? workdays_next(workdays, (struct day){month_first(month).n - 1})
               : workdays_before(workdays, month_first(month + 1));
}

static bool day_fits(const struct schedule *schedule, const struct workdays *workdays, struct day day) {
    switch (schedule->kind) {
    case SCHEDULE_WORKDAYS:
        return workdays_is(workdays, day);
    case SCHEDULE_WEEK:
        return (schedule->week >> weekday_number(day) & 1) != 0;
    case SCHEDULE_MONTHDAY:
    case SCHEDULE_MONTH_FIRST_WORKDAY:
    case SCHEDULE_MONTH_LAST_WORKDAY: {
        /* The first or last worked day may lie in the month beside, where a whole month has none. */
        int32_t month = month_of(day);
        for (int32_t m = month - 1; m <= month + 1; m++)
            if (of_month(schedule, workdays, m).n == day.n)
                return true;
        return false;
    }
    case SCHEDULE_DAILY:
    case SCHEDULE_EVERY:
    case SCHEDULE_NONE:
    case SCHEDULE_KINDS:
        break;
    }
    return true;
}

struct schedule_time schedule_next(const struct schedule *schedule, const struct workdays *workdays,
                                   struct schedule_time from) {
    enum { DAYS_LOOKED = MONTHS_LOOKED * 366 };
    struct day day = {from.minute < schedule->minute ? from.day.n : from.day.n + 1};
    for (int i = 0; i < DAYS_LOOKED && !day_fits(schedule, workdays, day); i++)
        day.n++;
    return (struct schedule_time){day, schedule->minute};
}

struct schedule_time schedule_local(int64_t at_us, schedule_offset *offset_s) {
    int64_t local_us = at_us + (int64_t)offset_s(at_us) * 1000000;
    int64_t minutes = local_us / MINUTE_US - (local_us % MINUTE_US < 0);
    int64_t day = minutes / DAY_MINUTES - (minutes % DAY_MINUTES < 0);
    return (struct schedule_time){{(int32_t)day}, (int)(minutes - day * DAY_MINUTES)};
}

/* By the offset of the day before and by that of the day after: where both fit, the hour is there twice and the first is meant; where
 * neither does, the clock jumps over it, and by the offset before it is an hour later. */
int64_t schedule_us(struct schedule_time at, schedule_offset *offset_s) {
    int64_t local_us = ((int64_t)at.day.n * DAY_MINUTES + at.minute) * MINUTE_US, day_us = DAY_MINUTES * MINUTE_US;
    int64_t before = local_us - (int64_t)offset_s(local_us - day_us) * 1000000;
    int64_t after = local_us - (int64_t)offset_s(local_us + day_us) * 1000000;
    bool before_fits = before + (int64_t)offset_s(before) * 1000000 == local_us;
    bool after_fits = after + (int64_t)offset_s(after) * 1000000 == local_us;
    if (before_fits && after_fits)
        return before < after ? before : after;
    return after_fits ? after : before;
}

int64_t schedule_next_us(const struct schedule *schedule, const struct workdays *workdays, int64_t at_us,
                         schedule_offset *offset_s) {
    if (schedule->kind == SCHEDULE_EVERY) {
        int64_t step = schedule->every_minutes * MINUTE_US;
        return (at_us / step + 1) * step;
    }
    struct schedule_time at = schedule_local(at_us, offset_s);
    int64_t us;
    do {
        at = schedule_next(schedule, workdays, at);
        us = schedule_us(at, offset_s);
    } while (us <= at_us); /* the same hour for the second time that day */
    return us;
}
