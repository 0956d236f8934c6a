// SPDX-License-Identifier: Apache-2.0
/* pggg_likelihood -- one customer under Pareto/GGG: the sum over its unknown
 * regularity k.
 *
 * For each k the silence after the last purchase is pggg_wait's. What is left
 * is one integral over k, in q = log k, by the trapezoid rule at q = middle +
 * width (1 + y - e^-y), y = j step, about the peak of the integrand. It falls
 * like e^(-e^q) toward large k and like a power of k toward 0; in y it falls
 * doubly exponentially on both sides, and there the trapezoid rule converges
 * like e^(-c/step).
 *
 * The terms of the gaps, k x log k - x log gamma(k) + log gamma(R) - R log A +
 * k litt (R = r + k x, A = alpha + k t_x), are written with Stirling's formula:
 * the parts of the size of k x cancel by hand, and what is left depends on how
 * far the gaps are from equal, -litt - x log(x/t_x) >= 0.
 *
 * Must not allocate. Invariant: node weights are positive and sum to 1.
 */
#include <math.h>
#include <string.h>

#include "stats/pggg_parts.h"
#include "stats/special.h"
#include "stats/special_parts.h"

#define LOG_2PI 1.83787706640934548356
#define LOG_K_MOST 60.0
#define LOG_K_LEAST -650.0

enum { SEARCH_STEPS = 60, NEWTON_STEPS = 40, PEAK_ROUNDS = 3 };

/* How far the integrals go, in e-folds under the peak, how fine the steps over
 * k are, and how many panels over u. */
struct care {
    double depth, step, width;
    int panels;
    bool tilted; /* goes on toward small k, where purchases come in swarms, until
                  they do not count either */
};
static const struct care care_of[] = {[PGGG_GROSS] = {11, 0.5, 0.75, 1, false},
                                      [PGGG_FAIR] = {20, 0.33, 0.9, 2, true},
                                      [PGGG_FINE] = {34, 0.16, 0.9, 3, true}};

/* -- one k
 * -----------------------------------------------------------------------------------------------------------
 */

/* The terms of one customer as a function of q = log k. */
struct of_k {
    const double *v;
    const struct cbs_customer *c;
    const struct care *care;
    double uneven; /* -litt - x log(x / t_x): 0 when all gaps are equal */
    double constant;
};

static void of_k_make(const double *v, const struct cbs_customer *c, const struct care *care, struct of_k *out) {
    *out = (struct of_k){.v = v, .c = c, .care = care};
    double t = v[PGGG_T];
    out->constant = t * log(v[PGGG_GAMMA]) - special_log_gamma(t) - v[PGGG_S] * log1p(c->t_x / v[PGGG_BETA]);
    if (c->x == 0)
        return;
    out->uneven = fmax(0, -c->litt - c->x * log(c->x / c->t_x));
    double r = v[PGGG_R];
    out->constant += r * log(v[PGGG_ALPHA]) - special_log_gamma(r) - r - 0.5 * (c->x - 1) * LOG_2PI - c->litt;
}

/* What r and alpha have to do with the gaps. */
static double rate_log(const struct of_k *f, double k) {
    double x = f->c->x, t_x = f->c->t_x, r = f->v[PGGG_R], alpha = f->v[PGGG_ALPHA];
    double rest = r + k * x, rate = r / (k * x), wait = alpha / (k * t_x);
    double stirling = special_stirling(rest) - 0.5 * log(rest);
    /* The last: log1p(rate) - log1p(wait), both small and nearly equal where k x
   * is large. */
    return stirling + r * log(rest / (alpha + k * t_x)) + k * x * log1p((rate - wait) / (1 + wait));
}

/* Prior and gaps, without the silence. */
static double gaps_log(const struct of_k *f, double q) {
    double k = exp(q), x = f->c->x, prior = f->v[PGGG_T] * q - (f->v[PGGG_GAMMA] + f->uneven) * k;
    return x == 0 ? prior : prior + x * (0.5 * q - special_stirling(k)) + rate_log(f, k);
}

