// SPDX-License-Identifier: Apache-2.0
/* cnbd_predict -- P(active) and E(purchases) of one customer: P(alive) times the mean over its phases.
 *
 * P(active in t) = 1 - L(x, t_x, T + t)/L(x, t_x, T) = P(alive) sum over m of phase(m) P(the k - m phases missing end): the
 * second form has no subtraction left, so that a short horizon keeps its digits.
 *
 * Must not be given parameters that cnbd_check refuses, nor customers that cbs_check does. Invariant: 0 <= P(active) <=
 * P(alive), P(active) <= E(purchases).
 */
#include <math.h>

#include "stats/cnbd.h"

double cnbd_mean(const double *phase, const double *value, int32_t k) {
    double sum = 0;
    for (int32_t m = 0; m < k; m++)
        sum += phase[m] * value[m];
    return sum;
}

double cnbd_active(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    struct cnbd model = cnbd_of(params);
    double phase[MODEL_K_MOST], log_phases = cnbd_phases(&model, c, phase);
    struct cnbd_future future;
    cnbd_future(&model, c->x, c->T, horizon, true, false, &future);
    return cnbd_alive_given(&model, c, log_phases) * cnbd_mean(phase, future.active, model.k);
}

double cnbd_expected(const struct model_params *params, const struct cbs_customer *c, double horizon) {
    struct cnbd model = cnbd_of(params);
    double phase[MODEL_K_MOST], log_phases = cnbd_phases(&model, c, phase);
    struct cnbd_future future;
    cnbd_future(&model, c->x, c->T, horizon, false, true, &future);
    return cnbd_alive_given(&model, c, log_phases) * cnbd_mean(phase, future.expected, model.k);
}

double cnbd_expected_new(const struct model_params *params, double t) {
    return cnbd_expected(params, &(struct cbs_customer){0}, t);
}
