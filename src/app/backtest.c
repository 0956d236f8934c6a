// SPDX-License-Identifier: Apache-2.0
/* backtest.c -- the past read, cut, looked at and judged; the mathematics is stats/backtest.
 *
 * Invariant: what a candidate is told of a cut comes from backtest_look_make of that day and of one horizon before; days
 * after the cut are touched only where outcomes are counted (backtest_cases_make).
 */
#include "app/backtest.h"

#include <pthread.h>
#include <stdatomic.h>

#include "app/alive.h"
#include "app/backtest_look.h"
#include "app/buyers.h"
#include "app/heap.h"
#include "app/priors.h"
#include "app/score_change.h"
#include "base/limits.h"
#include "base/parallel.h"
#include "store/policy.h"

enum { HORIZONS_LEAST = 3, WEEK = 7 };

/* One seed for all: the same data give the same figures. */
static const uint64_t SEED = 20050901;

struct running {
    const struct backtest_wish *wish;
    struct arena arena;                               /* of all that is not reported */
    struct arena row_arena[LIMIT_BACKTEST_RULES + 1]; /* of the measures of one candidate: they are made side by side */
    struct sales sales;
    struct policy policy;
    struct derive_segments segments; /* of the priors */
    uint32_t model_segments;         /* as models number them: by code */
    struct str *label_code;
    size_t label_codes;
    struct day known_until;
    struct backtest_candidate candidate[LIMIT_BACKTEST_RULES + 1];
    size_t candidates;
    struct day cut[BACKTEST_CUTS_MOST];
    size_t cuts;
    uint32_t *place;
    struct history *history;
    struct day *closed_on;
    size_t n;
    struct backtest_company company;
    struct backtest_cases cases;
};

/* -- the past ---------------------------------------------------------------------------------------------------- */

static bool past_read(struct cx *cx, struct db *db, struct progress progress, struct running *r) {
    if (!db_read(cx, db))
        return false;
    bool ok = policy_load(cx, db, &r->policy) && sales_read(cx, db, r->wish->as_of, false, progress, &r->sales) &&
              score_label_codes(cx, db, &r->label_code, &r->label_codes);
    db_rollback(db);
    return ok;
}

static struct day first_purchase(const struct sales *sales) {
    struct day first = DAY_NONE;
    for (size_t i = 0; i < sales->n; i++) {
        const struct sale_customer *c = &sales->customer[i];
        for (uint32_t k = 0; k < c->days; k++) {
            if (!c->day[k].purchase)
                continue;
            if (!day_is(first) || c->day[k].day < first.n)
                first = (struct day){c->day[k].day};
            break;
        }
    }
    return first;
}

static struct str iso(struct cx *cx, struct day day) {
    char text[DAY_TEXT];
    size_t n = day_iso(day, text);
    return str_copy(cx->arena, (struct str){text, n});
}

/* -- cuts -------------------------------------------------------------------------------------------------------- */

static bool cuts_named(struct cx *cx, struct running *r, struct day first) {
    const struct backtest_wish *wish = r->wish;
    for (size_t i = 0; i < wish->ats; i++) {
        struct day at = wish->at[i];
        if (at.n < first.n)
            return cx_fail(cx, ERR_INVALID, S("backtest.cut_before"), iso(cx, at), iso(cx, first));
        if (at.n > r->known_until.n - wish->horizon_days)
            return cx_fail(cx, ERR_INVALID, S("backtest.cut_after"), iso(cx, at),
                           cx_text(cx, "%d", (int)wish->horizon_days), iso(cx, r->known_until));
        size_t place = r->cuts;
        while (place > 0 && r->cut[place - 1].n >= at.n)
            place--;
        if (place < r->cuts && r->cut[place].n == at.n)
            continue;
        if (r->cuts == BACKTEST_CUTS_MOST)
            return cx_fail(cx, ERR_LIMIT, S("backtest.too_many_cuts"), cx_text(cx, "%d", BACKTEST_CUTS_MOST));
        for (size_t k = r->cuts; k > place; k--)
            r->cut[k] = r->cut[k - 1];
        r->cut[place] = at;
        r->cuts++;
    }
    return true;
}

/* The last one a horizon before the end, the others a horizon apart: as many as leave two horizons before the first, one
 * to look back over and one to learn in. */
