// SPDX-License-Identifier: Apache-2.0
/* forecast_stack -- see the header.
 *
 * An origin's rows hold what was known on its day and its label what happened in the horizon after; the stack of a day is
 * trained on the origins whose labels were complete by then, and on no other. The same rows serve the trial at every cut
 * and the final training, so features are computed once. Beyond FORECAST_STACK_ROWS a hash of customer and origin picks rows: a
 * customer is seen at some origins, all of them at many.
 *
 * The oldest origin is fitted first, each later one from where the one before it ended. Regularity changes slowly and its model is
 * the dearest to fit: it is fitted once a horizon, and the origins between use the fit before them, which knew no more than they did.
 *
 * An origin needs a horizon of history behind it, and where there is much history a quarter of all of it: what a young log
 * shows (everybody new, nobody late) is not what the stack will be asked about.
 */
#include "stats/forecast_stack.h"

#include <math.h>

#include "base/parallel.h"

enum { ORIGINS_PER_HORIZON = 3, BOUGHT_LEAST = 10 };

int32_t forecast_origins_step(int32_t horizon_days) {
    int32_t step = horizon_days / ORIGINS_PER_HORIZON;
    return step > 0 ? step : 1;
}

static struct cbs_customer customer_of(const struct forecast_past *past, size_t i) {
    return (struct cbs_customer){past->x[i], past->t_x[i], past->T[i], past->litt[i]};
}

/* What was found at the origin before; kinds MODEL_NONE at the oldest. */
struct fits {
    struct model_fit plain, regular;
};

/* Where regularity cannot be fitted nothing is known of it, and the two say the same. */
static void regular_fit(struct arena *arena, const struct forecast_past *past, size_t most, unsigned threads,
                        struct fits *fits, struct forecast_origin *out) {
    bool known = forecast_past_fit(arena, past, FORECAST_STACK_REGULAR, most, threads, &fits->regular) == STAT_OK;
    if (!known)
        fits->regular.params.kind = MODEL_NONE;
    out->regular = known ? fits->regular.params : out->plain;
}

/* All of an origin but the regular model. */
static enum stat_code origin_fit(struct arena *arena, const struct forecast_company *company,
                                 const struct forecast_past *past, int32_t horizon_days, size_t most, unsigned threads,
                                 struct fits *fits, struct forecast_origin *out) {
    enum stat_code code = forecast_past_fit(arena, past, FORECAST_STACK_PLAIN, most, threads, &fits->plain);
    if (code != STAT_OK) {
        fits->plain.params.kind = MODEL_NONE;
        return code;
    }
    out->plain = fits->plain.params;
    forecast_cycle_learn(arena, company->customer, past->which, past->n, company->segments, past->day, &out->cycle);
    feature_company_learn(company->customer, past->which, past->n, past->day, horizon_days, &out->company);
    return STAT_OK;
}

enum stat_code forecast_origin_make(struct arena *arena, const struct forecast_company *company,
                                    const struct forecast_past *past, int32_t horizon_days, unsigned threads,
                                    struct forecast_origin *out) {
    struct fits *fits = arena_new(arena, struct fits, 1);
    enum stat_code code = origin_fit(arena, company, past, horizon_days, past->n, threads, fits, out);
    if (code == STAT_OK)
        regular_fit(arena, past, past->n, threads, fits, out);
    return code;
}

static void features_of(const struct forecast_origin *origin, const struct history *h, const struct cbs_customer *c,
                        int32_t day, double out[FEATURES]) {
    const struct model_def *plain = model_of(origin->plain.kind), *regular = model_of(origin->regular.kind);
    double cycle = (double)forecast_cycle_e4(&origin->cycle, h, (size_t)c->x + 1) / 1e4;
    const struct feature_chances chances = {
        .active = plain->active(&origin->plain, c, origin->company.horizon_days),
        .alive = plain->alive(&origin->plain, c),
        .regular = regular->active(&origin->regular, c, origin->company.horizon_days),
        .cycle = 1 - forecast_cycle_none(&origin->cycle, c->x, cycle, c->T - c->t_x, origin->company.horizon_days),
    };
    feature_make(&origin->company, h, day, &chances, out);
}

static void rows_make(struct arena *arena, const struct forecast_company *company, const struct forecast_past *past,
                      const struct forecast_origin *origin, uint64_t seed, double share, struct stack_origin *out) {
    double *x = arena_new(arena, double, past->n *FEATURES);
    uint8_t *y = arena_new(arena, uint8_t, past->n);
    size_t n = 0;
    for (size_t i = 0; i < past->n; i++) {
        if (!forecast_look_takes(seed + (uint64_t)past->day, past->which[i], share))
            continue;
        struct cbs_customer c = customer_of(past, i);
        features_of(origin, &company->customer[past->which[i]], &c, past->day, x + n * FEATURES);
        y[n++] = past->happened[i];
    }
    *out = (struct stack_origin){.day = past->day, .n = n, .x = x, .y = y};
}

