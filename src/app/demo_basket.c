// SPDX-License-Identifier: Apache-2.0
/* demo_basket.c -- goods, quantities and prices, in integers throughout. */
#include "app/demo_basket.h"

#include "app/demo_goods.h"
#include "base/decimal.h"

enum {
    PRICE_RISE_DAYS = 150,
    PRICE_RISE_E4 = 220,
    DROPS_E4 = 4500, /* customers who stop buying their most usual product */
    FREIGHT_UNDER_CENTS = 45000
};

/* Quantity x price less discount, rounded half away from zero, as the importer does. */
static int64_t line_value(int32_t quantity_e1, int32_t price_cents, int32_t discount_percent) {
    return decimal_divide((int64_t)quantity_e1 * price_cents * (100 - discount_percent), 1000);
}

void habit_make(uint64_t seed, int32_t index, const struct segment *segment, const struct life *life, int32_t days,
                struct habit *out) {
    struct chance chance = chance_of(seed, CHANCE_LIFE, index, 1);
    int32_t families = 0;
    while (families < SEGMENT_FAMILIES && segment->family[families] >= 0) {
        families++;
    }
    *out = (struct habit){.first_until = NO_DAY};
    int32_t wanted = segment->lines_most + chance_between(&chance, 1, 4) + (life->size_e2 > LARGE_E2 ? 4 : 0);
    wanted = wanted > HABIT_WARES ? HABIT_WARES : wanted;
    for (int32_t tries = 0; out->n < wanted && tries < 8 * HABIT_WARES; tries++) {
        int32_t n = 0;
        enum family family = (enum family)segment->family[chance_below(&chance, families)];
        (void)family_goods(family, &n);
        int32_t a = chance_below(&chance, n), b = chance_below(&chance, n);
        uint8_t ware = (uint8_t)ware_index(family, a < b ? a : b);
        bool known = false;
        for (size_t i = 0; i < out->n; i++) {
            known = known || out->ware[i] == ware;
        }
        if (!known) {
            out->ware[out->n++] = ware;
        }
    }
    int32_t end = life->stop < days ? life->stop : days;
    if (chance_e4(&chance, DROPS_E4) && !life->once && end > life->start) {
        out->first_until = (int16_t)(life->start + (end - life->start) * chance_between(&chance, 40, 85) / 100);
    }
}

/* Five percent a year, in steps, as price lists come out. */
static int64_t price_of(int32_t list_cents, int32_t day, int32_t level_percent) {
    int64_t cents_e2 = (int64_t)list_cents * 100;
    for (int32_t step = day / PRICE_RISE_DAYS; step > 0; step--) {
        cents_e2 += decimal_divide(cents_e2 * PRICE_RISE_E4, 10000);
    }
    return decimal_divide(cents_e2 * level_percent, 10000);
}

/* How large orders are at that day, of an ordinary customer's at the start. */
static int64_t appetite_e4(const struct life *life, const struct segment *segment, int32_t day, int32_t month) {
    int64_t grown = 100 + life->growth_percent * (day - life->start) / 365;
    int64_t e4 = life->size_e2 * (grown < 30 ? 30 : grown);
    e4 = e4 * (100 + segment->season_percent[month - 1]) / 200;
    if (life->leaving == LEAVING_FADING && life->stop - day < FADING_DAYS) {
        e4 = e4 * (FADING_DAYS + life->stop - day) / (2 * FADING_DAYS);
    }
    return e4;
}

static int32_t quantity_of(struct chance *chance, const struct ware_kind *kind, int64_t target_cents, int64_t price) {
    int64_t e1 = target_cents * chance_between(chance, 78, 128) / 10 / (price > 0 ? price : 1);
    if (kind->unit[0] == 'K') {
        return (int32_t)(e1 < 20 ? 20 : e1);
    }
    int64_t whole = (e1 + 5) / 10;
    if (whole > 30) {
        whole = (whole + 2) / 5 * 5;
    }
    return (int32_t)((whole < 1 ? 1 : whole) * 10);
}

/* Which of the usual goods this time; -1 when the draw falls on one that is out of the question. */
static int32_t usual_draw(struct chance *chance, const struct life *life, const struct habit *habit, int32_t day) {
    int32_t a = chance_below(chance, habit->n), b = chance_below(chance, habit->n);
    int32_t at = a < b ? a : b;
    bool at_rival = life->leaving == LEAVING_RIVAL && life->stop - day < RIVAL_DAYS && at % 2 == 0;
    bool dropped = at == 0 && day >= habit->first_until;
    return at_rival || dropped ? -1 : at;
}

static bool basket_holds(const struct basket *basket, uint8_t ware) {
    for (int32_t i = 0; i < basket->lines; i++) {
        if (basket->line[i].ware == ware) {
            return true;
        }
    }
    return false;
}

static void extras_draw(struct chance *chance, const struct habit *habit, struct basket *out) {
    out->bonus_ware = -1;
    if (chance_e4(chance, 300)) {
        out->bonus_ware = habit->ware[chance_below(chance, habit->n)];
        out->bonus_quantity = chance_between(chance, 1, 3);
    }
    if (out->cents < FREIGHT_UNDER_CENTS && chance_e4(chance, 5500)) {
        out->freight_cents = chance_between(chance, 249, 699) * 10;
        out->cents += out->freight_cents;
    }
}

void basket_make(uint64_t seed, int32_t index, const struct segment *segment, const struct life *life,
                 const struct habit *habit, int32_t order, int32_t day, int32_t month, struct basket *out) {
    static const int8_t own_terms[] = {3, 5, 5, 8}, now_and_then[] = {2, 3, 5};
    struct chance chance = chance_of(seed, CHANCE_BASKET, index, order), own = chance_of(seed, CHANCE_LEVEL, index, -1);
    int32_t level_percent = chance_between(&own, 97, 104);
    int32_t wanted = chance_between(&chance, segment->lines_least, segment->lines_most);
    int32_t discount = 0;
    *out = (struct basket){0};
    if (life->size_e2 > LARGE_E2) {
        wanted += 1;
        discount = own_terms[chance_below(&own, 4)];
    } else if (chance_e4(&chance, 1200)) {
        discount = now_and_then[chance_below(&chance, 3)];
    }
    for (int32_t tries = 0; out->lines < wanted && out->lines < BASKET_LINES && tries < 4 * wanted; tries++) {
        int32_t at = usual_draw(&chance, life, habit, day);
        if (at < 0 || basket_holds(out, habit->ware[at])) {
            continue;
        }
        enum family family;
        const struct ware_kind *kind = ware_at(habit->ware[at], &family);
        struct chance level = chance_of(seed, CHANCE_LEVEL, index, habit->ware[at]);
        int64_t price = price_of(kind->cents, day, level_percent);
        int64_t target = segment->line_cents * appetite_e4(life, segment, day, month) / 10000;
        target = target * chance_between(&level, 45, 165) / 100;
        struct basket_line line = {.ware = habit->ware[at],
                                   .quantity_e1 = quantity_of(&chance, kind, target, price),
                                   .price_cents = (int32_t)price,
                                   .discount_percent = discount};
        line.cents = line_value(line.quantity_e1, line.price_cents, discount);
        out->cents += line.cents;
        out->line[out->lines++] = line;
    }
    extras_draw(&chance, habit, out);
}
