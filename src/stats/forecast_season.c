// SPDX-License-Identifier: Apache-2.0
/* forecast_season -- would the company's season have helped, on the days that were looked back to?
 *
 * At each look the season is learnt from what was known then, the model of numbers is fitted in its time, and its chances of
 * a purchase in the horizon are set against those of the same model in plain days. What happened judges: over all looks
 * that had a season to offer, the log score must be better with it. A season that one year showed and the next did not is
 * caught here, and so is growth that was taken for one.
 *
 * Must not learn from a day after a look.
 */
#include "stats/forecast_season.h"

#include <math.h>

static const double CHANCE_EDGE = 1e-6; /* as in the log score of measure.h */

bool forecast_season_is_none(const struct season *season) {
    for (int i = 0; i < SEASON_CELLS; i++)
        if (season->index[i] < 1 || season->index[i] > 1)
            return false;
    return true;
}

/* Everybody of the past in seasonal days. */
static void summaries_make(struct arena *arena, const struct forecast_company *company, const struct season *season,
                           const struct forecast_past *past, struct forecast_past *out) {
    *out = *past;
    out->x = arena_new(arena, double, past->n);
    out->t_x = arena_new(arena, double, past->n);
    out->T = arena_new(arena, double, past->n);
    out->litt = arena_new(arena, double, past->n);
    for (size_t i = 0; i < past->n; i++) {
        struct cbs_customer c = {0};
        (void)season_summary(season, &company->customer[past->which[i]], past->day, &c); /* has bought by then */
        out->x[i] = c.x;
        out->t_x[i] = c.t_x;
        out->T[i] = c.T;
        out->litt[i] = c.litt;
    }
}

static double log_loss(const struct forecast_past *past, const double *p) {
    double sum = 0;
    for (size_t i = 0; i < past->n; i++)
        sum -= log(fmax(past->happened[i] ? p[i] : 1 - p[i], CHANCE_EDGE));
    return sum;
}

/* false: nothing was known of a season then, or the model could not be had. */
static bool look_try(struct arena *arena, const struct forecast_company *company, const struct forecast_past *past,
                     int32_t horizon_days, unsigned threads, struct model_fit *fit, struct season *season,
                     double *loss) {
    struct forecast_past seasonal;
    if (season_learn_early(arena, company->customer, company->n, past->day, season) != STAT_OK ||
        forecast_season_is_none(season))
        return false;
    summaries_make(arena, company, season, past, &seasonal);
    double days = season_time(season, past->day + horizon_days) - season_time(season, past->day);
    double *p = arena_new(arena, double, past->n);
    if (forecast_past_fit(arena, &seasonal, FORECAST_SEASON_MODEL, FORECAST_FIT_TRIAL, threads, fit) != STAT_OK ||
        forecast_past_say(&seasonal, &fit->params, days, threads, p, NULL) != STAT_OK) {
        fit->params.kind = MODEL_NONE;
        return false;
    }
    *loss = log_loss(past, p);
    return true;
}

void forecast_season_try(struct arena *arena, const struct forecast_company *company, const struct forecast_past *past,
                         size_t pasts, const double *plain, int32_t horizon_days, unsigned threads,
                         struct forecast_season_trial *out) {
    struct model_fit fit = {0};
    *out = (struct forecast_season_trial){.season = season_none()};
    for (size_t at = 0; at < pasts; at++)
        plain += past[at].n;
    for (size_t at = pasts; at-- > 0;) {
        struct arena_mark mark = arena_mark_get(arena);
        double loss;
        plain -= past[at].n;
        if (look_try(arena, company, &past[at], horizon_days, threads, &fit, &out->season, &loss)) {
            out->gain += log_loss(&past[at], plain) - loss;
            out->params = fit.params;
        } else {
            out->params.kind = MODEL_NONE;
        }
        arena_rewind(arena, mark);
    }
}
