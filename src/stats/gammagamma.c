// SPDX-License-Identifier: Apache-2.0
/* gammagamma -- what is asked of one customer under the Gamma-Gamma model of value.
 *
 * The purchases of a customer are Gamma(p, nu), its nu is Gamma(q, gamma): the mean of x purchases is then
 *     f(z) = 1/z u^(px) (1 - u)^q / B(px, q),   u = x z / (gamma + x z),
 * a Beta(px, q) in u. With large px and q the power and the beta function are both huge and nearly equal; Stirling's
 * formula turns their ratio into deviations of u from its middle u0 = px / (px + q), the first order of which cancels exactly.
 *
 * What is known of nu after x purchases is Gamma(px + q, gamma + x z): the customer's own mean, p / nu, is p (gamma + x z)
 * over a Gamma(px + q), which gives its expectation and its interval.
 *
 * Must not be given parameters that gammagamma_check refuses. Invariant: money times c gives gamma, means and ends of
 * intervals times c.
 */
#include "stats/gammagamma.h"

#include <math.h>
#include <stdbool.h>

#include "stats/gammagamma_parts.h"
#include "stats/special.h"
#include "stats/special_parts.h"

#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8
#define MONEY_LEAST                                                                                                    \
    1e-15 /* gamma is an amount: what is large in cents of one currency is small in millions of another */
#define MONEY_MOST 1e25
#define HALF_LOG_2PI 0.91893853320467274178

enum stat_code gammagamma_check(const struct model_params *params) {
    double p = params->v[GAMMAGAMMA_P], q = params->v[GAMMAGAMMA_Q], gamma = params->v[GAMMAGAMMA_GAMMA];
    bool fine = p >= PARAMETER_LEAST && p <= PARAMETER_MOST && q >= PARAMETER_LEAST && q <= PARAMETER_MOST &&
                gamma >= MONEY_LEAST && gamma <= MONEY_MOST;
    return fine ? STAT_OK : STAT_DOMAIN;
}

/* log(ratio) - (ratio - 1), from ratio - 1 where that has the digits. */
static double log_less(double off, double ratio) {
    return off > -0.5 ? special_log1p_less(off) : log(ratio) - off;
}

double gammagamma_loglik(const struct model_params *params, const struct gammagamma_customer *c) {
    double p = params->v[GAMMAGAMMA_P], q = params->v[GAMMAGAMMA_Q], gamma = params->v[GAMMAGAMMA_GAMMA];
    double shape = p * c->x, sum = c->x * c->mean, all = gamma + sum;
    if (shape < SPECIAL_STIRLING_FROM || q < SPECIAL_STIRLING_FROM)
        return -log(c->mean) - special_log_beta(shape, q) - q * log1p(sum / gamma) - shape * log1p(gamma / sum);
    double more = q * c->mean - p * gamma; /* of value than in the middle */
    double up = log_less(more / (p * all), sum / all * ((shape + q) / shape));
    double down = log_less(-c->x * more / (q * all), gamma / all * ((shape + q) / q));
    double corrections = special_stirling(shape + q) - special_stirling(shape) - special_stirling(q);
    return shape * up + q * down + 0.5 * log(shape / (shape + q) * q) - HALF_LOG_2PI + corrections - log(c->mean);
}

double gammagamma_expected(const struct model_params *params, const struct gammagamma_customer *c) {
    double p = params->v[GAMMAGAMMA_P], q = params->v[GAMMAGAMMA_Q], gamma = params->v[GAMMAGAMMA_GAMMA];
    if (!(c->x >= 1 && c->mean > 0))
        return q > 1 ? p * gamma / (q - 1) : INFINITY;
    double shape = p * c->x + (q - 1); /* > 0 unless p x + q <= 1 */
    return shape > 0 ? p * (gamma + c->x * c->mean) / shape : INFINITY;
}

enum stat_code gammagamma_interval(const struct model_params *params, const struct gammagamma_customer *c, double share,
                                   double *low, double *high) {
    if (gammagamma_check(params) != STAT_OK || !(share > 0 && share < 1))
        return STAT_DOMAIN;
    double shape = params->v[GAMMAGAMMA_Q], rate = params->v[GAMMAGAMMA_GAMMA];
    if (c->x >= 1 && c->mean > 0) {
        shape += params->v[GAMMAGAMMA_P] * c->x;
        rate += c->x * c->mean;
    }
    double out = (1 - share) / 2, scale = params->v[GAMMAGAMMA_P] * rate;
    *low = scale / special_gamma_quantile(shape, 1 - out);
    *high = scale / special_gamma_quantile(shape, out);
    return STAT_OK;
}

const struct model_def gammagamma_def = {.kind = MODEL_GAMMAGAMMA,
                                         .name = "gammagamma",
                                         .param = {"p", "q", "gamma"},
                                         .params = GAMMAGAMMA_PARAMS,
                                         .check = gammagamma_check};
