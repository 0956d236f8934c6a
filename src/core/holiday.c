// SPDX-License-Identifier: Apache-2.0
/* holiday -- see the header. */
#include "core/holiday.h"

#include "base/buf.h"

enum { YEAR_DAYS = 366, FRIDAY_BEFORE_EASTER = -2, CONSCIOUSNESS_FROM = 2024 };

const struct workdays workdays_usual = {.week = WEEK_USUAL};
const char *const weekday_names[WEEK_DAYS] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

int weekday_number(struct day day) {
    enum { FIRST = 3 }; /* 1 January 1970 was a Thursday */
    return (int)(((day.n + FIRST) % WEEK_DAYS + WEEK_DAYS) % WEEK_DAYS);
}

/* The first Sunday after the full moon on or after 21 March, both by the church's reckoning: the golden number says where in its 19
 * years the moon is, the epact how old it is on 1 January, corrected for the leap days that centuries leave out (Meeus' form). */
struct day easter_of(int year) {
    int golden = year % 19, century = year / 100, of_century = year % 100;
    int moon_slip = (8 * century + 13) / 25;
    int epact = (19 * golden + century - century / 4 - moon_slip + 15) % 30;
    int to_sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % WEEK_DAYS;
    int late = (golden + 11 * epact + 22 * to_sunday) / 451;
    int at = epact + to_sunday - 7 * late + 114;
    struct day day = DAY_NONE;
    (void)day_make(year, at / 31, at % 31 + 1, &day);
    return day;
}

/* ---- national ones ---- */

struct national {
    const char *key;
    int month, of_month, from_year; /* month 0: of_month days after Easter */
};

/* Laws 662/1949, 6.802/1980, 9.093/1995 (the Friday), 10.607/2002 and, since 2024, 14.759/2023. In the order of the year. */
static const struct national brazil[] = {
    {"holiday.new_year", 1, 1, 0},
    {"holiday.good_friday", 0, FRIDAY_BEFORE_EASTER, 0},
    {"holiday.tiradentes", 4, 21, 0},
    {"holiday.labour", 5, 1, 0},
    {"holiday.independence", 9, 7, 0},
    {"holiday.aparecida", 10, 12, 0},
    {"holiday.souls", 11, 2, 0},
    {"holiday.republic", 11, 15, 0},
    {"holiday.consciousness", 11, 20, CONSCIOUSNESS_FROM},
    {"holiday.christmas", 12, 25, 0},
};
enum { BRAZIL = sizeof brazil / sizeof *brazil };

static struct day national_on(const struct national *n, int year) {
    struct day day = DAY_NONE;
    if (year < n->from_year)
        return day;
    if (n->month == 0)
        return (struct day){easter_of(year).n + n->of_month};
    (void)day_make(year, n->month, n->of_month, &day);
    return day;
}

static bool national_is(enum country country, struct day day, int year) {
    for (int i = 0; country == COUNTRY_BR && i < BRAZIL; i++)
        if (national_on(&brazil[i], year).n == day.n)
            return true;
    return false;
}

bool holiday_national(enum country country, int year, int i, struct day *out, const char **key) {
    struct day all[BRAZIL];
    int which[BRAZIL], n = 0;
    for (int k = 0; country == COUNTRY_BR && k < BRAZIL; k++) {
        struct day day = national_on(&brazil[k], year);
        int at = n;
        if (!day_is(day))
            continue;
        for (; at > 0 && all[at - 1].n > day.n; at--) { /* Easter may fall after 21 April */
            all[at] = all[at - 1];
            which[at] = which[at - 1];
        }
        all[at] = day;
        which[at] = k;
        n++;
    }
    if (i >= n)
        return false;
    *out = all[i];
    *key = brazil[which[i]].key;
    return true;
}

/* ---- the company's own ---- */

struct day holiday_on(const struct holiday *holiday, int year) {
    struct day day = DAY_NONE;
    int y, month, of_month;
    switch (holiday->when) {
    case HOLIDAY_ONCE:
        day_split((struct day){holiday->at}, &y, &month, &of_month);
        return y == year ? (struct day){holiday->at} : DAY_NONE;
    case HOLIDAY_YEARLY:
        (void)day_make(year, holiday->at / 100, holiday->at % 100, &day);
        return day;
    case HOLIDAY_EASTER:
        return (struct day){easter_of(year).n + holiday->at};
    }
    return day;
}

bool workdays_is(const struct workdays *workdays, struct day day) {
    int year, month, of_month;
    bool off = false;
    day_split(day, &year, &month, &of_month);
    for (size_t i = 0; i < workdays->n; i++)
        if (holiday_on(&workdays->local[i], year).n == day.n) {
            if (workdays->local[i].worked)
                return true;
            off = true;
        }
    return !off && (workdays->week >> weekday_number(day) & 1) != 0 && !national_is(workdays->country, day, year);
}

static struct day walk(const struct workdays *workdays, struct day from, int step) {
    for (int i = 1; i <= YEAR_DAYS; i++) {
        struct day day = {from.n + step * i};
        if (workdays_is(workdays, day))
            return day;
    }
    return (struct day){from.n + step};
}

struct day workdays_next(const struct workdays *workdays, struct day day) {
    return walk(workdays, day, 1);
}

struct day workdays_before(const struct workdays *workdays, struct day day) {
    return walk(workdays, day, -1);
}

/* ---- as text ---- */

static bool weekday_parse(struct str word, int *out) {
    static const char *const words[WEEK_DAYS][3] = {
        {"mon", "seg", "segunda"}, {"tue", "ter", "terça"}, {"wed", "qua", "quarta"}, {"thu", "qui", "quinta"},
        {"fri", "sex", "sexta"},   {"sat", "sab", "sáb"},   {"sun", "dom", "domingo"}};
    for (int day = 0; day < WEEK_DAYS; day++)
        for (int i = 0; i < 3; i++)
            if (str_equal(word, str_from(words[day][i]))) {
                *out = day;
                return true;
            }
    return false;
}

bool weekdays_parse(struct str text, unsigned *out) {
    struct str word, rest = text;
    bool more = true;
    *out = 0;
    while (more) {
        int day;
        more = str_cut(rest, ',', &word, &rest);
        if (!weekday_parse(str_trim(word), &day))
            return false;
        *out |= 1u << day;
    }
    return true;
}

struct str weekdays_write(struct arena *arena, unsigned week) {
    struct buf to;
    buf_init(&to, arena, 0);
    for (int day = 0; day < WEEK_DAYS; day++)
        if ((week >> day & 1) != 0)
            buf_printf(&to, "%s%s", to.n > 0 ? "," : "", weekday_names[day]);
    return buf_str(&to);
}
