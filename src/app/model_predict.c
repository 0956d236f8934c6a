// SPDX-License-Identifier: Apache-2.0
/* model_predict.c -- customers in batches, each batch cut into tasks, equal customers of a task computed once.
 *
 * Counting each different customer once is worth it because an interval costs far more than a look into a small table,
 * and most customers of a company look alike (one purchase, some day). A prediction never depends on who stands beside:
 * a customer gives the same bits alone. Memory: one batch.
 */
#include <math.h>
#include <string.h>

#include "app/heap.h"
#include "app/model.h"
#include "base/parallel.h"
#include "stats/gammagamma.h"

enum { BATCH = 1 << 17, TASK = 1 << 13, TASKS = BATCH / TASK, TABLE = 2 * TASK };

static const double interval_share = 0.8;

/* What decides a prediction, and the prediction. */
struct distinct {
    struct cbs_customer c;
    double rate, drop; /* the sums of the customer's effects */
    double p_alive, p_active, expected, low, high;
};

/* One task's own room. */
struct bench {
    struct arena arena;
    struct distinct *distinct; /* [TASK] */
    uint32_t *table;           /* [TABLE] place + 1 of a distinct one; 0: free */
    uint32_t *of;              /* [TASK] row to distinct */
    double *column;            /* [7][TASK]: x, t_x, T, litt, and what comes out */
    size_t n;
    bool failed;
};

struct predicting {
    const struct model_foretelling *how;
    const struct summary_options *options;
    const struct summary_about *about;
    struct model_prediction *row; /* [BATCH] */
    double *rate, *drop;          /* [BATCH] */
    struct arena texts;
    size_t n;
    struct bench bench[TASKS];
    struct model_foretold *report;
};

/* -- one task ---------------------------------------------------------------------------------------------------- */

static uint64_t bits_of(double v) {
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static uint64_t distinct_hash(const struct cbs_customer *c, double rate, double drop) {
    const double part[] = {c->x, c->t_x, c->T, c->litt, rate, drop};
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        hash = (hash ^ bits_of(part[i])) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 29;
    }
    return hash ^ hash >> 32;
}

static bool distinct_is(const struct distinct *d, const struct cbs_customer *c, double rate, double drop) {
    return bits_of(d->c.x) == bits_of(c->x) && bits_of(d->c.t_x) == bits_of(c->t_x) &&
           bits_of(d->c.T) == bits_of(c->T) && bits_of(d->c.litt) == bits_of(c->litt) &&
           bits_of(d->rate) == bits_of(rate) && bits_of(d->drop) == bits_of(drop);
}

static uint32_t distinct_place(struct bench *b, const struct cbs_customer *c, double rate, double drop) {
    size_t at = distinct_hash(c, rate, drop) % TABLE;
    for (; b->table[at] != 0; at = (at + 1) % TABLE) {
        if (distinct_is(&b->distinct[b->table[at] - 1], c, rate, drop)) {
            return b->table[at] - 1;
        }
    }
    b->distinct[b->n] = (struct distinct){.c = *c, .rate = rate, .drop = drop};
    b->table[at] = (uint32_t)++b->n;
    return (uint32_t)b->n - 1;
}

/* The parameters of customers whose effects sum to rate and drop: one column each, with these sums as their values. */
static struct model_params params_with(const struct model_foretelling *how, double rate, double drop) {
    if (how->text.effects == 0) {
        return how->text.params;
    }
    struct model_fit fit = {.params = how->text.params, .rate = {1, 0}, .drop = {0, 1}};
    const double z[] = {rate, drop};
    const struct model_covariates covariates = {.n = 2, .groups = 1, .z = z};
    return model_with(&fit, &covariates, z);
}

