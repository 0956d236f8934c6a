// SPDX-License-Identifier: Apache-2.0
/* forecast_learn -- which method serves this company best, judged on its own past, and that method fitted on all of it.
 *
 * The past is cut one horizon before its end and at up to three earlier days. At each cut every method sees what was known then and
 * names a chance for everybody; what happened after judges it: the smallest mean log score over all cuts is chosen, the simpler of
 * equals. With less than two horizons of history there is no cut to judge at: then the cycle rule speaks, and the
 * report says from which day on models can be tried.
 *
 * "The end" is the newest purchase of the company, not the day asked for: days of which nothing was imported yet are not days
 * on which nobody bought.
 *
 * Must not let a candidate see what lies after a cut. Results do not depend on the number of threads.
 */
#include <math.h>
#include <string.h>

#include "stats/forecast_season.h"
#include "stats/forecast_stack.h"

static const double STACK_GROWS =
    0.01; /* of the log score, from none of the origins to all of them: docs/methods/stack.md */
enum { CUSTOMERS_LEAST = 40, BOUGHT_LEAST = 15, STAYED_LEAST = 15 };

struct learning {
    struct arena *arena;
    const struct forecast_company *company;
    unsigned threads;
    uint64_t seed;
    int32_t horizon_days, first, until;
    struct forecast_sample sample;
    struct forecast_past past[FORECAST_LOOKS_MOST]; /* the newest cut first */
    size_t pasts, cases;
    struct forecast_origins origins;                          /* of the stack */
    double *p[FORECAST_METHODS], *expected[FORECAST_METHODS]; /* [cases], cut by cut; NULL: not tried */
    struct model_params newest[FORECAST_METHODS];             /* as fitted at the newest cut */
    struct forecast_season_trial season;
    struct forecast_report *report;
};

/* Before a cut must lie a horizon to look back over. */
static int32_t history_least(const struct learning *l) {
    return l->horizon_days;
}

static void bounds_find(struct learning *l) {
    l->first = INT32_MAX;
    l->until = INT32_MIN;
    for (size_t i = 0; i < l->company->n; i++) {
        const struct history *h = &l->company->customer[i];
        size_t known = history_until(h, l->company->as_of.n);
        if (known == 0)
            continue;
        l->report->customers++;
        l->report->purchases += (int64_t)known;
        l->first = h->day[0] < l->first ? h->day[0] : l->first;
        l->until = h->day[known - 1] > l->until ? h->day[known - 1] : l->until;
    }
    l->report->first_day = l->report->customers > 0 ? (struct day){l->first} : DAY_NONE;
}

static bool past_serves(const struct forecast_past *past) {
    return past->n >= CUSTOMERS_LEAST && past->bought >= BOUGHT_LEAST && past->n - past->bought >= STAYED_LEAST;
}

/* The stack can be judged only where it had an origin to learn from: where there are such cuts, no others are used. */
static int32_t cut_least(const struct learning *l) {
    int32_t newest = l->until - l->horizon_days;
    if (l->origins.n == 0)
        return l->first + history_least(l);
    int32_t stack = l->origins.row[l->origins.n - 1].day + l->horizon_days;
    return newest >= stack ? stack : l->first + history_least(l);
}

static void pasts_make(struct learning *l) {
    int32_t step = 2 * forecast_origins_step(l->horizon_days), least = cut_least(l);
    for (int32_t day = l->until - l->horizon_days; l->pasts < FORECAST_LOOKS_MOST && day >= least; day -= step) {
        forecast_past_make(l->arena, l->company, &l->sample, day, l->horizon_days, &l->past[l->pasts]);
        if (!past_serves(&l->past[l->pasts]))
            break;
        l->cases += l->past[l->pasts++].n;
    }
}

static bool model_try(struct learning *l, enum model_kind kind, size_t at, double *p, double *expected,
                      struct model_fit *fit) {
    const struct forecast_past *past = &l->past[at];
    bool dearest = kind == MODEL_PNBD;
    if (dearest && fit->params.kind != kind && past->n > FORECAST_FIT_FIRST)
        (void)forecast_past_fit(l->arena, past, kind, FORECAST_FIT_FIRST, l->threads, fit);
    size_t most = dearest ? FORECAST_FIT_DEAREST : FORECAST_FIT_TRIAL;
    return forecast_past_fit(l->arena, past, kind, most, l->threads, fit) == STAT_OK &&
           forecast_past_say(past, &fit->params, l->horizon_days, l->threads, p, expected) == STAT_OK;
}

