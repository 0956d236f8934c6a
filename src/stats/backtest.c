// SPDX-License-Identifier: Apache-2.0
/* backtest -- cases, measures and the verdict.
 *
 * Must not let a candidate see what came after a cut: outcomes are counted here, candidates are in backtest_rule.c and
 * backtest_model.c and get the days up to the cut alone.
 * Invariant: every candidate is measured on the same cases in the same order, so that any two can be set against each
 * other.
 */
#include "stats/backtest.h"

#include <math.h>
#include <string.h>

#include "stats/backtest_seen.h"

bool backtest_counts(const struct backtest_company *company, size_t customer, struct day day) {
    const struct history *h = &company->customer[customer];
    struct day closed_on = company->closed_on[customer];
    return h->n > 0 && h->day[0] <= day.n && (!day_is(closed_on) || closed_on.n > day.n);
}

/* Nobody could act on less: a model with k = 1 and the same model without k end on other last digits. */
static const double SAME = 1e-5;

/* -- cases ------------------------------------------------------------------------------------------------------- */

static bool cuts_in_order(const struct backtest_company *company) {
    if (company->cuts == 0 || company->cuts > BACKTEST_CUTS_MOST || company->horizon_days < 1)
        return false;
    for (size_t i = 0; i < company->cuts; i++) {
        const struct backtest_cut *cut = &company->cut[i];
        if (cut->before.day.n != cut->at.day.n - company->horizon_days ||
            (i > 0 && cut->at.day.n <= company->cut[i - 1].at.day.n))
            return false;
    }
    return true;
}

static void case_add(const struct backtest_company *company, size_t cut, size_t customer, struct backtest_cases *out) {
    const struct backtest_look *at = &company->cut[cut].at;
    size_t count = history_between(&company->customer[customer], at->day.n, at->day.n + company->horizon_days);
    out->customer[out->n] = (uint32_t)customer;
    out->cut[out->n] = (uint32_t)cut;
    out->happened[out->n] = count > 0;
    out->count[out->n] = (double)count;
    out->value_cents[out->n] = at->value_cents[customer];
    out->n++;
}

enum stat_code backtest_cases_make(struct arena *arena, const struct backtest_company *company,
                                   struct backtest_cases *out) {
    if (!cuts_in_order(company))
        return STAT_DOMAIN;
    size_t n = 0;
    for (size_t cut = 0; cut < company->cuts; cut++)
        for (size_t i = 0; i < company->n; i++)
            n += backtest_counts(company, i, company->cut[cut].at.day);
    if (n == 0)
        return STAT_TOO_FEW;
    *out = (struct backtest_cases){.customer = arena_new(arena, uint32_t, n),
                                   .cut = arena_new(arena, uint32_t, n),
                                   .happened = arena_new(arena, uint8_t, n),
                                   .count = arena_new(arena, double, n),
                                   .value_cents = arena_new(arena, int64_t, n)};
    for (size_t cut = 0; cut < company->cuts; cut++) {
        for (size_t i = 0; i < company->n; i++)
            if (backtest_counts(company, i, company->cut[cut].at.day))
                case_add(company, cut, i, out);
        out->start[cut + 1] = out->n;
    }
    return STAT_OK;
}

/* -- what a candidate says --------------------------------------------------------------------------------------- */

double backtest_share_chance(const struct backtest_share *share) {
    return (share->bought + 1) / (share->customers + 2);
}

/* Purchases a customer of the state, the mean of all counting as one customer more. */
double backtest_share_count(const struct backtest_share *share, const struct backtest_share *all) {
    double mean = all->customers > 0 ? all->purchases / all->customers : 0;
    return (share->purchases + mean) / (share->customers + 1);
}

struct backtest_share backtest_share_all(const struct backtest_company *company, const struct backtest_cut *cut) {
    struct backtest_share all = {0};
    for (size_t i = 0; i < company->n; i++) {
        if (!backtest_counts(company, i, cut->before.day))
            continue;
        size_t count = history_between(&company->customer[i], cut->before.day.n, cut->at.day.n);
        all.customers += 1;
        all.bought += count > 0;
        all.purchases += (double)count;
    }
    return all;
}

static void stand_in(const struct backtest_company *company, const struct backtest_stretch *to) {
    struct backtest_share all = backtest_share_all(company, to->cut);
    for (size_t i = 0; i < to->n; i++) {
        to->p[i] = backtest_share_chance(&all);
        if (to->expected)
            to->expected[i] = backtest_share_count(&all, &all);
        if (to->order)
            to->order[i] = 0;
    }
}

static bool say_cut(struct arena *arena, const struct backtest_company *company, size_t cut,
                    const struct backtest_stretch *to, uint8_t *flagged, struct backtest_said *said) {
    const struct backtest_candidate *candidate = said->candidate;
    switch (candidate->kind) {
    case BACKTEST_POLICY:
    case BACKTEST_RULE:
    case BACKTEST_MEAN_GAP:
        return backtest_rule_say(company, candidate, to, flagged);
    case BACKTEST_SILENT:
        return backtest_silent_say(arena, company, to);
    case BACKTEST_MODEL:
        return backtest_model_say(arena, company, candidate->model, to);
    case BACKTEST_FORECAST:
        return backtest_forecast_say(arena, company, candidate, to, &said->chosen[cut]);
    }
    return false;
}

/* Did the automatic choice already say this at that cut? */
static bool said_before(const struct backtest_candidate *candidate, const struct backtest_said *by_itself, size_t cut) {
    return by_itself && candidate->kind == BACKTEST_FORECAST && !candidate->automatic &&
           by_itself->chosen[cut] == candidate->method;
}