static void cuts_choose(struct running *r, struct day first) {
    int32_t horizon = r->wish->horizon_days;
    struct day at[BACKTEST_CUTS];
    size_t n = 0;
    for (int64_t day = (int64_t)r->known_until.n - horizon;
         n < BACKTEST_CUTS && day - (int64_t)first.n >= (int64_t)(HORIZONS_LEAST - 1) * horizon; day -= horizon)
        at[n++] = (struct day){(int32_t)day};
    for (size_t i = 0; i < n; i++)
        r->cut[i] = at[n - 1 - i];
    r->cuts = n;
}

/* -- customers --------------------------------------------------------------------------------------------------- */

static void history_take(struct running *r, const struct derive_places *places, uint32_t place) {
    const struct sale_customer *c = &r->sales.customer[place];
    int32_t *day = arena_new(&r->arena, int32_t, c->purchases);
    int64_t *cents = arena_new(&r->arena, int64_t, c->purchases);
    r->history[r->n] =
        (struct history){.day = day, .cents = cents, .segment = derive_place(places, c->label[LABEL_SEGMENT])};
    r->history[r->n].n = sale_customer_purchases(c, day, cents);
    r->place[r->n] = place;
    r->closed_on[r->n++] = c->closed_on;
}

/* Those with a purchase, by code, as a score hands them over; of very many a sample by their code, so that it is the same
 * one each time. */
static void customers_take(struct running *r, struct backtest_report *out) {
    struct buyers buyers;
    struct derive_places places;
    buyers_find(&r->sales, r->label_code, r->label_codes, &buyers);
    derive_places_make(buyers.segment, buyers.segments, &places);
    size_t known = buyers.n;
    uint64_t limit = known > LIMIT_BACKTEST_CUSTOMERS ? UINT64_MAX / known * LIMIT_BACKTEST_CUSTOMERS : UINT64_MAX;
    r->place = arena_new(&r->arena, uint32_t, known);
    r->history = arena_new(&r->arena, struct history, known);
    r->closed_on = arena_new(&r->arena, struct day, known);
    for (size_t i = 0; i < known; i++)
        if (str_hash(r->sales.customer[buyers.place[i]].code, SEED) <= limit)
            history_take(r, &places, buyers.place[i]);
    r->model_segments = (uint32_t)buyers.segments;
    out->customers_known = (int64_t)known;
    out->customers = (int64_t)r->n;
    derive_places_clear(&places);
    buyers_clear(&buyers);
}

static int64_t reps_count(struct running *r) {
    bool *seen = arena_new(&r->arena, bool, r->label_codes);
    int64_t reps = 0;
    for (size_t i = 0; i < r->cases.n; i++) {
        size_t rep = (size_t)r->sales.customer[r->place[r->cases.customer[i]]].label[LABEL_REP];
        if (rep == 0 || rep >= r->label_codes || seen[rep])
            continue;
        seen[rep] = true;
        reps++;
    }
    return reps;
}

/* -- looks ------------------------------------------------------------------------------------------------------- */

static bool look_at(struct cx *cx, struct running *r, const struct backtest_cut *cut, size_t cuts, struct day day,
                    struct backtest_look *out) {
    for (size_t i = 0; i < cuts; i++) {
        if (cut[i].at.day.n == day.n) {
            *out = cut[i].at;
            return true;
        }
    }
    const struct backtest_looking looking = {.sales = &r->sales,
                                             .place = r->place,
                                             .n = r->n,
                                             .policy = &r->policy,
                                             .segments = &r->segments,
                                             .label_code = r->label_code,
                                             .label_codes = r->label_codes};
    return backtest_look_make(cx, &r->arena, &looking, day, out);
}

static bool chances_asked(const struct running *r) {
    bool asked = policy_uses_probability(&r->policy);
    for (size_t i = 0; i < r->candidates; i++)
        asked = asked || (r->candidate[i].kind == BACKTEST_RULE && r->candidate[i].due.kind == DUE_PROBABILITY);
    return asked;
}