static void cycle_try(struct learning *l, size_t at, double *p, double *expected) {
    const struct forecast_past *past = &l->past[at];
    struct arena_mark mark = arena_mark_get(l->arena);
    struct forecast_cycle cycle;
    forecast_cycle_learn(l->arena, l->company->customer, past->which, past->n, l->company->segments, past->day, &cycle);
    for (size_t i = 0; i < past->n; i++) {
        const struct history *h = &l->company->customer[past->which[i]];
        double days = (double)forecast_cycle_e4(&cycle, h, (size_t)past->x[i] + 1) / 1e4;
        double silent = past->T[i] - past->t_x[i];
        p[i] = 1 - forecast_cycle_none(&cycle, past->x[i], days, silent, l->horizon_days);
        expected[i] = forecast_cycle_expected(&cycle, past->x[i], days, silent, l->horizon_days);
    }
    arena_rewind(l->arena, mark);
}

static bool stack_try(struct learning *l, size_t at, double *p, double *expected) {
    struct arena_mark mark = arena_mark_get(l->arena);
    struct stack *stack = arena_new(l->arena, struct stack, 1);
    bool done = forecast_origins_train(l->arena, &l->origins, l->past[at].day, l->threads, stack) == STAT_OK &&
                forecast_origins_say(&l->origins, stack, l->company, &l->past[at], l->threads, p, expected);
    arena_rewind(l->arena, mark);
    return done;
}

static void method_try(struct learning *l, enum forecast_method method) {
    double *p = arena_new(l->arena, double, l->cases), *expected = arena_new(l->arena, double, l->cases);
    struct model_fit *fit = arena_new(l->arena, struct model_fit, 1);
    size_t from = l->cases;
    for (size_t at = l->pasts; at-- > 0;) { /* the oldest first: each fit starts where the one before it ended */
        from -= l->past[at].n;
        if (method == FORECAST_CYCLE)
            cycle_try(l, at, p + from, expected + from);
        else if (method == FORECAST_STACK && !stack_try(l, at, p + from, expected + from))
            return;
        else if (method != FORECAST_STACK && !model_try(l, forecast_kind(method), at, p + from, expected + from, fit))
            return;
    }
    l->newest[method] = fit->params;
    l->p[method] = p;
    l->expected[method] = expected;
}

static size_t looks_of(const struct learning *l, enum forecast_method method,
                       struct forecast_look look[FORECAST_LOOKS_MOST]) {
    size_t looks = l->p[method] ? l->pasts : 0;
    for (size_t at = 0, from = 0; at < looks; from += l->past[at++].n)
        look[at] =
            (struct forecast_look){.n = l->past[at].n, .p = l->p[method] + from, .happened = l->past[at].happened};
    return looks;
}

static void methods_measure(struct learning *l) {
    struct measure_cases cases = {.n = l->cases};
    uint32_t *customer = arena_new(l->arena, uint32_t, l->cases), *cut = arena_new(l->arena, uint32_t, l->cases);
    uint8_t *happened = arena_new(l->arena, uint8_t, l->cases);
    double *count = arena_new(l->arena, double, l->cases);
    for (size_t at = 0, from = 0; at < l->pasts; from += l->past[at++].n) {
        memcpy(customer + from, l->past[at].which, l->past[at].n * sizeof *customer);
        memcpy(happened + from, l->past[at].happened, l->past[at].n);
        memcpy(count + from, l->past[at].count, l->past[at].n * sizeof *count);
        for (size_t i = 0; i < l->past[at].n; i++)
            cut[from + i] = (uint32_t)at;
    }
    cases.customer = customer;
    cases.cut = cut;
    cases.happened = happened;
    cases.count = count;
    for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++) {
        struct forecast_trial *trial = &l->report->trial[m];
        trial->method = (enum forecast_method)m;
        cases.p = l->p[m];
        cases.expected = l->expected[m];
        struct forecast_look look[FORECAST_LOOKS_MOST];
        trial->shape = forecast_look_shape(look, looks_of(l, trial->method, look));
        trial->tried = l->p[m] && measure_make(l->arena, &cases, l->seed, 0, l->threads, &trial->measure) == STAT_OK;
    }
}

/* The share of the origins that the stack was trained on at the cuts, of those that it is trained on now. */
static double stack_maturity(const struct learning *l) {
    double sum = 0;
    for (size_t at = 0; at < l->pasts; at++)
        for (size_t o = 0; o < l->origins.n; o++)
            sum += l->origins.row[o].day + l->horizon_days <= l->past[at].day;
    return sum / (double)(l->pasts * l->origins.n);
}