/* The days that serve, the newest first, with everybody as known then. */
static size_t pasts_make(struct arena *arena, const struct forecast_company *company,
                         const struct forecast_sample *sample, int32_t first, int32_t until, int32_t horizon_days,
                         struct forecast_past past[STACK_ORIGINS_MOST]) {
    int32_t step = forecast_origins_step(horizon_days), least = horizon_days;
    int32_t quarter = (until - horizon_days - first) / 4;
    size_t n = 0;
    least = quarter > least ? quarter : least;
    for (int32_t day = until - horizon_days; n < STACK_ORIGINS_MOST && day - first >= least; day -= step) {
        forecast_past_make(arena, company, sample, day, horizon_days, &past[n]);
        if (past[n].bought < BOUGHT_LEAST || past[n].n - past[n].bought < BOUGHT_LEAST)
            break;
        n++;
    }
    return n;
}

void forecast_origins_make(struct arena *arena, const struct forecast_company *company,
                           const struct forecast_sample *sample, int32_t first, int32_t until, int32_t horizon_days,
                           unsigned threads, uint64_t seed, struct forecast_origins *out) {
    struct forecast_past past[STACK_ORIGINS_MOST];
    double rows = 0;
    *out = (struct forecast_origins){.horizon_days = horizon_days, .first = first};
    out->n = pasts_make(arena, company, sample, first, until, horizon_days, past);
    for (size_t o = 0; o < out->n; o++)
        rows += (double)past[o].n;
    double share = rows > FORECAST_STACK_ROWS ? FORECAST_STACK_ROWS / rows : 1;
    struct fits *fits = arena_new(arena, struct fits, 1);
    bool regular = false;
    for (size_t o = out->n; o-- > 0;) {
        struct forecast_origin *origin = &out->origin[o];
        if (origin_fit(arena, company, &past[o], horizon_days, FORECAST_FIT_ORIGIN, threads, fits, origin) != STAT_OK) {
            out->n = o; /* the older ones would leave a hole */
            regular = false;
            continue;
        }
        if (!regular || o % ORIGINS_PER_HORIZON == 0)
            regular_fit(arena, &past[o], FORECAST_FIT_ORIGIN, threads, fits, origin);
        else
            origin->regular = out->origin[o + 1].regular;
        regular = true;
        rows_make(arena, company, &past[o], origin, seed, share, &out->row[o]);
    }
}

enum stat_code forecast_origins_train(struct arena *arena, const struct forecast_origins *origins, int32_t day,
                                      unsigned threads, struct stack *out) {
    size_t from = 0;
    while (from < origins->n && origins->row[from].day > day - origins->horizon_days)
        from++;
    if (from == origins->n)
        return STAT_TOO_FEW;
    return stack_train(arena, origins->row + from, origins->n - from, origins->first, day, origins->horizon_days,
                       threads, out);
}

double forecast_stack_log_odds(const struct stack *stack, const struct forecast_origin *origin, const struct history *h,
                               const struct cbs_customer *c, int32_t day, double *usual, double *noise) {
    double x[FEATURES];
    features_of(origin, h, c, day, x);
    return stack_log_odds(stack, x, usual, noise);
}

struct saying {
    const struct forecast_origins *origins;
    const struct forecast_origin *origin;
    const struct stack *stack;
    const struct forecast_company *company;
    const struct forecast_past *past;
    double *p, *expected;
};

enum { SAY_AT_ONCE = 1024 };

static void say_some(void *owner, size_t task) {
    struct saying *s = owner;
    const struct model_def *def = model_of(s->origin->plain.kind);
    double days = s->origins->horizon_days;
    size_t end = (task + 1) * SAY_AT_ONCE < s->past->n ? (task + 1) * SAY_AT_ONCE : s->past->n;
    for (size_t i = task * SAY_AT_ONCE; i < end; i++) {
        struct cbs_customer c = customer_of(s->past, i);
        s->p[i] = forecast_chance(forecast_stack_log_odds(s->stack, s->origin, &s->company->customer[s->past->which[i]],
                                                          &c, s->past->day, NULL, NULL));
        double p = def->active(&s->origin->plain, &c, days), expected = def->expected(&s->origin->plain, &c, days);
        s->expected[i] = p > 0 ? fmax(s->p[i], expected * s->p[i] / p) : s->p[i];
    }
}

bool forecast_origins_say(const struct forecast_origins *origins, const struct stack *stack,
                          const struct forecast_company *company, const struct forecast_past *past, unsigned threads,
                          double *p, double *expected) {
    struct saying s = {
        .origins = origins, .stack = stack, .company = company, .past = past, .p = p, .expected = expected};
    for (size_t o = 0; o < origins->n; o++)
        if (origins->row[o].day == past->day)
            s.origin = &origins->origin[o];
    if (!s.origin)
        return false;
    parallel_run(threads, (past->n + SAY_AT_ONCE - 1) / SAY_AT_ONCE, say_some, &s);
    return true;
}
