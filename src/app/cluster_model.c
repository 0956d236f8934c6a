// SPDX-License-Identifier: Apache-2.0
/* cluster_model -- a model fitted to the customers that a cluster counts, and its chances given back.
 *
 * To a model a customer is (x, t_x, T), and many are equal: the cluster counts them, and its counts are all that a fit needs. Chances of the NBD, and
 * P(alive) and P(active) of BG/NBD and MBG/NBD, are closed forms that the cluster computes by itself from the parameters. Everything else is
 * computed here, once for each (x, t_x, T), by the functions that `model predict` uses, and looked up there.
 */
#include "app/cluster_parts.h"

#include "app/heap.h"
#include "core/model_text.h"

enum { ROWS_AT_ONCE = 100000, ROW_BYTES = 120 };

struct counting {
    double *x, *t_x, *T, *weight;
    size_t n, x_room, t_x_room, T_room, weight_room;
    struct cbs cbs;
    bool bad;
};

bool cluster_model_ready(struct cx *cx, enum model_kind kind) {
    const struct model_def *def = kind == MODEL_NONE ? NULL : model_of(kind);
    if (kind == MODEL_NONE)
        return true;
    if (kind == MODEL_GAMMAGAMMA || (def->litt && !def->has_k))
        return cx_fail(cx, ERR_INVALID, S("cluster.model"), str_from(model_name(kind)));
    return true;
}

static bool count_take(void *owner, struct str line) {
    struct counting *c = owner;
    double x = (double)cluster_int(cluster_field(&line)), t_x = (double)cluster_int(cluster_field(&line));
    double T = (double)cluster_int(cluster_field(&line)), n = (double)cluster_int(cluster_field(&line));
    const struct cbs_customer customer = {.x = x, .t_x = t_x, .T = T};
    if (cbs_check(&customer, false) != CBS_FINE || n < 1)
        return !(c->bad = true);
    c->x = heap_grown(c->x, &c->x_room, c->n + 1, sizeof *c->x);
    c->t_x = heap_grown(c->t_x, &c->t_x_room, c->n + 1, sizeof *c->t_x);
    c->T = heap_grown(c->T, &c->T_room, c->n + 1, sizeof *c->T);
    c->weight = heap_grown(c->weight, &c->weight_room, c->n + 1, sizeof *c->weight);
    c->x[c->n] = x;
    c->t_x[c->n] = t_x;
    c->T[c->n] = T;
    c->weight[c->n++] = n;
    c->cbs.customers += (int64_t)n;
    c->cbs.repeaters += x > 0 ? (int64_t)n : 0;
    c->cbs.x_sum += x * n;
    c->cbs.T_sum += T * n;
    return true;
}

static bool count(struct cluster_run *run, struct counting *c) {
    bool ok = cluster_run_ask(run, "histogram", count_take, c);
    if (!ok && c->bad) {
        cx_clear(run->cx);
        return cx_fail(run->cx, ERR_DB, S("cluster.strange_answer"), S("histogram"));
    }
    c->cbs.rows = c->n;
    c->cbs.x = c->x;
    c->cbs.t_x = c->t_x;
    c->cbs.T = c->T;
    c->cbs.weight = c->weight;
    c->cbs.litt_sum = run->litt;
    run->report->distinct_customers = (int64_t)c->n;
    return ok && (c->n > 0 || cx_fail(run->cx, ERR_INVALID, S("model.no_rows"), S("0")));
}

static bool fit(struct cluster_run *run, const struct counting *c) {
    const struct cluster_request *request = run->request;
    struct cx *cx = run->cx;
    struct arena arena;
    const struct model_fit_options options = {.k = request->k, .threads = request->threads};
    arena_init(&arena, 0, cx->arena->full, cx->arena->owner);
    enum stat_code code = model_of(request->model)->fit(&arena, &c->cbs, &options, &run->report->fit);
    arena_clear(&arena);
    run->report->fitted = code == STAT_OK;
    struct str key = code != STAT_TOO_FEW   ? S("model.cannot_fit")
                     : c->cbs.repeaters > 0 ? S("model.too_few")
                                            : S("model.no_repeat");
    return code == STAT_OK || cx_fail(cx, ERR_INVALID, key, str_from(model_name(request->model)),
                                      cx_text(cx, "%lld", (long long)c->cbs.customers));
}

