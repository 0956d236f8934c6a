// SPDX-License-Identifier: Apache-2.0
/* pggg_predict -- the coming purchases of one customer of Pareto/GGG.
 *
 * Given k, the n-th purchase after the last known one, at t_x, comes after u with the density of a ratio of Gamma numbers
 * (pggg_wait, shape n k). Of the n gaps up to u the first is a Beta(k, (n-1) k) share, whatever the rate: so
 *     P(the first gap is longer than w | the n-th ends at u) = P(Beta((n-1) k, k) < 1 - w/u),
 * and the chance that the n-th coming purchase happens within the horizon h, before the customer leaves, is one integral,
 *     more(n) = 1/silent * integral over u from w to w + h of S(t_x + u)/S(t_x) density_n(u) P(Beta((n-1) k, k) < 1 - w/u),
 * averaged over k. Everything follows from it: P(active) = more(1), the expectation is the sum of more(n), and
 * P(n) = more(n) - more(n + 1).
 *
 * The integral is taken in log(u - w), which is smooth at both ends, in panels a few times narrower than the sharpest purchase is
 * spread. The sum over n is exact up to DIRECT; beyond, more(n) is smooth in n, and panels in log n with Gauss's points stand
 * for it (Euler and Maclaurin about the midpoints).
 *
 * Must not be given parameters that pggg_check refuses. Invariant: more(n) falls with n, in [0, 1].
 */
#include <math.h>
#include <string.h>

#include "stats/pggg_parts.h"
#include "stats/special.h"
#include "stats/special_parts.h"

#define DEPTH 20.0       /* e-folds under the peak at which integrals end */
#define SPREADS 4.0      /* a panel's width, in standard deviations of a purchase's time */
#define PANEL_WIDEST 1.5 /* in log time */
#define PANEL_LEAST 1e-3
#define PANEL_LONE 3.0   /* where only the next purchase counts, and that ever less */
#define NUMBER_PANEL 0.5 /* in log n */
#define HORIZON_MOST 1e15
#define DENSITY_LEAST 300.0 /* e-folds: a density that is as good as 0 */
#define TAIL_LEAST 1e-11
#define PART_LEAST 1e-10 /* of a purchase's chance: what a point must add to count */
#define NODE_LEAST 1e-7  /* of the customer: what a k must stand for, times the swarms it may bring */

#define TIGHT_LEAST 100.0  /* shapes from which on a purchase's time is spread by little on both sides */
#define TIGHT_SPREADS 12.0 /* what is farther off does not count */
#define TIGHT_SILENCE 5.0  /* e-folds: after an unlikelier silence what is far off counts */
#define KNOWN_LEAST 1000.0 /* shape from which on a customer's rate is known well enough for the steady flow */
#define STEADY_GAPS 40.0   /* after so many the flow is steady, */
#define STEADY_REGULAR 1.5 /* or so many times k, for a rhythm to be forgotten to e^-29, */
#define STEADY_SWARM 30.0  /* or so many over k */

enum { DIRECT = 24, NUMBERS_MOST = 1024 };

/* -- which purchases are looked at ----------------------------------------------------------------------------------- */

/* Numbers of purchases, whole or not, and how many each stands for. */
struct numbers {
    size_t n;
    double *number, *stands_for;
};

/* The last number that may come within u with a chance that counts. */
static double number_most(const struct pggg_node *node, double u) {
    double low = 1, high = 2, y = u / (node->scale + u), x = node->scale / (node->scale + u);
    while (high < 1e15 && special_beta_split(high * node->k, node->rest, y, x) > TAIL_LEAST) {
        low = high;
        high *= 2;
    }
    while (high > 1.05 * low + 1) {
        double middle = sqrt(low * high);
        if (special_beta_split(middle * node->k, node->rest, y, x) > TAIL_LEAST)
            low = middle;
        else
            high = middle;
    }
    return ceil(high);
}

static void numbers_add(struct numbers *out, double number, double stands_for) {
    out->number[out->n] = number;
    out->stands_for[out->n++] = stands_for;
}