/* Neighbours with the same parameters, from `from` on, at once; *to: after the last. */
static bool run_of_equals(struct bench *b, const struct model_foretelling *how, size_t from, size_t *to) {
    const struct distinct *first = &b->distinct[from];
    struct model_params params = params_with(how, first->rate, first->drop);
    double *column[7];
    size_t n = 0;
    for (size_t i = 0; i < 7; i++) {
        column[i] = b->column + i * TASK;
    }
    for (; from + n < b->n && bits_of(b->distinct[from + n].rate) == bits_of(first->rate) &&
           bits_of(b->distinct[from + n].drop) == bits_of(first->drop);
         n++) {
        const struct cbs_customer *c = &b->distinct[from + n].c;
        column[0][n] = c->x;
        column[1][n] = c->t_x;
        column[2][n] = c->T;
        column[3][n] = c->litt;
    }
    *to = from + n;
    const struct model_many many = {.n = n, .x = column[0], .t_x = column[1], .T = column[2], .litt = column[3]};
    if (model_predict(&params, &many, how->horizon, 1, column[4], column[5], column[6]) != STAT_OK) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        struct distinct *d = &b->distinct[from + i];
        d->p_alive = column[4][i];
        d->p_active = column[5][i];
        d->expected = column[6][i];
        arena_reset(&b->arena);
        if (model_interval(&b->arena, &params, &d->c, how->horizon, interval_share, &d->low, &d->high) != STAT_OK) {
            return false;
        }
    }
    return true;
}

static double spend_of(const struct model_foretelling *how, const struct model_prediction *row) {
    if (how->spend == NULL) {
        return NAN;
    }
    struct gammagamma_customer c = {row->c.x, row->spend};
    if (c.x > 0 && !(c.mean > 0)) {
        return NAN;
    }
    double v = gammagamma_expected(how->spend, &c);
    return isfinite(v) ? v : NAN;
}

static void task_run(void *owner, size_t task) {
    struct predicting *p = owner;
    struct bench *b = &p->bench[task];
    size_t from = task * TASK, n = p->n - from < TASK ? p->n - from : TASK;
    struct model_prediction *row = p->row + from;
    bool times = p->how->text.params.kind != MODEL_GAMMAGAMMA;
    b->n = 0;
    b->failed = false;
    memset(b->table, 0, TABLE * sizeof *b->table);
    for (size_t i = 0; times && i < n; i++) {
        b->of[i] = distinct_place(b, &row[i].c, p->rate[from + i], p->drop[from + i]);
    }
    for (size_t at = 0, next; at < b->n; at = next) {
        if (!run_of_equals(b, p->how, at, &next)) {
            b->failed = true;
            return;
        }
    }
    for (size_t i = 0; i < n; i++) {
        row[i].p_alive = row[i].p_active = row[i].expected = row[i].low = row[i].high = NAN;
        row[i].spend = spend_of(p->how, &row[i]);
        if (times) {
            const struct distinct *d = &b->distinct[b->of[i]];
            row[i].p_alive = d->p_alive;
            row[i].p_active = d->p_active;
            row[i].expected = d->expected;
            row[i].low = d->low;
            row[i].high = d->high;
        }
    }
}

/* -- batches ----------------------------------------------------------------------------------------------------- */

static size_t covariate_place(const struct summary_options *options, struct str name) {
    size_t i = 0;
    while (i < options->covariates && !str_equal(options->covariate[i], name)) {
        i++;
    }
    return i;
}

void model_predict_needs(struct cx *cx, const struct model_foretelling *how, struct summary_options *options) {
    enum model_kind kind = how->text.params.kind;
    struct str *name = arena_new(cx->arena, struct str, how->text.effects + 1);
    options->covariate = name;
    options->covariates = 0;
    for (size_t i = 0; i < how->text.effects; i++) {
        if (covariate_place(options, how->text.effect[i].column) == options->covariates) {
            name[options->covariates++] = how->text.effect[i].column;
        }
    }
    options->times = kind != MODEL_GAMMAGAMMA;
    options->litt = model_of(kind)->litt && !model_has_k(kind);
}

static bool effects_fit(struct cx *cx, const struct predicting *p) {
    for (size_t i = 0; i < p->how->text.effects; i++) {
        const struct model_effect *effect = &p->how->text.effect[i];
        bool number = p->about->number[covariate_place(p->options, effect->column)];
        if (!effect->has_level && !number) {
            return cx_fail(cx, ERR_INVALID, S("model.covariate_no_number"), effect->column);
        }
    }
    return true;
}

/* The sums of the row's effects; a level that no parameter names is the usual one, or counts as it. */
static void effects_sum(struct predicting *p, const struct summary_row *row, double *rate, double *drop) {
    *rate = *drop = 0;
    for (size_t i = 0; i < p->how->text.effects; i++) {
        const struct model_effect *effect = &p->how->text.effect[i];
        size_t at = covariate_place(p->options, effect->column);
        bool is = !effect->has_level || str_equal(effect->level, row->covariate[at]);
        double by = effect->has_level ? 1 : row->covariate_number[at];
        *(effect->drop ? drop : rate) += is ? effect->value * by : 0;
        p->report->met[i] = p->report->met[i] || is;
    }
}

