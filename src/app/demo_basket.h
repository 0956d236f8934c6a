// SPDX-License-Identifier: Apache-2.0
/* demo_basket -- what one order of a demo customer holds. Private to src/app's demo.
 *
 * A basket is a function of customer, order number and day: a return or a quote makes the same one again instead of
 * remembering it.
 */
#ifndef REATIVA_APP_DEMO_BASKET_H
#define REATIVA_APP_DEMO_BASKET_H

#include "app/demo_rhythm.h"

enum { HABIT_WARES = 14, BASKET_LINES = 14 };

/* The goods a customer usually buys, the most usual first; and the one it no longer does. */
struct habit {
    uint8_t ware[HABIT_WARES];
    uint8_t n;
    int16_t first_until; /* day from which ware[0] is bought elsewhere; NO_DAY: never */
};

struct basket_line {
    uint8_t ware;
    int32_t quantity_e1, price_cents;
    int32_t discount_percent;
    int64_t cents;
};

struct basket {
    struct basket_line line[BASKET_LINES];
    int32_t lines;
    int32_t bonus_ware, bonus_quantity; /* given for nothing; -1: none */
    int32_t freight_cents;              /* 0: none */
    int64_t cents;
};

void habit_make(uint64_t seed, int32_t index, const struct segment *segment, const struct life *life, int32_t days,
                struct habit *out);
void basket_make(uint64_t seed, int32_t index, const struct segment *segment, const struct life *life,
                 const struct habit *habit, int32_t order, int32_t day, int32_t month, struct basket *out);

#endif