/* 1 .. DIRECT one by one, then points for all up to most. */
static void numbers_make(const struct pggg_node *node, double most, struct numbers *out) {
    for (double n = 1; n <= fmin(most, DIRECT); n += 1)
        numbers_add(out, n, 1);
    if (most <= DIRECT)
        return;
    /* The sum from there on is the integral from DIRECT + 1/2 and a 24th of the slope there. */
    out->stands_for[DIRECT - 1] -= 1.0 / 24;
    numbers_add(out, DIRECT + 1, 1.0 / 24);
    double from = log(DIRECT + 0.5), to = log(most + 0.5);
    double sharp = sqrt(1 / node->rest + 1 / (most * node->k));
    double panels = ceil((to - from) / fmin(NUMBER_PANEL, SPREADS * sharp));
    panels = fmin(panels, (NUMBERS_MOST - DIRECT - 1) / (2 * PGGG_GAUSS));
    double half = 0.5 * (to - from) / panels;
    for (double p = 0; p < panels; p += 1)
        for (size_t i = 0; i < 2 * (size_t)PGGG_GAUSS; i++) {
            double at = i < PGGG_GAUSS ? -pggg_gauss_node[i] : pggg_gauss_node[i - PGGG_GAUSS];
            double number = exp(from + (2 * p + 1 + at) * half);
            numbers_add(out, number, pggg_gauss_weight[i % PGGG_GAUSS] * half * number);
        }
}

/* -- one value of k -------------------------------------------------------------------------------------------------- */

struct ahead {
    const struct pggg_node *node;
    const struct numbers *numbers;
    size_t from;            /* the first number that is asked for */
    struct pggg_wait *wait; /* [numbers] */
    double *
        log_silent; /* [numbers] log of a B(a, k), a = (n-1) k: the first share is under x^a (1-x)^min(k-1, 0) over it */
    double w, b, s, horizon;
    double *more; /* [numbers], of this k */
};

/* Adds weight times the integrand at u = w + v. Points come from the end of the horizon backward: what no longer adds to a
 * purchase that is later than usual at u adds to no later one. */
static void ahead_add(const struct ahead *a, double log_v, double weight) {
    double v = exp(log_v), u = a->w + v,
           log_u = a->w > 0 ? log(u) : log_v; /* v itself may be under the smallest number */
    double k = a->node->k, usual = u * a->node->rest / (a->node->scale * k), share = a->w > 0 ? v / u : 1;
    double log_share = log(share), log_rest = a->w > 0 ? log(a->w / u) : 0;
    double here = weight * share * exp(-a->s * log1p(u / a->b) - a->node->silent_log);
    struct pggg_moment at;
    pggg_moment_make(a->wait, log_u, u, &at);
    for (size_t i = a->from; i < a->numbers->n; i++) {
        double n = a->numbers->number[i], log_density = pggg_wait_log_density(&a->wait[i], &at);
        double part = log_density > -DENSITY_LEAST ? here * exp(log_density) : 0;
        double least = a->more[i] * PART_LEAST;
        if (part > least && a->w > 0 && n > 1) {
            double silent = (n - 1) * k * log_share + fmin(k - 1, 0) * log_rest - a->log_silent[i];
            part *= silent < 0 && part * exp(silent) <= least ? 0 : special_beta_split((n - 1) * k, k, share, a->w / u);
        }
        if (part <= least && n > usual + 1)
            break;
        a->more[i] += part;
    }
}

/* Width of the panel that ends at log v: a purchase about u is spread by sharp * u, that is sharp * u/v in log v. */
static double panel_width(const struct ahead *a, double log_v, double gap) {
    double v = exp(log_v), u = a->w + v, k = a->node->k;
    double sharp = sqrt(1 / a->node->rest + 1 / (k * fmax(1, u / gap)));
    return fmin(PANEL_WIDEST, fmax(SPREADS * sharp * (v > 0 ? u / v : 1), PANEL_LEAST));
}

/* Where the purchases asked for come, in log v, where that is a narrow place. */
static void range_tighten(const struct ahead *a, double *low, double *high) {
    const struct pggg_node *node = a->node;
    if (a->from >= a->numbers->n)
        return;
    double first = a->numbers->number[a->from] * node->k, last = a->numbers->number[a->numbers->n - 1] * node->k;
    if (first < TIGHT_LEAST || node->rest < TIGHT_LEAST || node->silent_log < -TIGHT_SILENCE)
        return;
    double usual = node->scale / node->rest;
    double from = usual * first * exp(-TIGHT_SPREADS * sqrt(1 / first + 1 / node->rest)) - a->w;
    double to = usual * last * exp(TIGHT_SPREADS * sqrt(1 / last + 1 / node->rest)) - a->w;
    *high = to > 0 ? fmin(*high, log(to)) : *low;
    if (from > 0)
        *low = fmax(*low, log(from));
}