/* -- what a model says of each ----------------------------------------------------------------------------------- */

static bool some_put(struct cluster_run *run, const struct counting *c, size_t from, size_t n, double *said) {
    double *alive = said, *active = said + n, *expected = said + 2 * n;
    const struct model_many many = {.n = n, .x = c->x + from, .t_x = c->t_x + from, .T = c->T + from};
    if (model_predict(&run->report->fit.params, &many, run->request->horizon_days, run->request->threads, alive, active,
                      expected) != STAT_OK)
        return cx_fail(run->cx, ERR_INVALID, S("model.cannot_predict"), str_from(model_name(run->request->model)));
    struct arena_mark mark = arena_mark_get(run->cx->arena);
    struct buf rows;
    buf_init(&rows, run->cx->arena, 0);
    for (size_t i = 0; i < n; i++)
        buf_printf(&rows, "%.0f\t%.0f\t%.0f\t%.17g\t%.17g\t%.17g\n", many.x[i], many.t_x[i], many.T[i], alive[i],
                   active[i], expected[i]);
    bool ok = cluster_run_put(run, "chance_fill", buf_str(&rows));
    if (ok)
        arena_rewind(run->cx->arena, mark);
    return ok;
}

static bool chances_put(struct cluster_run *run, const struct counting *c) {
    double *said = heap_raw((size_t)3 * ROWS_AT_ONCE, sizeof *said);
    bool ok = cluster_run_make(run, "chance_make", "x, t_x, observed");
    for (size_t from = 0; ok && from < c->n; from += ROWS_AT_ONCE)
        ok = some_put(run, c, from, c->n - from < ROWS_AT_ONCE ? c->n - from : ROWS_AT_ONCE, said);
    free(said);
    return ok;
}

/* Which statement has a model's closed form; NULL: none. */
static const struct closed {
    enum model_kind kind;
    const char *alive, *active, *expected;
} closed_forms[] = {{MODEL_NBD, "nbd_alive", "nbd_active", "nbd_expected"},
                    {MODEL_BGNBD, "bgnbd_alive", "alive_active", NULL},
                    {MODEL_MBGNBD, "mbgnbd_alive", "alive_active", NULL}};

static struct closed closed_of(enum model_kind kind) {
    for (size_t i = 0; i < sizeof closed_forms / sizeof *closed_forms; i++) {
        if (closed_forms[i].kind == kind)
            return closed_forms[i];
    }
    return (struct closed){.kind = kind};
}

static bool chances_set(struct cluster_run *run, const struct closed *form) {
    struct cluster_words *words = &run->words;
    const struct model_params *params = &run->report->fit.params;
    for (size_t i = 0; i < model_params_n(params->kind); i++)
        cluster_set_real(run->cx->arena, words, model_param_name(params->kind, i), params->v[i]);
    cluster_set_real(run->cx->arena, words, "horizon", run->request->horizon_days);
    return cluster_part(run->cx, words, form->alive ? form->alive : "joined_alive", "alive") &&
           cluster_part(run->cx, words, form->active ? form->active : "joined_active", "active") &&
           cluster_part(run->cx, words, form->expected ? form->expected : "joined_expected", "expected");
}

static void counting_clear(struct counting *c) {
    free(c->x);
    free(c->t_x);
    free(c->T);
    free(c->weight);
}

bool cluster_model(struct cluster_run *run) {
    struct cluster_words *words = &run->words;
    if (!cluster_part(run->cx, words, "result_plain", "plain"))
        return false;
    if (run->request->model == MODEL_NONE)
        return cluster_part(run->cx, words, "result_plain", "result_from") &&
               cluster_part(run->cx, words, "none", "alive") && cluster_part(run->cx, words, "none", "active") &&
               cluster_part(run->cx, words, "none", "expected");
    struct closed form = closed_of(run->request->model);
    struct counting counting = {0};
    cluster_run_step(run, S("cluster.step_model"));
    bool ok = count(run, &counting) && fit(run, &counting);
    if (ok && form.expected == NULL)
        ok = chances_put(run, &counting) && cluster_part(run->cx, words, "result_foretold", "result_from");
    else if (ok)
        ok = cluster_part(run->cx, words, "result_plain", "result_from");
    ok = ok && chances_set(run, &form);
    counting_clear(&counting);
    return ok;
}