static void row_take(struct predicting *p, const struct summary_row *row) {
    effects_sum(p, row, &p->rate[p->n], &p->drop[p->n]);
    p->row[p->n++] =
        (struct model_prediction){.customer = str_copy(&p->texts, row->customer), .c = row->c, .spend = row->spend};
}

static bool batch_give(struct cx *cx, struct predicting *p, model_predict_visit *visit, void *owner) {
    size_t tasks = (p->n + TASK - 1) / TASK;
    parallel_run(p->how->threads, tasks, task_run, p);
    for (size_t i = 0; i < tasks; i++) {
        if (p->bench[i].failed) {
            return cx_fail(cx, ERR_INVALID, S("model.cannot_predict"), str_from(model_name(p->how->text.params.kind)));
        }
    }
    bool ok = p->n == 0 || visit(cx, owner, p->row, p->n);
    p->n = 0;
    arena_reset(&p->texts);
    return ok;
}

static bool read_all(struct cx *cx, struct predicting *p, struct summary *summary, model_predict_visit *visit,
                     import_reject_visit *left_out, void *owner) {
    struct summary_row row;
    struct import_reject bad;
    for (;;) {
        enum summary_next next = summary_next(cx, summary, &row, &bad);
        if (next == SUMMARY_FAIL) {
            return false;
        }
        if (next == SUMMARY_END) {
            return batch_give(cx, p, visit, owner);
        }
        p->report->rows++;
        if (next == SUMMARY_BAD) {
            p->report->left_out++;
            if (left_out && !left_out(cx, owner, &bad)) {
                return false;
            }
            continue;
        }
        row_take(p, &row);
        if (p->n == BATCH && !batch_give(cx, p, visit, owner)) {
            return false;
        }
    }
}

static void predicting_open(struct cx *cx, struct predicting *p) {
    arena_init(&p->texts, 0, cx->arena->full, cx->arena->owner);
    p->row = heap_raw(BATCH, sizeof *p->row);
    p->rate = heap_raw(BATCH, sizeof *p->rate);
    p->drop = heap_raw(BATCH, sizeof *p->drop);
    for (size_t i = 0; i < TASKS; i++) {
        struct bench *b = &p->bench[i];
        arena_init(&b->arena, 0, cx->arena->full, cx->arena->owner);
        b->distinct = heap_raw(TASK, sizeof *b->distinct);
        b->table = heap_raw(TABLE, sizeof *b->table);
        b->of = heap_raw(TASK, sizeof *b->of);
        b->column = heap_raw((size_t)7 * TASK, sizeof *b->column);
    }
}

static void predicting_close(struct predicting *p) {
    arena_clear(&p->texts);
    free(p->row);
    free(p->rate);
    free(p->drop);
    for (size_t i = 0; i < TASKS; i++) {
        struct bench *b = &p->bench[i];
        arena_clear(&b->arena);
        free(b->distinct);
        free(b->table);
        free(b->of);
        free(b->column);
    }
}

bool model_predict_run(struct cx *cx, struct summary *summary, const struct summary_options *options,
                       const struct model_foretelling *how, model_predict_visit *visit, import_reject_visit *left_out,
                       void *owner, struct model_foretold *out) {
    struct predicting *p = arena_new(cx->arena, struct predicting, 1);
    *out = (struct model_foretold){0};
    *p = (struct predicting){.how = how, .options = options, .about = summary_about(summary), .report = out};
    if (!effects_fit(cx, p)) {
        return false;
    }
    predicting_open(cx, p);
    bool ok = read_all(cx, p, summary, visit, left_out, owner);
    predicting_close(p);
    return ok && (out->rows > out->left_out ||
                  cx_fail(cx, ERR_INVALID, out->rows == 0 ? S("model.no_rows") : S("model.nobody_left"),
                          cx_text(cx, "%lld", (long long)out->rows)));
}

bool model_never_dead(enum model_kind kind) {
    return kind == MODEL_BGNBD || kind == MODEL_BGCNBD;
}