static void ahead_sum(const struct ahead *a) {
    double k = a->node->k, gap = a->node->scale * k / a->node->rest, high = log(a->horizon), width = PANEL_WIDEST;
    /* Below a tenth of a gap, and of the time of those who leave first, only the next purchase counts, and that ever less:
     * like v where something is known of the open gap, else like v^k. */
    double leave = (a->w + a->b) / fmax(a->s, 1);
    double fine = log(fmin(a->horizon, 0.1 * fmin(gap, leave))), low = fine - DEPTH / (a->w > 0 ? 1 : fmin(k, 1));
    if (a->w > 0)
        low = fmin(low, log(a->w) - DEPTH);
    range_tighten(a, &low, &high);
    memset(a->more, 0, a->numbers->n * sizeof *a->more);
    for (double to = high, from; to > low; to = from) {
        width = to > fine ? panel_width(a, to, gap) : fmin(1.5 * width, a->w > 0 ? PANEL_LONE : INFINITY);
        from = fmax(to - width, low);
        double middle = 0.5 * (from + to), half = 0.5 * (to - from);
        for (size_t i = 0; i < PGGG_GAUSS; i++) {
            ahead_add(a, middle + half * pggg_gauss_node[i], half * pggg_gauss_weight[i]);
            ahead_add(a, middle - half * pggg_gauss_node[i], half * pggg_gauss_weight[i]);
        }
    }
    for (size_t i = 0; i < a->numbers->n; i++)
        a->more[i] = fmin(a->more[i], 1);
}

/* -- averaged over k ------------------------------------------------------------------------------------------------- */

static bool ahead_make(const struct pggg_customer *p, size_t node, double horizon, struct ahead *out) {
    out->node = &p->node[node];
    out->w = p->c.T - p->c.t_x;
    out->b = p->v[PGGG_BETA] + p->c.t_x;
    out->s = p->v[PGGG_S];
    out->horizon = fmin(horizon, HORIZON_MOST);
    double least = out->from > 0 ? NODE_LEAST : 0; /* P(active) is cheap and wanted to more digits */
    return out->node->weight * (1 + 1 / out->node->k) > least && isfinite(out->node->silent_log);
}

static void waits_make(const struct ahead *a) {
    for (size_t i = 0; i < a->numbers->n; i++) {
        double k = a->node->k, others = (a->numbers->number[i] - 1) * k;
        pggg_wait_make(others + k, a->node->rest, a->node->scale, &a->wait[i]);
        a->log_silent[i] = others > 0 ? log(others) + special_log_beta(others, k) : 0;
    }
}

double pggg_active_of(const struct pggg_customer *p, double horizon) {
    double sum = 0, one = 1, more, log_silent;
    struct pggg_wait wait;
    struct numbers numbers = {.n = 1, .number = &one, .stands_for = &one};
    struct ahead a = {.numbers = &numbers, .wait = &wait, .log_silent = &log_silent, .more = &more};
    for (size_t i = 0; i < p->nodes && horizon > 0; i++)
        if (ahead_make(p, i, horizon, &a)) {
            waits_make(&a);
            ahead_sum(&a);
            sum += a.node->weight * more;
        }
    return fmin(sum, 1);
}

/* P(at least n), n > 1. */
double pggg_more_of(const struct pggg_customer *fair, double horizon, double n) {
    double sum = 0, one = 1, more, log_silent;
    struct pggg_wait wait;
    struct numbers numbers = {.n = 1, .number = &n, .stands_for = &one};
    struct ahead a = {.numbers = &numbers, .wait = &wait, .log_silent = &log_silent, .more = &more};
    for (size_t i = 0; i < fair->nodes && horizon > 0; i++)
        if (ahead_make(fair, i, horizon, &a)) {
            waits_make(&a);
            ahead_sum(&a);
            sum += a.node->weight * more;
        }
    return fmin(sum, 1);
}

