// SPDX-License-Identifier: Apache-2.0
/* why -- the sentences that say why a customer has its status, and what to expect of it.
 *
 * Put together from whole sentences of the catalogs: how it buys, how long it has waited, what follows. Must not say
 * more than is known: one purchase has no rhythm of its own, so it speaks of the segment's; a cycle that lies outside
 * the customer's own gaps says whose gaps pulled it there; an unknown share leaves its clause out. Of two numbers about
 * "customers like this" only one is told: the chance that a model gives, else the share that once waited longer. Who is
 * inactive has a chance, but is given no day as if it were awaited.
 *
 * A known weakness: a segment with too few gaps speaks through the company (stats/prior.h), and is named all the same.
 */
#include "core/why.h"

#include <stdlib.h>

#include "base/buf.h"
#include "core/chance.h"

enum {
    E4 = 10000,
    WHOLE_DAYS_FROM = 10, /* shorter cycles are told with a decimal */
    RANGE_GAPS = 4,       /* with fewer gaps the range is all of them */
    TEXT_MAX = 4000
};

struct why {
    struct arena *arena;
    enum lang lang;
    const struct customer *c;
    struct day as_of;
    struct buf out;
    int64_t low, high; /* days: what its gaps usually are; high 0 when there are none */
};

#define TEXT(w, key, ...)                                                                                              \
    catalog_text((w)->arena, (w)->lang, S(key), (const struct str[]){__VA_ARGS__},                                     \
                 sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))

static void say(struct why *w, struct str sentence) {
    if (w->out.n > 0)
        buf_char(&w->out, ' ');
    buf_put(&w->out, sentence);
}

/* A whole number with its thousands apart, as the language writes them. */
static struct str number_text(const struct why *w, int64_t v) {
    char digits[32], text[48];
    size_t n = decimal_write(v, 0, 0, digits), to = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            text[to++] = w->lang == LANG_PT_BR ? '.' : ',';
        text[to++] = digits[i];
    }
    return str_copy(w->arena, (struct str){text, to});
}

/* Days for a sentence: whole ones, or tenths when there are few. */
static struct str days_number(const struct why *w, int64_t days_e4) {
    int64_t tenths = decimal_divide(days_e4, E4 / 10);
    if (days_e4 >= WHOLE_DAYS_FROM * E4 || tenths % 10 == 0)
        return number_text(w, decimal_divide(days_e4, E4));
    char text[32];
    size_t n = decimal_write(tenths, 1, 0, text);
    for (size_t i = 0; i < n; i++)
        if (text[i] == '.' && w->lang == LANG_PT_BR)
            text[i] = ',';
    return str_copy(w->arena, (struct str){text, n});
}

static struct str days_text(const struct why *w, int64_t days_e4) {
    return TEXT(w, "why.days", days_number(w, days_e4));
}

static struct str every_text(const struct why *w, int64_t days_e4) {
    struct str number = days_number(w, days_e4);
    return str_equal(number, S("1")) ? TEXT(w, "why.every_one", number) : TEXT(w, "why.every_many", number);
}

static struct str day_text(const struct why *w, struct day day) {
    char text[DAY_TEXT];
    size_t n = day_local(day, w->lang == LANG_PT_BR, text);
    return str_copy(w->arena, (struct str){text, n});
}

