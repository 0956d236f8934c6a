// SPDX-License-Identifier: Apache-2.0
/* demo_rhythm.c -- lives and gaps.
 *
 * A gap is the customer's mean, times a bell-shaped factor, times the season, now and then doubled (a turn skipped) or
 * cut short (something ran out); then it is moved to the day of the rep's visit, and to a working day. So gaps have
 * what real ones have: a mode at whole weeks, a tail to the right, and a December.
 */
#include "app/demo_rhythm.h"

enum {
    NEW_PERCENT = 30,    /* customers who came during the history */
    LEAVER_PERCENT = 31, /* of those who buy more than once; some of them come back */
    PAUSE_PERCENT = 9,
    PAUSE_DAYS_LEAST = 120,
    PAUSE_DAYS_MOST = 430,
    SUMMER_FIRST_MONTH = 10,
    SUMMER_LAST_MONTH = 3,
    /* The story of one portfolio: its rep fell ill, and it was not called on for months. */
    NEGLECTED_REP = 7,
    NEGLECTED_FROM = 300, /* days before the end */
    NEGLECTED_TO = 110
};

/* -- calendar -- */

/* Easter Sunday, Gregorian: the anonymous algorithm that Nature printed in 1876. */
static struct day easter(int year) {
    int a = year % 19, b = year / 100, c = year % 100;
    int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    int m = (a + 11 * h + 22 * l) / 451;
    int n = h + l - 7 * m + 114;
    struct day day = DAY_NONE;
    (void)day_make(year, n / 31, n % 31 + 1, &day);
    return day;
}

static bool is_holiday(struct day day, int year, int month, int of_month) {
    static const int16_t fixed[] = {101, 421, 501, 907, 1012, 1102, 1115, 1225};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (fixed[i] == month * 100 + of_month) {
            return true;
        }
    }
    if (year >= 2024 && month == 11 && of_month == 20) { /* Consciência Negra, national since then */
        return true;
    }
    int32_t from_easter = day.n - easter(year).n;
    /* Monday and Tuesday of carnival, Good Friday, Corpus Christi */
    return from_easter == -48 || from_easter == -47 || from_easter == -2 || from_easter == 60;
}

static int weekday_of(struct day day) {
    return (day.n + 4) % 7; /* 1970-01-01 was a Thursday */
}

void calendar_make(struct arena *arena, struct day first, int32_t days, struct calendar *out) {
    size_t n = (size_t)days + CALENDAR_AFTER;
    uint8_t *workday = arena_new(arena, uint8_t, n), *months = arena_new(arena, uint8_t, n);
    for (size_t i = 0; i < n; i++) {
        struct day day = {first.n + (int32_t)i};
        int year, month, of_month, weekday = weekday_of(day);
        day_split(day, &year, &month, &of_month);
        months[i] = (uint8_t)month;
        workday[i] = weekday != 0 && weekday != 6 && !is_holiday(day, year, month, of_month);
    }
    *out = (struct calendar){first, days, workday, months};
}

int32_t calendar_workday(const struct calendar *calendar, int32_t day) {
    while (day < calendar->days + CALENDAR_AFTER - 1 && !calendar->workday[day]) {
        day++;
    }
    return day;
}

/* -- lives -- */

/* Sizes by thirteenths of the customers: most are small, one in twelve is worth ten of them. */
static int16_t size_draw(struct chance *chance) {
    static const int16_t steps[] = {22, 32, 42, 52, 63, 75, 88, 104, 124, 150, 190, 270, 420, 700};
    int32_t at = chance_below(chance, 13 * 256);
    int32_t low = steps[at / 256], high = steps[at / 256 + 1];
    int32_t size = low + (high - low) * (at % 256) / 256;
    if (chance_e4(chance, 120)) {
        size = chance_between(chance, 900, 2600); /* key accounts */
    }
    return (int16_t)size;
}

static int16_t day_clamp(int32_t day) {
    return (int16_t)(day < 0 ? 0 : day >= NO_DAY ? NO_DAY - 1 : day);
}

static void leaving_draw(struct chance *chance, int32_t days, struct life *out) {
    static const struct {
        enum leaving leaving;
        int32_t percent;
    } ways[] = {
        {LEAVING_SUDDEN, 36}, {LEAVING_FADING, 28}, {LEAVING_RIVAL, 18}, {LEAVING_ANGRY, 10}, {LEAVING_BROKE, 8}};
    int32_t at = chance_below(chance, 100);
    size_t way = 0;
    while (at >= ways[way].percent) {
        at -= ways[way++].percent;
    }
    /* Nobody is known as a customer before the third order or so. */
    int32_t known = out->start + 3 * out->gap_days_e1 / 10;
    if (known < days) {
        out->leaving = (uint8_t)ways[way].leaving;
        out->stop = day_clamp(chance_between(chance, known, days));
    }
}

static void pause_draw(struct chance *chance, int32_t days, struct life *out) {
    int32_t known = out->start + 3 * out->gap_days_e1 / 10;
    if (known < days) {
        int32_t from = chance_between(chance, known, days);
        out->pause_from = day_clamp(from);
        out->pause_to = day_clamp(from + chance_between(chance, PAUSE_DAYS_LEAST, PAUSE_DAYS_MOST));
    }
}

