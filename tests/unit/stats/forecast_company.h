// SPDX-License-Identifier: Apache-2.0
/* forecast_company -- invented companies for the tests of the forecast: customers of a known model, won evenly over the years.
 */
#ifndef REATIVA_TESTS_FORECAST_COMPANY_H
#define REATIVA_TESTS_FORECAST_COMPANY_H

#include <stdlib.h>
#include <string.h>

#include "stats/forecast.h"
#include "stats/random.h"
#include "stats/season.h"
#include "stats/simulate.h"

enum { COMPANY_FIRST = 14610 /* 2010-01-01 */, COMPANY_ROOM = 2000 };

/* One customer, first on day `first`, watched to the end of `last`; time runs by the season where there is one. */
static inline struct history company_customer(struct arena *arena, const struct model_params *params,
                                              const struct season *season, uint64_t seed, size_t place, int32_t first,
                                              int32_t last) {
    struct random chance;
    random_seed(&chance, seed, place);
    double *time = arena_new(arena, double, COMPANY_ROOM), begin = season_time(season, first);
    int32_t *day = arena_new(arena, int32_t, COMPANY_ROOM + 1), today = first;
    int64_t *cents = arena_new(arena, int64_t, COMPANY_ROOM + 1);
    size_t found = 0, n = 1;
    if (simulate_customer(params, &chance, season_time(season, last) - begin, time, COMPANY_ROOM, &found) != STAT_OK)
        abort();
    double worth = 2000 + 8000 * random_gamma(&chance, 2);
    day[0] = first;
    for (size_t i = 0; i < found; i++) {
        while (season_time(season, today) < begin + time[i])
            today++;
        if (today > day[n - 1] && today <= last) /* two purchases on a day are one */
            day[n++] = today;
    }
    for (size_t i = 0; i < n; i++)
        cents[i] = (int64_t)(worth * random_gamma(&chance, 5) / 5) + 1;
    return (struct history){.day = day, .cents = cents, .n = n, .segment = (uint32_t)(place % 3)};
}

/* n customers won in the first `winning` of `days` days. */
static inline struct history *company_make(struct arena *arena, const struct model_params *params,
                                           const struct season *season, uint64_t seed, size_t n, int32_t winning,
                                           int32_t days) {
    struct history *h = arena_new(arena, struct history, n);
    for (size_t i = 0; i < n; i++)
        h[i] =
            company_customer(arena, params, season, seed, i,
                             COMPANY_FIRST + (int32_t)((double)winning * (double)i / (double)n), COMPANY_FIRST + days);
    return h;
}

/* The same customers with nothing after the day. */
static inline struct history *company_until(struct arena *arena, const struct history *h, size_t n, int32_t day) {
    struct history *out = arena_new(arena, struct history, n);
    for (size_t i = 0; i < n; i++) {
        out[i] = h[i];
        out[i].n = history_until(&h[i], day);
    }
    return out;
}

static inline enum stat_code company_learn(struct arena *arena, const struct history *h, size_t n, int32_t as_of,
                                           unsigned threads, enum forecast_method method, struct forecast_model **out,
                                           struct forecast_report *report) {
    const struct forecast_company company = {.customer = h, .n = n, .segments = 2, .as_of = {as_of}};
    const struct forecast_wish wish = {
        .automatic = method == FORECAST_NONE, .method = method, .threads = threads, .seed = 7};
    return forecast_learn(arena, &company, &wish, out, report);
}

#endif
