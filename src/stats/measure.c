// SPDX-License-Identifier: Apache-2.0
/* measure -- how good were the chances that were named: discrimination, calibration, counts, with intervals by customer.
 *
 * A bootstrap draw gives each customer a Poisson(1) weight, as good as drawing customers with replacement and without
 * the need to draw exactly as many. The weight is a hash of (seed, customer, draw): no state, the same for every
 * candidate, so two candidates are always compared on the same draws.
 *
 * What is a sum over cases (Brier, log score, counts, value) is first added up by customer, so that a draw costs one
 * pass over customers. What depends on the order of cases (AUC, lift) keeps the cases sorted by (cut, p) once and costs
 * a pass over them with other weights; there the sums are whole numbers, and exact.
 *
 * Must not draw cases: the cuts of one customer are not independent, and intervals would be too narrow.
 * Invariant: with all weights 1 a draw is the figure itself; figures and draws come out of the same function.
 */
#include "stats/measure.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/measure_order.h"
#include "stats/special.h"

enum { TASKS_MOST = 16, DRAWS_MOST = 100000 };

static const double CHANCE_EDGE = 1e-6; /* a chance of 0 that came true would cost infinitely much */
static const double FLAG_BELOW = 0.5;

/* The figures of one draw, in the order in which they are kept. */
enum figure { AUC, LIFT, BRIER, LOG_SCORE, MAE, BIAS, LOST_FLAGGED, FIGURES };

/* What is added up by customer. */
struct sums {
    double cases, brier, log_score, error, expected, count, lost, lost_flagged;
};

struct bench {
    struct measure_order order;
    struct sums *customer; /* [order.customers] */
};

struct draws {
    const struct bench *bench;
    uint64_t seed;
    int draws;
    size_t tasks;
    uint8_t *weight; /* [tasks][customers] */
    double *figure;  /* [draws][FIGURES] */
};

static bool flagged_of(const struct measure_cases *cases, size_t i) {
    return cases->flagged ? cases->flagged[i] != 0 : cases->p[i] < FLAG_BELOW;
}

static double log_loss(double p, bool happened) {
    p = fmin(fmax(p, CHANCE_EDGE), 1 - CHANCE_EDGE);
    return happened ? -log(p) : -log1p(-p);
}

static void sums_fill(struct bench *bench, const struct measure_cases *cases) {
    bool counts = cases->expected && cases->count;
    for (size_t i = 0; i < cases->n; i++) {
        struct sums *to = &bench->customer[bench->order.customer_of_case[i]];
        bool happened = cases->happened[i] != 0;
        double miss = cases->p[i] - (happened ? 1 : 0);
        to->cases += 1;
        to->brier += miss * miss;
        to->log_score += log_loss(cases->p[i], happened);
        to->error += counts ? fabs(cases->expected[i] - cases->count[i]) : NAN;
        to->expected += counts ? cases->expected[i] : NAN;
        to->count += counts ? cases->count[i] : NAN;
        double value = !cases->value_cents ? NAN : cases->value_cents[i] > 0 ? (double)cases->value_cents[i] : 0;
        to->lost += happened ? 0 : value;
        to->lost_flagged += happened || !flagged_of(cases, i) ? 0 : value;
    }
}

static double ratio(double part, double whole) {
    return whole > 0 ? part / whole : NAN;
}

/* weight [customers]; NULL: all 1 */
static void figures_of(const struct bench *bench, const uint8_t *weight, double out[FIGURES]) {
    struct sums total = {0};
    for (size_t c = 0; c < bench->order.customers; c++) {
        const struct sums *of = &bench->customer[c];
        double w = weight ? weight[c] : 1;
        if (weight && weight[c] == 0)
            continue;
        total.cases += w * of->cases;
        total.brier += w * of->brier;
        total.log_score += w * of->log_score;
        total.error += w * of->error;
        total.expected += w * of->expected;
        total.count += w * of->count;
        total.lost += w * of->lost;
        total.lost_flagged += w * of->lost_flagged;
    }
    measure_order_figures(&bench->order, weight, &out[AUC], &out[LIFT]);
    out[BRIER] = ratio(total.brier, total.cases);
    out[LOG_SCORE] = ratio(total.log_score, total.cases);
    out[MAE] = ratio(total.error, total.cases);
    out[BIAS] = ratio(total.expected, total.count) - 1;
    out[LOST_FLAGGED] = ratio(total.lost_flagged, total.lost);
}