/* (1 - e^-x) / x */
static double fall_mean(double x) {
    return fabs(x) < 1e-300 ? 1 : -expm1(-x) / x;
}

/* After some gaps a known customer's purchases flow steadily at its rate, whatever k: given gap > w, a rate of
 *     rest/(k scale) P(gap > w | rest + 1) / P(gap > w | rest)
 * as long as it stays. Cuts the horizon to where that begins, and returns what is expected beyond. */
static double steady_take(struct ahead *a) {
    const struct pggg_node *node = a->node;
    double gaps = fmax(STEADY_GAPS, fmax(STEADY_REGULAR * node->k, STEADY_SWARM / node->k));
    double from = gaps * node->scale * node->k / node->rest, beyond = a->horizon - from;
    if (!(beyond > 0) || node->rest < KNOWN_LEAST || node->silent_log < -TIGHT_SILENCE)
        return 0;
    struct pggg_wait wait;
    pggg_wait_make(node->k, node->rest + 1, node->scale, &wait);
    double rate = node->rest / (node->k * node->scale) * (a->w > 0 ? pggg_wait_longer(&wait, a->w) : 1);
    double there = a->b + a->w + from, w = log1p(beyond / there);
    double stays = exp(-a->s * log1p((a->w + from) / a->b) - node->silent_log) * there * w * fall_mean((a->s - 1) * w);
    a->horizon = from;
    return rate * stays;
}

/* The next purchase from the fine customer, the further ones from the fair: so the expectation is never under P(active). */
double pggg_expected_of(const struct pggg_customer *fine, const struct pggg_customer *fair, double horizon) {
    double number[NUMBERS_MOST], stands_for[NUMBERS_MOST], log_silent[NUMBERS_MOST], more[NUMBERS_MOST];
    struct pggg_wait wait[NUMBERS_MOST];
    struct numbers numbers = {.number = number, .stands_for = stands_for};
    struct ahead a = {.numbers = &numbers, .from = 1, .wait = wait, .log_silent = log_silent, .more = more};
    if (fair->c.x == 0 && fair->c.T == 0 && fair->v[PGGG_T] <= 1)
        return horizon > 0 ? INFINITY : 0;
    double sum = pggg_active_of(fine, horizon);
    for (size_t i = 0; i < fair->nodes && horizon > 0; i++) {
        if (!ahead_make(fair, i, horizon, &a))
            continue;
        sum += a.node->weight * steady_take(&a);
        numbers.n = 0;
        numbers_make(a.node, number_most(a.node, a.w + a.horizon), &numbers);
        waits_make(&a);
        ahead_sum(&a);
        for (size_t n = 1; n < numbers.n; n++)
            sum += a.node->weight * stands_for[n] * more[n];
    }
    return sum;
}

void pggg_pmf_of(struct arena *arena, const struct pggg_customer *fine, const struct pggg_customer *fair,
                 double horizon, size_t most, double *out) {
    struct arena_mark mark = arena_mark_get(arena);
    struct numbers numbers = {.number = arena_new(arena, double, most + 1)};
    struct ahead a = {.numbers = &numbers,
                      .from = 1,
                      .wait = arena_new(arena, struct pggg_wait, most + 1),
                      .log_silent = arena_new(arena, double, most + 1),
                      .more = arena_new(arena, double, most + 1)};
    memset(out, 0, (most + 1) * sizeof *out);
    for (size_t n = 0; n <= most; n++)
        numbers.number[n] = (double)n + 1;
    /* out[n] is more(n + 1) first. */
    out[0] = pggg_active_of(fine, horizon);
    for (size_t i = 0; i < fair->nodes && horizon > 0 && most > 0; i++) {
        if (!ahead_make(fair, i, horizon, &a))
            continue;
        numbers.n = (size_t)fmin((double)most + 1, number_most(a.node, a.w + a.horizon));
        waits_make(&a);
        ahead_sum(&a);
        for (size_t n = 1; n < numbers.n; n++)
            out[n] += a.node->weight * a.more[n];
    }
    double above = 1;
    for (size_t n = 0; n <= most; n++) {
        double more = fmin(out[n], above);
        out[n] = above - more;
        above = more;
    }
    arena_rewind(arena, mark);
}