static bool company_make(struct cx *cx, struct running *r) {
    struct backtest_cut *cut = arena_new(&r->arena, struct backtest_cut, r->cuts);
    struct due_rule *policy = arena_new(&r->arena, struct due_rule, r->policy.n);
    for (size_t i = 0; i < r->policy.n; i++)
        policy[i] = r->policy.rule[i].due;
    for (size_t i = 0; i < r->cuts; i++) {
        struct day before = {r->cut[i].n - r->wish->horizon_days};
        if (!look_at(cx, r, cut, i, before, &cut[i].before) || !look_at(cx, r, cut, i, r->cut[i], &cut[i].at))
            return false;
    }
    r->company = (struct backtest_company){.customer = r->history,
                                           .n = r->n,
                                           .segments = r->model_segments,
                                           .closed_on = r->closed_on,
                                           .policy = policy,
                                           .cut = cut,
                                           .cuts = r->cuts,
                                           .horizon_days = r->wish->horizon_days,
                                           .threads = r->wish->threads,
                                           .seed = SEED,
                                           .draws = MEASURE_DRAWS};
    if (chances_asked(r))
        alive_find(&r->arena, &r->sales, first_purchase(&r->sales), &r->company.alive);
    return true;
}

static void cuts_report(const struct running *r, struct backtest_report *out) {
    out->cuts = r->cuts;
    for (size_t i = 0; i < r->cuts; i++) {
        struct backtest_cut_report *cut = &out->cut[i];
        *cut = (struct backtest_cut_report){.day = r->cut[i]};
        for (size_t k = r->cases.start[i]; k < r->cases.start[i + 1]; k++) {
            cut->customers++;
            cut->bought += r->cases.happened[k];
        }
        for (size_t c = 0; c < r->n; c++)
            cut->learnt_from += r->history[c].day[0] <= r->company.cut[i].before.day.n;
        out->bought += cut->bought;
    }
    out->cases = (int64_t)r->cases.n;
}

/* -- candidates -------------------------------------------------------------------------------------------------- */

/* The rules in force always run. One rule for everybody is written as that rule. */
static void candidates_complete(struct running *r) {
    struct backtest_candidate in_force = {.kind = BACKTEST_POLICY};
    if (r->policy.n == 1)
        in_force = (struct backtest_candidate){.kind = BACKTEST_RULE, .due = r->policy.rule[0].due};
    size_t kept = 0;
    bool there = false;
    for (size_t i = 0; i < r->candidates; i++) {
        bool is = r->candidate[i].kind == BACKTEST_POLICY || backtest_candidate_equal(&r->candidate[i], &in_force);
        if (is && there)
            continue;
        r->candidate[kept++] = is ? in_force : r->candidate[i];
        there = there || is;
    }
    if (!there)
        r->candidate[kept++] = in_force;
    r->candidates = kept;
}

static bool is_in_force(const struct running *r, const struct backtest_candidate *candidate) {
    if (r->policy.n != 1 || candidate->kind != BACKTEST_RULE)
        return candidate->kind == BACKTEST_POLICY;
    const struct backtest_candidate rule = {.kind = BACKTEST_RULE, .due = r->policy.rule[0].due};
    return backtest_candidate_equal(candidate, &rule);
}

/* All candidates at all cuts are work for as many threads as there are; each piece alone is too small to share out. */
struct saying {
    struct running *running;
    struct backtest_company company; /* with one thread */
    struct backtest_row *row;
    const struct backtest_said *by_itself; /* said already; NULL: not asked for */
    struct {
        size_t row, cut;
    } * task;
    size_t tasks;
    struct progress progress;
    size_t all;
    atomic_size_t done;
    pthread_t caller; /* whose the progress line is */
};

static void say_task(void *owner, size_t task) {
    struct saying *saying = owner;
    struct arena scratch;
    if (saying->progress.step && pthread_equal(pthread_self(), saying->caller))
        saying->progress.step(saying->progress.owner, S("backtest.trying"), atomic_load(&saying->done), saying->all);
    arena_init(&scratch, 0, arena_full_exit, NULL);
    backtest_say(&scratch, &saying->company, &saying->running->cases, saying->task[task].cut, saying->by_itself,
                 &saying->row[saying->task[task].row].said);
    arena_clear(&scratch);
    atomic_fetch_add(&saying->done, 1);
}

/* How long it takes: the longest first, so that no thread is left with them at the end. */
static int weight_of(const struct backtest_candidate *candidate) {
    return candidate->kind == BACKTEST_FORECAST ? 2 : candidate->kind == BACKTEST_MODEL ? 1 : 0;
}

