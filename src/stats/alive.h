// SPDX-License-Identifier: Apache-2.0
/* alive -- the day on which the chance that a customer still is one falls under a limit: what a rule of chances is made of.
 *
 * P(alive) is that of the mixture over regularity (stats/mixk.h): also a customer with one purchase can have left. Its
 * parameters are those that were known on the day of the purchase: fitted when the learning year was over, and then at
 * the start of each year, on the purchases before. So the dates after a purchase are the same whether more follow or not.
 * docs/methods/alive.md.
 */
#ifndef REATIVA_STATS_ALIVE_H
#define REATIVA_STATS_ALIVE_H

#include "stats/due.h"
#include "stats/mixk.h"

enum alive_state {
    ALIVE_FITTED = 1,
    ALIVE_TOO_FEW,   /* too few customers or purchases, or no fit that converged */
    ALIVE_NO_LEAVING /* fitted, but leaving cannot be told from buying seldom */
};

/* What was known from that day on, until the next one of the table. */
struct alive_fit {
    struct day from;
    enum alive_state state;
    struct model_params params; /* FITTED: MODEL_MIXK, in days */
};
struct alive_table {
    const struct alive_fit *fit; /* by day */
    size_t n;                    /* 0: the learning year is not over */
};

/* alive_days -- the days of the fits of a company that bought from `first` to `newest`, as known on as_of; out NULL: only how
 * many. A fit that would judge no purchase is not made, but the first. */
size_t alive_days(struct day first, struct day newest, struct day as_of, struct day *out);
/* alive_learn -- c[n] as known on the eve of out->from, which is filled before; the rest is filled here. c is left in another order. */
void alive_learn(struct arena *arena, struct cbs_customer *c, size_t n, unsigned threads, struct alive_fit *out);
/* alive_until -- the same table as it was on that day. */
struct alive_table alive_until(const struct alive_table *table, struct day day);
/* alive_params -- what judges a purchase of that day; NULL: nothing, another rule stands in. Days before the first fit
 * are judged by the first. table NULL: none. O(log n) */
const struct model_params *alive_params(const struct alive_table *table, struct day purchase);

/* The silence after a purchase. P(alive) falls with every day of it, whatever the regularity. */
struct alive_wait {
    double share[MIXK_PARTS]; /* how likely the customer is of the component, at the purchase */
    double scale[MIXK_PARTS]; /* alpha / k + t_x */
    double shape[MIXK_PARTS]; /* r + k x */
    double a, stays;          /* b + x */
};
/* c as of its last purchase: T = t_x. */
void alive_wait_make(const struct model_params *params, const struct cbs_customer *c, struct alive_wait *out);
/* alive_chance -- after so many days of silence. */
double alive_chance(const struct alive_wait *wait, int32_t days);
/* alive_under -- the first day of silence, 1 or later, on which the chance is under the limit; `most` at the latest. */
int32_t alive_under(const struct alive_wait *wait, int64_t limit_e4, int32_t most);
/* alive_surely_over -- is it certain, rounding included, that alive_under of any `most` > days gives a later day? One evaluation. */
bool alive_surely_over(const struct alive_wait *wait, int64_t limit_e4, int32_t days);
/* alive_due -- the dates of a DUE_PROBABILITY rule. */
struct due alive_due(const struct due_rule *rule, struct day last_purchase, const struct alive_wait *wait);

#endif