/* Its slope and curvature by q. */
static void gaps_slopes(const struct of_k *f, double q, double *first, double *second) {
    const double *v = f->v;
    double k = exp(q), x = f->c->x, by_k = v[PGGG_T] / k - v[PGGG_GAMMA] - f->uneven, by_kk = -v[PGGG_T] / (k * k);
    if (x > 0) {
        double rest = v[PGGG_R] + k * x, scale = v[PGGG_ALPHA] + k * f->c->t_x, t_x = f->c->t_x;
        by_k +=
            x * (log(k) + 1 - special_digamma(k) + special_digamma(rest) - log(scale * x / t_x)) - rest * t_x / scale;
        by_kk += x * (1 / k - special_trigamma(k)) + x * x * special_trigamma(rest) - 2 * x * t_x / scale +
                 rest * t_x * t_x / (scale * scale);
    }
    *first = k * by_k;
    *second = k * k * by_kk + k * by_k;
}

/* log of P(no purchase seen after t_x) over S(t_x), and P(alive) given that. */
static double silence_log(const struct of_k *f, struct pggg_node *node) {
    double w = f->c->T - f->c->t_x;
    node->alive = 1;
    if (!(w > 0))
        return 0;
    struct pggg_silence x = {.s = f->v[PGGG_S], .b = f->v[PGGG_BETA] + f->c->t_x};
    struct pggg_range range;
    pggg_wait_make(node->k, node->rest, node->scale, &x.wait);
    pggg_silence_range(&x, w, f->care->depth, &range);
    double longer = pggg_wait_longer(&x.wait, w), left = pggg_silence_left(&x, &range, f->care->panels);
    double here = longer * exp(-x.s * log1p(w / x.b));
    /* Who is silent for longer than a gap may have left all the same. */
    node->alive = here > 0 ? here / (longer + left) : 0;
    return log(longer + left);
}

static double whole_log(const struct of_k *f, double q, struct pggg_node *node) {
    node->k = exp(q);
    node->rest = f->v[PGGG_R] + node->k * f->c->x;
    node->scale = f->v[PGGG_ALPHA] / node->k + f->c->t_x;
    node->silent_log = silence_log(f, node);
    return gaps_log(f, q) + node->silent_log;
}

/* -- the sum over k
 * --------------------------------------------------------------------------------------------------
 */

/* Newton's method for the peak of the gaps' terms, kept within where the slope
 * changes sign. */
static double gaps_peak(const struct of_k *f, double guess, double *spread) {
    double low = LOG_K_LEAST, high = LOG_K_MOST, first, second, q = fmin(fmax(guess, low), high);
    for (int i = 0; i < NEWTON_STEPS; i++) {
        gaps_slopes(f, q, &first, &second);
        if (first > 0)
            low = q;
        else
            high = q;
        double next = q - first / second;
        if (!(second < 0 && next > low && next < high))
            next = 0.5 * (low + high);
        double moved = fabs(next - q);
        q = next;
        if (moved < 1e-3)
            break;
    }
    *spread = second < 0 ? 1 / sqrt(-second) : 1;
    return q;
}

static double gaps_guess(const struct of_k *f) {
    return log((f->v[PGGG_T] + 0.5 * f->c->x) / (f->v[PGGG_GAMMA] + f->uneven));
}

/* The top of a parabola through three points, and its width. */
static double parabola_peak(double q, double step, const double at[3], double *spread) {
    double curve = (at[0] - 2 * at[1] + at[2]) / (step * step), slope = 0.5 * (at[2] - at[0]) / step;
    if (!(curve < 0))
        return q;
    *spread = 1 / sqrt(-curve);
    return q - fmax(-step, fmin(step, slope / curve));
}

/* The same with the silence: from there uphill in steps, then the parabola;
 * once more where the peak is much narrower than the steps were. */
