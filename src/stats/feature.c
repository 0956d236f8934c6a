// SPDX-License-Identifier: Apache-2.0
/* feature -- see the header.
 *
 * Must not see a purchase after the day: every function here gets the number of purchases known and reads no further.
 * Invariant: out[] is finite for every history and any chances in 0..1.
 */
#include "stats/feature.h"

#include <math.h>

static const double GAPS_FAITH = 2;   /* own gaps are joined by so many typical ones */
static const double SPREAD_FAITH = 4; /* and their variance by so many typical squares */
static const double ODDS_EDGE = 1e-4; /* a model's certainty beyond this is taken as this */
static const double FADE_LEAST = 0.01;
enum { MONTH_DAYS = 30, YEAR_DAYS = 365, FADINGS = 6 };

static double log_odds(double p) {
    p = fmin(fmax(p, ODDS_EDGE), 1 - ODDS_EDGE);
    return log(p) - log1p(-p);
}

struct gaps {
    double n, sum, square;
    double last, before; /* logs */
    double longest;
    double longer, returned; /* own gaps at least as long as the silence, and of them: over within the horizon */
};

static struct gaps gaps_of(const struct history *h, size_t known, double silent, double horizon) {
    struct gaps g = {0};
    for (size_t i = 1; i < known; i++) {
        double gap = h->day[i] - h->day[i - 1], l = log(gap);
        g.n++;
        g.sum += l;
        g.square += l * l;
        g.before = g.last;
        g.last = l;
        g.longest = fmax(g.longest, gap);
        g.longer += gap >= silent;
        g.returned += gap >= silent && gap <= silent + horizon;
    }
    return g;
}

void feature_company_learn(const struct history *customer, const uint32_t *which, size_t n, int32_t day,
                           int32_t horizon_days, struct feature_company *out) {
    double means = 0, buyers = 0, squares = 0, free = 0;
    for (size_t i = 0; i < n; i++) {
        const struct history *h = &customer[which[i]];
        struct gaps g = gaps_of(h, history_until(h, day), 0, horizon_days);
        if (g.n == 0)
            continue;
        means += g.sum / g.n;
        buyers++;
        squares += fmax(g.square - g.sum * g.sum / g.n, 0);
        free += g.n - 1;
    }
    *out = (struct feature_company){.horizon_days = horizon_days,
                                    .log_gap = buyers > 0 ? means / buyers : log(MONTH_DAYS),
                                    .variance = fmax(free > 0 ? squares / free : 1, 1e-4)};
}

static void bends(double x, const double *at, size_t n, double *out) {
    for (size_t i = 0; i < n; i++)
        out[i] = fmax(x - at[i], 0);
}

static void silence(const struct feature_company *company, const struct gaps *g, double silent, double x, double *out) {
    static const double recency_bends[] = {2.0794415416798357, 2.70805020110221,  3.4011973816621555,
                                           4.0943445622221,    4.787491742782046, 5.480638923341991};
    static const double overdue_bends[] = {-2, -1, 0, 1, 2};
    double recency = log((silent + 1) / company->horizon_days);
    double typical = exp((g->sum + GAPS_FAITH * company->log_gap) / (g->n + GAPS_FAITH));
    double overdue = log((silent + 1) / (typical + 1)), repeats = log1p(x);
    double within = fmax(g->square - (g->n > 0 ? g->sum * g->sum / g->n : 0), 0);
    double spread = sqrt((within + SPREAD_FAITH * company->variance) / (fmax(g->n - 1, 0) + SPREAD_FAITH));
    out[FEATURE_RECENCY] = recency;
    out[FEATURE_RECENCY_SQUARE] = recency * recency;
    bends(log1p(silent), recency_bends, 6, out + FEATURE_SILENT_8);
    out[FEATURE_OVERDUE] = overdue;
    bends(overdue, overdue_bends, 5, out + FEATURE_OVERDUE_M2);
    out[FEATURE_REPEATS] = repeats;
    out[FEATURE_ONE] = x == 0;
    out[FEATURE_GAP_1] = g->n > 0 ? g->last - log(typical) : 0;
    out[FEATURE_GAP_2] = g->n > 1 ? g->before - log(typical) : 0;
    out[FEATURE_SPREAD] = log(spread);
    out[FEATURE_OVERDUE_SPREAD] = overdue / spread;
    out[FEATURE_RECENCY_REPEATS] = recency * repeats;
    out[FEATURE_TYPICAL] = log(typical + 1);
    out[FEATURE_OWN_LONGER] = (g->longer + 0.5) / (g->n + 1);
    out[FEATURE_OWN_RETURN] = log((g->returned + 0.5) / (g->longer - g->returned + 0.5));
    out[FEATURE_OWN_LONGEST] = log((silent + 1) / (fmax(g->longest, typical) + 1));
    out[FEATURE_OVERDUE_REPEATS] = overdue * repeats;
    out[FEATURE_LATE_REPEATS] = fmax(overdue, 0) * repeats;
    out[FEATURE_MODEL_REPEATS] = out[FEATURE_MODEL] * repeats;
}

