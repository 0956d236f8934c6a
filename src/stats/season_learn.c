// SPDX-License-Identifier: Apache-2.0
/* season_learn -- how much of a company's ups and downs comes back every year.
 *
 * What is looked at are repeat purchases by calendar month, y, over what they would be without a season, e:
 *
 * 1. How often customers buy again depends on how long ago they were won. That curve, purchases a day by age, is taken from
 *    the company itself (bins of equal width in log age); e of a month is the sum of it over all customers won so far. So e
 *    grows with the company and falls with a cohort that only ages.
 * 2. z = log(y / e) is a straight line plus a slowly bending trend plus the season plus noise, all Gaussian: the trend an
 *    integrated random walk of size `bend`, the season one effect a month of size `swing`, neighbours alike as far as `reach`
 *    says, the noise that of counting and `scatter`. The four sizes are those that make z likeliest after the line is taken
 *    out (restricted maximum likelihood) on a grid; the effects are their posterior means, so a month that was high
 *    once and not again is believed little. A swing of 0 can win: then there is no season.
 *
 * Must not look past as_of. Invariant: indices are positive and their mean over a common year is 1.
 */
#include <math.h>
#include <string.h>

#include "base/day.h"
#include "stats/season.h"

enum { AGE_BINS = 14, MONTHS_MOST = 60 };
enum { COMMON_YEAR = 372, COMMON_YEAR_DAYS = 365 }; /* January 2001, as month_of counts */

#define YEAR_DAYS 365.25
#define EXPECTED_LEAST 1.0
#define INDEX_LEAST 0.05 /* time must not stand still, even where nothing is ever sold */

static const double swings[] = {0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.6, 0.9};
static const double reaches[] = {0, 1, 2}; /* months */
static const double bends[] = {0.01, 0.1, 0.3, 1, 3};
static const double scatters[] = {0, 0.03, 0.06, 0.1, 0.2, 0.3};
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* -- what happened, and what would have without a season -- */

struct months {
    size_t n;
    int32_t month[MONTHS_MOST]; /* 0 .. 11 */
    double at[MONTHS_MOST];     /* years */
    double log_ratio[MONTHS_MOST];
    double noise[MONTHS_MOST]; /* variance of counting */
};

struct company {
    int32_t first, last; /* days */
    size_t days;
    double *won;    /* [days] customers won on day first + i */
    double *again;  /* [days] repeat purchases at age i */
    double *bought; /* [days] repeat purchases on day first + i */
    double *rate;   /* [days] repeat purchases of one customer up to age i, as they are on the average */
    double repeats;
};

static bool company_make(struct arena *arena, const struct history *customer, size_t n, int32_t as_of,
                         int64_t days_least, struct company *out) {
    *out = (struct company){.first = INT32_MAX, .last = as_of};
    for (size_t i = 0; i < n; i++)
        if (customer[i].n > 0 && customer[i].day[0] <= as_of && customer[i].day[0] < out->first)
            out->first = customer[i].day[0];
    if (out->first > as_of || (int64_t)as_of - out->first + 1 < days_least)
        return false;
    out->days = (size_t)((int64_t)as_of - out->first) + 1;
    out->won = arena_new(arena, double, out->days);
    out->again = arena_new(arena, double, out->days);
    out->bought = arena_new(arena, double, out->days);
    out->rate = arena_new(arena, double, out->days);
    for (size_t i = 0; i < n; i++) {
        const struct history *h = &customer[i];
        for (size_t j = 0; j < h->n && h->day[j] <= as_of; j++) {
            if (j == 0) {
                out->won[h->day[0] - out->first] += 1;
                continue;
            }
            out->again[h->day[j] - h->day[0]] += 1;
            out->bought[h->day[j] - out->first] += 1;
            out->repeats += 1;
        }
    }
    return true;
}

/* Purchases a customer and day in ages [from, to), half a purchase and one day added. */
static double bin_rate(const struct company *c, const double *reached, size_t from, size_t to) {
    double purchases = 0.5, days = 1;
    for (size_t age = from; age < to; age++) {
        purchases += c->again[age];
        days += reached[age];
    }
    return purchases / days;
}

