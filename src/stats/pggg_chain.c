// SPDX-License-Identifier: Apache-2.0
/* pggg_chain -- Metropolis and Hastings with two kinds of steps, and R-hat.
 *
 * With the customers' own unknowns integrated out, only six numbers are left to sample, and their density is nearly normal
 * about its peak. So most steps propose a point that does not depend on the present one, from a t distribution with the
 * peak's place and covariance (its tails are longer than the target's, which such a sampler needs); the others walk a small random
 * step, for corners that the t distribution does not know. After the first draws, which are thrown away, place and
 * covariance are taken from all chains' draws together.
 *
 * R-hat and effective size follow Vehtari, Gelman, Simpson, Carpenter, Buerkner 2021: each chain is cut in halves, draws are
 * replaced by normal scores of their ranks, and R-hat is also taken of the distances from the median, so that chains which agree
 * in place but not in spread are found. The sum of autocorrelations is cut where a pair of neighbours turns negative (Geyer 1992).
 *
 * Must not know the density. Invariant: chain c is a function of the seed, c and the pooled first draws alone.
 */
#include "stats/pggg_chain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/optimise.h"
#include "stats/random.h"
#include "stats/special.h"

#define JUMP_SHARE 0.85 /* of steps that forget where they are */
#define WALK_SIZE 0.7  /* of a step, in standard deviations: about 2.4 / sqrt(6) would be best were the target normal */
#define JUMP_WIDER 1.0 /* than the target */
#define START_WIDER 1.5
#define LAPLACE_DRAWS 100.0 /* how many draws the first covariance counts for */

enum { N = PGGG_PARAMS, JUMP_FREEDOM = 9, START_TRIES = 100 };

/* Normal about a place: lower triangle of the covariance's root. */
struct proposal {
    double mean[N], root[N * N];
};

static bool proposal_make(const double *mean, const double *covariance, struct proposal *out) {
    double values[N], vectors[N * N];
    memcpy(out->mean, mean, sizeof out->mean);
    optimise_eigen(covariance, N, values, vectors);
    for (size_t i = 0; i < N; i++) {
        if (!(values[i] > 0) || isinf(values[i]))
            return false;
        for (size_t j = 0; j < N; j++)
            out->root[j * N + i] = vectors[i * N + j] * sqrt(values[i]);
    }
    return true;
}

/* at + scale * root z */
static void shift(const struct proposal *p, const double *at, double scale, const double *z, double *out) {
    for (size_t i = 0; i < N; i++) {
        double sum = 0;
        for (size_t j = 0; j < N; j++)
            sum += p->root[i * N + j] * z[j];
        out[i] = at[i] + scale * sum;
    }
}

struct chain {
    const struct pggg_sampling *sampling;
    const struct proposal *proposal;
    struct random chance;
    double at[N], log_density;
    double jump; /* log of the density of jumping here */
    double *scratch;
    double *draw; /* [draws][N] of the stage that runs */
    size_t draws, thin;
};

static double jump_log(double square) {
    return -0.5 * (JUMP_FREEDOM + N) * log1p(square / JUMP_FREEDOM);
}

/* How likely a jump to here is, by solving root z = (at - mean) / wider: the root's columns are orthogonal. */
static double jump_log_at(const struct proposal *p, const double *at) {
    double square = 0;
    for (size_t j = 0; j < N; j++) {
        double along = 0, size = 0;
        for (size_t i = 0; i < N; i++) {
            along += p->root[i * N + j] * (at[i] - p->mean[i]);
            size += p->root[i * N + j] * p->root[i * N + j];
        }
        square += along * along / (size * size);
    }
    return jump_log(square / (JUMP_WIDER * JUMP_WIDER));
}

