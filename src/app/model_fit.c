// SPDX-License-Identifier: Apache-2.0
/* model_fit.c -- customers read once into one array, covariates made columns, then the model's own fit.
 *
 * Customers with the same covariates are a group. Groups are numbered by what they hold, not by when they were met, so
 * that the order of rows does not change a bit of the result. Must not know any model by name but Gamma-Gamma, whose data
 * are another thing.
 */
#include <math.h>
#include <string.h>

#include "app/heap.h"
#include "app/model.h"
#include "base/map.h"
#include "stats/gammagamma.h"

enum { LEVELS_MOST = MODEL_COVARIATES + 1, PROGRESS_ROWS = 1 << 16 };

/* No currency has such amounts; one of them would decide the whole fit. */
static const double spend_least = 1e-12, spend_most = 1e18;

/* One covariate while rows come in. */
struct levels {
    struct map place;
    struct str code[LEVELS_MOST];
    int64_t count[LEVELS_MOST];
    size_t n;
    size_t base;
};

/* One customer's value: a number, or the place of its level. */
union value {
    double number;
    uint64_t level;
};

struct fitting {
    const struct model_request *request;
    const struct summary_options *options;
    const struct summary_about *about;
    struct model_report *report;
    import_reject_visit *left_out;
    void *owner;
    struct cbs_customer *customer;
    struct gammagamma_customer *spender;
    uint32_t *group; /* NULL without covariates */
    size_t n, customer_room, spender_room, group_room;
    struct levels levels[SUMMARY_COVARIATES];
    struct map groups;
    union value *tuple; /* [groups_n][covariates] */
    size_t groups_n, tuple_room;
    size_t columns; /* of the design */
    double *z;
    bool repeat; /* did anybody buy again? */
};

static bool is_gammagamma(const struct model_request *request) {
    return request->kind == MODEL_GAMMAGAMMA;
}

void model_summary_needs(const struct model_request *request, struct summary_options *options) {
    const struct model_def *def = model_of(request->kind);
    options->times = !is_gammagamma(request);
    options->spend = is_gammagamma(request);
    options->litt = def->litt && !(def->has_k && request->k == 1);
}

/* -- reading ----------------------------------------------------------------------------------------------------- */

static bool level_take(struct cx *cx, struct fitting *f, size_t i, struct str code, union value *out) {
    struct levels *levels = &f->levels[i];
    int64_t at = 0;
    if (!map_find(&levels->place, code, &at)) {
        if (levels->n == LEVELS_MOST) {
            return cx_fail(cx, ERR_LIMIT, S("model.too_many_levels"), f->options->covariate[i],
                           cx_text(cx, "%d", LEVELS_MOST));
        }
        at = (int64_t)levels->n++;
        levels->code[at] = str_copy(cx->arena, code);
        map_put(&levels->place, code, at);
    }
    levels->count[at]++;
    out->level = (uint64_t)at;
    return true;
}

/* The row's group: customers whose covariates are the same bits. */
static bool group_take(struct cx *cx, struct fitting *f, const struct summary_row *row, uint32_t *out) {
    union value tuple[SUMMARY_COVARIATES];
    size_t n = f->options->covariates;
    int64_t group = 0;
    for (size_t i = 0; i < n; i++) {
        tuple[i].number = 0;
        if (f->about->number[i]) {
            tuple[i].number = row->covariate_number[i] + 0.0; /* one zero, whatever its sign */
        } else if (!level_take(cx, f, i, row->covariate[i], &tuple[i])) {
            return false;
        }
    }
    struct str key = {(const char *)tuple, n * sizeof *tuple};
    if (!map_find(&f->groups, key, &group)) {
        f->tuple = heap_grown(f->tuple, &f->tuple_room, (f->groups_n + 1) * n, sizeof *f->tuple);
        memcpy(f->tuple + f->groups_n * n, tuple, key.n);
        group = (int64_t)f->groups_n++;
        map_put(&f->groups, key, group);
    }
    *out = (uint32_t)group;
    return true;
}

