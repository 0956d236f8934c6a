// SPDX-License-Identifier: Apache-2.0
/* forecast -- what is said of one customer, from what was learnt of all.
 *
 * The chance comes from the method that was chosen; number, wait and value from models of their own, which are then
 * brought in line with it: a customer who is half as likely to buy as the model of numbers thinks is expected to buy half as
 * often. So what stands side by side on a screen never contradicts itself: no purchases with a chance, no expectation below it.
 *
 * Must not look at other customers, nor at days after as_of.
 */
#include "stats/forecast.h"

#include <math.h>
#include <string.h>

#include "stats/forecast_stack.h"

static const double E4 = 10000;
static const double CHANCE_LEAST = 1e-12;    /* of the model of numbers: below, its proportions mean nothing */
static const double VALUE_MOST = 9e17;       /* cents that an integer still holds */
static const double EXPECTED_MOST_E4 = 9e15; /* likewise */

static const struct {
    const char *name;
    enum model_kind kind;
} methods[FORECAST_METHODS] = {
    [FORECAST_NONE] = {"none", MODEL_NONE},       [FORECAST_CYCLE] = {"cycle", MODEL_NONE},
    [FORECAST_NBD] = {"nbd", MODEL_NBD},          [FORECAST_BGNBD] = {"bgnbd", MODEL_BGNBD},
    [FORECAST_MBGNBD] = {"mbgnbd", MODEL_MBGNBD}, [FORECAST_MBGCNBD] = {"mbgcnbd", MODEL_MBGCNBD},
    [FORECAST_MIXK] = {"mixk", MODEL_MIXK},       [FORECAST_PNBD] = {"pnbd", MODEL_PNBD},
    [FORECAST_STACK] = {"stack", MODEL_NONE},
};

const char *forecast_method_name(enum forecast_method method) {
    return methods[method].name;
}

bool forecast_method_parse(struct str name, enum forecast_method *out) {
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++)
        if (str_equal(name, str_from(methods[m].name))) {
            *out = (enum forecast_method)m;
            return true;
        }
    return false;
}

enum model_kind forecast_kind(enum forecast_method method) {
    return methods[method].kind;
}

enum forecast_method forecast_model_method(const struct forecast_model *model) {
    return model->method;
}

double forecast_log_odds(double p) {
    p = fmin(fmax(p, 1e-9), 1 - 1e-9);
    return log(p) - log1p(-p);
}

double forecast_chance(double log_odds) {
    double e = exp(-fabs(log_odds));
    return log_odds >= 0 ? 1 / (1 + e) : e / (1 + e);
}

static double cycle_of(const struct forecast_model *model, const struct history *h, size_t known, int64_t cycle_e4) {
    if (cycle_e4 == STAT_NONE || cycle_e4 <= 0)
        cycle_e4 = forecast_cycle_e4(&model->cycle, h, known);
    return (double)cycle_e4 / E4;
}

struct forecast_said forecast_say(const struct forecast_model *model, const struct history *h,
                                  const struct cbs_customer *c, int64_t cycle_e4) {
    struct forecast_said said = {0};
    double days = model->horizon_days;
    if (model->method == FORECAST_STACK) {
        said.p = forecast_chance(
            forecast_stack_log_odds(model->stack, &model->origin, h, c, model->as_of, &said.usual, &said.noise));
        said.usual = forecast_chance(said.usual);
        return said;
    }
    if (forecast_kind(model->method) != MODEL_NONE)
        said.p = model_of(model->base.kind)->active(&model->base, c, days);
    else
        said.p = 1 - forecast_cycle_none(&model->cycle, c->x, cycle_of(model, h, (size_t)c->x + 1, cycle_e4),
                                         c->T - c->t_x, days);
    said.usual = said.p;
    return said;
}

/* One customer under the model of numbers and in its time: seasonal days where the company has a season. What the model
 * knows of the customer is computed once, for all that is asked of it. */