/* A method asked for by its name waits for what the program chose by itself: it may have been learnt there. */
static bool waits(const struct backtest_candidate *candidate) {
    return candidate->kind == BACKTEST_FORECAST && !candidate->automatic;
}

static void say_those(struct saying *saying, bool waiting) {
    struct running *r = saying->running;
    saying->tasks = 0;
    for (int weight = 2; weight >= 0; weight--)
        for (size_t i = 0; i < r->candidates; i++)
            for (size_t cut = 0;
                 weight_of(&r->candidate[i]) == weight && waits(&r->candidate[i]) == waiting && cut < r->cuts; cut++) {
                saying->task[saying->tasks].row = i;
                saying->task[saying->tasks++].cut = cut;
            }
    parallel_run(r->wish->threads, saying->tasks, say_task, saying);
}

static void measure_task(void *owner, size_t task) {
    struct saying *saying = owner;
    struct running *r = saying->running;
    backtest_measure(&r->row_arena[task], &saying->company, &r->cases, &saying->row[task].said);
}

static void rows_begin(struct cx *cx, struct running *r, struct backtest_row *row) {
    for (size_t i = 0; i < r->candidates; i++) {
        row[i] = (struct backtest_row){.candidate = r->candidate[i],
                                       .name = backtest_name(cx, LANG_EN, &r->candidate[i]),
                                       .in_force = is_in_force(r, &r->candidate[i]),
                                       .rule = backtest_is_rule(&r->candidate[i])};
        row[i].said = backtest_said_new(&r->arena, &r->cases, &row[i].candidate);
    }
}

static void all_say(struct running *r, struct progress progress, struct backtest_row *row) {
    struct saying saying = {.running = r,
                            .company = r->company,
                            .row = row,
                            .progress = progress,
                            .all = r->candidates * r->cuts,
                            .caller = pthread_self()};
    const struct backtest_said *yardstick = NULL;
    saying.company.threads = 1;
    saying.task = arena_alloc(&r->arena, saying.all, sizeof *saying.task);
    say_those(&saying, false);
    for (size_t i = 0; i < r->candidates; i++) {
        yardstick = row[i].in_force ? &row[i].said : yardstick;
        saying.by_itself = row[i].candidate.automatic ? &row[i].said : saying.by_itself;
    }
    say_those(&saying, true);
    for (size_t i = 0; i < r->candidates; i++)
        if (!row[i].rule)
            backtest_flag(&r->arena, &r->cases, r->cuts, yardstick, &row[i].said);
    parallel_run(r->wish->threads, r->candidates, measure_task, &saying);
}

/* Of equal ones what is in force, then the one listed first: who gains nothing need not change. */
static bool row_before(const struct backtest_row *a, const struct backtest_row *b) {
    double x = a->said.total.log_score.value, y = b->said.total.log_score.value;
    return x < y || (x <= y && a->in_force && !b->in_force);
}

static void rows_sort(struct backtest_row *row, size_t n) {
    for (size_t i = 1; i < n; i++) {
        struct backtest_row moved = row[i];
        size_t k = i;
        for (; k > 0 && row_before(&moved, &row[k - 1]); k--)
            row[k] = row[k - 1];
        row[k] = moved;
    }
}

static bool settable(const struct backtest_row *row) {
    return row->in_force || row->candidate.kind == BACKTEST_RULE;
}

static void places_find(struct backtest_report *out) {
    out->next = out->in_force = out->by_itself = out->best_rule = out->rows;
    for (size_t i = out->rows; i-- > 0;) {
        const struct backtest_row *row = &out->row[i];
        if (!row->same)
            out->next = i;
        if (row->in_force)
            out->in_force = i;
        if (row->candidate.kind == BACKTEST_FORECAST && row->candidate.automatic)
            out->by_itself = i;
        if (settable(row))
            out->best_rule = i;
    }
}

static struct backtest_against against(struct running *r, const struct backtest_row *a, const struct backtest_row *b) {
    struct measure_contrast contrast = measure_contrast_of(&r->arena, &a->said.kept, &b->said.kept);
    return (struct backtest_against){contrast, backtest_real(&contrast.log_score_95)};
}

