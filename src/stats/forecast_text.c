// SPDX-License-Identifier: Apache-2.0
/* forecast_text -- a forecast model as text and back, without losing a bit.
 *
 * One word that names the form, then every number of the model in a fixed order, each as the 16 hexadecimal digits of its
 * bits: no locale and no rounding. Whole numbers go the same way, as doubles; they are small. Writing and reading are one
 * walk over the model with a different hand, so that they cannot drift apart.
 *
 * Must not trust what it reads: a number that is none or out of all proportion, a count beyond what memory is for, a tail: all
 * are refused. So whatever is read can be reckoned with without overflow.
 */
#include <math.h>
#include <string.h>

#include "stats/forecast_parts.h"

static const char FORM[] = "forecast1";
enum { SEGMENTS_MOST = 1 << 24, DAY_MOST = 4000000, HORIZON_MOST = 100000 };
static const double NUMBER_MOST = 1e9;       /* of log odds, of what is centred and scaled, of purchases a cycle */
static const double INDEX_MOST = 366.0 / 28; /* a year of which all lies in its shortest month */
static const double LOG_GAP_LEAST = 0, LOG_GAP_MOST = 16; /* a day, more than any calendar */
static const double SCALE_LEAST = 1e-9, MEAN_CENTS_MOST = 9e17;

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

static void walk_double_in(struct walk *w, double *v, double low, double high) {
    walk_double(w, v);
    w->failed |= !(*v >= low && *v <= high);
}

static void walk_doubles(struct walk *w, double *v, size_t n, double low, double high) {
    for (size_t i = 0; i < n; i++)
        walk_double_in(w, &v[i], low, high);
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
    for (size_t i = 0; i < MODEL_PARAMS; i++) /* what they may be is for the model to say */
        walk_double(w, &params->v[i]);
    if (w->failed)
        return;
    const struct model_def *def = model_of(params->kind);
    w->failed = params->kind == MODEL_NONE ? !may_be_none : !def || def->check(params) != STAT_OK;
}

static void walk_cycle(struct walk *w, struct forecast_cycle *cycle) {
    walk_doubles(w, cycle->rate[0], FORECAST_CYCLE_CELLS, 0, NUMBER_MOST);
    walk_doubles(w, cycle->rate[1], FORECAST_CYCLE_CELLS, 0, NUMBER_MOST);
    walk_double_in(w, &cycle->pace, 0, NUMBER_MOST);
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
    walk_doubles(w, model->season.index, SEASON_CELLS, 0, INDEX_MOST);
    for (int i = 0; i < SEASON_CELLS; i++)
        w->failed |= model->seasonal && model->season.index[i] <= 0;
    walk_doubles(w, model->levels.to, NEXT_PURCHASE_KNOTS, 0, 1);
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
    walk_doubles(w, stack->centre, FEATURES, -NUMBER_MOST, NUMBER_MOST);
    walk_doubles(w, stack->scale, FEATURES, 0, NUMBER_MOST);
    walk_doubles(w, stack->low, FEATURES, -NUMBER_MOST, NUMBER_MOST);
    walk_doubles(w, stack->high, FEATURES, -NUMBER_MOST, NUMBER_MOST);
    walk_doubles(w, stack->weight, FEATURES, -NUMBER_MOST, NUMBER_MOST);
    walk_double_in(w, &stack->constant, -NUMBER_MOST, NUMBER_MOST);
    walk_double_in(w, &stack->unseen, 0, NUMBER_MOST);
    walk_double_in(w, &stack->usual, -NUMBER_MOST, NUMBER_MOST);
    walk_doubles(w, stack->covariance, STACK_CELLS, -NUMBER_MOST, NUMBER_MOST);
    walk_params(w, &model->origin.plain, false);
    walk_params(w, &model->origin.regular, false);
    walk_cycle(w, &model->origin.cycle);
    walk_int(w, &model->origin.company.horizon_days, 1, HORIZON_MOST);
    walk_double_in(w, &model->origin.company.log_gap, LOG_GAP_LEAST, LOG_GAP_MOST);
    for (size_t f = 0; f < FEATURES; f++)
        w->failed |= (stack->scale[f] > 0 && stack->scale[f] < SCALE_LEAST) || stack->low[f] > stack->high[f];
}

static void walk_trust(struct walk *w, struct forecast_trust *trust) {
    walk_int(w, &trust->bins, 0, FORECAST_TRUST_BINS);
    walk_doubles(w, trust->at, FORECAST_TRUST_BINS, -NUMBER_MOST, NUMBER_MOST);
    walk_doubles(w, trust->shift, FORECAST_TRUST_BINS, -NUMBER_MOST, NUMBER_MOST);
    walk_doubles(w, trust->noise, FORECAST_TRUST_BINS, 0, NUMBER_MOST);
    walk_double_in(w, &trust->level, 0, NUMBER_MOST);
}

static void walk_model(struct walk *w, struct forecast_model *model) {
    int32_t method = (int32_t)model->method;
    walk_int(w, &method, 0, FORECAST_METHODS - 1);
    model->method = (enum forecast_method)method;
    walk_int(w, &model->as_of, -DAY_MOST, DAY_MOST);
    walk_int(w, &model->horizon_days, 1, HORIZON_MOST);
    if (w->failed || model->method == FORECAST_NONE)
        return;
    walk_cycle(w, &model->cycle);
    walk_params(w, &model->base, forecast_kind(model->method) == MODEL_NONE);
    if (model->method == FORECAST_STACK)
        walk_stack(w, model);
    walk_counts(w, model);
    walk_trust(w, &model->trust);
    walk_bool(w, &model->value.known);
    walk_double_in(w, &model->value.mean_cents, 0, MEAN_CENTS_MOST);
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