static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Poisson(1) by its distribution function on 32 bits: P(0) = 1/e, P(1) = 1/e, P(2) = 1/2e, ...; above 9: 1 in 10 million. */
static uint8_t poisson_one(uint32_t u) {
    static const uint32_t below[] = {1580030168, 3160060337, 3950075421, 4213413783, 4279248373,
                                     4292415291, 4294609777, 4294923276, 4294962463, 4294966817};
    /* The usual ones without a branch that could not be foreseen. */
    uint8_t n = (uint8_t)((u >= below[0]) + (u >= below[1]) + (u >= below[2]));
    while (n > 2 && n < sizeof below / sizeof *below && u >= below[n])
        n++;
    return n;
}

static void draw_weights(const struct bench *bench, uint64_t seed, int draw, uint8_t *weight) {
    uint64_t start = mix(seed + UINT64_C(0x9e3779b97f4a7c15) * ((uint64_t)draw + 1));
    for (size_t c = 0; c < bench->order.customers; c++) {
        uint64_t z = start + UINT64_C(0x9e3779b97f4a7c15) * ((uint64_t)bench->order.customer_number[c] + 1);
        weight[c] = poisson_one((uint32_t)(mix(z) >> 32));
    }
}

static void draw_task(void *owner, size_t task) {
    struct draws *draws = owner;
    uint8_t *weight = draws->weight + task * draws->bench->order.customers;
    for (size_t draw = task; draw < (size_t)draws->draws; draw += draws->tasks) {
        draw_weights(draws->bench, draws->seed, (int)draw, weight);
        figures_of(draws->bench, weight, draws->figure + draw * FIGURES);
    }
}

static void draws_run(struct arena *arena, struct draws *draws, unsigned threads) {
    size_t n = (size_t)draws->draws;
    draws->tasks = n < TASKS_MOST ? n : TASKS_MOST;
    draws->weight = arena_new(arena, uint8_t, draws->tasks * draws->bench->order.customers);
    draws->figure = arena_new(arena, double, n *FIGURES);
    parallel_run(threads, draws->tasks, draw_task, draws);
}

static void sort(double *value, size_t n) {
    for (size_t gap = n / 2; gap > 0; gap /= 2)
        for (size_t i = gap; i < n; i++) {
            double moved = value[i];
            size_t j = i;
            for (; j >= gap && value[j - gap] > moved; j -= gap)
                value[j] = value[j - gap];
            value[j] = moved;
        }
}

static double quantile(const double *sorted, size_t n, double share) {
    double at = share * (double)(n - 1);
    size_t below = (size_t)at;
    return below + 1 < n ? sorted[below] + (at - (double)below) * (sorted[below + 1] - sorted[below]) : sorted[n - 1];
}

/* The middle `share` of the draws that had a figure, widened to hold the value; none when half of them had none. */
static struct estimate estimate_of(double value, double *drawn, size_t draws, double share) {
    struct estimate estimate = {value, NAN, NAN};
    size_t n = 0;
    for (size_t i = 0; i < draws; i++)
        if (!isnan(drawn[i]))
            drawn[n++] = drawn[i];
    if (isnan(value) || n == 0 || 2 * n < draws)
        return estimate;
    sort(drawn, n);
    estimate.low = fmin(value, quantile(drawn, n, (1 - share) / 2));
    estimate.high = fmax(value, quantile(drawn, n, (1 + share) / 2));
    return estimate;
}

