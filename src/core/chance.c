// SPDX-License-Identifier: Apache-2.0
/* chance -- see chance.h.
 *
 * Must not compute a chance, only name it. Invariant: a chance and both ends of its range are named on the same scale
 * of shares, so a range is told only when its ends are other shares than the chance itself, and never lies beside it.
 */
#include "core/chance.h"

#include "base/decimal.h"
#include "stats/stat.h"

/* The scale: a chance from this on is said so. */
struct share {
    int64_t from_e4;
    int in, of; /* 0 of something: fewer than 1 of it; all of something: almost all */
};

static const struct share shares[] = {
    {INT64_MIN, 0, 100}, {50, 1, 100},  {150, 1, 50},  {300, 1, 20},   {750, 1, 10},
    {1500, 2, 10},       {2500, 3, 10}, {3500, 4, 10}, {4500, 5, 10},  {5500, 6, 10},
    {6500, 7, 10},       {7500, 8, 10}, {8500, 9, 10}, {9250, 19, 20}, {9750, 20, 20},
};
enum { SHARES = sizeof shares / sizeof *shares, LEAST = 0, MOST = SHARES - 1 };

enum {
    LIKELY_E4 = 5000,  /* a purchase less likely than not is not awaited */
    WIDE_DAYS = 60,    /* a longer range is told in months */
    USELESS_DAYS = 183 /* a longer one not at all */
};