static void judge(struct running *r, struct backtest_report *out) {
    struct backtest_row *row = out->row;
    const double weeks = (double)r->wish->horizon_days / WEEK, reps = out->reps > 0 ? (double)out->reps : 1;
    const double scale = (double)out->customers_known / (double)out->customers;
    rows_sort(row, out->rows);
    for (size_t i = 0; i < out->rows; i++) {
        row[i].same = backtest_same(&r->cases, &row[0].said, &row[i].said);
        row[i].false_alarms = row[i].said.total.false_alarms * scale / weeks / reps;
        row[i].recommended = against(r, &row[0], &row[i]);
        for (size_t cut = 0; cut < r->cuts; cut++)
            if (row[i].said.chosen[cut] != FORECAST_NONE)
                row[i].chosen[cut] = str_from(forecast_method_name(row[i].said.chosen[cut]));
    }
    places_find(out);
    for (size_t i = 0; out->by_itself < out->rows && i < out->rows; i++)
        row[i].by_itself = against(r, &row[out->by_itself], &row[i]);
    out->best_rule_against = against(r, &row[out->best_rule], &row[out->in_force]);
}

/* What was said of each case ends with the arena. */
static void said_forget(struct backtest_row *row, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct backtest_said *said = &row[i].said;
        said->p = said->order = said->expected = NULL;
        said->flagged = NULL;
        said->kept = (struct measure_kept){0};
        said->candidate = &row[i].candidate;
    }
}

static bool run(struct cx *cx, struct db *db, struct progress progress, struct running *r,
                struct backtest_report *out) {
    const struct backtest_wish *wish = r->wish;
    if (!backtest_rules_parse(cx, wish->rules, r->candidate, &r->candidates) || !past_read(cx, db, progress, r))
        return false;
    struct day first = first_purchase(&r->sales);
    bool stale = !wish->as_of_given && day_is(r->sales.last_day) && r->sales.last_day.n < wish->as_of.n;
    r->known_until = stale ? r->sales.last_day : wish->as_of;
    out->first_day = first;
    out->known_until = r->known_until;
    out->none = day_is(first) ? BACKTEST_DONE : BACKTEST_EMPTY;
    if (out->none != BACKTEST_DONE)
        return true;
    out->cuts_usual = wish->ats > 0 ? 0 : BACKTEST_CUTS;
    if (wish->ats > 0 && !cuts_named(cx, r, first))
        return false;
    if (wish->ats == 0)
        cuts_choose(r, first);
    if (r->cuts == 0) {
        out->none = BACKTEST_SHORT;
        out->enough_on = (struct day){first.n + HORIZONS_LEAST * wish->horizon_days};
        return true;
    }
    segments_find(&r->sales, &r->segments);
    candidates_complete(r);
    customers_take(r, out);
    if (!company_make(cx, r))
        return false;
    if (backtest_cases_make(&r->arena, &r->company, &r->cases) != STAT_OK) {
        out->none = BACKTEST_EMPTY; /* all were written off by the cuts */
        return true;
    }
    out->reps = reps_count(r);
    cuts_report(r, out);
    out->rows = r->candidates;
    out->row = arena_new(cx->arena, struct backtest_row, out->rows);
    rows_begin(cx, r, out->row);
    all_say(r, progress, out->row);
    judge(r, out);
    said_forget(out->row, out->rows);
    return true;
}

bool backtest_make(struct cx *cx, struct db *db, const struct backtest_wish *wish, struct progress progress,
                   struct backtest_report *out) {
    struct running *r = heap_new(1, sizeof *r);
    r->wish = wish;
    arena_init(&r->arena, 0, arena_full_exit, NULL);
    for (size_t i = 0; i <= LIMIT_BACKTEST_RULES; i++)
        arena_init(&r->row_arena[i], 0, arena_full_exit, NULL);
    *out = (struct backtest_report){
        .horizon_days = wish->horizon_days, .first_day = DAY_NONE, .known_until = DAY_NONE, .enough_on = DAY_NONE};
    bool ok = run(cx, db, progress, r, out);
    sales_clear(&r->sales);
    free(r->segments.label);
    arena_clear(&r->arena);
    for (size_t i = 0; i <= LIMIT_BACKTEST_RULES; i++)
        arena_clear(&r->row_arena[i]);
    free(r);
    return ok;
}