/* Rates in bins of log age, straight lines of log rate between their middles. */
static void rate_make(struct arena *arena, struct company *c) {
    double *reached = arena_new(arena, double, c->days); /* customers that were watched at age i */
    double sum = 0, width = log((double)c->days) / AGE_BINS, middle[AGE_BINS], rate[AGE_BINS];
    size_t bins = 0, from = 1;
    for (size_t i = 0; i < c->days; i++)
        reached[c->days - 1 - i] = sum += c->won[i];
    for (int b = 1; b <= AGE_BINS; b++) {
        size_t to = b == AGE_BINS ? c->days : (size_t)exp(width * b);
        if (to <= from)
            continue;
        middle[bins] = 0.5 * (log((double)from) + log((double)to));
        rate[bins++] = log(bin_rate(c, reached, from, to));
        from = to;
    }
    size_t b = 0;
    for (size_t age = 1; age < c->days; age++) {
        double at = log((double)age);
        while (b + 2 < bins && at > middle[b + 1])
            b++;
        double part = bins > 1 ? fmin(fmax((at - middle[b]) / (middle[b + 1] - middle[b]), 0), 1) : 0;
        double value = bins > 1 ? rate[b] + part * (rate[b + 1] - rate[b]) : rate[0];
        c->rate[age] = c->rate[age - 1] + exp(value);
    }
}

/* Expected repeat purchases in days [from, to] of the company, counted from its first. */
static double expected_between(const struct company *c, size_t from, size_t to) {
    double sum = 0;
    for (size_t i = 0; i <= to; i++)
        if (c->won[i] > 0)
            sum += c->won[i] * (c->rate[to - i] - (from > i ? c->rate[from - 1 - i] : 0));
    return sum;
}

static void months_make(const struct company *c, struct months *out) {
    int32_t first = month_of((struct day){c->first}), last = month_of((struct day){c->last});
    out->n = 0;
    for (int32_t m = last - first >= MONTHS_MOST ? last - MONTHS_MOST + 1 : first; m <= last; m++) {
        int32_t from = month_first(m).n, to = month_first(m + 1).n - 1;
        from = from < c->first ? c->first : from;
        to = to > c->last ? c->last : to;
        double expected = expected_between(c, (size_t)(from - c->first), (size_t)(to - c->first)), bought = 0;
        for (int32_t d = from; d <= to; d++)
            bought += c->bought[d - c->first];
        if (expected < EXPECTED_LEAST)
            continue;
        int year, of_year, of_month;
        day_split(month_first(m), &year, &of_year, &of_month);
        out->month[out->n] = of_year - 1;
        out->at[out->n] = (0.5 * ((double)from + to) - c->first) / YEAR_DAYS;
        out->log_ratio[out->n] = log((bought + 0.5) / (expected + 0.5));
        out->noise[out->n++] = 1 / (bought + 0.5);
    }
}

/* -- line, trend, season and noise -- */

struct sizes {
    double swing, reach, bend, scatter;
};

static double likeness(int32_t a, int32_t b, double reach) {
    int32_t apart = a > b ? a - b : b - a;
    if (2 * apart > SEASON_CELLS)
        apart = SEASON_CELLS - apart;
    return apart == 0 ? 1 : reach > 0 ? exp(-apart / reach) : 0;
}

/* Lower triangle of the covariance of z, replaced by its Cholesky factor; the sum of the logs of its diagonal. */
static double factor_make(const struct months *months, const struct sizes *sizes, double *v) {
    size_t n = months->n;
    double logs = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double near = fmin(months->at[i], months->at[j]), far = fmax(months->at[i], months->at[j]);
            double sum = sizes->swing * sizes->swing * likeness(months->month[i], months->month[j], sizes->reach) +
                         sizes->bend * sizes->bend * near * near * (3 * far - near) / 6;
            if (i == j)
                sum += months->noise[i] + sizes->scatter * sizes->scatter;
            for (size_t k = 0; k < j; k++)
                sum -= v[i * n + k] * v[j * n + k];
            v[i * n + j] = i == j ? sqrt(sum) : sum / v[j * n + j];
        }
    for (size_t i = 0; i < n; i++)
        logs += log(v[i * n + i]);
    return logs;
}

static void factor_solve(const double *v, size_t n, const double *right, double *out) {
    for (size_t i = 0; i < n; i++) {
        double sum = right[i];
        for (size_t k = 0; k < i; k++)
            sum -= v[i * n + k] * out[k];
        out[i] = sum / v[i * n + i];
    }
}

