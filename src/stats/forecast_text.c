// SPDX-License-Identifier: Apache-2.0
/* forecast_text -- a forecast model as text and back, without losing a bit.
 *
 * One word that names the form, then every number of the model in a fixed order, each as the 16 hexadecimal digits of its
 * bits: no locale and no rounding. Whole numbers go the same way, as doubles; they are small. Writing and reading are one
 * walk over the model with a different hand, so that they cannot drift apart.
 *
 * Must not trust what it reads: a number that is none, a count beyond what memory is for, a tail: all are refused.
 */
#include <math.h>
#include <string.h>

#include "stats/forecast_parts.h"

static const char FORM[] = "forecast1";
enum { SEGMENTS_MOST = 1 << 24 };

struct walk {
    struct buf *to;      /* writing */
    struct str from;     /* reading */
    struct arena *arena; /* reading */
    bool failed;
};

static void put(struct walk *w, double v) {
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    buf_char(w->to, ' ');
    for (int shift = 60; shift >= 0; shift -= 4)
        buf_char(w->to, "0123456789abcdef"[bits >> shift & 15]);
}

static bool digit(char c, uint64_t *out) {
    if (c >= '0' && c <= '9')
        *out = (uint64_t)(c - '0');
    else if (c >= 'a' && c <= 'f')
        *out = (uint64_t)(c - 'a') + 10;
    else
        return false;
    return true;
}

