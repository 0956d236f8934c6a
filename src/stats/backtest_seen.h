// SPDX-License-Identifier: Apache-2.0
/* backtest_seen -- what the files of the backtest share: who counts at a look, and what was learnt one horizon earlier.
 * Private to stats/backtest*.c.
 */
#ifndef REATIVA_STATS_BACKTEST_SEEN_H
#define REATIVA_STATS_BACKTEST_SEEN_H

#include "stats/backtest.h"

/* backtest_counts -- had it bought by the end of that day, and was it not written off then? */
bool backtest_counts(const struct backtest_company *company, size_t customer, struct day day);

/* Where the cases of one cut are to be said; customer[n] are places in the company. */
struct backtest_stretch {
    const struct backtest_cut *cut;
    const uint32_t *customer;
    size_t n;
    double *p, *expected, *order; /* expected, order NULL: not said */
};

/* How many were in a state one horizon earlier, how many of them bought until the cut, and how often. */
struct backtest_share {
    double customers, bought, purchases;
};
double backtest_share_chance(const struct backtest_share *share); /* (bought + 1) / (customers + 2) */
double backtest_share_count(const struct backtest_share *share, const struct backtest_share *all);
/* backtest_share_all -- of everybody who counted then. */
struct backtest_share backtest_share_all(const struct backtest_company *company, const struct backtest_cut *cut);

/* Each fills the stretch; false: it could say nothing, and has written nothing that counts. */
bool backtest_rule_say(const struct backtest_company *company, const struct backtest_candidate *candidate,
                       const struct backtest_stretch *to, uint8_t *flagged);
bool backtest_silent_say(struct arena *arena, const struct backtest_company *company,
                         const struct backtest_stretch *to);
bool backtest_model_say(struct arena *arena, const struct backtest_company *company, enum model_kind kind,
                        const struct backtest_stretch *to);
bool backtest_forecast_say(struct arena *arena, const struct backtest_company *company,
                           const struct backtest_candidate *candidate, const struct backtest_stretch *to,
                           enum forecast_method *chosen);

#endif