static void chain_step(struct chain *c) {
    double z[N], to[N], square = 0;
    bool jumps = random_unit(&c->chance) < JUMP_SHARE;
    for (size_t i = 0; i < N; i++)
        z[i] = random_normal(&c->chance);
    if (jumps) {
        double shrink = sqrt(JUMP_FREEDOM / (2 * random_gamma(&c->chance, 0.5 * JUMP_FREEDOM)));
        for (size_t i = 0; i < N; i++) {
            z[i] *= shrink;
            square += z[i] * z[i];
        }
        shift(c->proposal, c->proposal->mean, JUMP_WIDER, z, to);
    } else {
        shift(c->proposal, c->at, WALK_SIZE, z, to);
    }
    double log_density = c->sampling->density(c->sampling->owner, to, c->scratch);
    double jump = jumps ? jump_log(square) : jump_log_at(c->proposal, to);
    double gain = log_density - c->log_density + (jumps ? c->jump - jump : 0);
    if (!(log(random_unit(&c->chance)) < gain))
        return;
    memcpy(c->at, to, sizeof to);
    c->log_density = log_density;
    c->jump = jump;
}

static void chain_run(void *owner, size_t task) {
    struct chain *c = (struct chain *)owner + task;
    c->jump = jump_log_at(c->proposal, c->at);
    for (size_t d = 0; d < c->draws; d++) {
        for (size_t i = 0; i < c->thin; i++)
            chain_step(c);
        memcpy(c->draw + d * N, c->at, sizeof c->at);
    }
}

/* From a place near the peak, but further out than the chain will stay. */
static void chain_start(void *owner, size_t task) {
    struct chain *c = (struct chain *)owner + task;
    random_seed(&c->chance, c->sampling->seed, task);
    c->log_density = -INFINITY;
    for (int i = 0; i < START_TRIES && !isfinite(c->log_density); i++) {
        double z[N];
        for (size_t j = 0; j < N; j++)
            z[j] = START_WIDER * random_normal(&c->chance);
        shift(c->proposal, c->proposal->mean, 1, z, c->at);
        c->log_density = c->sampling->density(c->sampling->owner, c->at, c->scratch);
    }
    chain_run(owner, task);
}

/* Mean and covariance of n draws; the first guess counts for some. */
static bool proposal_learn(const struct pggg_sampling *s, const double *draw, size_t n, struct proposal *out) {
    double mean[N] = {0}, covariance[N * N], whole = (double)n + LAPLACE_DRAWS;
    for (size_t d = 0; d < n; d++)
        for (size_t i = 0; i < N; i++)
            mean[i] += draw[d * N + i] / (double)n;
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < N; j++) {
            double sum = LAPLACE_DRAWS * s->spread[i * N + j];
            for (size_t d = 0; d < n; d++)
                sum += (draw[d * N + i] - mean[i]) * (draw[d * N + j] - mean[j]);
            covariance[i * N + j] = sum / whole;
        }
    return proposal_make(mean, covariance, out);
}

bool pggg_sample(struct arena *arena, const struct pggg_sampling *s, double *draw) {
    struct chain *chain = arena_new(arena, struct chain, s->chains);
    double *first = arena_new(arena, double, s->chains * s->burn * N);
    struct proposal guess, learnt;
    if (!proposal_make(s->mean, s->spread, &guess))
        return false;
    for (size_t c = 0; c < s->chains; c++)
        chain[c] = (struct chain){.sampling = s,
                                  .proposal = &guess,
                                  .scratch = arena_new(arena, double, s->scratch),
                                  .draw = first + c * s->burn * N,
                                  .draws = s->burn,
                                  .thin = 1};
    parallel_run(s->threads, s->chains, chain_start, chain);
    /* The second half of each chain's first draws, moved together. */
    size_t half = s->burn / 2, kept = s->burn - half;
    for (size_t c = 0; c < s->chains; c++)
        memmove(first + c * kept * N, first + (c * s->burn + half) * N, kept * N * sizeof *first);
    bool learns = kept > 0 && proposal_learn(s, first, s->chains * kept, &learnt);
    for (size_t c = 0; c < s->chains; c++) {
        chain[c].proposal = learns ? &learnt : &guess;
        chain[c].draw = draw + c * s->draws * N;
        chain[c].draws = s->draws;
        chain[c].thin = s->thin;
    }
    parallel_run(s->threads, s->chains, chain_run, chain);
    return true;
}

/* -- diagnosis ------------------------------------------------------------------------------------------------------- */

struct ranked {
    double value;
    size_t place;
};