static void wait_of(const struct forecast_model *model, const struct history *h, const struct cbs_customer *c,
                    struct next_purchase_wait *out) {
    const struct season *season = model->seasonal ? &model->season : NULL;
    struct cbs_customer counted = *c;
    if (season)
        (void)season_summary(season, h, model->as_of, &counted); /* has bought, so it can only be OK */
    next_purchase_wait(&model->count[h->segment <= model->segments ? h->segment : 0], &counted, season, model->as_of,
                       &model->levels, out);
}

static double wait_days(const struct next_purchase_wait *wait, int32_t days) {
    return season_time(wait->season, wait->as_of + days) - wait->clock;
}

static double wait_active(const struct next_purchase_wait *wait, double days) {
    return wait->mixed ? mixk_customer_active(&wait->mixk, days)
                       : model_of(wait->params.kind)->active(&wait->params, &wait->customer, days);
}

static double wait_expected(const struct next_purchase_wait *wait, double days) {
    return wait->mixed ? mixk_customer_expected(&wait->mixk, days)
                       : model_of(wait->params.kind)->expected(&wait->params, &wait->customer, days);
}

static double wait_alive(const struct next_purchase_wait *wait) {
    return wait->mixed ? mixk_customer_alive(&wait->mixk)
                       : model_of(wait->params.kind)->alive(&wait->params, &wait->customer);
}

/* Numbers in the horizon and in a year by the model of numbers, in proportion to the chance that is said; beyond the horizon to
 * the usual one: a season passes. */
static void expect(const struct forecast_model *model, const struct next_purchase_wait *wait,
                   const struct forecast_said *said, double *horizon, double *year) {
    double days = wait_days(wait, model->horizon_days);
    double chance = wait_active(wait, days), within = wait_expected(wait, days);
    double later = wait_expected(wait, wait_days(wait, FORECAST_YEAR_DAYS)) - within;
    *horizon = fmax(chance > CHANCE_LEAST ? within * said->p / chance : within, said->p);
    *year = fmax(*horizon + (chance > CHANCE_LEAST ? later * said->usual / chance : later), 0);
}

static void count_say(const struct forecast_model *model, const struct history *h, const struct cbs_customer *c,
                      const struct forecast_said *said, struct forecast *out, double *year) {
    double horizon;
    struct next_purchase_wait wait;
    struct next_purchase next;
    wait_of(model, h, c, &wait);
    expect(model, &wait, said, &horizon, year);
    out->expected_90d_e4 = llround(fmin(horizon * E4, EXPECTED_MOST_E4));
    if (model_knows_leaving(&wait.params))
        out->p_alive_e4 = llround(wait_alive(&wait) * E4);
    next_purchase_find(&wait, 0, &next);
    if (next.code != NEXT_PURCHASE_SAID)
        return;
    out->next_from = (struct day){next.from};
    out->next_on = (struct day){next.on};
    out->next_to = (struct day){next.to};
}

/* The day by which `share` of those who return within the limit are back. */
static int32_t cycle_quantile(const struct forecast_cycle *cycle, const struct cbs_customer *c, double cycle_days,
                              double share) {
    double silent = c->T - c->t_x;
    double returned = 1 - forecast_cycle_none(cycle, c->x, cycle_days, silent, NEXT_PURCHASE_LIMIT_DAYS);
    int32_t low = 0, high = NEXT_PURCHASE_LIMIT_DAYS;
    while (high - low > 1) {
        int32_t middle = (low + high) / 2;
        if (1 - forecast_cycle_none(cycle, c->x, cycle_days, silent, middle) >= share * returned)
            high = middle;
        else
            low = middle;
    }
    return high;
}

