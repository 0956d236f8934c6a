// SPDX-License-Identifier: Apache-2.0
/* feature -- see the header.
 *
 * Must not see a purchase after the day: every function here gets the number of purchases known and reads no further.
 * Invariant: out[] is finite for every history and any chances in 0..1.
 */
#include "stats/feature.h"

#include <math.h>

static const double GAPS_FAITH = 2;   /* own gaps are joined by so many typical ones */
static const double ODDS_EDGE = 1e-4; /* a model's certainty beyond this is taken as this */
enum { MONTH_DAYS = 30, YEAR_DAYS = 365, BENDS = 3 };

static double log_odds(double p) {
    p = fmin(fmax(p, ODDS_EDGE), 1 - ODDS_EDGE);
    return log(p) - log1p(-p);
}

struct gaps {
    double n, sum;
    double last; /* its log */
    double longest;
    double longer, returned; /* own gaps at least as long as the silence, and of them: over within the horizon */
};

static struct gaps gaps_of(const struct history *h, size_t known, double silent, double horizon) {
    struct gaps g = {0};
    for (size_t i = 1; i < known; i++) {
        double gap = h->day[i] - h->day[i - 1], l = log(gap);
        g.n++;
        g.sum += l;
        g.last = l;
        g.longest = fmax(g.longest, gap);
        g.longer += gap >= silent;
        g.returned += gap >= silent && gap <= silent + horizon;
    }
    return g;
}

void feature_company_learn(const struct history *customer, const uint32_t *which, size_t n, int32_t day,
                           int32_t horizon_days, struct feature_company *out) {
    double means = 0, buyers = 0;
    for (size_t i = 0; i < n; i++) {
        const struct history *h = &customer[which[i]];
        struct gaps g = gaps_of(h, history_until(h, day), 0, horizon_days);
        if (g.n == 0)
            continue;
        means += g.sum / g.n;
        buyers++;
    }
    *out = (struct feature_company){.horizon_days = horizon_days,
                                    .log_gap = buyers > 0 ? means / buyers : log(MONTH_DAYS)};
}

static void silence(const struct feature_company *company, const struct gaps *g, double silent, double x, double *out) {
    double log_typical = (g->sum + GAPS_FAITH * company->log_gap) / (g->n + GAPS_FAITH), typical = exp(log_typical);
    double overdue = log((silent + 1) / (typical + 1)), repeats = log1p(x);
    out[FEATURE_RECENCY] = log((silent + 1) / company->horizon_days);
    out[FEATURE_OVERDUE] = overdue;
    for (int i = 0; i < BENDS; i++)
        out[FEATURE_OVERDUE_M1 + i] = fmax(overdue - (i - 1), 0);
    out[FEATURE_REPEATS] = repeats;
    out[FEATURE_ONE] = x == 0;
    out[FEATURE_MODEL_REPEATS] = out[FEATURE_MODEL] * repeats;
    out[FEATURE_OVERDUE_REPEATS] = overdue * repeats;
    out[FEATURE_LATE_REPEATS] = fmax(overdue, 0) * repeats;
    out[FEATURE_LAST_GAP] = g->n > 0 ? g->last - log_typical : 0;
    out[FEATURE_OWN_RETURN] = log((g->returned + 0.5) / (g->longer - g->returned + 0.5));
    out[FEATURE_OWN_LONGEST] = log((silent + 1) / (fmax(g->longest, typical) + 1));
}

static void windows(const struct history *h, size_t known, int32_t day, int32_t horizon, double *out) {
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

static void values(const struct history *h, size_t known, double *out) {
    double sum = 0, last = 0;
    for (size_t i = 0; i < known; i++) {
        last = log1p(fmax((double)h->cents[i], 0) / 100);
        sum += last;
    }
    out[FEATURE_VALUE] = sum / (double)known;
    out[FEATURE_VALUE_LAST] = last - out[FEATURE_VALUE];
}

void feature_make(const struct feature_company *company, const struct history *h, int32_t day,
                  const struct feature_chances *chances, double out[FEATURES]) {
    size_t known = history_until(h, day);
    double silent = (double)day - h->day[known - 1], x = (double)(known - 1);
    struct gaps g = gaps_of(h, known, silent, company->horizon_days);
    out[FEATURE_MODEL] = log_odds(chances->active);
    out[FEATURE_ALIVE] = log_odds(chances->alive);
    out[FEATURE_REGULAR] = log_odds(chances->regular) - out[FEATURE_MODEL];
    out[FEATURE_CYCLE] = log_odds(chances->cycle) - out[FEATURE_MODEL];
    silence(company, &g, silent, x, out);
    windows(h, known, day, company->horizon_days, out);
    values(h, known, out);
}
