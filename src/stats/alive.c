// SPDX-License-Identifier: Apache-2.0
/* alive -- the day on which the chance that a customer still is one falls under a limit.
 *
 * In the mixture over regularity a customer leaves after a purchase or stays; who stays is silent for w days with the
 * chance S_k(w) if it is of component k. With c_k, how likely it is of component k at its last purchase,
 *     P(alive | w) = (b + x) S(w) / (a + (b + x) S(w)),   S(w) = sum_k c_k S_k(w),
 *     S_k(w) = (A_k / (A_k + w))^R_k * sum_{m < k} (R_k)_m / m! (w / (A_k + w))^m,   A_k = alpha / k + t_x, R_k = r + k x
 * (docs/methods/alive.md shows why the shares may be held at the purchase). Every S_k falls with w, so P(alive) does, for a
 * mixture too: there is one first day under a limit, and halving finds it.
 *
 * Must not know a later purchase nor the as-of date. Invariant: 1 <= alive_under(p) <= alive_under(q) for p >= q.
 */
#include "stats/alive.h"

#include <math.h>

#include "stats/prior.h"

enum { JANUARY = 12, E4 = 10000 };

#define ROUNDING 1e-9 /* of a chance, in parts of it: a thousand times what is seen */

/* -- what was known when -- */

static struct day fit_first(struct day first) {
    struct day learnt = {first.n + PRIOR_LEARNING_DAYS};
    int32_t month = month_of(learnt);
    return month_first(month_first(month).n < learnt.n ? month + 1 : month);
}

/* The first of January after that day. */
static struct day year_next(struct day day) {
    int32_t month = month_of(day);
    int32_t in_year = ((month % JANUARY) + JANUARY) % JANUARY;
    return month_first(month + JANUARY - in_year);
}

size_t alive_days(struct day first, struct day newest, struct day as_of, struct day *out) {
    size_t n = 0;
    struct day day = fit_first(first);
    while (day.n <= as_of.n && (n == 0 || day.n <= newest.n)) {
        if (out)
            out[n] = day;
        n++;
        day = year_next(day);
    }
    return n;
}

void alive_learn(struct arena *arena, struct cbs_customer *c, size_t n, unsigned threads, struct alive_fit *out) {
    struct arena_mark mark = arena_mark_get(arena);
    const struct model_fit_options options = {.threads = threads};
    struct cbs data;
    struct model_fit *fit = arena_new(arena, struct model_fit, 1);
    enum stat_code code = cbs_make(arena, c, NULL, n, true, threads, &data);
    if (code == STAT_OK)
        code = mixk_def.fit(arena, &data, &options, fit);
    out->state = ALIVE_FITTED;
    if (code != STAT_OK || fit->warnings & MODEL_WARN_NOT_CONVERGED || mixk_def.check(&fit->params) != STAT_OK)
        out->state = ALIVE_TOO_FEW;
    else if (fit->warnings & MODEL_WARN_NO_DROPOUT || !model_knows_leaving(&fit->params))
        out->state = ALIVE_NO_LEAVING;
    out->params = out->state == ALIVE_FITTED ? fit->params : (struct model_params){.kind = MODEL_NONE};
    arena_rewind(arena, mark);
}

/* How many of the fits were made by that day. */
static size_t fits_until(const struct alive_table *table, struct day day) {
    size_t low = 0, high = table->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table->fit[middle].from.n <= day.n)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct alive_table alive_until(const struct alive_table *table, struct day day) {
    return (struct alive_table){.fit = table->fit, .n = fits_until(table, day)};
}

const struct model_params *alive_params(const struct alive_table *table, struct day purchase) {
    if (!table || table->n == 0)
        return NULL;
    size_t until = fits_until(table, purchase);
    const struct alive_fit *fit = &table->fit[until > 0 ? until - 1 : 0];
    return fit->state == ALIVE_FITTED ? &fit->params : NULL;
}

/* -- one silence -- */

void alive_wait_make(const struct model_params *params, const struct cbs_customer *c, struct alive_wait *out) {
    struct mixk_customer customer;
    mixk_customer_make(params, c, &customer);
    *out = (struct alive_wait){.a = customer.a, .stays = customer.b + c->x};
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        out->share[i] = customer.share[i];
        out->scale[i] = customer.scale[i];
        out->shape[i] = customer.r + mixk_k[i] * c->x;
    }
}

/* S_k(w). */
static double silent(const struct alive_wait *wait, size_t i, double days) {
    double u = days / (wait->scale[i] + days), term = 1, sum = 1;
    for (int32_t m = 1; m < mixk_k[i]; m++) {
        term *= (wait->shape[i] + (m - 1)) * u / m;
        sum += term;
    }
    return sum * exp(-wait->shape[i] * log1p(days / wait->scale[i]));
}

double alive_chance(const struct alive_wait *wait, int32_t days) {
    double stays = 0;
    for (size_t i = 0; i < MIXK_PARTS; i++)
        if (wait->share[i] > 0)
            stays += wait->share[i] * silent(wait, i, days);
    stays *= wait->stays;
    return stays / (wait->a + stays);
}

static bool is_under(const struct alive_wait *wait, int64_t limit_e4, int32_t days) {
    return alive_chance(wait, days) * E4 < (double)limit_e4;
}

int32_t alive_under(const struct alive_wait *wait, int64_t limit_e4, int32_t most) {
    int32_t over = 0, under = most; /* day 0 is the purchase's own */
    while (under - over > 1) {
        int32_t middle = over + (under - over) / 2;
        if (is_under(wait, limit_e4, middle))
            under = middle;
        else
            over = middle;
    }
    return under;
}

bool alive_surely_over(const struct alive_wait *wait, int64_t limit_e4, int32_t days) {
    return alive_chance(wait, days) * E4 > (double)limit_e4 * (1 + ROUNDING);
}

struct due alive_due(const struct due_rule *rule, struct day last_purchase, const struct alive_wait *wait) {
    int32_t lost = rule->lost_days + 1;
    int32_t inactive = alive_under(wait, rule->inactive_e4, lost);
    int32_t at_risk = alive_under(wait, rule->at_risk_e4, inactive);
    return due_in(last_purchase, at_risk - 1, inactive - 1, rule->lost_days);
}
