// SPDX-License-Identifier: Apache-2.0
/* forecast_value -- what the next purchase of a customer is worth, all going well.
 *
 * Gamma-Gamma, or where it has no mean or too little to learn from, the customer's own mean pulled toward that of all
 * customers as if those had been one purchase. Purchases of nothing or less (a return greater than the sale) say nothing of the worth of
 * one and are left out.
 */
#include <math.h>

#include "stats/forecast_parts.h"
#include "stats/gammagamma.h"

enum { CUSTOMERS_LEAST = 30 }; /* under them Gamma-Gamma only restates what it was given */

static struct gammagamma_customer spent(const struct history *h, size_t known) {
    double sum = 0, n = 0;
    for (size_t i = 0; i < known; i++)
        if (h->cents[i] > 0) {
            sum += (double)h->cents[i];
            n++;
        }
    return (struct gammagamma_customer){.x = n, .mean = n > 0 ? sum / n : 0};
}

void forecast_value_learn(struct arena *arena, const struct history *customer, const uint32_t *which, size_t n,
                          int32_t as_of, unsigned threads, struct forecast_value *out, uint32_t *warnings) {
    *out = (struct forecast_value){0};
    struct arena_mark mark = arena_mark_get(arena);
    struct gammagamma_customer *c = arena_new(arena, struct gammagamma_customer, n);
    size_t paid = 0;
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        c[paid] = spent(&customer[which[i]], history_until(&customer[which[i]], as_of));
        if (c[paid].x < 1)
            continue;
        sum += c[paid].mean;
        paid++;
    }
    if (paid > 0) {
        out->known = true;
        out->mean_cents = sum / (double)paid;
        struct model_fit fit;
        int64_t left_out;
        if (paid >= CUSTOMERS_LEAST && gammagamma_fit(arena, c, paid, threads, &left_out, &fit) == STAT_OK) {
            *warnings |= fit.warnings;
            if (!(fit.warnings & (MODEL_WARN_NO_MEAN | MODEL_WARN_NOT_CONVERGED)))
                out->params = fit.params;
        }
    }
    arena_rewind(arena, mark);
}

double forecast_value_cents(const struct forecast_value *value, const struct history *h, size_t known) {
    struct gammagamma_customer c = spent(h, known);
    double worth = value->params.kind == MODEL_GAMMAGAMMA ? gammagamma_expected(&value->params, &c) : INFINITY;
    return isfinite(worth) ? worth : (c.x * c.mean + value->mean_cents) / (c.x + 1);
}
