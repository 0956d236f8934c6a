// SPDX-License-Identifier: Apache-2.0
/* covariate -- covariates as a search wants them.
 *
 * A column like a year, 2010 to 2012, moves a parameter hardly at all relative to its own size and is nearly the constant: a
 * search would see a ridge, and bounds on its coefficient would depend on where the column's zero is. After centring and
 * scaling by what customers have, neither holds. Coefficients of the given columns are those found over spread, and the
 * parameter they act on takes the product with the centre.
 *
 * Must not weigh groups alike: what counts is how many customers have a value.
 */
#include "stats/covariate.h"

#include <math.h>

static uint32_t group_of(const struct cbs *data, size_t row) {
    return data->group ? data->group[row] : 0;
}

static bool is_fine(const struct cbs *data, const struct model_covariates *given) {
    if (given->n > MODEL_COVARIATES)
        return false;
    for (size_t i = 0; i < given->n * given->groups; i++)
        if (!isfinite(given->z[i]))
            return false;
    for (size_t i = 0; i < data->rows && given->n > 0; i++)
        if (group_of(data, i) >= given->groups)
            return false;
    return true;
}

static void column_scale(const struct cbs *data, const struct model_covariates *given, size_t j,
                         struct covariate *out) {
    double mean = 0, square = 0, farthest = 0, customers = 0;
    for (size_t i = 0; i < data->rows; i++) {
        customers += data->weight[i];
        mean += data->weight[i] * given->z[group_of(data, i) * given->n + j];
    }
    mean /= customers;
    for (size_t i = 0; i < data->rows; i++) {
        double off = given->z[group_of(data, i) * given->n + j] - mean;
        square += data->weight[i] * off * off;
        farthest = fmax(farthest, fabs(off));
    }
    double spread = sqrt(square / customers);
    out->centre[j] = mean;
    out->spread[j] = spread > 1e-12 * fabs(mean) ? spread : 1;
    out->farthest[j] = fmax(farthest / out->spread[j], 1);
}

bool covariate_scale(struct arena *arena, const struct cbs *data, const struct model_covariates *given,
                     struct covariate *out) {
    *out = (struct covariate){.scaled = {.n = given->n, .groups = given->groups}};
    if (!is_fine(data, given))
        return false;
    double *z = arena_new(arena, double, given->groups * given->n);
    for (size_t j = 0; j < given->n; j++) {
        column_scale(data, given, j, out);
        for (size_t g = 0; g < given->groups; g++)
            z[g * given->n + j] = (given->z[g * given->n + j] - out->centre[j]) / out->spread[j];
    }
    out->scaled.z = z;
    return true;
}
