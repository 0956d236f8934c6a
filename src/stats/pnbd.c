// SPDX-License-Identifier: Apache-2.0
/* pnbd -- Pareto/NBD behind the table of models: what is asked of one customer.
 *
 * Given that a customer is alive at T, its purchase rate is Gamma(p, a) and its rate of leaving Gamma(s, b), with p = r + x,
 * a = alpha + T, b = beta + T: the same shape as of a new customer. So everything about the future is P(alive) times
 * a quantity of a new customer with these parameters; P(alive) = 1 / (e^left + e^next) relative to the term of
 * who is alive. No case needs care that is not in the integrals: s = 1, alpha = beta, t_x = T are points like others.
 *
 * Must not look at other customers. Invariant: chances are in [0, 1], and an expectation is at least the chance of a purchase.
 */
#include "stats/pnbd.h"

#include <math.h>

#include "stats/pnbd_parts.h"
#include "stats/special.h"

/* (1 - e^-x) / x */
static double fall_mean(double x) {
    return fabs(x) < 1e-300 ? 1 : -expm1(-x) / x;
}

/* Integral over (0, t) of (1 + v/b)^-s dv: how long who is alive now is expected to stay within t. */
static double stay_expected(double b, double s, double t) {
    if (isinf(t))
        return s > 1 ? b / (s - 1) : INFINITY;
    double w = log1p(t / b);
    return b * w * fall_mean((s - 1) * w);
}

/* The same discounted, over all the future. */
static double stay_discounted(double b, double s, double rate) {
    double m = fmin(b, 1 / rate);
    struct pnbd_curve curve = {.lift = 1, .b = s, .rho = m / b, .fade = m * rate};
    return m * pnbd_integral(&curve, INFINITY);
}

/* P(a purchase within t) of who is alive now. */
static double buy_alive(double p, double a, double s, double b, double t) {
    return t > 0 ? fmin(1, p / a * pnbd_between(a, p + 1, b, s, t)) : 0;
}

enum stat_code pnbd_check(const struct model_params *params) {
    for (int i = 0; i < PNBD_PARAMS; i++)
        if (!(params->v[i] >= 1e-8 && params->v[i] <= 1e8))
            return STAT_DOMAIN;
    return params->k == 1 ? STAT_OK : STAT_DOMAIN;
}

double pnbd_loglik(const struct model_params *params, const struct cbs_customer *c) {
    const double *v = params->v;
    if (c->x == 0) {
        double bought = buy_alive(v[PNBD_R], v[PNBD_ALPHA], v[PNBD_S], v[PNBD_BETA], c->T);
        if (bought < 0.5)
            return log1p(-bought);
    }
    double count = special_log_rising(v[PNBD_R], c->x) - c->x * log(v[PNBD_ALPHA]);
    return count + special_log_add(pnbd_half_log(v, c->x, c->t_x, true), pnbd_half_log(v, c->x, c->T, false));
}

double pnbd_alive_given(double silent_left, double silent_next) {
    return fmin(1, exp(-special_log_add(silent_left, silent_next)));
}

double pnbd_bought(const double *param, double x, double T, double t) {
    return (param[PNBD_R] + x) / (param[PNBD_ALPHA] + T) * stay_expected(param[PNBD_BETA] + T, param[PNBD_S], t);
}

double pnbd_buys(const double *param, double x, double T, double t) {
    if (isinf(t))
        return fmin(1, exp(pnbd_silent_next(param, x, T)));
    double buys = buy_alive(param[PNBD_R] + x, param[PNBD_ALPHA] + T, param[PNBD_S], param[PNBD_BETA] + T, t);
    return fmin(buys, pnbd_bought(param, x, T, t)); /* they are equal for small t, but for rounding */
}

double pnbd_alive(const struct model_params *params, const struct cbs_customer *c) {
    return pnbd_alive_given(pnbd_silent_left(params->v, c), pnbd_silent_next(params->v, c->x, c->T));
}

double pnbd_active(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    return pnbd_alive(params, c) * pnbd_buys(params->v, c->x, c->T, horizon);
}

double pnbd_expected(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    return pnbd_alive(params, c) * pnbd_bought(params->v, c->x, c->T, horizon);
}

double pnbd_expected_new(const struct model_params *params, double t) {
    return pnbd_bought(params->v, 0, 0, t);
}

/* P(n) of who is alive with this chance; 0 purchases also of who is not. */
static enum stat_code pmf_of(double p, double a, double s, double b, double alive, double t, size_t most, double *out) {
    if (isinf(t))
        return STAT_DOMAIN;
    for (size_t n = 0; n <= most; n++)
        out[n] = 0;
    if (t > 0)
        pnbd_count(p, a, s, b, t, most, out);
    for (size_t n = 0; n <= most; n++)
        out[n] *= alive;
    out[0] = 1 - alive * buy_alive(p, a, s, b, t);
    return STAT_OK;
}

static enum stat_code pnbd_pmf(struct arena *arena, const struct model_params *params, const struct cbs_customer *c,
                               double horizon, size_t most, double *out) {
    (void)arena;
    const double *v = params->v;
    return pmf_of(v[PNBD_R] + c->x, v[PNBD_ALPHA] + c->T, v[PNBD_S], v[PNBD_BETA] + c->T, pnbd_alive(params, c),
                  horizon, most, out);
}

static enum stat_code pnbd_pmf_new(struct arena *arena, const struct model_params *params, double t, size_t most,
                                   double *out) {
    (void)arena;
    const double *v = params->v;
    return pmf_of(v[PNBD_R], v[PNBD_ALPHA], v[PNBD_S], v[PNBD_BETA], 1, t, most, out);
}

double pnbd_at_least(const struct model_params *params, const struct cbs_customer *c, double horizon, double n) {
    const double *v = params->v;
    if (n <= 1 || !(horizon > 0))
        return n < 1 ? 1 : pnbd_active(params, c, horizon);
    return pnbd_alive(params, c) *
           pnbd_more(v[PNBD_R] + c->x, v[PNBD_ALPHA] + c->T, v[PNBD_S], v[PNBD_BETA] + c->T, horizon, n);
}

double pnbd_residual(const struct model_params *params, const struct cbs_customer *c, double rate) {
    const double *v = params->v;
    return pnbd_alive(params, c) * (v[PNBD_R] + c->x) / (v[PNBD_ALPHA] + c->T) *
           stay_discounted(v[PNBD_BETA] + c->T, v[PNBD_S], rate);
}

const struct model_def pnbd_def = {.kind = MODEL_PNBD,
                                   .name = "pnbd",
                                   .param = {"r", "alpha", "s", "beta"},
                                   .params = PNBD_PARAMS,
                                   .check = pnbd_check,
                                   .loglik = pnbd_loglik,
                                   .fit = pnbd_fit,
                                   .alive = pnbd_alive,
                                   .active = pnbd_active,
                                   .expected = pnbd_expected,
                                   .pmf = pnbd_pmf,
                                   .expected_new = pnbd_expected_new,
                                   .pmf_new = pnbd_pmf_new};
