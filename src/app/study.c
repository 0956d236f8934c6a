// SPDX-License-Identifier: Apache-2.0
/* study -- see the header. Must not compute anything itself: it calls what the commands `cycle`, `backtest` and `policy test` call.
 */
#include "app/study.h"

#include <stdlib.h>

#include "app/heap.h"
#include "base/secret.h"
#include "store/policy.h"
#include "store/score.h"
#include "store/setting.h"

static bool end(struct cx *cx, struct db *db, bool done) {
    if (done && db_commit(cx, db))
        return true;
    db_rollback(db);
    return false;
}

/* ---- asking ---- */

/* What the answer hangs on, short: the same mark is the same question. The rhythm does not hang on the rules. */
static struct str mark_of(struct cx *cx, const struct study_wish *wish, const struct policy *now, int64_t facts) {
    struct str rules = wish->kind == STUDY_CYCLE ? (struct str){0} : policy_text(cx->arena, now);
    struct str tried = wish->kind == STUDY_RULES ? policy_text(cx->arena, wish->policy) : (struct str){0};
    return secret_hash(cx->arena, cx_text(cx, "%d %d %d %lld\n%.*s\n%.*s", (int)wish->kind, (int)wish->as_of.n,
                                          wish->as_of_given, (long long)facts, STR_ARG(rules), STR_ARG(tried)));
}

static bool ask(struct cx *cx, struct db *db, const struct study_wish *wish, int64_t *id) {
    struct policy now;
    struct study study = {.kind = wish->kind, .who = wish->who, .asked_us = wish->now_us, .as_of = wish->as_of};
    bool again = false;
    if (!policy_load(cx, db, &now) || !score_facts(cx, db, &study.facts))
        return false;
    if (wish->kind == STUDY_RULES)
        study.about = policy_text(cx->arena, wish->policy);
    return study_add(cx, db, &study, mark_of(cx, wish, &now, study.facts), id, &again);
}

bool study_ask(struct cx *cx, struct db *db, const struct study_wish *wish, int64_t *id) {
    return db_write(cx, db) && end(cx, db, ask(cx, db, wish, id));
}

bool study_look(struct cx *cx, struct db *db, int64_t id, struct study *out) {
    bool found = false, done = db_read(cx, db) && study_find(cx, db, id, &found, out);
    db_rollback(db);
    return done && (found || cx_fail(cx, ERR_NOT_FOUND, S("study.unknown")));
}

bool study_current(struct cx *cx, struct db *db, struct study_current *out) {
    bool done = db_read(cx, db) && study_newest(cx, db, &out->cycle, &out->backtest, &out->facts);
    db_rollback(db);
    return done;
}

bool study_customers(struct cx *cx, struct db *db, const struct study_ask *ask, study_customer_visit *visit,
                     void *owner) {
    bool done = db_read(cx, db) && study_customer_each(cx, db, ask, visit, owner);
    db_rollback(db);
    return done;
}

/* ---- answering ---- */

static bool groups_take(struct cx *cx, struct db *db, struct day as_of, enum flow_by by, struct study_cycle *out) {
    struct rhythm_group *group;
    size_t n;
    if (!rhythm_make(cx, db, as_of, by, &group, &n))
        return false;
    for (size_t i = 0; i < n && i < STUDY_GROUPS; i++) {
        const struct rhythm_group *g = &group[i];
        struct study_group *to = &out->group[out->n++];
        *to = (struct study_group){.by = by,
                                   .group = g->group,
                                   .customers = g->customers,
                                   .repeat_customers = g->repeat_customers,
                                   .gaps = g->gaps->n,
                                   .bars = rhythm_bars(g)};
        for (int k = 0; k < 4; k++)
            to->within[k] = g->within[k];
        if (g->enough)
            to->rule = policy_rule_text(cx->arena, &g->recommended);
    }
    return true;
}

static bool cycle_answer(struct cx *cx, struct db *db, struct study *study) {
    static const enum flow_by kinds[] = {FLOW_ALL, FLOW_SEGMENT, FLOW_REGION, FLOW_ABC};
    enum { KINDS = sizeof kinds / sizeof *kinds };
    const struct score_need need = {.as_of = study->as_of};
    struct study_cycle cycle = {.group = arena_new(cx->arena, struct study_group, KINDS * STUDY_GROUPS)};
    struct score_run run;
    if (!score_for(cx, db, &need, NULL, &run))
        return false;
    bool done = true;
    for (size_t i = 0; done && i < KINDS; i++)
        done = groups_take(cx, db, study->as_of, kinds[i], &cycle);
    db_rollback(db);
    study->facts = run.facts;
    study->result = study_cycle_text(cx->arena, &cycle);
    return done;
}