static enum stat_code check(const struct measure_cases *cases, int draws) {
    if (draws < 0 || draws > DRAWS_MOST || cases->n > UINT32_MAX)
        return STAT_DOMAIN;
    for (size_t i = 0; i < cases->n; i++) {
        if (!(cases->p[i] >= 0 && cases->p[i] <= 1))
            return STAT_DOMAIN;
        if (cases->order && isnan(cases->order[i]))
            return STAT_DOMAIN;
        if (cases->expected && cases->count && !(isfinite(cases->expected[i]) && isfinite(cases->count[i])))
            return STAT_DOMAIN;
    }
    return cases->n == 0 ? STAT_TOO_FEW : STAT_OK;
}

static struct bench bench_make(struct arena *arena, const struct measure_cases *cases) {
    struct bench bench = {0};
    measure_order_make(arena, cases, &bench.order);
    bench.customer = arena_new(arena, struct sums, bench.order.customers);
    sums_fill(&bench, cases);
    return bench;
}

static void bin_close(struct measure *out, double p_sum, int64_t happened, int64_t n) {
    struct measure_bin *bin = &out->bin[out->bins++];
    double yes = (double)happened + 0.5, no = (double)(n - happened) + 0.5;
    *bin = (struct measure_bin){.p_mean = p_sum / (double)n, .share = (double)happened / (double)n, .n = n};
    bin->low = happened == 0 ? 0 : fmin(bin->share, special_beta_quantile(yes, no, 0.1));
    bin->high = happened == n ? 1 : fmax(bin->share, special_beta_quantile(yes, no, 0.9));
}

/* Each bin aims at an equal part of the cases that are left, and ends where the next case has another p. */
static void bins_fill(struct arena *arena, const struct measure_cases *cases, struct measure *out) {
    const uint32_t *by_p = measure_sorted_by_chance(arena, cases);
    double p_sum = 0;
    int64_t happened = 0, n = 0;
    double due = (double)cases->n / MEASURE_BINS;
    for (size_t i = 0; i < cases->n; i++) {
        double p = cases->p[by_p[i]];
        p_sum += p;
        happened += cases->happened[by_p[i]] ? 1 : 0;
        n++;
        bool last = i + 1 == cases->n, tie = !last && cases->p[by_p[i + 1]] <= p;
        if (last || (!tie && (double)(i + 1) >= due)) {
            bin_close(out, p_sum, happened, n);
            p_sum = 0;
            happened = n = 0;
            due = (double)(i + 1) + (double)(cases->n - i - 1) / (double)(MEASURE_BINS - out->bins);
        }
    }
}

static void alarms_fill(const struct measure_cases *cases, size_t cuts, struct measure *out) {
    double alarms = 0, all = 0;
    for (size_t i = 0; i < cases->n; i++)
        if (flagged_of(cases, i)) {
            all += 1;
            alarms += cases->happened[i] ? 1 : 0;
        }
    out->flagged = all / (double)cuts;
    out->false_alarms = alarms / (double)cuts;
}

static void kept_fill(const struct draws *drawn, const double value[FIGURES], struct measure_kept *kept) {
    kept->log_score = value[LOG_SCORE];
    kept->auc = value[AUC];
    for (size_t d = 0; d < kept->draws; d++) {
        kept->log_scores[d] = drawn->figure[d * FIGURES + LOG_SCORE];
        kept->aucs[d] = drawn->figure[d * FIGURES + AUC];
    }
}

static struct measure_kept kept_new(struct arena *arena, int draws) {
    size_t n = (size_t)draws;
    return (struct measure_kept){
        .draws = n, .log_scores = arena_new(arena, double, n), .aucs = arena_new(arena, double, n)};
}