static void say_again(const struct backtest_said *by_itself, size_t cut, size_t from, size_t n,
                      struct backtest_said *out) {
    memcpy(out->p + from, by_itself->p + from, n * sizeof *out->p);
    memcpy(out->expected + from, by_itself->expected + from, n * sizeof *out->expected);
    out->chosen[cut] = by_itself->chosen[cut];
    out->stood_in[cut] = by_itself->stood_in[cut];
}

struct backtest_said backtest_said_new(struct arena *arena, const struct backtest_cases *cases,
                                       const struct backtest_candidate *candidate) {
    struct backtest_said said = {.candidate = candidate,
                                 .p = arena_new(arena, double, cases->n),
                                 .flagged = arena_new(arena, uint8_t, cases->n)};
    if (backtest_is_rule(candidate) || candidate->kind == BACKTEST_SILENT)
        said.order = arena_new(arena, double, cases->n);
    if (candidate->kind != BACKTEST_SILENT)
        said.expected = arena_new(arena, double, cases->n);
    return said;
}

void backtest_say(struct arena *scratch, const struct backtest_company *company, const struct backtest_cases *cases,
                  size_t cut, const struct backtest_said *by_itself, struct backtest_said *said) {
    size_t from = cases->start[cut], n = cases->start[cut + 1] - from;
    if (said_before(said->candidate, by_itself, cut)) {
        say_again(by_itself, cut, from, n, said);
        return;
    }
    struct backtest_stretch to = {.cut = &company->cut[cut],
                                  .customer = cases->customer + from,
                                  .n = n,
                                  .p = said->p + from,
                                  .expected = said->expected ? said->expected + from : NULL,
                                  .order = said->order ? said->order + from : NULL};
    struct arena_mark mark = arena_mark_get(scratch);
    said->stood_in[cut] = !say_cut(scratch, company, cut, &to, said->flagged + from, said);
    if (said->stood_in[cut])
        stand_in(company, &to);
    arena_rewind(scratch, mark);
}

/* -- flags ------------------------------------------------------------------------------------------------------- */

/* The heap's root is the likeliest of those kept; equal ones: the later case. */
static bool likelier(const double *by, uint32_t a, uint32_t b) {
    return by[a] > by[b] || (by[a] >= by[b] && a > b);
}

static void sift(const double *by, uint32_t *heap, size_t n, size_t at) {
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && likelier(by, heap[child + 1], heap[child]))
            child++;
        if (!likelier(by, heap[child], heap[at]))
            return;
        uint32_t moved = heap[at];
        heap[at] = heap[child];
        heap[child] = moved;
    }
}

/* The `wanted` least likely of [from, to): a heap of so many, whose likeliest gives way to a less likely one. */
static void flag_least(struct arena *arena, const double *by, size_t from, size_t to, size_t wanted, uint8_t *flagged) {
    struct arena_mark mark = arena_mark_get(arena);
    uint32_t *heap = arena_new(arena, uint32_t, wanted + 1);
    size_t n = 0;
    for (size_t i = from; i < to && wanted > 0; i++) {
        if (n < wanted) {
            heap[n++] = (uint32_t)i;
            for (size_t at = n == wanted ? n / 2 : 0; at > 0; at--)
                sift(by, heap, n, at - 1);
        } else if (likelier(by, heap[0], (uint32_t)i)) {
            heap[0] = (uint32_t)i;
            sift(by, heap, n, 0);
        }
    }
    for (size_t i = 0; i < n; i++)
        flagged[heap[i]] = 1;
    arena_rewind(arena, mark);
}

void backtest_flag(struct arena *arena, const struct backtest_cases *cases, size_t cuts,
                   const struct backtest_said *yardstick, struct backtest_said *said) {
    const double *by = said->order ? said->order : said->p;
    for (size_t cut = 0; cut < cuts; cut++) {
        size_t wanted = 0;
        for (size_t i = cases->start[cut]; i < cases->start[cut + 1]; i++)
            wanted += yardstick->flagged[i];
        flag_least(arena, by, cases->start[cut], cases->start[cut + 1], wanted, said->flagged);
    }
}

/* -- measures and the verdict ------------------------------------------------------------------------------------ */

static struct measure_cases measured(const struct backtest_cases *cases, const struct backtest_said *said, size_t from,
                                     size_t to) {
    return (struct measure_cases){.n = to - from,
                                  .customer = cases->customer + from,
                                  .cut = cases->cut + from,
                                  .p = said->p + from,
                                  .order = said->order ? said->order + from : NULL,
                                  .happened = cases->happened + from,
                                  .expected = said->expected ? said->expected + from : NULL,
                                  .count = cases->count + from,
                                  .value_cents = cases->value_cents + from,
                                  .flagged = said->flagged + from};
}

void backtest_measure(struct arena *arena, const struct backtest_company *company, const struct backtest_cases *cases,
                      struct backtest_said *said) {
    struct measure_cases all = measured(cases, said, 0, cases->n);
    (void)measure_make_kept(arena, &all, company->seed, company->draws, company->threads, &said->total, &said->kept);
    for (size_t cut = 0; cut < company->cuts; cut++) {
        struct measure_cases one = measured(cases, said, cases->start[cut], cases->start[cut + 1]);
        /* Nobody counted at that cut: cases stays 0. */
        (void)measure_make(arena, &one, company->seed, company->draws, company->threads, &said->cut[cut]);
    }
}

bool backtest_same(const struct backtest_cases *cases, const struct backtest_said *a, const struct backtest_said *b) {
    for (size_t i = 0; i < cases->n; i++)
        if (fabs(a->p[i] - b->p[i]) > SAME)
            return false;
    return true;
}

bool backtest_real(const struct estimate *difference_95) {
    return difference_95->low > 0 || difference_95->high < 0;
}
