// SPDX-License-Identifier: Apache-2.0
/* model_invent.c -- invented customers in batches, each from a stream of chance of its own: (seed, number).
 *
 * Where the times of purchases are handed out they stay in memory for a batch, so batches are made small enough that they
 * hold about EVENTS_A_BATCH of them.
 */
#include <float.h>
#include <math.h>

#include <string.h>

#include "app/heap.h"
#include "app/model.h"
#include "base/parallel.h"
#include "stats/simulate.h"

enum { TASK_MOST = 4096, TASKS = 16, EVENTS_A_BATCH = 1 << 20 };

struct bench {
    double *time; /* [SIMULATE_PURCHASES_MOST] of the customer at hand: pages that are never reached cost nothing */
    double *kept; /* the task's events one after the other */
    size_t kept_n, kept_room;
    int64_t failed; /* number of a customer; 0: none */
};

struct inventing {
    const struct model_invention *how;
    struct model_invented *row;
    size_t task; /* customers a task */
    int64_t first;
    size_t n;
    struct bench bench[TASKS];
};

/* A gap that a double beside its time cannot hold (very irregular buying) counts as the smallest that it can. */
static double log_gaps(const double *time, size_t n) {
    double sum = 0, before = 0;
    for (size_t i = 0; i < n; i++) {
        double gap = time[i] - before;
        sum += log(gap > 0 ? gap : nextafter(before, INFINITY) - before);
        before = time[i];
    }
    return sum;
}

static bool customer_invent(const struct inventing *v, struct bench *b, int64_t number, struct model_invented *out) {
    const struct model_invention *how = v->how;
    struct random chance;
    size_t n = 0;
    random_seed(&chance, how->seed, (uint64_t)number);
    out->start = how->starts > 0 ? how->starts * random_unit(&chance) : 0;
    double T = how->until - out->start;
    if (simulate_customer(&how->params, &chance, T, b->time, SIMULATE_PURCHASES_MOST, &n) != STAT_OK) {
        b->failed = number;
        return false;
    }
    out->c = (struct cbs_customer){
        .x = (double)n, .t_x = n > 0 ? fmax(b->time[n - 1], DBL_MIN) : 0, .T = T, .litt = log_gaps(b->time, n)};
    if (how->events && n > 0) {
        b->kept = heap_grown(b->kept, &b->kept_room, b->kept_n + n, sizeof *b->kept);
        memcpy(b->kept + b->kept_n, b->time, n * sizeof *b->kept);
        b->kept_n += n;
    }
    return true;
}

static void task_run(void *owner, size_t task) {
    struct inventing *v = owner;
    struct bench *b = &v->bench[task];
    size_t from = task * v->task, to = from + v->task < v->n ? from + v->task : v->n;
    b->kept_n = 0;
    for (size_t i = from; i < to; i++) {
        if (!customer_invent(v, b, v->first + (int64_t)i, &v->row[i])) {
            return;
        }
    }
    const double *at = b->kept;
    for (size_t i = from; v->how->events && i < to; i++) {
        v->row[i].time = at;
        at += (size_t)v->row[i].c.x;
    }
}

/* Customers a task, so that a batch holds about EVENTS_A_BATCH events. */
static size_t task_size(const struct model_invention *how) {
    double each = 1 + model_of(how->params.kind)->expected_new(&how->params, how->until);
    double fitting = EVENTS_A_BATCH / TASKS / each;
    return !how->events || fitting >= TASK_MOST ? TASK_MOST : fitting > 1 ? (size_t)fitting : 1;
}

static bool batch_give(struct cx *cx, struct inventing *v, model_invent_visit *visit, void *owner) {
    size_t tasks = (v->n + v->task - 1) / v->task;
    parallel_run(v->how->threads, tasks, task_run, v);
    for (size_t i = 0; i < tasks; i++) {
        if (v->bench[i].failed != 0) {
            return cx_fail(cx, ERR_LIMIT, S("model.too_many_purchases"),
                           cx_text(cx, "%lld", (long long)v->bench[i].failed),
                           cx_text(cx, "%d", SIMULATE_PURCHASES_MOST));
        }
    }
    return visit(cx, owner, v->first, v->row, v->n);
}

bool model_invent_run(struct cx *cx, const struct model_invention *how, model_invent_visit *visit, void *owner) {
    struct inventing *v = arena_new(cx->arena, struct inventing, 1);
    bool ok = true;
    if (how->params.kind == MODEL_GAMMAGAMMA) {
        return cx_fail(cx, ERR_INVALID, S("model.no_times"), str_from(model_name(how->params.kind)));
    }
    v->how = how;
    v->task = task_size(how);
    v->row = heap_raw(TASKS * v->task, sizeof *v->row);
    for (size_t i = 0; i < TASKS; i++) {
        v->bench[i].time = heap_raw(SIMULATE_PURCHASES_MOST, sizeof(double));
    }
    for (int64_t done = 0; ok && done < how->customers; done += (int64_t)v->n) {
        int64_t left = how->customers - done, most = (int64_t)(TASKS * v->task);
        v->first = done + 1;
        v->n = (size_t)(left < most ? left : most);
        ok = batch_give(cx, v, visit, owner);
    }
    for (size_t i = 0; i < TASKS; i++) {
        free(v->bench[i].time);
        free(v->bench[i].kept);
    }
    free(v->row);
    return ok;
}