/* Of the simple methods the smallest log score. The stack is set against that one by shape: how the year goes at three or four
 * overlapping cuts proves nothing of how well it will foretell the level from all of them. And as far as it had less to learn
 * from at the cuts than it has now, it may be worse there by that part of STACK_GROWS. */
static enum forecast_method method_best(struct learning *l) {
    const struct forecast_trial *trial = l->report->trial;
    enum forecast_method best = FORECAST_CYCLE;
    for (int m = FORECAST_CYCLE; m < FORECAST_STACK; m++)
        if (trial[m].tried &&
            (!trial[best].tried || trial[m].measure.log_score.value < trial[best].measure.log_score.value))
            best = (enum forecast_method)m;
    if (!trial[FORECAST_STACK].tried)
        return best;
    double allowed = 1 + STACK_GROWS * (1 - stack_maturity(l));
    return trial[FORECAST_STACK].shape < trial[best].shape * allowed ? FORECAST_STACK : best;
}

/* The chances that were said at the cuts by the method that is taken; without them, faith alone. */
static void trust_learn(struct learning *l, struct forecast_model *model) {
    struct forecast_look look[FORECAST_LOOKS_MOST];
    size_t looks = looks_of(l, model->method, look);
    forecast_trust_learn(l->arena, look, looks, &model->trust);
}

/* The season is used when there is one, and the looks back say that it would have helped. */
static void season_learn_tried(struct learning *l, struct forecast_model *model) {
    model->season = season_none();
    if (!l->p[FORECAST_MIXK] ||
        season_learn(l->arena, l->company->customer, l->company->n, l->until, &model->season) != STAT_OK ||
        forecast_season_is_none(&model->season))
        return;
    forecast_season_try(l->arena, l->company, l->past, l->pasts, l->p[FORECAST_MIXK], l->horizon_days, l->threads,
                        &l->season);
    model->seasonal = l->season.gain > 0;
}

/* Where in the distribution of its wait each customer came back: what next_purchase_levels learns from. */
static void levels_learn(struct learning *l, struct forecast_model *model) {
    model->levels = next_purchase_levels_same();
    if (l->pasts == 0 || l->newest[FORECAST_MIXK].kind == MODEL_NONE)
        return;
    const struct forecast_past *past = &l->past[0];
    bool seasonal = model->seasonal && l->season.params.kind != MODEL_NONE;
    const struct season *season = seasonal ? &l->season.season : NULL;
    const struct model_params *params = seasonal ? &l->season.params : &l->newest[FORECAST_MIXK];
    struct arena_mark mark = arena_mark_get(l->arena);
    double *level = arena_new(l->arena, double, past->n);
    for (size_t i = 0; i < past->n; i++) {
        const struct history *h = &l->company->customer[past->which[i]];
        struct cbs_customer c = {0};
        struct next_purchase_wait wait;
        (void)season_summary(season, h, past->day, &c); /* has bought by then */
        next_purchase_wait(params, &c, season, past->day, NULL, &wait);
        level[i] = past->happened[i] ? next_purchase_level(&wait, h->day[history_until(h, past->day)] - past->day)
                                     : 1 - next_purchase_none_within(&wait, l->horizon_days);
    }
    (void)next_purchase_levels_learn(level, past->happened, past->n, &model->levels); /* too few: the same */
    arena_rewind(l->arena, mark);
}

/* The model of numbers and waits, by segment, in seasonal time where the season is used. */
static void counts_learn(struct learning *l, const struct forecast_sample *fit, struct forecast_model *model) {
    static const enum model_kind kinds[] = {MODEL_MIXK, MODEL_MBGNBD, MODEL_NBD};
    const struct season *season = model->seasonal ? &model->season : NULL;
    model->segments = l->company->segments;
    model->count = arena_new(l->arena, struct model_params, (size_t)model->segments + 1);
    struct arena_mark mark = arena_mark_get(l->arena);
    struct cbs_customer *c = arena_new(l->arena, struct cbs_customer, fit->n);
    uint32_t *group = arena_new(l->arena, uint32_t, fit->n);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds && !model->counts; k++) {
        for (size_t i = 0; i < fit->n; i++) {
            const struct history *h = &l->company->customer[fit->which[i]];
            (void)season_summary(season, h, l->until, &c[i]); /* has bought by then */
            group[i] = h->segment <= model->segments ? h->segment : 0;
        }
        struct cbs data;
        struct next_purchase_pool pool;
        const struct model_fit_options options = {.threads = l->threads};
        if (cbs_make(l->arena, c, group, fit->n, kinds[k] == MODEL_MIXK, l->threads, &data) != STAT_OK ||
            next_purchase_pool_learn(l->arena, &data, model->segments, kinds[k], &options, &pool) != STAT_OK)
            continue;
        l->report->warnings |= pool.company.warnings;
        model->counts = true;
        for (uint32_t s = 0; s <= model->segments; s++)
            model->count[s] = next_purchase_pool_params(&pool, s);
    }
    arena_rewind(l->arena, mark);
}

