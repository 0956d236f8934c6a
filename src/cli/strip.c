// SPDX-License-Identifier: Apache-2.0
/* strip -- see strip.h.
 *
 * Marks are of equal length and the as-of day is the last day of its mark, so a purchase of that day is seen. A
 * cycle takes about five marks: regular gaps look regular, and a year of a monthly customer fits a line. At most a
 * third of the line is future.
 */
#include "cli/strip.h"

#include "base/buf.h"

static int32_t days_in_mark(int64_t cycle_days) {
    static const int32_t steps[] = {1, 2, 7, 14, 30, 91};
    size_t best = 0;
    for (size_t i = 1; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i] * 4 <= cycle_days)
            best = i;
    }
    return steps[best];
}

/* How many marks after the as-of day are worth showing: until it would turn inactive. */
static size_t future_marks(const struct strip_wish *wish, int32_t mark_days) {
    if (!day_is(wish->inactive_on) || wish->inactive_on.n <= wish->as_of.n)
        return 0;
    size_t n = (size_t)(wish->inactive_on.n - wish->as_of.n) / (size_t)mark_days + 1;
    return n < wish->columns / 3 ? n : wish->columns / 3;
}

static bool bought_within(const struct strip_wish *wish, struct day first, struct day last) {
    for (size_t i = wish->purchases; i > 0; i--) {
        if (wish->purchase[i - 1].n < first.n)
            return false;
        if (wish->purchase[i - 1].n <= last.n)
            return true;
    }
    return false;
}

static struct str mark_of(const struct strip_wish *wish, struct day first, struct day last) {
    if (bought_within(wish, first, last))
        return S("●");
    struct day bought = wish->purchases > 0 ? wish->purchase[wish->purchases - 1] : DAY_NONE;
    if (!day_is(bought) || last.n <= bought.n)
        return S("·");
    if (day_is(wish->inactive_on) && last.n >= wish->inactive_on.n)
        return S("█");
    if (day_is(wish->at_risk_on) && last.n >= wish->at_risk_on.n)
        return S("▒");
    return S("░");
}

static struct str month_name(struct str months, int month) {
    struct str name = {0}, rest = months;
    for (int i = 0; i < month; i++)
        str_cut(rest, ' ', &name, &rest);
    return name;
}

/* A label where a month begins and the last one has ended; the year stands for January. */
static void put_ruler(struct buf *ruler, const struct strip_wish *wish, struct day start, int32_t mark_days) {
    size_t at = 0;
    char year[8];
    for (size_t i = 0; i < wish->columns; i++) {
        struct day last = {start.n + ((int32_t)i + 1) * mark_days - 1};
        struct day before = {start.n + (int32_t)i * mark_days - 1};
        int y, m, d;
        day_split(last, &y, &m, &d);
        if (month_of(before) == month_of(last) || at > i)
            continue;
        int year_before, month_before;
        day_split(before, &year_before, &month_before, &d);
        bool january = year_before != y;
        if (!january && mark_days >= 30)
            continue;
        struct str label = month_name(wish->months, m);
        if (january)
            label = (struct str){year, (size_t)snprintf(year, sizeof year, "%04d", y)};
        if (i + str_width(label) > wish->columns)
            continue;
        for (; at < i; at++)
            buf_char(ruler, ' ');
        buf_put(ruler, label);
        at += str_width(label);
        buf_char(ruler, ' ');
        at++;
    }
}

void strip_make(struct arena *arena, const struct strip_wish *wish, struct strip *out) {
    struct buf marks, ruler;
    int32_t mark_days = days_in_mark(wish->cycle_days);
    size_t today = wish->columns - 1 - future_marks(wish, mark_days);
    struct day start = {wish->as_of.n - ((int32_t)today + 1) * mark_days + 1};
    buf_init(&marks, arena, 0);
    for (size_t i = 0; i < wish->columns; i++) {
        struct day first = {start.n + (int32_t)i * mark_days};
        buf_put(&marks, mark_of(wish, first, (struct day){first.n + mark_days - 1}));
    }
    buf_init(&ruler, arena, 0);
    put_ruler(&ruler, wish, start, mark_days);
    *out = (struct strip){.mark_days = mark_days, .ruler = buf_str(&ruler), .marks = buf_str(&marks), .today = today};
}