static double whole_peak(const struct of_k *f, double *spread) {
    struct pggg_node node;
    double q = gaps_peak(f, gaps_guess(f), spread);
    if (!(f->c->T > f->c->t_x))
        return q;
    for (int round = 0; round < PEAK_ROUNDS; round++) {
        double step = fmin(*spread, 1);
        double at[3] = {whole_log(f, q - step, &node), whole_log(f, q, &node), whole_log(f, q + step, &node)};
        for (int i = 0; i < SEARCH_STEPS && (at[0] > at[1] || at[2] > at[1]); i++) {
            bool left = at[0] > at[1];
            q += left ? -step : step;
            at[left ? 2 : 0] = at[1];
            at[1] = at[left ? 0 : 2];
            at[left ? 0 : 2] = whole_log(f, left ? q - step : q + step, &node);
        }
        q = parabola_peak(q, step, at, spread);
        if (*spread > 0.7 * step)
            break;
    }
    return q;
}

/* Point number j of the rule; log_slope is that of dq/dj. */
static double point_q(const struct care *care, double middle, double width, int j, double *log_slope) {
    double y = j * care->step, fall = exp(-y);
    *log_slope = log(width * care->step * (1 + fall));
    return middle + width * (1 + y - fall);
}

/* Points from the middle to one side until nothing comes any more, also of what
 * grows like 1/k toward small k. */
static void nodes_add(const struct of_k *f, int way, double *most, struct pggg_customer *out) {
    for (int j = way > 0 ? 0 : -1; out->nodes < PGGG_NODES_MOST; j += way) {
        struct pggg_node *node = &out->node[out->nodes];
        double log_slope, q = point_q(f->care, out->middle, out->width, j, &log_slope);
        double least = *most - f->care->depth - (f->care->tilted ? fmax(0, out->middle - q) : 0);
        if (q < LOG_K_LEAST || (j != 0 && gaps_log(f, q) + log_slope < least))
            break;
        node->weight = whole_log(f, q, node) + log_slope;
        *most = fmax(*most, node->weight);
        out->nodes++;
        *(way > 0 ? &out->to : &out->from) = j;
        if (node->weight < least)
            break;
    }
}

void pggg_customer_make(const double *v, const struct cbs_customer *c, enum pggg_care care, struct pggg_customer *out) {
    struct of_k f;
    of_k_make(v, c, &care_of[care], &f);
    out->v = v;
    out->c = *c;
    out->nodes = 0;
    out->from = out->to = 0;
    double spread, most = -INFINITY, sum = 0;
    out->middle = whole_peak(&f, &spread);
    out->width = f.care->width * fmin(spread, 1);
    nodes_add(&f, 1, &most, out);
    nodes_add(&f, -1, &most, out);
    for (size_t i = 0; i < out->nodes; i++)
        sum += out->node[i].weight = exp(out->node[i].weight - most);
    for (size_t i = 0; i < out->nodes; i++)
        out->node[i].weight /= sum;
    out->loglik = f.constant + most + log(sum);
}

/* -- with a plan
 * -----------------------------------------------------------------------------------------------------
 */

void pggg_plan_make(const double *v, const struct cbs_customer *c, struct pggg_plan *out) {
    struct of_k f;
    struct pggg_customer customer;
    double spread;
    of_k_make(v, c, &care_of[PGGG_GROSS], &f);
    pggg_customer_make(v, c, PGGG_GROSS, &customer);
    out->peak = gaps_peak(&f, gaps_guess(&f), &spread);
    out->shift = (customer.middle - out->peak) / spread;
    out->stretch = customer.width / spread;
    out->from = customer.from;
    out->to = customer.to;
}

double pggg_plan_loglik(const double *v, const struct cbs_customer *c, const struct pggg_plan *plan) {
    struct of_k f;
    struct pggg_node node;
    of_k_make(v, c, &care_of[PGGG_GROSS], &f);
    double spread, peak = gaps_peak(&f, plan->peak, &spread), most = -INFINITY, sum = 0, value[PGGG_NODES_MOST];
    double middle = peak + plan->shift * spread, width = plan->stretch * spread;
    for (int j = plan->from; j <= plan->to; j++) {
        double log_slope, q = point_q(f.care, middle, width, j, &log_slope);
        value[j - plan->from] = whole_log(&f, q, &node) + log_slope;
        most = fmax(most, value[j - plan->from]);
    }
    for (int j = plan->from; j <= plan->to; j++)
        sum += exp(value[j - plan->from] - most);
    return f.constant + most + log(sum);
}
