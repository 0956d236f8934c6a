// SPDX-License-Identifier: Apache-2.0
/* backtest_model -- what models, the stack and the program itself would have said at a cut.
 *
 * Must not hand out anything later than the cut: models get summaries as of the cut, forecast_learn gets histories that
 * end there, of those alone who had bought by then and were not written off.
 */
#include <math.h>

#include "stats/backtest_seen.h"

static const double E4 = 10000;
static const double HALF_E4 = 0.00005; /* a chance named as 0.0000 or 1.0000 was rounded to it */

static bool fit_at_cut(struct arena *arena, const struct backtest_company *company, enum model_kind kind,
                       const struct backtest_stretch *to, struct model_fit *out) {
    const struct model_def *def = model_of(kind);
    struct cbs_customer *c = arena_new(arena, struct cbs_customer, to->n);
    struct cbs data;
    const struct model_fit_options options = {.threads = company->threads, .seed = company->seed};
    for (size_t i = 0; i < to->n; i++)
        if (history_summary(&company->customer[to->customer[i]], to->cut->at.day.n, &c[i]) != STAT_OK)
            return false;
    /* One k for all needs only the sum of litt; a k of each customer's own needs its own. */
    bool per_litt = kind == MODEL_MIXK || kind == MODEL_PGGG;
    return def && cbs_make(arena, c, NULL, to->n, per_litt, company->threads, &data) == STAT_OK &&
           def->fit(arena, &data, &options, out) == STAT_OK;
}

bool backtest_model_say(struct arena *arena, const struct backtest_company *company, enum model_kind kind,
                        const struct backtest_stretch *to) {
    struct model_fit fit;
    if (!fit_at_cut(arena, company, kind, to, &fit))
        return false;
    double *x = arena_new(arena, double, to->n), *t_x = arena_new(arena, double, to->n);
    double *T = arena_new(arena, double, to->n), *litt = arena_new(arena, double, to->n);
    for (size_t i = 0; i < to->n; i++) {
        struct cbs_customer c = {0};
        (void)history_summary(&company->customer[to->customer[i]], to->cut->at.day.n, &c); /* was OK above */
        x[i] = c.x;
        t_x[i] = c.t_x;
        T[i] = c.T;
        litt[i] = c.litt;
    }
    const struct model_many many = {.n = to->n, .x = x, .t_x = t_x, .T = T, .litt = litt};
    if (model_predict(&fit.params, &many, company->horizon_days, company->threads, NULL, to->p, to->expected) !=
        STAT_OK)
        return false;
    for (size_t i = 0; i < to->n; i++)
        if (!(to->p[i] >= 0 && to->p[i] <= 1 && isfinite(to->expected[i])))
            return false;
    return true;
}

bool backtest_forecast_say(struct arena *arena, const struct backtest_company *company,
                           const struct backtest_candidate *candidate, const struct backtest_stretch *to,
                           enum forecast_method *chosen) {
    struct history *known = arena_new(arena, struct history, to->n);
    for (size_t i = 0; i < to->n; i++) {
        known[i] = company->customer[to->customer[i]];
        known[i].n = history_until(&known[i], to->cut->at.day.n);
    }
    const struct forecast_company then = {
        .customer = known, .n = to->n, .segments = company->segments, .as_of = to->cut->at.day};
    const struct forecast_wish wish = {.automatic = candidate->automatic,
                                       .method = candidate->method,
                                       .horizon_days = company->horizon_days,
                                       .threads = company->threads,
                                       .seed = company->seed};
    struct forecast_model *model;
    struct forecast_report report;
    if (forecast_learn(arena, &then, &wish, &model, &report) != STAT_OK)
        return false;
    *chosen = forecast_model_method(model);
    for (size_t i = 0; i < to->n; i++) {
        struct forecast said;
        forecast_customer(model, &known[i], to->cut->at.cycle_e4[to->customer[i]], &said);
        if (said.p_active_e4 == STAT_NONE || said.expected_90d_e4 == STAT_NONE)
            return false;
        to->p[i] = fmin(fmax((double)said.p_active_e4 / E4, HALF_E4), 1 - HALF_E4);
        to->expected[i] = (double)said.expected_90d_e4 / E4; /* over the horizon that was wished for */
    }
    return true;
}