static int gap_compare(const void *a, const void *b) {
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Nearest rank: the smallest gap that at least tenths/10 of them do not exceed. */
static int32_t gap_at(const int32_t *sorted, size_t n, size_t tenths) {
    return sorted[(n * tenths + 9) / 10 - 1];
}

static void find_range(struct why *w) {
    if (w->c->purchases < 2 || w->c->gap_days == NULL)
        return;
    size_t n = (size_t)w->c->purchases - 1;
    int32_t *sorted = arena_new(w->arena, int32_t, n);
    for (size_t i = 0; i < n; i++)
        sorted[i] = w->c->gap_days[i];
    qsort(sorted, n, sizeof *sorted, gap_compare);
    w->low = n < RANGE_GAPS ? sorted[0] : gap_at(sorted, n, 1);
    w->high = n < RANGE_GAPS ? sorted[n - 1] : gap_at(sorted, n, 9);
}

static bool foretold(const struct why *w) {
    return w->c->forecast.method != FORECAST_NONE && w->c->forecast.p_active_e4 != STAT_NONE;
}

static bool rule_is_days(const struct why *w) {
    return str_starts(w->c->rule, S("days "));
}

static bool rule_is_chance(const struct why *w) {
    return str_starts(w->c->rule, S("probability "));
}

/* How long customers of its kind take: what a customer without a rhythm of its own is measured by. */
static void say_once(struct why *w) {
    const struct customer *c = w->c;
    say(w, TEXT(w, "why.once", day_text(w, c->last_purchase)));
    if (rule_is_days(w) || c->prior_days == STAT_NONE)
        return;
    int64_t prior_e4 = c->prior_days * E4;
    if (c->prior_assumed)
        say(w, TEXT(w, "why.once_assumed", days_text(w, prior_e4)));
    else if (c->segment.n > 0)
        say(w, TEXT(w, "why.once_segment", every_text(w, prior_e4)));
    else
        say(w, TEXT(w, "why.once_company", every_text(w, prior_e4)));
}

/* The same without expecting a purchase: that is the model's to say. */
static void say_few_cycle(struct why *w, int64_t prior_e4, struct str cycle) {
    if (w->c->prior_assumed)
        say(w, TEXT(w, "why.cycle_assumed", days_text(w, prior_e4), cycle));
    else if (w->c->segment.n > 0)
        say(w, TEXT(w, "why.cycle_segment", every_text(w, prior_e4), cycle));
    else
        say(w, TEXT(w, "why.cycle_company", every_text(w, prior_e4), cycle));
}

/* Few purchases: the cycle lies outside what they show, because the segment's gaps pulled it. */
static void say_few(struct why *w) {
    const struct customer *c = w->c;
    struct str apart = w->low == w->high ? days_text(w, w->low * E4)
                                         : TEXT(w, "why.days_range", number_text(w, w->low), number_text(w, w->high));
    say(w, TEXT(w, "why.few", number_text(w, c->purchases), apart));
    if (rule_is_days(w) || c->prior_days == STAT_NONE)
        return;
    int64_t prior_e4 = c->prior_days * E4;
    struct str cycle = days_text(w, c->cycle_e4);
    if (foretold(w))
        say_few_cycle(w, prior_e4, cycle);
    else if (c->prior_assumed)
        say(w, TEXT(w, "why.few_assumed", days_text(w, prior_e4), cycle));
    else if (c->segment.n > 0)
        say(w, TEXT(w, "why.few_segment", every_text(w, prior_e4), cycle));
    else
        say(w, TEXT(w, "why.few_company", every_text(w, prior_e4), cycle));
}

static void say_rhythm(struct why *w) {
    const struct customer *c = w->c;
    struct str count = number_text(w, c->purchases);
    if (w->high == 0 || c->purchases < 3)
        count = TEXT(w, "why.count", count);
    else if (w->low == w->high)
        count = TEXT(w, "why.count_same", count, number_text(w, w->low));
    else
        count = TEXT(w, "why.count_range", count, number_text(w, w->low), number_text(w, w->high));
    struct str every = every_text(w, c->cycle_e4);
    say(w, c->status == STATUS_LOST ? TEXT(w, "why.rhythm_past", every, count) : TEXT(w, "why.rhythm", every, count));
}

static void say_history(struct why *w) {
    const struct customer *c = w->c;
    if (c->purchases == 1) {
        say_once(w);
        return;
    }
    /* "Outside" allows for the rounding of what is shown. */
    bool outside = w->high > 0 && (c->cycle_e4 < w->low * E4 - E4 / 2 || c->cycle_e4 > w->high * E4 + E4 / 2);
    if (outside)
        say_few(w);
    else if (c->cycle_e4 != STAT_NONE)
        say_rhythm(w);
}

static void say_waited(struct why *w) {
    int64_t days = (int64_t)w->as_of.n - w->c->last_purchase.n;
    if (days < 1) {
        say(w, TEXT(w, "why.passed_none", day_text(w, w->c->last_purchase)));
        return;
    }
    struct str passed = TEXT(w, "why.passed", number_text(w, days));
    int64_t waited = w->c->waited_e4, in_100 = waited == STAT_NONE ? 0 : decimal_divide(waited, 100);
    if (waited == STAT_NONE || foretold(w))
        say(w, TEXT(w, "why.waited_unknown", passed));
    else if (waited < 100)
        say(w, TEXT(w, "why.waited_few", passed));
    else if (in_100 >= 100)
        say(w, TEXT(w, "why.waited_most", passed));
    else
        say(w, TEXT(w, "why.waited", passed, number_text(w, in_100)));
}

/* A chance of a rule in its canonical words, in percent: 0.3 is 30, 0.125 is 12.5. */
static struct str percent_text(const struct why *w, struct str chance) {
    int64_t e4 = 0;
    char text[32];
    (void)decimal_read(chance, DECIMAL_POINT, 4, &e4, NULL); /* the rule was written by this program */
    size_t n = decimal_write(e4, 2, 0, text);
    for (size_t i = 0; i < n; i++)
        if (text[i] == '.' && w->lang == LANG_PT_BR)
            text[i] = ',';
    return str_copy(w->arena, (struct str){text, n});
}

/* `probability 0.3 at-risk 0.5` */
static void say_rule_chance(struct why *w) {
    struct str word, inactive, at_risk, rest;
    if (w->c->rule_stood_in) {
        say(w, catalog_text(w->arena, w->lang, S("alive.rule_stood_in"), NULL, 0));
        return;
    }
    str_cut(w->c->rule, ' ', &word, &rest);
    str_cut(rest, ' ', &inactive, &rest);
    str_cut(rest, ' ', &word, &rest);
    str_cut(rest, ' ', &at_risk, &rest);
    say(w, TEXT(w, "alive.rule", percent_text(w, at_risk), percent_text(w, inactive)));
}

/* A rule of fixed days is told by its days, which lie between the last purchase and the due dates; one of chances by them. */
static void say_rule(struct why *w) {
    const struct customer *c = w->c;
    if (rule_is_chance(w))
        say_rule_chance(w);
    if (!rule_is_days(w))
        return;
    int64_t at_risk = (int64_t)c->at_risk_on.n - c->last_purchase.n - 1;
    int64_t inactive = (int64_t)c->inactive_on.n - c->last_purchase.n - 1;
    say(w, TEXT(w, "why.rule_days", days_text(w, at_risk * E4), days_text(w, inactive * E4)));
}

static void say_next(struct why *w) {
    const struct customer *c = w->c;
    switch (c->status) {
    case STATUS_NEW:
    case STATUS_ACTIVE:
        say(w, TEXT(w, "why.at_risk_from", day_text(w, c->at_risk_on)));
        break;
    case STATUS_AT_RISK:
        say(w, TEXT(w, "why.inactive_from", day_text(w, c->inactive_on)));
        break;
    case STATUS_INACTIVE:
        say(w, TEXT(w, "why.inactive_since", day_text(w, c->inactive_on)));
        break;
    case STATUS_LOST:
        say(w, TEXT(w, "why.lost_since", day_text(w, c->lost_on)));
        break;
    case STATUS_PROSPECT:
    case STATUS_CLOSED:
    case STATUS_COUNT:
        break;
    }
}

static void say_chance(struct why *w) {
    const struct customer *c = w->c;
    if (!foretold(w))
        return;
    say(w, chance_buys(w->arena, w->lang, &c->forecast));
    struct str next = chance_next(w->arena, w->lang, &c->forecast, w->as_of);
    if (next.n > 0 && c->status != STATUS_INACTIVE && c->status != STATUS_LOST)
        say(w, next);
}

static void say_closed(struct why *w) {
    const struct customer *c = w->c;
    say(w, TEXT(w, "why.closed", day_text(w, c->closed_on)));
    if (c->purchases == 1)
        say(w, TEXT(w, "why.once", day_text(w, c->last_purchase)));
    if (c->purchases > 1)
        say(w, TEXT(w, "why.closed_bought", number_text(w, c->purchases), day_text(w, c->last_purchase)));
}

struct str why_text(struct arena *arena, enum lang lang, const struct customer *c, struct day as_of) {
    struct why w = {.arena = arena, .lang = lang, .c = c, .as_of = as_of};
    buf_init(&w.out, arena, TEXT_MAX);
    if (c->status == STATUS_CLOSED) {
        say_closed(&w);
    } else if (c->status == STATUS_PROSPECT || c->purchases < 1) {
        say(&w, catalog_text(arena, lang, S("why.never"), NULL, 0));
    } else {
        find_range(&w);
        say_history(&w);
        say_waited(&w);
        say_rule(&w);
        say_next(&w);
        say_chance(&w);
    }
    return buf_str(&w.out);
}