#define TEXT(arena, lang, key, ...)                                                                                    \
    catalog_text((arena), (lang), S(key), (const struct str[]){__VA_ARGS__},                                           \
                 sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

static size_t share_of(int64_t p_e4) {
    size_t at = MOST;
    while (p_e4 < shares[at].from_e4)
        at--;
    return at;
}

static struct str number_text(struct arena *arena, int64_t v) {
    char text[32];
    return str_copy(arena, (struct str){text, decimal_write(v, 0, 0, text)});
}

static struct str share_text(struct arena *arena, enum lang lang, size_t share) {
    return TEXT(arena, lang, "chance.share", number_text(arena, shares[share].in),
                number_text(arena, shares[share].of));
}

/* An end of the range: "6" when the chance itself is told in tenths and so are both ends, else "1 in 20". */
static struct str end_text(struct arena *arena, enum lang lang, size_t end, bool tenths) {
    return tenths ? number_text(arena, shares[end].in) : share_text(arena, lang, end);
}

/* "between 6 and 8"; where one end is the share of the chance itself, only the other: "5 at least". */
static struct str range_text(struct arena *arena, enum lang lang, size_t low, size_t at, size_t high) {
    bool tenths = shares[low].of == 10 && shares[at].of == 10 && shares[high].of == 10;
    bool from_least = low == LEAST || low == at, to_most = high == MOST || high == at;
    if (low == high)
        return (struct str){0};
    if (low == LEAST && high == MOST)
        return catalog_text(arena, lang, S("chance.unsure"), NULL, 0);
    if (from_least && to_most)
        return catalog_text(arena, lang, low == at ? S("chance.or_more") : S("chance.or_fewer"), NULL, 0);
    if (from_least)
        return TEXT(arena, lang, "chance.at_most", end_text(arena, lang, high, tenths));
    if (to_most)
        return TEXT(arena, lang, "chance.at_least", end_text(arena, lang, low, tenths));
    return TEXT(arena, lang, "chance.between", end_text(arena, lang, low, tenths), end_text(arena, lang, high, tenths));
}

struct str chance_buys(struct arena *arena, enum lang lang, const struct forecast *f) {
    if (f->method == FORECAST_NONE || f->p_active_e4 == STAT_NONE)
        return (struct str){0};
    size_t at = share_of(f->p_active_e4), low = at, high = at;
    if (f->p_active_low_e4 != STAT_NONE && f->p_active_high_e4 != STAT_NONE) {
        low = share_of(f->p_active_low_e4);
        high = share_of(f->p_active_high_e4);
    }
    struct str days = number_text(arena, FORECAST_HORIZON_DAYS), range = range_text(arena, lang, low, at, high);
    struct str in = number_text(arena, shares[at].in), of = number_text(arena, shares[at].of);
    if (at == LEAST)
        return TEXT(arena, lang, "chance.buys_least", of, days, range);
    if (at == MOST)
        return TEXT(arena, lang, "chance.buys_most", days, range);
    if (shares[at].in == 1)
        return TEXT(arena, lang, "chance.buys_one", of, days, range);
    return TEXT(arena, lang, "chance.buys_many", in, of, days, range);
}

/* -- days --------------------------------------------------------------------------------------------------------- */

static struct str month_name(struct arena *arena, enum lang lang, int month) {
    struct str name = {0}, rest = catalog_text(arena, lang, S("chance.months"), NULL, 0);
    for (int i = 0; i < month; i++)
        str_cut(rest, ' ', &name, &rest);
    return name;
}

static struct str of_month_text(struct arena *arena, enum lang lang, int of_month) {
    return of_month == 1 ? catalog_text(arena, lang, S("chance.first"), NULL, 0) : number_text(arena, of_month);
}

/* The year is told where it is not this one. */
static struct str day_text(struct arena *arena, enum lang lang, struct day day, struct day as_of) {
    int y, m, d, this_year, other;
    day_split(day, &y, &m, &d);
    day_split(as_of, &this_year, &other, &other);
    struct str of_month = of_month_text(arena, lang, d);
    if (y == this_year)
        return TEXT(arena, lang, "chance.day", of_month, month_name(arena, lang, m));
    return TEXT(arena, lang, "chance.day_year", of_month, month_name(arena, lang, m), number_text(arena, y));
}

/* Of two days of one month only the later one names it, and so with the year: "between 23 and 30 November". */
static struct str from_text(struct arena *arena, enum lang lang, struct day from, struct day to, struct day as_of) {
    int y, m, d, to_y, other;
    day_split(from, &y, &m, &d);
    day_split(to, &to_y, &other, &other);
    if (month_of(from) == month_of(to))
        return of_month_text(arena, lang, d);
    return day_text(arena, lang, from, y == to_y ? from : as_of);
}

static struct str month_text(struct arena *arena, enum lang lang, struct day day, struct day as_of) {
    int y, m, this_year, other;
    day_split(day, &y, &m, &other);
    day_split(as_of, &this_year, &other, &other);
    if (y == this_year)
        return month_name(arena, lang, m);
    return TEXT(arena, lang, "chance.month_year", month_name(arena, lang, m), number_text(arena, y));
}

static struct str from_month_text(struct arena *arena, enum lang lang, struct day from, struct day to,
                                  struct day as_of) {
    int y, to_y, other;
    day_split(from, &y, &other, &other);
    day_split(to, &to_y, &other, &other);
    return month_text(arena, lang, from, y == to_y ? from : as_of);
}

struct str chance_next(struct arena *arena, enum lang lang, const struct forecast *f, struct day as_of) {
    if (f->method == FORECAST_NONE || !day_is(f->next_on) || f->p_active_e4 < LIKELY_E4)
        return (struct str){0};
    struct str on = day_text(arena, lang, f->next_on, as_of);
    if (!day_is(f->next_from) || !day_is(f->next_to))
        return TEXT(arena, lang, "chance.next_about", on);
    if (f->next_to.n - f->next_from.n > USELESS_DAYS)
        return (struct str){0};
    if (f->next_to.n - f->next_from.n > WIDE_DAYS)
        return TEXT(arena, lang, "chance.next_months", from_month_text(arena, lang, f->next_from, f->next_to, as_of),
                    month_text(arena, lang, f->next_to, as_of));
    if (f->next_from.n == f->next_to.n)
        return TEXT(arena, lang, "chance.next_on", on);
    if (f->next_on.n <= f->next_from.n)
        return TEXT(arena, lang, "chance.next_by", on, day_text(arena, lang, f->next_to, as_of));
    return TEXT(arena, lang, "chance.next", on, from_text(arena, lang, f->next_from, f->next_to, as_of),
                day_text(arena, lang, f->next_to, as_of));
}

struct str chance_method(enum forecast_method method) {
    return method == FORECAST_NONE ? (struct str){0} : str_from(forecast_method_name(method));
}