/* The restricted log-likelihood, constants left out; rest[n] what the line leaves, in the factor's coordinates. */
static double restricted(const struct months *months, const struct sizes *sizes, double *v, double *rest) {
    size_t n = months->n;
    double ones[MONTHS_MOST] = {0}, one[MONTHS_MOST], slope[MONTHS_MOST];
    double logs = factor_make(months, sizes, v);
    for (size_t i = 0; i < n; i++)
        ones[i] = 1;
    factor_solve(v, n, ones, one);
    factor_solve(v, n, months->at, slope);
    factor_solve(v, n, months->log_ratio, rest);
    double a = 0, b = 0, c = 0, ya = 0, yb = 0, square = 0;
    for (size_t i = 0; i < n; i++) {
        a += one[i] * one[i];
        b += one[i] * slope[i];
        c += slope[i] * slope[i];
        ya += one[i] * rest[i];
        yb += slope[i] * rest[i];
    }
    double determinant = a * c - b * b, level = (c * ya - b * yb) / determinant, rise = (a * yb - b * ya) / determinant;
    for (size_t i = 0; i < n; i++) {
        rest[i] -= level * one[i] + rise * slope[i];
        square += rest[i] * rest[i];
    }
    return -logs - 0.5 * log(determinant) - 0.5 * square;
}

static struct sizes sizes_find(const struct months *months, double *v) {
    struct sizes best = {0};
    double best_value = -INFINITY, rest[MONTHS_MOST];
    for (size_t s = 0; s < COUNT(swings); s++)
        for (size_t r = 0; r < (s == 0 ? 1 : COUNT(reaches)); r++)
            for (size_t b = 0; b < COUNT(bends); b++)
                for (size_t c = 0; c < COUNT(scatters); c++) {
                    struct sizes sizes = {swings[s], reaches[r], bends[b], scatters[c]};
                    double value = restricted(months, &sizes, v, rest);
                    if (value > best_value) {
                        best_value = value;
                        best = sizes;
                    }
                }
    return best;
}

/* Posterior means of the twelve effects. */
static void effects_make(const struct months *months, const struct sizes *sizes, double *v, double *effect) {
    size_t n = months->n;
    double rest[MONTHS_MOST], pull[MONTHS_MOST];
    restricted(months, sizes, v, rest);
    for (size_t i = n; i-- > 0;) {
        double sum = rest[i];
        for (size_t k = i + 1; k < n; k++)
            sum -= v[k * n + i] * pull[k];
        pull[i] = sum / v[i * n + i];
    }
    for (int32_t m = 0; m < SEASON_CELLS; m++) {
        effect[m] = 0;
        for (size_t i = 0; i < n; i++)
            effect[m] += sizes->swing * sizes->swing * likeness(m, months->month[i], sizes->reach) * pull[i];
    }
}

static void index_scale(struct season *season) {
    double sum = 0;
    for (int32_t i = 0; i < SEASON_CELLS; i++)
        sum += season->index[i] * (month_first(COMMON_YEAR + i + 1).n - month_first(COMMON_YEAR + i).n);
    for (int i = 0; i < SEASON_CELLS; i++)
        season->index[i] *= COMMON_YEAR_DAYS / sum;
}

static enum stat_code learn(struct arena *arena, const struct history *customer, size_t n, int32_t as_of,
                            int64_t days_least, struct season *out) {
    struct company company;
    struct months *months = arena_new(arena, struct months, 1);
    *out = season_none();
    if (!company_make(arena, customer, n, as_of, days_least, &company) || company.repeats < SEASON_REPEATS_LEAST)
        return STAT_TOO_FEW;
    rate_make(arena, &company);
    months_make(&company, months);
    if (months->n <= SEASON_CELLS)
        return STAT_TOO_FEW;
    double *v = arena_new(arena, double, months->n * months->n), effect[SEASON_CELLS];
    struct sizes sizes = sizes_find(months, v);
    effects_make(months, &sizes, v, effect);
    for (int i = 0; i < SEASON_CELLS; i++)
        out->index[i] = exp(effect[i]);
    index_scale(out);
    for (int i = 0; i < SEASON_CELLS; i++)
        out->index[i] = fmax(out->index[i], INDEX_LEAST);
    index_scale(out);
    return STAT_OK;
}

static enum stat_code learn_and_give_back(struct arena *arena, const struct history *customer, size_t n, int32_t as_of,
                                          int64_t days_least, struct season *out) {
    struct arena_mark mark = arena_mark_get(arena);
    enum stat_code code = learn(arena, customer, n, as_of, days_least, out);
    arena_rewind(arena, mark);
    return code;
}

enum stat_code season_learn(struct arena *arena, const struct history *customer, size_t n, int32_t as_of,
                            struct season *out) {
    return learn_and_give_back(arena, customer, n, as_of, SEASON_DAYS_LEAST, out);
}

enum stat_code season_learn_early(struct arena *arena, const struct history *customer, size_t n, int32_t as_of,
                                  struct season *out) {
    return learn_and_give_back(arena, customer, n, as_of, COMMON_YEAR_DAYS, out);
}