static bool refuse(struct cx *cx, struct fitting *f, const struct import_reject *bad) {
    f->report->left_out++;
    return !f->left_out || f->left_out(cx, f->owner, bad);
}

static bool spender_take(struct cx *cx, struct fitting *f, const struct summary_row *row) {
    if (row->c.x < 1) {
        f->report->without_repeat++;
        return true;
    }
    if (!(row->spend >= spend_least && row->spend <= spend_most)) {
        const struct import_reject bad = {.line = (int64_t)row->line,
                                          .reason = isnan(row->spend) ? S("summary.no_spend")
                                                    : row->spend <= 0 ? S("summary.spend_not_positive")
                                                                      : S("summary.spend_beyond"),
                                          .detail = cx_text(cx, "%g", row->spend),
                                          .row = row->customer};
        return refuse(cx, f, &bad);
    }
    f->spender = heap_grown(f->spender, &f->spender_room, f->n + 1, sizeof *f->spender);
    f->spender[f->n++] = (struct gammagamma_customer){row->c.x, row->spend};
    return true;
}

static bool row_take(struct cx *cx, struct fitting *f, const struct summary_row *row) {
    if (is_gammagamma(f->request)) {
        return spender_take(cx, f, row);
    }
    if (f->options->covariates > 0) {
        f->group = heap_grown(f->group, &f->group_room, f->n + 1, sizeof *f->group);
        if (!group_take(cx, f, row, &f->group[f->n])) {
            return false;
        }
    }
    f->customer = heap_grown(f->customer, &f->customer_room, f->n + 1, sizeof *f->customer);
    f->customer[f->n++] = row->c;
    return true;
}

static bool read_all(struct cx *cx, struct fitting *f, struct summary *summary) {
    const struct progress *progress = &f->options->progress;
    struct summary_row row;
    struct import_reject bad;
    for (;;) {
        enum summary_next next = summary_next(cx, summary, &row, &bad);
        if (next == SUMMARY_END || next == SUMMARY_FAIL) {
            return next == SUMMARY_END;
        }
        f->report->rows++;
        if (next == SUMMARY_BAD ? !refuse(cx, f, &bad) : !row_take(cx, f, &row)) {
            return false;
        }
        if (f->report->rows % PROGRESS_ROWS == 0 && progress->step) {
            progress->step(progress->owner, S("model.reading"), (uint64_t)f->report->rows, 0);
        }
    }
}

/* -- covariates -------------------------------------------------------------------------------------------------- */

/* Levels by code, whatever the order in which they came; place[old] is the new one. */
static void levels_sort(struct levels *levels, size_t *place) {
    struct levels old = *levels;
    for (size_t i = 0; i < old.n; i++) {
        size_t at = 0;
        for (size_t k = 0; k < old.n; k++) {
            at += str_compare(old.code[k], old.code[i]) < 0;
        }
        place[i] = at;
        levels->code[at] = old.code[i];
        levels->count[at] = old.count[i];
    }
    for (size_t i = 0; i < levels->n; i++) {
        levels->base = levels->count[i] > levels->count[levels->base] ? i : levels->base;
    }
}

static bool constant(const struct fitting *f, size_t i) {
    size_t n = f->options->covariates;
    for (size_t g = 1; g < f->groups_n; g++) {
        if (f->tuple[g * n + i].number != f->tuple[i].number) {
            return false;
        }
    }
    return true;
}

/* How many columns each covariate makes, and what they are called. */
static bool columns_count(struct cx *cx, struct fitting *f) {
    size_t n = f->options->covariates;
    for (size_t i = 0; i < n; i++) {
        struct model_covariate *c = &f->report->covariate[i];
        struct levels *levels = &f->levels[i];
        size_t place[LEVELS_MOST];
        *c = (struct model_covariate){.name = f->options->covariate[i], .number = f->about->number[i]};
        if (c->number ? constant(f, i) : levels->n < 2) {
            return cx_fail(cx, ERR_INVALID, S("model.covariate_constant"), c->name);
        }
        if (!c->number) {
            levels_sort(levels, place);
            for (size_t g = 0; g < f->groups_n; g++) {
                f->tuple[g * n + i].level = place[f->tuple[g * n + i].level];
            }
            c->base = levels->code[levels->base];
            c->levels = levels->n;
        }
        f->columns += c->number ? 1 : levels->n - 1;
    }
    return f->columns <= MODEL_COVARIATES ||
           cx_fail(cx, ERR_LIMIT, S("model.too_many_columns"), cx_text(cx, "%zu", f->columns),
                   cx_text(cx, "%d", MODEL_COVARIATES));
}

