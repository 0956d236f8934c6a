// SPDX-License-Identifier: Apache-2.0
/* cnbd -- one customer under the family: likelihood and P(alive).
 *
 * With R = r + kx, A = alpha + T, B = alpha + t_x and u = (T - t_x)/A a customer's likelihood is
 *     c(x) alpha^r [ drop B^-R + stay A^-R S ],   S = sum over m < k of (R)_m u^m / m!
 * The first term is the customer who left after its last purchase, the second the one who stays: a gap that is open for
 * T - t_x has passed m of its k phases. Only B^-R and A^-R depend on time, and only their ratio decides who is alive, so it
 * alone is computed, R log(A/B) = R log1p((T - t_x)/B): nothing of the size of log-gamma(x) is ever subtracted.
 *
 * Must not be given parameters that cnbd_check refuses. Invariant: S >= 1 and every term positive.
 */
#include "stats/cnbd.h"

#include <math.h>

#include "stats/special.h"

#define PARAMETER_LEAST 1e-8
#define PARAMETER_MOST 1e8

struct cnbd cnbd_of(const struct model_params *params) {
    struct cnbd model = {.leaving = CNBD_NEVER, .k = params->k, .r = params->v[0], .alpha = params->v[1]};
    if (params->kind == MODEL_NBD)
        return model;
    bool every = params->kind == MODEL_MBGNBD || params->kind == MODEL_MBGCNBD;
    model.leaving = every ? CNBD_AFTER_EVERY : CNBD_AFTER_REPEAT;
    model.a = params->v[2];
    model.b = params->v[3];
    return model;
}

enum stat_code cnbd_check(const struct model_params *params) {
    bool has_k = params->kind == MODEL_BGCNBD || params->kind == MODEL_MBGCNBD;
    if (params->k < 1 || params->k > (has_k ? MODEL_K_MOST : 1))
        return STAT_DOMAIN;
    size_t n = params->kind == MODEL_NBD ? 2 : 4;
    for (size_t i = 0; i < n; i++)
        if (!(params->v[i] >= PARAMETER_LEAST && params->v[i] <= PARAMETER_MOST))
            return STAT_DOMAIN;
    return STAT_OK;
}

/* S, its terms left in term[0 .. k-1]. No term passes 1e120: x <= 1e9, k <= 12. */
static double phase_terms(const struct cnbd *model, const struct cbs_customer *c, double *term) {
    double shape = model->r + model->k * c->x, u = (c->T - c->t_x) / (model->alpha + c->T);
    double sum = term[0] = 1;
    for (int32_t m = 1; m < model->k; m++) {
        term[m] = term[m - 1] * (shape + (m - 1)) * u / m;
        sum += term[m];
    }
    return sum;
}

double cnbd_phases(const struct cnbd *model, const struct cbs_customer *c, double phase[MODEL_K_MOST]) {
    double sum = phase_terms(model, c, phase);
    for (int32_t m = 0; m < model->k; m++)
        phase[m] /= sum;
    return log(sum);
}

/* R log(A / B): how much less likely the silence since t_x is for one who stays (before S). */
static double silence(const struct cnbd *model, const struct cbs_customer *c) {
    double shape = model->r + model->k * c->x;
    return shape * log1p((c->T - c->t_x) / (model->alpha + c->t_x));
}

static bool cannot_have_left(const struct cnbd *model, const struct cbs_customer *c) {
    return model->leaving == CNBD_NEVER || (model->leaving == CNBD_AFTER_REPEAT && c->x < 1);
}

/* Chances to leave that the customer has withstood. */
static double stays(const struct cnbd *model, double x) {
    return model->leaving == CNBD_AFTER_REPEAT ? x - 1 : x;
}

double cnbd_alive_given(const struct cnbd *model, const struct cbs_customer *c, double log_phases) {
    if (cannot_have_left(model, c))
        return 1;
    double odds_left = model->a / (model->b + stays(model, c->x));
    return 1 / (1 + odds_left * exp(silence(model, c) - log_phases));
}

double cnbd_alive(const struct model_params *params, const struct cbs_customer *c) {
    struct cnbd model = cnbd_of(params);
    double phase[MODEL_K_MOST];
    return cnbd_alive_given(&model, c, log(phase_terms(&model, c, phase)));
}

double cnbd_loglik(const struct model_params *params, const struct cbs_customer *c) {
    struct cnbd model = cnbd_of(params);
    double phase[MODEL_K_MOST];
    double log_phases = log(phase_terms(&model, c, phase));
    double purchases = model.k * c->x;
    double value = (model.k - 1) * c->litt - c->x * special_log_gamma(model.k) +
                   special_log_rising(model.r, purchases) - model.r * log1p(c->t_x / model.alpha) -
                   purchases * log(model.alpha + c->t_x);
    double stayed = log_phases - silence(&model, c);
    if (cannot_have_left(&model, c))
        return value + stayed;
    double withstood = stays(&model, c->x);
    value += special_log_rising(model.b, withstood) - special_log_rising(model.a + model.b, withstood + 1);
    return value + special_log_add(log(model.a), log(model.b + withstood) + stayed);
}

/* -- the table's rows -- */

static enum stat_code bgnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                                struct model_fit *out) {
    return cnbd_fit(arena, data, options, MODEL_BGNBD, out);
}

static enum stat_code mbgnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                                 struct model_fit *out) {
    return cnbd_fit(arena, data, options, MODEL_MBGNBD, out);
}

static enum stat_code bgcnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                                 struct model_fit *out) {
    return cnbd_fit(arena, data, options, MODEL_BGCNBD, out);
}

static enum stat_code mbgcnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                                  struct model_fit *out) {
    return cnbd_fit(arena, data, options, MODEL_MBGCNBD, out);
}

#define CNBD_DEF(kind_, name_, fit_, k_)                                                                               \
    {                                                                                                                  \
        .kind = (kind_), .name = (name_), .param = {"r", "alpha", "a", "b"}, .params = 4, .litt = (k_), .has_k = (k_), \
        .check = cnbd_check, .loglik = cnbd_loglik, .fit = (fit_), .alive = cnbd_alive, .active = cnbd_active,         \
        .expected = cnbd_expected, .pmf = cnbd_pmf, .expected_new = cnbd_expected_new, .pmf_new = cnbd_pmf_new,        \
    }

const struct model_def bgnbd_def = CNBD_DEF(MODEL_BGNBD, "bgnbd", bgnbd_fit, false);
const struct model_def mbgnbd_def = CNBD_DEF(MODEL_MBGNBD, "mbgnbd", mbgnbd_fit, false);
const struct model_def bgcnbd_def = CNBD_DEF(MODEL_BGCNBD, "bgcnbd", bgcnbd_fit, true);
const struct model_def mbgcnbd_def = CNBD_DEF(MODEL_MBGCNBD, "mbgcnbd", mbgcnbd_fit, true);