static void cycle_say(const struct forecast_model *model, const struct history *h, const struct cbs_customer *c,
                      int64_t cycle_e4, struct forecast *out, double *year) {
    double cycle_days = cycle_of(model, h, (size_t)c->x + 1, cycle_e4), silent = c->T - c->t_x;
    double horizon = forecast_cycle_expected(&model->cycle, c->x, cycle_days, silent, model->horizon_days);
    *year = forecast_cycle_expected(&model->cycle, c->x, cycle_days, silent, FORECAST_YEAR_DAYS);
    out->expected_90d_e4 = llround(fmin(horizon * E4, EXPECTED_MOST_E4));
    if (1 - forecast_cycle_none(&model->cycle, c->x, cycle_days, silent, NEXT_PURCHASE_LIMIT_DAYS) <
        NEXT_PURCHASE_RETURN_LEAST)
        return;
    int32_t from = cycle_quantile(&model->cycle, c, cycle_days, 0.1);
    int32_t to = cycle_quantile(&model->cycle, c, cycle_days, 0.9);
    if (to - from > NEXT_PURCHASE_WIDTH_MOST_DAYS)
        return;
    out->next_from = (struct day){model->as_of + from};
    out->next_on = (struct day){model->as_of + cycle_quantile(&model->cycle, c, cycle_days, 0.5)};
    out->next_to = (struct day){model->as_of + to};
}

void forecast_customer(const struct forecast_model *model, const struct history *history, int64_t cycle_e4,
                       struct forecast *out) {
    struct cbs_customer c;
    *out = (struct forecast){.method = model->method,
                             .p_active_e4 = STAT_NONE,
                             .p_active_low_e4 = STAT_NONE,
                             .p_active_high_e4 = STAT_NONE,
                             .p_alive_e4 = STAT_NONE,
                             .next_on = DAY_NONE,
                             .next_from = DAY_NONE,
                             .next_to = DAY_NONE,
                             .expected_90d_e4 = STAT_NONE,
                             .expected_value_365d_cents = STAT_NONE};
    if (model->method == FORECAST_NONE || history_summary(history, model->as_of, &c) != STAT_OK)
        return;
    struct forecast_said said = forecast_say(model, history, &c, cycle_e4);
    double low, high, year;
    forecast_trust_range(&model->trust, said.p, said.noise, &low, &high);
    out->p_active_e4 = llround(said.p * E4);
    out->p_active_low_e4 = (int64_t)floor(low * E4);
    out->p_active_high_e4 = (int64_t)ceil(high * E4);
    if (model->counts)
        count_say(model, history, &c, &said, out, &year);
    else
        cycle_say(model, history, &c, cycle_e4, out, &year);
    /* Rounded apart, they could contradict each other by the last digit. */
    if (out->expected_90d_e4 < out->p_active_e4)
        out->expected_90d_e4 = out->p_active_e4;
    /* Who buys is a customer: the chance may come from another method than P(alive) does. */
    if (out->p_alive_e4 != STAT_NONE && out->p_alive_e4 < out->p_active_e4)
        out->p_alive_e4 = out->p_active_e4;
    if (model->value.known)
        out->expected_value_365d_cents =
            llround(fmin(year * forecast_value_cents(&model->value, history, (size_t)c.x + 1), VALUE_MOST));
}

double forecast_none_within(const struct forecast_model *model, const struct history *history, int64_t cycle_e4,
                            int32_t days) {
    struct cbs_customer c;
    if (days <= 0 || model->method == FORECAST_NONE || history_summary(history, model->as_of, &c) != STAT_OK)
        return 1;
    if (!model->counts)
        return forecast_cycle_none(&model->cycle, c.x, cycle_of(model, history, (size_t)c.x + 1, cycle_e4), c.T - c.t_x,
                                   days);
    struct next_purchase_wait wait;
    wait_of(model, history, &c, &wait);
    double shift = forecast_log_odds(forecast_say(model, history, &c, cycle_e4).p) -
                   forecast_log_odds(1 - next_purchase_none_within(&wait, model->horizon_days));
    return 1 - forecast_chance(forecast_log_odds(1 - next_purchase_none_within(&wait, days)) + shift);
}