static int by_row(const void *a, const void *b, void *owner) {
    const struct fitting *f = owner;
    const double *x = f->z + *(const uint32_t *)a * f->columns, *y = f->z + *(const uint32_t *)b * f->columns;
    for (size_t i = 0; i < f->columns; i++) {
        if (x[i] != y[i]) {
            return x[i] < y[i] ? -1 : 1;
        }
    }
    return 0;
}

static void row_fill(const struct fitting *f, const union value *tuple, double *z) {
    for (size_t i = 0; i < f->options->covariates; i++) {
        if (f->about->number[i]) {
            *z++ = tuple[i].number;
            continue;
        }
        for (size_t level = 0; level < f->levels[i].n; level++) {
            if (level != f->levels[i].base) {
                *z++ = tuple[i].level == level ? 1 : 0;
            }
        }
    }
}

/* The rows of the design in their own order; customers get the new numbers of their groups. */
static void design_make(struct fitting *f) {
    size_t n = f->options->covariates;
    uint32_t *order = heap_raw(f->groups_n, sizeof *order), *place = heap_raw(f->groups_n, sizeof *place);
    double *sorted = heap_raw(f->groups_n * f->columns, sizeof *sorted);
    f->z = heap_raw(f->groups_n * f->columns, sizeof *f->z);
    for (size_t g = 0; g < f->groups_n; g++) {
        row_fill(f, f->tuple + g * n, f->z + g * f->columns);
        order[g] = (uint32_t)g;
    }
    qsort_r(order, f->groups_n, sizeof *order, by_row, f);
    for (size_t g = 0; g < f->groups_n; g++) {
        memcpy(sorted + g * f->columns, f->z + order[g] * f->columns, f->columns * sizeof *sorted);
        place[order[g]] = (uint32_t)g;
    }
    for (size_t i = 0; i < f->n; i++) {
        f->group[i] = place[f->group[i]];
    }
    free(order);
    free(place);
    free(f->z);
    f->z = sorted;
}

static struct model_effect *put_effect(struct model_effect *to, const struct fitting *f, bool drop, size_t i,
                                       const struct str *level, size_t column) {
    const struct model_fit *fit = &f->report->fit;
    *to = (struct model_effect){.drop = drop,
                                .has_level = level != NULL,
                                .column = f->options->covariate[i],
                                .level = level != NULL ? *level : (struct str){0},
                                .value = drop ? fit->drop[column] : fit->rate[column],
                                .se = drop ? fit->drop_se[column] : fit->rate_se[column]};
    return to + 1;
}

static void effects_name(struct cx *cx, struct fitting *f) {
    struct model_report *report = f->report;
    struct model_effect *to = report->effect = arena_new(cx->arena, struct model_effect, 2 * MODEL_COVARIATES);
    int kinds = model_takes_drop(f->request->kind) ? 2 : 1;
    for (int drop = 0; drop < kinds; drop++) {
        size_t column = 0;
        for (size_t i = 0; i < f->options->covariates; i++) {
            if (f->about->number[i]) {
                to = put_effect(to, f, drop != 0, i, NULL, column++);
                continue;
            }
            for (size_t level = 0; level < f->levels[i].n; level++) {
                if (level != f->levels[i].base) {
                    to = put_effect(to, f, drop != 0, i, &f->levels[i].code[level], column++);
                }
            }
        }
    }
    report->effects = (size_t)(to - report->effect);
}

/* -- fitting ----------------------------------------------------------------------------------------------------- */

