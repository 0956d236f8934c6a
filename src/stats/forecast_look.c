// SPDX-License-Identifier: Apache-2.0
/* forecast_look -- see the header.
 */
#include "stats/forecast_look.h"

#include <math.h>

/* SplitMix64's finish: every bit of the place moves every bit of the hash. */
static uint64_t hash(uint64_t seed, uint64_t place) {
    uint64_t z = seed + (place + 1) * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

bool forecast_look_takes(uint64_t seed, size_t place, double share) {
    return share >= 1 || (double)(hash(seed, place) >> 11) * 0x1p-53 < share;
}

struct forecast_sample forecast_sample_make(struct arena *arena, const struct forecast_company *company, int32_t day,
                                            size_t most, uint64_t seed) {
    size_t all = 0;
    for (size_t i = 0; i < company->n; i++)
        all += company->customer[i].n > 0 && company->customer[i].day[0] <= day;
    double share = all > most ? (double)most / (double)all : 1;
    struct forecast_sample out = {.which = arena_new(arena, uint32_t, all)};
    for (size_t i = 0; i < company->n; i++)
        if (company->customer[i].n > 0 && company->customer[i].day[0] <= day && forecast_look_takes(seed, i, share))
            out.which[out.n++] = (uint32_t)i;
    return out;
}

void forecast_past_make(struct arena *arena, const struct forecast_company *company,
                        const struct forecast_sample *sample, int32_t day, int32_t horizon_days,
                        struct forecast_past *out) {
    *out = (struct forecast_past){.day = day, .which = arena_new(arena, uint32_t, sample->n)};
    for (size_t i = 0; i < sample->n; i++)
        if (company->customer[sample->which[i]].day[0] <= day)
            out->which[out->n++] = sample->which[i];
    out->x = arena_new(arena, double, out->n);
    out->t_x = arena_new(arena, double, out->n);
    out->T = arena_new(arena, double, out->n);
    out->litt = arena_new(arena, double, out->n);
    for (size_t i = 0; i < out->n; i++) {
        struct cbs_customer c = {0};
        (void)history_summary(&company->customer[out->which[i]], day, &c); /* has bought by then */
        out->x[i] = c.x;
        out->t_x[i] = c.t_x;
        out->T[i] = c.T;
        out->litt[i] = c.litt;
    }
    if (horizon_days == 0)
        return;
    out->happened = arena_new(arena, uint8_t, out->n);
    out->count = arena_new(arena, double, out->n);
    for (size_t i = 0; i < out->n; i++) {
        size_t bought = history_between(&company->customer[out->which[i]], day, day + horizon_days);
        out->count[i] = (double)bought;
        out->happened[i] = bought > 0;
        out->bought += bought > 0;
    }
}

enum { FIT_SEED = 0x5eed }; /* not that of the sample: those taken from it would be no sample of it */

/* Whether an end is a place from which others are not seen: at a bound, nowhere. Of a ridge Pareto/NBD takes care itself; far
 * out on one the search may end where differences drown in rounding, which it calls not converged. */
static bool is_blind(const struct model_fit *fit) {
    uint32_t seeing = 0;
    if (fit->params.kind == MODEL_PNBD)
        seeing = MODEL_WARN_RIDGE | MODEL_WARN_HOMOGENEOUS;
    if (fit->warnings & seeing & MODEL_WARN_RIDGE)
        seeing |= MODEL_WARN_NOT_CONVERGED;
    return fit->warnings & ~seeing;
}

/* The end of an earlier fit is followed alone, several times faster than all starts, unless one of the two ends is blind. */
static enum stat_code fit_from(struct arena *arena, const struct cbs *data, enum model_kind kind, unsigned threads,
                               struct model_fit *fit) {
    const struct model_params before = fit->params;
    struct model_fit_options options = {.threads = threads};
    if (before.kind == kind && !is_blind(fit)) {
        options.start = before.v;
        options.k = before.k;
        options.start_alone = true;
        if (model_of(kind)->fit(arena, data, &options, fit) == STAT_OK && !is_blind(fit))
            return STAT_OK;
    }
    options = (struct model_fit_options){.threads = threads};
    return model_of(kind)->fit(arena, data, &options, fit);
}

enum stat_code forecast_past_fit(struct arena *arena, const struct forecast_past *past, enum model_kind kind,
                                 size_t most, unsigned threads, struct model_fit *fit) {
    struct arena_mark mark = arena_mark_get(arena);
    struct cbs_customer *c = arena_new(arena, struct cbs_customer, past->n);
    double share = past->n > most ? (double)most / (double)past->n : 1;
    size_t n = 0;
    for (size_t i = 0; i < past->n; i++)
        if (forecast_look_takes(FIT_SEED, past->which[i], share))
            c[n++] =
                (struct cbs_customer){.x = past->x[i], .t_x = past->t_x[i], .T = past->T[i], .litt = past->litt[i]};
    struct cbs data;
    enum stat_code code = cbs_make(arena, c, NULL, n, kind == MODEL_MIXK, threads, &data);
    if (code == STAT_OK)
        code = fit_from(arena, &data, kind, threads, fit);
    arena_rewind(arena, mark);
    return code;
}

enum stat_code forecast_past_say(const struct forecast_past *past, const struct model_params *params, double days,
                                 unsigned threads, double *p, double *expected) {
    const struct model_many many = {.n = past->n, .x = past->x, .t_x = past->t_x, .T = past->T, .litt = past->litt};
    enum stat_code code = model_predict(params, &many, days, threads, NULL, p, expected);
    for (size_t i = 0; i < past->n && code == STAT_OK; i++)
        if (!(p[i] >= 0 && p[i] <= 1) || (expected && !isfinite(expected[i])))
            code = STAT_DOMAIN;
    return code;
}