static bool backtest_answer(struct cx *cx, struct db *db, const struct study_work *work, struct study *study) {
    struct backtest_report *report = arena_new(cx->arena, struct backtest_report, 1);
    const struct backtest_wish wish = {
        .horizon_days = STUDY_HORIZON, .as_of = study->as_of, .as_of_given = work->as_of_given};
    if (!backtest_make(cx, db, &wish, work->progress, report))
        return false;
    study->result = study_backtest_text(cx, report);
    return true;
}

struct changes {
    struct study_change *change;
    size_t n, room;
};

static bool change_take(struct cx *cx, void *owner, const struct score_scan *row, enum status before) {
    (void)cx;
    struct changes *all = owner;
    all->change = heap_grown_zeroed(all->change, &all->room, all->n + 1, sizeof *all->change);
    all->change[all->n++] = (struct study_change){row->customer_id, row->value_12m, before, row->status};
    return true;
}

static int by_value(const void *a, const void *b) {
    const struct study_change *x = a, *y = b;
    if (x->value_cents != y->value_cents)
        return x->value_cents > y->value_cents ? -1 : 1;
    return (x->customer_id > y->customer_id) - (x->customer_id < y->customer_id);
}

static bool rules_answer(struct cx *cx, struct db *db, const struct study_work *work, struct study *study,
                         struct changes *all) {
    struct rules_change *change = arena_new(cx->arena, struct rules_change, 1);
    const struct rules_comparing how = {
        .as_of = study->as_of, .progress = work->progress, .visit = change_take, .owner = all};
    if (!policy_parse(cx, study->about, &change->after) || !rules_compare(cx, db, &how, change))
        return false;
    if (all->n > 0)
        qsort(all->change, all->n, sizeof *all->change, by_value);
    study->facts = change->run.facts;
    study->result = study_fit_text(cx->arena, change, policy_line(cx->arena, &change->before));
    return true;
}

static bool answer(struct cx *cx, struct db *db, const struct study_work *work, struct study *study,
                   struct changes *all) {
    switch (study->kind) {
    case STUDY_CYCLE:
        return cycle_answer(cx, db, study);
    case STUDY_BACKTEST:
        return backtest_answer(cx, db, work, study);
    case STUDY_RULES:
        return rules_answer(cx, db, work, study, all);
    }
    return cx_fail(cx, ERR_BUG, S("study.unknown"));
}

/* Those that are over and nobody asks for any more go. */
static bool answer_keep(struct cx *cx, struct db *db, const struct study *study, const struct changes *all) {
    bool mine = false;
    if (!db_write(cx, db))
        return false;
    bool done = study_end(cx, db, study, &mine) &&
                (!mine || (study_changes_put(cx, db, study->id, all->change, all->n) &&
                           study_drop(cx, db, study->kind, study->kind == STUDY_RULES ? STUDY_KEPT : 2)));
    return end(cx, db, done);
}

static bool run(struct cx *cx, struct db *db, const struct study_work *work, struct study *study) {
    struct changes all = {0};
    bool done = answer(cx, db, work, study, &all);
    study->state = done ? STUDY_DONE : STUDY_FAILED;
    if (!done) {
        all.n = 0;
        study->told = err_line(cx->arena, &cx->err);
        cx_clear(cx);
    }
    study->ended_us = work->clock_us();
    bool kept = answer_keep(cx, db, study, &all);
    free(all.change);
    return kept;
}

static bool first_of(struct cx *cx, struct db *db, bool *asked, bool *running, struct study *out) {
    struct study other;
    bool done = db_read(cx, db) && study_first(cx, db, STUDY_RUNNING, running, &other) &&
                study_first(cx, db, STUDY_ASKED, asked, out);
    db_rollback(db);
    return done;
}

bool study_wait(struct cx *cx, struct db *db, bool *out) {
    struct study study;
    bool asked = false, running = false, done = first_of(cx, db, &asked, &running, &study);
    *out = asked || running;
    return done;
}

bool study_next(struct cx *cx, struct db *db, const struct study_work *work, int64_t *id) {
    struct study study;
    bool found = false, left = false, mine = false;
    *id = 0;
    if (!first_of(cx, db, &found, &left, &study))
        return false;
    if (left && !(db_write(cx, db) && end(cx, db, study_left(cx, db)) && first_of(cx, db, &found, &left, &study)))
        return false;
    if (!found)
        return true;
    if (!db_write(cx, db) || !end(cx, db, study_claim(cx, db, study.id, work->clock_us(), &mine)))
        return false;
    *id = study.id;
    return !mine || run(cx, db, work, &study);
}