static void windows(const struct history *h, size_t known, int32_t day, int32_t horizon, double *out) {
    size_t third = history_until(h, day - horizon / 3), one = history_until(h, day - horizon);
    size_t two = history_until(h, day - 2 * horizon), three = history_until(h, day - 3 * horizon);
    size_t four = history_until(h, day - 4 * horizon);
    out[FEATURE_LAST_THIRD] = log1p((double)(known - third));
    out[FEATURE_LAST_1] = log1p((double)(known - one));
    out[FEATURE_LAST_2] = log1p((double)(known - two));
    out[FEATURE_LAST_4] = log1p((double)(known - four));
    out[FEATURE_BLOCK_0] = known > one;
    out[FEATURE_BLOCK_1] = one > two;
    out[FEATURE_BLOCK_2] = two > three;
    out[FEATURE_BLOCK_3] = three > four;
    size_t year = history_until(h, day - YEAR_DAYS);
    size_t then = history_until(h, day - YEAR_DAYS + (horizon < YEAR_DAYS ? horizon : YEAR_DAYS));
    size_t before = history_until(h, day - YEAR_DAYS - horizon);
    out[FEATURE_YEAR_BOUGHT] = h->day[0] <= day - YEAR_DAYS && then > year;
    out[FEATURE_YEAR_COUNT] = log1p((double)(then - year));
    out[FEATURE_YEAR_BEFORE] = log1p((double)(year - before));
    out[FEATURE_YEAR_KNOWN] = h->day[0] <= day - YEAR_DAYS;
    int32_t last = -1;
    double months_12 = 0, months_6 = 0;
    for (size_t i = known; i-- > 0;) {
        int32_t month = (day - h->day[i]) / MONTH_DAYS;
        if (month >= 12)
            break;
        if (month != last) {
            months_12++;
            months_6 += month < 6;
        }
        last = month;
    }
    out[FEATURE_MONTHS_12] = months_12;
    out[FEATURE_MONTHS_6] = months_6;
}

static void values(const struct history *h, size_t known, int32_t day, int32_t horizon, double *out) {
    static const double lives[FADINGS] = {1 / 6.0, 1 / 3.0, 2 / 3.0, 4 / 3.0, 8 / 3.0, 16 / 3.0};
    double fading[FADINGS] = {0}, sum = 0, recent = 0, weights = 0, last = 0;
    for (size_t i = 0; i < known; i++) {
        double age = day - h->day[i];
        last = log1p(fmax((double)h->cents[i], 0) / 100);
        sum += last;
        double weight = exp(-age / horizon);
        recent += weight * last;
        weights += weight;
        for (int f = 0; f < FADINGS; f++)
            fading[f] += exp(-age / (lives[f] * horizon));
    }
    double mean = sum / (double)known;
    out[FEATURE_VALUE] = mean;
    out[FEATURE_VALUE_LAST] = last - mean;
    out[FEATURE_VALUE_RECENT] = weights > 1e-300 ? recent / weights - mean : 0;
    for (int f = 0; f < FADINGS; f++)
        out[FEATURE_FADING_6 + f] = log(fading[f] + FADE_LEAST);
}

void feature_make(const struct feature_company *company, const struct history *h, int32_t day, double p_active,
                  double p_alive, double out[FEATURES]) {
    size_t known = history_until(h, day);
    double silent = (double)day - h->day[known - 1], x = (double)(known - 1);
    struct gaps g = gaps_of(h, known, silent, company->horizon_days);
    out[FEATURE_MODEL] = log_odds(p_active);
    out[FEATURE_ALIVE] = log_odds(p_alive);
    out[FEATURE_AGE] = log1p((double)day - h->day[0]);
    silence(company, &g, silent, x, out);
    windows(h, known, day, company->horizon_days, out);
    values(h, known, day, company->horizon_days, out);
}