static int ranked_order(const void *a, const void *b) {
    const struct ranked *x = a, *y = b;
    return x->value != y->value ? (x->value > y->value) - (x->value < y->value)
                                : (x->place > y->place) - (x->place < y->place);
}

/* Replaces n values by the normal scores of their ranks; equal ones get their mean rank. Returns the median. */
static double scores_make(struct ranked *ranked, size_t n, double *value) {
    for (size_t i = 0; i < n; i++)
        ranked[i] = (struct ranked){value[i], i};
    qsort(ranked, n, sizeof *ranked, ranked_order);
    double median = 0.5 * (ranked[(n - 1) / 2].value + ranked[n / 2].value);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from; to < n && ranked[to].value == ranked[from].value;)
            to++;
        double rank = 0.5 * (double)(from + 1 + to);
        for (size_t i = from; i < to; i++)
            value[ranked[i].place] = special_normal_quantile((rank - 0.375) / ((double)n + 0.25));
    }
    return median;
}

/* Variances of m chains of n values: within, and the pooled estimate of the whole. */
struct spread {
    double within, whole;
};

static struct spread spread_of(const double *value, size_t m, size_t n, double *mean) {
    double grand = 0, within = 0, between = 0;
    for (size_t c = 0; c < m; c++) {
        mean[c] = 0;
        for (size_t i = 0; i < n; i++)
            mean[c] += value[c * n + i] / (double)n;
        grand += mean[c] / (double)m;
        for (size_t i = 0; i < n; i++)
            within += (value[c * n + i] - mean[c]) * (value[c * n + i] - mean[c]) / (double)(n - 1) / (double)m;
    }
    for (size_t c = 0; c < m; c++)
        between += (mean[c] - grand) * (mean[c] - grand) / (double)(m - 1);
    return (struct spread){within, within * (double)(n - 1) / (double)n + between};
}

static double autocovariance(const double *value, const double *mean, size_t m, size_t n, size_t lag) {
    double sum = 0;
    for (size_t c = 0; c < m; c++)
        for (size_t i = 0; i + lag < n; i++)
            sum += (value[c * n + i] - mean[c]) * (value[c * n + i + lag] - mean[c]);
    return sum / (double)(n * m);
}

static double effective_of(const double *value, size_t m, size_t n, const double *mean, struct spread spread) {
    double whole = (double)(m * n), sum = 0, last = INFINITY;
    for (size_t lag = 0; lag + 1 < n; lag += 2) {
        double pair = 0;
        for (size_t i = lag; i < lag + 2; i++)
            pair += i == 0 ? 1 : 1 - (spread.within - autocovariance(value, mean, m, n, i)) / spread.whole;
        if (!(pair > 0))
            break;
        last = fmin(last, pair);
        sum += last;
    }
    return fmin(whole / (2 * sum - 1), whole * log10(whole));
}

void pggg_diagnose(struct arena *arena, const double *draw, size_t chains, size_t draws, size_t p, double *r_hat,
                   double *effective) {
    struct arena_mark mark = arena_mark_get(arena);
    size_t n = draws / 2, m = 2 * chains, whole = m * n;
    double *value = arena_new(arena, double, whole), *folded = arena_new(arena, double, whole);
    double *mean = arena_new(arena, double, m);
    struct ranked *ranked = arena_new(arena, struct ranked, whole);
    *r_hat = *effective = NAN;
    if (n < 2) {
        arena_rewind(arena, mark);
        return;
    }
    for (size_t i = 0; i < whole; i++) {
        size_t c = i / n;
        /* The second half ends with the last draw, also when their number is odd. */
        size_t at = c % 2 == 0 ? i % n : draws - n + i % n;
        value[i] = folded[i] = draw[(c / 2 * draws + at) * PGGG_PARAMS + p];
    }
    double median = scores_make(ranked, whole, value);
    for (size_t i = 0; i < whole; i++)
        folded[i] = fabs(folded[i] - median);
    (void)scores_make(ranked, whole, folded);
    struct spread away = spread_of(folded, m, n, mean), place = spread_of(value, m, n, mean);
    *r_hat = sqrt(fmax(place.whole / place.within, away.whole / away.within));
    *effective = effective_of(value, m, n, mean, place);
    arena_rewind(arena, mark);
}