static double get(struct walk *w) {
    uint64_t bits = 0, d;
    if (w->failed || w->from.n < 17 || w->from.p[0] != ' ') {
        w->failed = true;
        return 0;
    }
    for (int i = 1; i <= 16; i++) {
        if (!digit(w->from.p[i], &d)) {
            w->failed = true;
            return 0;
        }
        bits = bits << 4 | d;
    }
    w->from.p += 17;
    w->from.n -= 17;
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static void walk_double(struct walk *w, double *v) {
    if (w->to)
        put(w, *v);
    else
        *v = get(w);
    if (!isfinite(*v))
        w->failed = true;
}

static void walk_doubles(struct walk *w, double *v, size_t n) {
    for (size_t i = 0; i < n; i++)
        walk_double(w, &v[i]);
}

/* A whole number in low .. high. */
static void walk_int(struct walk *w, int32_t *v, int32_t low, int32_t high) {
    double d = *v;
    walk_double(w, &d);
    if (w->failed || d != floor(d) || d < low || d > high)
        w->failed = true;
    else
        *v = (int32_t)d;
}

static void walk_bool(struct walk *w, bool *v) {
    int32_t i = *v;
    walk_int(w, &i, 0, 1);
    *v = i == 1;
}

static void walk_params(struct walk *w, struct model_params *params, bool may_be_none) {
    int32_t kind = (int32_t)params->kind;
    walk_int(w, &kind, 0, MODEL_KINDS - 1);
    params->kind = (enum model_kind)kind;
    walk_int(w, &params->k, 0, MODEL_K_MOST);
    walk_doubles(w, params->v, MODEL_PARAMS);
    if (w->failed)
        return;
    const struct model_def *def = model_of(params->kind);
    w->failed = params->kind == MODEL_NONE ? !may_be_none : !def || def->check(params) != STAT_OK;
}

static void walk_cycle(struct walk *w, struct forecast_cycle *cycle) {
    walk_doubles(w, cycle->rate[0], FORECAST_CYCLE_CELLS);
    walk_doubles(w, cycle->rate[1], FORECAST_CYCLE_CELLS);
    walk_double(w, &cycle->pace);
    int32_t segments = (int32_t)cycle->segments;
    walk_int(w, &segments, 0, SEGMENTS_MOST);
    /* Each takes 17 characters: a count that the text cannot hold asks for no memory. */
    if (w->failed || (!w->to && (size_t)segments + 1 > w->from.n / 17)) {
        w->failed = true;
        return;
    }
    cycle->segments = (uint32_t)segments;
    if (!w->to)
        cycle->prior_days = arena_new(w->arena, int32_t, (size_t)segments + 1);
    for (int32_t s = 0; s <= segments; s++)
        walk_int(w, &cycle->prior_days[s], 1, INT32_MAX);
}

static void walk_counts(struct walk *w, struct forecast_model *model) {
    walk_bool(w, &model->counts);
    walk_bool(w, &model->seasonal);
    walk_doubles(w, model->season.index, SEASON_CELLS);
    for (int i = 0; i < SEASON_CELLS; i++)
        w->failed |= model->seasonal && model->season.index[i] <= 0;
    walk_doubles(w, model->levels.to, NEXT_PURCHASE_KNOTS);
    int32_t segments = (int32_t)model->segments;
    walk_int(w, &segments, 0, SEGMENTS_MOST);
    if (!model->counts || w->failed)
        return;
    if (!w->to && (size_t)segments + 1 > w->from.n / 17) {
        w->failed = true;
        return;
    }
    model->segments = (uint32_t)segments;
    if (!w->to)
        model->count = arena_new(w->arena, struct model_params, (size_t)segments + 1);
    for (int32_t s = 0; s <= segments; s++)
        walk_params(w, &model->count[s], false);
}

/* A scale below 0, a covariance of nothing: what a stack never is. */
static void walk_stack(struct walk *w, struct forecast_model *model) {
    if (!w->to)
        model->stack = arena_new(w->arena, struct stack, 1);
    struct stack *stack = model->stack;
    walk_doubles(w, stack->centre, FEATURES);
    walk_doubles(w, stack->scale, FEATURES);
    walk_doubles(w, stack->low, FEATURES);
    walk_doubles(w, stack->high, FEATURES);
    walk_doubles(w, stack->weight, FEATURES);
    walk_double(w, &stack->constant);
    walk_double(w, &stack->unseen);
    walk_double(w, &stack->usual);
    walk_doubles(w, stack->covariance, STACK_CELLS);
    walk_params(w, &model->origin.plain, false);
    walk_params(w, &model->origin.regular, false);
    walk_cycle(w, &model->origin.cycle);
    walk_int(w, &model->origin.company.horizon_days, 1, INT32_MAX);
    walk_double(w, &model->origin.company.log_gap);
    for (size_t f = 0; f < FEATURES; f++)
        w->failed |= stack->unseen < 0 || stack->scale[f] < 0 || stack->low[f] > stack->high[f];
}

static void walk_trust(struct walk *w, struct forecast_trust *trust) {
    walk_int(w, &trust->bins, 0, FORECAST_TRUST_BINS);
    walk_doubles(w, trust->at, FORECAST_TRUST_BINS);
    walk_doubles(w, trust->shift, FORECAST_TRUST_BINS);
    walk_doubles(w, trust->noise, FORECAST_TRUST_BINS);
    walk_double(w, &trust->level);
}

static void walk_model(struct walk *w, struct forecast_model *model) {
    int32_t method = (int32_t)model->method;
    walk_int(w, &method, 0, FORECAST_METHODS - 1);
    model->method = (enum forecast_method)method;
    walk_int(w, &model->as_of, INT32_MIN, INT32_MAX);
    walk_int(w, &model->horizon_days, 1, INT32_MAX);
    if (w->failed || model->method == FORECAST_NONE)
        return;
    walk_cycle(w, &model->cycle);
    walk_params(w, &model->base, forecast_kind(model->method) == MODEL_NONE);
    if (model->method == FORECAST_STACK)
        walk_stack(w, model);
    walk_counts(w, model);
    walk_trust(w, &model->trust);
    walk_bool(w, &model->value.known);
    walk_double(w, &model->value.mean_cents);
    walk_params(w, &model->value.params, true);
}

void forecast_write(const struct forecast_model *model, struct buf *to) {
    struct forecast_model copy = *model; /* the walk of a writer changes nothing */
    struct walk w = {.to = to};
    buf_put(to, str_from(FORM));
    walk_model(&w, &copy);
}

enum stat_code forecast_read(struct arena *arena, struct str text, struct forecast_model **out) {
    struct str form = str_from(FORM);
    if (!str_starts(text, form))
        return STAT_DOMAIN;
    struct walk w = {.from = {text.p + form.n, text.n - form.n}, .arena = arena};
    struct forecast_model *model = arena_new(arena, struct forecast_model, 1);
    walk_model(&w, model);
    if (w.failed || w.from.n > 0)
        return STAT_DOMAIN;
    *out = model;
    return STAT_OK;
}