enum stat_code measure_make_kept(struct arena *arena, const struct measure_cases *cases, uint64_t seed, int draws,
                                 unsigned threads, struct measure *out, struct measure_kept *kept) {
    enum stat_code code = check(cases, draws);
    if (code != STAT_OK)
        return code;
    struct measure_kept keep = kept ? kept_new(arena, draws) : (struct measure_kept){0};
    struct arena_mark mark = arena_mark_get(arena);
    struct bench bench = bench_make(arena, cases);
    struct measure measure = {.cases = (int64_t)cases->n, .customers = (int64_t)bench.order.customers};
    for (size_t i = 0; i < cases->n; i++)
        measure.happened += cases->happened[i] ? 1 : 0;
    double value[FIGURES];
    figures_of(&bench, NULL, value);
    struct draws drawn = {.bench = &bench, .seed = seed, .draws = draws};
    draws_run(arena, &drawn, threads);
    struct estimate *to[FIGURES] = {&measure.auc,
                                    &measure.lift,
                                    &measure.brier,
                                    &measure.log_score,
                                    &measure.mae,
                                    &measure.bias,
                                    &measure.lost_value_flagged};
    double *column = arena_new(arena, double, (size_t)draws + 1);
    for (size_t f = 0; f < FIGURES; f++) {
        for (size_t d = 0; d < (size_t)draws; d++)
            column[d] = drawn.figure[d * FIGURES + f];
        *to[f] = estimate_of(value[f], column, (size_t)draws, 0.8);
    }
    bins_fill(arena, cases, &measure);
    alarms_fill(cases, bench.order.cuts, &measure);
    *out = measure;
    if (kept) {
        kept_fill(&drawn, value, &keep);
        *kept = keep;
    }
    arena_rewind(arena, mark);
    return STAT_OK;
}

enum stat_code measure_make(struct arena *arena, const struct measure_cases *cases, uint64_t seed, int draws,
                            unsigned threads, struct measure *out) {
    return measure_make_kept(arena, cases, seed, draws, threads, out, NULL);
}

/* -- one against another ----------------------------------------------------------------------------------------- */

static bool same_cases(const struct measure_cases *a, const struct measure_cases *b) {
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->customer[i] != b->customer[i] || a->cut[i] != b->cut[i] || !a->happened[i] != !b->happened[i])
            return false;
    return true;
}

static struct estimate contrast_of(const double *a, const double *b, size_t draws, double value, double share,
                                   double *column) {
    for (size_t d = 0; d < draws; d++)
        column[d] = a[d] - b[d];
    return estimate_of(value, column, draws, share);
}

struct measure_contrast measure_contrast_of(struct arena *arena, const struct measure_kept *a,
                                            const struct measure_kept *b) {
    struct arena_mark mark = arena_mark_get(arena);
    size_t n = a->draws < b->draws ? a->draws : b->draws;
    double *column = arena_new(arena, double, n + 1);
    double log_score = a->log_score - b->log_score, auc = a->auc - b->auc;
    struct measure_contrast contrast = {
        .log_score = contrast_of(a->log_scores, b->log_scores, n, log_score, 0.8, column),
        .auc = contrast_of(a->aucs, b->aucs, n, auc, 0.8, column),
        .log_score_95 = contrast_of(a->log_scores, b->log_scores, n, log_score, 0.95, column),
        .auc_95 = contrast_of(a->aucs, b->aucs, n, auc, 0.95, column),
    };
    arena_rewind(arena, mark);
    return contrast;
}

enum stat_code measure_difference(struct arena *arena, const struct measure_cases *a, const struct measure_cases *b,
                                  uint64_t seed, int draws, unsigned threads, struct measure_contrast *out) {
    struct arena_mark mark = arena_mark_get(arena);
    struct measure one, two;
    struct measure_kept kept_one, kept_two;
    enum stat_code code = measure_make_kept(arena, a, seed, draws, threads, &one, &kept_one);
    if (code == STAT_OK)
        code = measure_make_kept(arena, b, seed, draws, threads, &two, &kept_two);
    if (code == STAT_OK && !same_cases(a, b))
        code = STAT_DOMAIN;
    if (code == STAT_OK)
        *out = measure_contrast_of(arena, &kept_one, &kept_two);
    arena_rewind(arena, mark);
    return code;
}