static bool model_learn(struct learning *l, const struct forecast_past *now, struct forecast_model *model) {
    struct model_fit fit = {0};
    if (forecast_past_fit(l->arena, now, forecast_kind(model->method), now->n, l->threads, &fit) != STAT_OK)
        return false;
    model->base = fit.params;
    l->report->warnings |= fit.warnings;
    return true;
}

static bool stack_learn(struct learning *l, const struct forecast_past *now, struct forecast_model *model) {
    return forecast_origin_make(l->arena, l->company, now, l->horizon_days, l->threads, &model->origin) == STAT_OK &&
           forecast_origins_train(l->arena, &l->origins, l->until, l->threads, model->stack) == STAT_OK;
}

/* The method that was taken, on all that is known now; false: it cannot be had. */
static bool method_learn(struct learning *l, const struct forecast_sample *fit, struct forecast_model *model) {
    struct forecast_past now;
    if (model->method == FORECAST_CYCLE)
        return true;
    model->stack = arena_new(l->arena, struct stack, 1);
    forecast_past_make(l->arena, l->company, fit, l->until, 0, &now);
    return model->method == FORECAST_STACK ? stack_learn(l, &now, model) : model_learn(l, &now, model);
}

static void choose(struct learning *l, const struct forecast_wish *wish, struct forecast_model *model) {
    if (wish->automatic || wish->method == FORECAST_STACK)
        forecast_origins_make(l->arena, l->company, &l->sample, l->first, l->until, l->horizon_days, l->threads,
                              l->seed, &l->origins);
    pasts_make(l);
    l->report->origins = (int)l->pasts;
    if (l->pasts > 0) {
        for (int m = FORECAST_CYCLE; m < FORECAST_METHODS; m++)
            if (wish->automatic || m == (int)wish->method || m == FORECAST_MIXK)
                method_try(l, (enum forecast_method)m);
        methods_measure(l);
    }
    model->method = wish->automatic ? method_best(l) : wish->method;
    int32_t enough = l->first + history_least(l) + l->horizon_days;
    if (wish->automatic && l->pasts == 0 && l->until < enough)
        l->report->enough_on = (struct day){enough};
}

enum stat_code forecast_learn(struct arena *arena, const struct forecast_company *company,
                              const struct forecast_wish *wish, struct forecast_model **out,
                              struct forecast_report *report) {
    struct learning *l = arena_new(arena, struct learning, 1);
    *report = (struct forecast_report){.enough_on = DAY_NONE};
    l->arena = arena;
    l->company = company;
    l->threads = wish->threads;
    l->seed = wish->seed;
    l->horizon_days = wish->horizon_days > 0 ? wish->horizon_days : FORECAST_HORIZON_DAYS;
    l->report = report;
    bounds_find(l);
    struct forecast_model *model = arena_new(arena, struct forecast_model, 1);
    *model = (struct forecast_model){.as_of = company->as_of.n, .horizon_days = l->horizon_days};
    *out = model;
    if (report->customers == 0)
        return wish->automatic ? STAT_OK : STAT_TOO_FEW;
    l->sample = forecast_sample_make(arena, company, l->until, FORECAST_SAMPLE, l->seed);
    choose(l, wish, model);
    struct forecast_sample fit = forecast_sample_make(arena, company, l->until, FORECAST_SAMPLE_FIT, l->seed);
    if (!method_learn(l, &fit, model)) {
        if (!wish->automatic)
            return STAT_TOO_FEW;
        model->method = FORECAST_CYCLE;
    }
    forecast_cycle_learn(arena, company->customer, fit.which, fit.n, company->segments, l->until, &model->cycle);
    if (model->method != FORECAST_CYCLE) {
        season_learn_tried(l, model);
        levels_learn(l, model);
        counts_learn(l, &fit, model);
    }
    trust_learn(l, model);
    forecast_value_learn(arena, company->customer, fit.which, fit.n, l->until, l->threads, &model->value,
                         &report->warnings);
    report->chosen = model->method;
    report->season = model->seasonal;
    return STAT_OK;
}
