// SPDX-License-Identifier: Apache-2.0
/* demo_rhythm -- when the demo's customers buy, and when they stop. Private to src/app's demo.
 *
 * Days are counted from the first day of the history, so that a history that ends on another day has the same lives in it;
 * only seasons, weekends and holidays come from the calendar.
 */
#ifndef REATIVA_APP_DEMO_RHYTHM_H
#define REATIVA_APP_DEMO_RHYTHM_H

#include "app/demo_chance.h"
#include "app/demo_people.h"
#include "app/demo_segment.h"
#include "base/day.h"

enum { NO_DAY = INT16_MAX, CALENDAR_AFTER = 400 /* days known past the end, for what falls due later */ };

struct calendar {
    struct day first;               /* day 0 */
    int32_t days;                   /* of history; the last is days - 1 */
    const uint8_t *workday, *month; /* [days + CALENDAR_AFTER]; months 1 to 12 */
};

void calendar_make(struct arena *arena, struct day first, int32_t days, struct calendar *out);
/* calendar_workday -- the day itself or the next on which people work. */
int32_t calendar_workday(const struct calendar *calendar, int32_t day);

enum leaving {
    LEAVING_NOT = 0,
    LEAVING_SUDDEN,
    LEAVING_FADING, /* rarer and smaller for months */
    LEAVING_RIVAL,  /* part of the basket goes elsewhere first, then all of it */
    LEAVING_ANGRY,  /* after a complaint */
    LEAVING_BROKE   /* leaves titles unpaid */
};

enum { LARGE_E2 = 400 /* size from which a customer has terms of its own */ };
enum { FADING_DAYS = 180, RIVAL_DAYS = 120, BROKE_DAYS = 60 };

struct life {
    int16_t start, stop;          /* stop: no order after it, NO_DAY: still there */
    int16_t pause_from, pause_to; /* silent in between, NO_DAY: never */
    int16_t gap_days_e1;          /* mean, in tenths */
    int16_t size_e2;              /* 100: an ordinary customer of its segment */
    int8_t growth_percent;        /* a year */
    uint8_t leaving;              /* enum leaving */
    uint8_t payer;                /* 0 pays in time, 1 late, 2 badly */
    uint8_t weekday;              /* on which the rep calls, 0 = Sunday; 0: no fixed day */
    bool once;                    /* one order, ever */
    bool summer;                  /* opens from October to March only */
};

void life_make(uint64_t seed, int32_t index, int32_t customers, const struct person *person,
               const struct calendar *calendar, struct life *out);
/* life_next -- the day of the order after the one on `day` (-1: before the first); NO_DAY when none follows. */
int32_t life_next(struct chance *chance, const struct life *life, const struct segment *segment,
                  const struct calendar *calendar, int32_t day);

#endif