static void fate_draw(struct chance *chance, int32_t days, const struct person *person, struct life *out) {
    int32_t fate = chance_below(chance, 100);
    bool neglected = person->rep == NEGLECTED_REP && chance_e4(chance, 2600);
    if (neglected && out->start < days - NEGLECTED_FROM - 60) {
        out->leaving = LEAVING_SUDDEN;
        out->stop = day_clamp(chance_between(chance, days - NEGLECTED_FROM, days - NEGLECTED_TO));
    } else if (fate < LEAVER_PERCENT) {
        leaving_draw(chance, days, out);
    } else if (fate < LEAVER_PERCENT + PAUSE_PERCENT) {
        pause_draw(chance, days, out);
    }
}

void life_make(uint64_t seed, int32_t index, int32_t customers, const struct person *person,
               const struct calendar *calendar, struct life *out) {
    struct chance chance = chance_of(seed, CHANCE_LIFE, index, 0);
    const struct segment *segment = &segments[person->segment];
    int32_t days = calendar->days, newcomers = (int32_t)((int64_t)customers * NEW_PERCENT / 100);
    int32_t old = customers - newcomers;
    *out = (struct life){.stop = NO_DAY, .pause_from = NO_DAY, .pause_to = NO_DAY};
    out->size_e2 = size_draw(&chance);
    out->gap_days_e1 = (int16_t)chance_between(&chance, segment->gap_days_least * 10, segment->gap_days_most * 10);
    if (out->size_e2 > LARGE_E2) {
        out->gap_days_e1 =
            (int16_t)(segment->gap_days_least * 10 + chance_below(&chance, 60)); /* large ones order often */
    }
    out->growth_percent = (int8_t)chance_between(&chance, -8, 28);
    out->payer = (uint8_t)(chance_e4(&chance, 8400) ? 0 : chance_e4(&chance, 8000) ? 1 : 2);
    out->weekday = (uint8_t)(chance_e4(&chance, 7000) ? chance_between(&chance, 1, 5) : 0);
    bool newcomer = index >= old;
    out->start = day_clamp(newcomer ? (int32_t)((int64_t)(index - old) * days / newcomers) + chance_below(&chance, 15)
                                    : chance_below(&chance, out->gap_days_e1 / 10 + 1));
    out->once = chance_e4(&chance, newcomer ? 2200 : 500);
    if (out->once) {
        out->start = day_clamp(newcomer ? out->start : chance_below(&chance, days));
        return;
    }
    out->summer = person->place->beach && chance_e4(&chance, 5500);
    /* Large customers are looked after, and most of them stay. */
    bool kept = out->size_e2 > LARGE_E2 && chance_e4(&chance, 6500);
    if (!out->summer && !kept) {
        fate_draw(&chance, days, person, out);
    }
}

/* -- gaps -- */

static int32_t gap_draw(struct chance *chance, const struct life *life, const struct segment *segment,
                        int32_t season_percent, int32_t day) {
    /* Four even numbers make a bell: mean 20000, standard deviation 5774. */
    int32_t bell = 0;
    for (int i = 0; i < 4; i++) {
        bell += chance_below(chance, 10000);
    }
    int32_t factor_e4 = 10000 + (bell - 20000) * segment->spread_percent / 58;
    factor_e4 = factor_e4 < 2500 ? 2500 : factor_e4;
    if (chance_e4(chance, 500)) {
        factor_e4 *= 2;
    } else if (chance_e4(chance, 350)) {
        factor_e4 = 3500;
    }
    if (life->leaving == LEAVING_FADING && life->stop - day < FADING_DAYS) {
        factor_e4 += factor_e4 * (FADING_DAYS - (life->stop - day)) / FADING_DAYS;
    }
    /* Half of a season is shorter gaps, half is larger orders. */
    int64_t gap = (int64_t)life->gap_days_e1 * factor_e4 * 200 / (100 + season_percent);
    return (int32_t)((gap + 50000) / 100000);
}

/* The nearest such weekday that is later than `after`. */
static int32_t to_weekday(const struct calendar *calendar, int32_t day, int weekday, int32_t after) {
    int away = (weekday - weekday_of((struct day){calendar->first.n + day}) + 10) % 7 - 3;
    day += away;
    return day > after ? day : day + 7;
}

static bool is_summer(int month) {
    return month >= SUMMER_FIRST_MONTH || month <= SUMMER_LAST_MONTH;
}

int32_t life_next(struct chance *chance, const struct life *life, const struct segment *segment,
                  const struct calendar *calendar, int32_t day) {
    int32_t next = life->start;
    if (day >= 0) {
        int32_t gap = gap_draw(chance, life, segment, segment->season_percent[calendar->month[day] - 1], day);
        next = day + (gap < 1 ? 1 : gap);
        if (life->weekday && chance_e4(chance, 8500)) {
            next = to_weekday(calendar, next, life->weekday, day);
        }
        if (life->once) {
            return NO_DAY;
        }
    }
    if (life->pause_from != NO_DAY && next >= life->pause_from && next < life->pause_to) {
        next = life->pause_to + chance_below(chance, 8);
    }
    while (life->summer && next < calendar->days && !is_summer(calendar->month[next])) {
        next += chance_between(chance, 1, 12);
    }
    if (next >= calendar->days || next > life->stop) {
        return NO_DAY;
    }
    /* Saturday's call is made on Friday, Sunday's on Monday. */
    if (weekday_of((struct day){calendar->first.n + next}) == 6 && next - 1 > day && calendar->workday[next - 1]) {
        next--;
    }
    next = calendar_workday(calendar, next);
    return next < calendar->days ? next : NO_DAY;
}