static enum stat_code fit_spend(struct arena *arena, struct fitting *f) {
    int64_t left_out = 0;
    enum stat_code code = gammagamma_fit(arena, f->spender, f->n, f->request->threads, &left_out, &f->report->fit);
    f->report->left_out += left_out;
    return code;
}

static enum stat_code fit_times(struct arena *arena, struct fitting *f) {
    const struct model_request *request = f->request;
    const struct model_def *def = model_of(request->kind);
    struct cbs data;
    enum stat_code code =
        cbs_make(arena, f->customer, f->group, f->n, def->litt && !def->has_k, request->threads, &data);
    free(f->customer);
    f->customer = NULL;
    f->repeat = code == STAT_OK && data.repeaters > 0;
    struct model_fit_options options = {.k = request->k,
                                        .covariates = {.n = f->columns, .groups = f->groups_n, .z = f->z},
                                        .threads = request->threads,
                                        .seed = request->seed,
                                        .chains = request->chains,
                                        .draws = request->draws};
    return code == STAT_OK ? def->fit(arena, &data, &options, &f->report->fit) : code;
}

static bool fit(struct cx *cx, struct fitting *f) {
    struct arena arena;
    struct str n = cx_text(cx, "%zu", f->n);
    const char *name = model_name(f->request->kind);
    if (f->n == 0) {
        return cx_fail(cx, ERR_INVALID, f->report->rows == 0 ? S("model.no_rows") : S("model.nobody_left"),
                       cx_text(cx, "%lld", (long long)f->report->rows));
    }
    arena_init(&arena, 0, cx->arena->full, cx->arena->owner);
    enum stat_code code = is_gammagamma(f->request) ? fit_spend(&arena, f) : fit_times(&arena, f);
    arena_clear(&arena);
    if (code == STAT_OK) {
        return true;
    }
    struct str key = code != STAT_TOO_FEW                     ? S("model.cannot_fit")
                     : f->repeat || is_gammagamma(f->request) ? S("model.too_few")
                                                              : S("model.no_repeat");
    return cx_fail(cx, ERR_INVALID, key, str_from(name), n);
}

static void fitting_clear(struct fitting *f) {
    for (size_t i = 0; i < f->options->covariates; i++) {
        map_clear(&f->levels[i].place);
    }
    map_clear(&f->groups);
    free(f->customer);
    free(f->spender);
    free(f->group);
    free(f->tuple);
    free(f->z);
}

static bool ready(struct cx *cx, const struct model_request *request, const struct summary_options *options) {
    if (options->covariates > 0 && !model_takes_rate(request->kind)) {
        return cx_fail(cx, ERR_INVALID, S("model.no_covariates"), str_from(model_name(request->kind)));
    }
    return model_k_ready(cx, request->kind, request->k, false);
}

bool model_fit_run(struct cx *cx, struct summary *summary, const struct summary_options *options,
                   const struct model_request *request, import_reject_visit *left_out, void *owner,
                   struct model_report *out) {
    struct fitting *f = arena_new(cx->arena, struct fitting, 1);
    *out = (struct model_report){.covariates = options->covariates,
                                 .covariate = arena_new(cx->arena, struct model_covariate, options->covariates + 1)};
    *f = (struct fitting){.request = request,
                          .options = options,
                          .about = summary_about(summary),
                          .report = out,
                          .left_out = left_out,
                          .owner = owner};
    for (size_t i = 0; i < options->covariates; i++) {
        map_init(&f->levels[i].place, 0, cx->arena->full, cx->arena->owner);
    }
    map_init(&f->groups, 0, cx->arena->full, cx->arena->owner);
    bool ok = ready(cx, request, options) && read_all(cx, f, summary);
    if (ok && options->covariates > 0 && f->n > 0) {
        ok = columns_count(cx, f);
        if (ok) {
            design_make(f);
        }
    }
    ok = ok && fit(cx, f);
    if (ok && options->covariates > 0) {
        effects_name(cx, f);
    }
    fitting_clear(f);
    return ok;
}
