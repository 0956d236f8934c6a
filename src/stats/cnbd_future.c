// SPDX-License-Identifier: Apache-2.0
/* cnbd_future -- what a customer that is alive will do in the horizon: P(a purchase) and E(purchases), by phase.
 *
 * Without leaving, the phases that end in the horizon, N, are negative binomial: shape R + m, P(N = 0) = (1 + tau)^-(R + m),
 * tau = t/(alpha + T); J = floor((N + m)/k) gaps end. The first purchase is made by who is alive, each later one by who has
 * not left after those before: E = sum over i >= 0 of g(i) P(J > i), g(i) = E((1 - p)^i) = (b')_i / (a + b')_i with
 * p ~ Beta(a, b') as it is known at T. All terms are positive. Two ways to the sum:
 *
 * - Directly, while N has up to some thousand likely values.
 * - Else by the chance p: E = E[(1 - H(q))/p] with q = 1 - p and H(q) = E(q^J), a smooth function of y = log(p/q), summed
 *   at equal steps of y, which for such functions converges faster than any power of the step. For k = 1 H is (1 + p tau)^-R;
 *   for k > 1 floor() is taken apart by the k-th roots of unity w: with s = q^(1/k) and G(v) = (1 + (1 - v) tau)^-(R+m),
 *       1 - H = -(1/k) sum over l of c(l) (s w^l)^m [G(s w^l) - 1],   c(l) = sum over j < k of (s w^l)^-j,
 *   whose term l = 0 does the work and whose others die out with the mean of N. For q under a tenth that sum cancels, and the
 *   power series of H is short. Where Beta(a, b') has its mass at an end (a or b' under 1/2) what the integrand tends to
 *   there is taken off and added by its known mean: P(J > 0) at p = 1, and (E J - P(J > 0)) q^M at p = 0.
 *
 * Must not depend on t_x: customers with the same x and T share the result. Invariant: no sum of terms of both signs is much
 * smaller than its largest term.
 */
#include <math.h>

#include "stats/cnbd.h"
#include "stats/special.h"

#define DIRECT_TERMS_MOST 2500.0
#define DIRECT_LOG_MOST 600.0 /* of -log P(N = 0): past it exp underflows */
#define DIRECT_REST 1e-13
#define SERIES_BELOW 0.1
#define STEP 0.25
#define STEP_SD 0.5
#define NODES_REST 1e-16
#define ENDS 34.0 /* e^-34: what is left of an end whose limit is taken off */
#define PI 3.14159265358979323846

enum { SERIES_TERMS = 17, ROOTS = MODEL_K_MOST / 2 + 1, NODES_MOST = 20000 };

/* Of one x and T. */
struct future {
    int32_t k;
    double shape, tau, log_tau; /* R; t/(alpha + T); log(1 + tau) */
    double a, stay;             /* Beta(a, stay): the chance to leave as known at T */
};

static double at_least_one(const struct future *f, int32_t m) {
    return -expm1(-(f->shape + m) * f->log_tau);
}

/* P(N >= need), 1 <= need <= k. */
static double at_least(const struct future *f, int32_t m, int32_t need) {
    if (need == 1)
        return at_least_one(f, m);
    double shape = f->shape + m, z = f->tau / (1 + f->tau);
    double none = exp(-shape * f->log_tau), term = none, below = 0;
    for (int32_t n = 1; n < need; n++) {
        term *= z * (shape + (n - 1)) / n;
        below += term;
    }
    if (none + below < 0.5)
        return 1 - (none + below);
    if (f->tau > 1)
        return fmax(at_least_one(f, m) - below, 0); /* few digits are lost: the tail is long */
    double sum = 0;
    for (int32_t n = need;; n++) {
        double ratio = z * (shape + (n - 1)) / n;
        term *= ratio;
        sum += term;
        if (!(term > DIRECT_REST * (1 - ratio) * sum)) /* an end for what is no number, too */
            return sum;
    }
}

/* -- directly -- */

static bool is_direct(const struct future *f) {
    double shape = f->shape + f->k, mean = shape * f->tau;
    double terms = mean + 8 * sqrt(mean * (1 + f->tau)) + 35 * (1 + f->tau);
    return shape * f->log_tau < DIRECT_LOG_MOST && terms < DIRECT_TERMS_MOST;
}

/* What is left after a term that falls by `steepest` a step, with purchases that grow by at most `next` a step. */
static bool is_rest_small(double term, double steepest, double purchases, double next, double sum) {
    double rest = 1 - steepest;
    return rest > 0 && term * (purchases * rest + next) <= DIRECT_REST * rest * rest * sum;
}

static double expected_of_one_phase(const struct future *f) {
    double z = f->tau / (1 + f->tau), term = exp(-f->shape * f->log_tau), sum = 0;
    double purchases = 0, next = 1; /* C(n) = g(0) + .. + g(n - 1), and g(n) */
    for (double n = 1;; n += 1) {
        double ratio = z * (f->shape + (n - 1)) / n;
        term *= ratio;
        purchases += next;
        next *= (f->stay + (n - 1)) / (f->a + f->stay + (n - 1));
        sum += term * purchases;
        if (is_rest_small(term, fmax(ratio, z), purchases, next, sum) || (term == 0 && (sum > 0 || ratio < 1)))
            return sum;
    }
}

/* All phases at once. J of phase m after n = jk + i is j, or j + 1 where i + m reaches k: weight[i + m] = C(J). */
static inline __attribute__((always_inline)) void phases_directly(const struct future *f, int32_t k, double *out) {
    double z = f->tau / (1 + f->tau), purchases = 0, next = 1;
    double shape[MODEL_K_MOST], term[MODEL_K_MOST], sum[MODEL_K_MOST], weight[2 * MODEL_K_MOST];
    for (int32_t m = 0; m < k; m++) {
        shape[m] = f->shape + m;
        term[m] = exp(-shape[m] * f->log_tau);
        sum[m] = 0;
    }
    for (double n = 0, j = 0;; j += 1) {
        for (int32_t m = 0; m < k; m++) {
            weight[m] = purchases;
            weight[k + m] = purchases + next;
        }
        purchases += next;
        for (int32_t i = 0; i < k; i++, n += 1) {
            double step = z / (n + 1);
            for (int32_t m = 0; m < k; m++) {
                sum[m] += term[m] * weight[i + m];
                term[m] *= (shape[m] + n) * step;
            }
        }
        double steepest = fmax(z * (f->shape + k + n) / n, z);
        bool done = true;
        next *= (f->stay + j) / (f->a + f->stay + j);
        for (int32_t m = 0; m < k && done; m++)
            done = is_rest_small(term[m], steepest, purchases, next, sum[m]) || (term[m] == 0 && steepest < 1);
        if (done)
            break;
    }
    for (int32_t m = 0; m < k; m++)
        out[m] = sum[m];
}

/* A number of phases that is known when this is compiled makes the innermost loop several times faster. */
static void expected_directly(const struct future *f, double *out) {
    if (f->k == 2)
        phases_directly(f, 2, out);
    else if (f->k == 4)
        phases_directly(f, 4, out);
    else if (f->k == 8)
        phases_directly(f, 8, out);
    else
        phases_directly(f, f->k, out);
}

/* -- by the chance to leave -- */

struct root {
    double cosine, sine, weight; /* of w^l; 2 where its conjugate counts too */
};

struct quadrature {
    const struct future *f;
    size_t roots; /* but l = 0 */
    struct root root[ROOTS];
    double more_than[MODEL_K_MOST][SERIES_TERMS]; /* P(J > i) */
    double mean[MODEL_K_MOST];                    /* E(J) */
};

struct complex {
    double re, im;
};

static struct complex times(struct complex x, struct complex y) {
    return (struct complex){x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re};
}

/* log(1 + (1 - s w) tau), given 1 - s. */
static struct complex log_base(const struct future *f, const struct root *w, double s, double one_less_s) {
    double re = (one_less_s + s * (1 - w->cosine)) * f->tau, im = -s * w->sine * f->tau;
    return (struct complex){0.5 * log1p(2 * re + re * re + im * im), atan2(im, 1 + re)};
}

/* (1 + (1 - s w) tau)^-power - 1 */
static struct complex power_less_1(struct complex log_of_base, double power) {
    double grown = expm1(-power * log_of_base.re), angle = -power * log_of_base.im, half = sin(0.5 * angle);
    return (struct complex){grown * cos(angle) - 2 * half * half, (grown + 1) * sin(angle)};
}

/* sum over l <> 0 of factor(l) (s w^l)^m [G_m(s w^l) - 1] added to sum[m], for all m. */
static void roots_add(const struct quadrature *q, size_t l, double s, double one_less_s, struct complex factor,
                      double *sum) {
    const struct future *f = q->f;
    const struct root *w = &q->root[l];
    struct complex base = log_base(f, w, s, one_less_s), less_1 = power_less_1(base, f->shape);
    double size = exp(-base.re);
    struct complex inverse = {size * cos(base.im), -size * sin(base.im)}, sw = {s * w->cosine, s * w->sine};
    for (int32_t m = 0; m < f->k; m++) {
        sum[m] += w->weight * (factor.re * less_1.re - factor.im * less_1.im);
        factor = times(factor, sw);
        less_1 = times((struct complex){less_1.re + 1, less_1.im}, inverse);
        less_1.re -= 1;
    }
}

static void quadrature_init(struct quadrature *q, const struct future *f) {
    q->f = f;
    q->roots = (size_t)f->k / 2;
    for (size_t l = 0; l < q->roots; l++) {
        double angle = 2 * PI * (double)(l + 1) / f->k;
        bool real = 2 * (l + 1) == (size_t)f->k;
        q->root[l] = (struct root){real ? -1 : cos(angle), real ? 0 : sin(angle), real ? 1 : 2};
    }
    double rest[MODEL_K_MOST] = {0};
    for (size_t l = 0; l < q->roots; l++) {
        /* 1 / (w^-l - 1) = conj(conj(w^-l - 1)...): (cos - 1 + i sin) / (2 - 2 cos) */
        double lower = 2 - 2 * q->root[l].cosine;
        roots_add(q, l, 1, 0, (struct complex){-0.5, q->root[l].sine / lower}, rest);
    }
    double z = f->tau / (1 + f->tau);
    for (int32_t m = 0; m < f->k; m++) {
        double shape = f->shape + m, term = exp(-shape * f->log_tau), more = at_least_one(f, m);
        q->mean[m] = (shape * f->tau - rest[m]) / f->k;
        for (int32_t i = 0, n = 1; i < SERIES_TERMS; i++) {
            for (; n < f->k * (i + 1) - m; n++) {
                term *= z * (shape + (n - 1)) / n;
                more -= term;
            }
            q->more_than[m][i] = fmax(more, 0);
        }
    }
}

/* (1 - H(q))/p - P(J > 0), by phase. */
static void purchases_given(const struct quadrature *q, double p, double stay, double log_stay, double *out) {
    const struct future *f = q->f;
    if (stay < SERIES_BELOW) {
        for (int32_t m = 0; m < f->k; m++) {
            double sum = 0;
            for (size_t i = SERIES_TERMS; i-- > 1;)
                sum = sum * stay + q->more_than[m][i];
            out[m] = sum * stay;
        }
        return;
    }
    double log_s = log_stay / f->k, s = exp(log_s), one_less_s = -expm1(log_s);
    double main_log = log1p(one_less_s * f->tau), main_factor = 0, rest[MODEL_K_MOST] = {0};
    for (int32_t j = 0; j < f->k; j++)
        main_factor = main_factor / s + 1;
    main_factor /= f->k;
    for (size_t l = 0; l < q->roots; l++) {
        /* p/q s w / (1 - s w) / k, the p left out on both sides */
        struct complex sw = {s * q->root[l].cosine, s * q->root[l].sine}, over = {1 - sw.re, sw.im};
        double scale = 1 / (stay * f->k * (over.re * over.re + over.im * over.im));
        struct complex factor = times(sw, over);
        roots_add(q, l, s, one_less_s, (struct complex){factor.re * scale, factor.im * scale}, rest);
    }
    for (int32_t m = 0; m < f->k; m++) {
        out[m] = -main_factor * expm1(-(f->shape + m) * main_log) / p - rest[m] - q->more_than[m][0];
        main_factor *= s;
    }
}

/* Both a and stay at least 1/2: from the peak of the density in y outward, weights relative to it, until nothing is left. */
static void expected_from_peak(const struct quadrature *q, double *out) {
    const struct future *f = q->f;
    double n = f->a + f->stay, p_peak = f->a / n, q_peak = f->stay / n;
    double step = fmin(STEP, STEP_SD * sqrt(1 / f->a + 1 / f->stay)), weights = 0;
    double sum[MODEL_K_MOST] = {0}, here[MODEL_K_MOST];
    for (int side = -1; side <= 1; side += 2) {
        for (int i = side < 0 ? 0 : 1; i < NODES_MOST; i++) {
            double y = side * i * step, lower = q_peak + p_peak * exp(y);
            double log_lower = fabs(y) < 1 ? log1p(p_peak * expm1(y)) : log(lower);
            double weight = exp(f->a * y - n * log_lower), p = p_peak * exp(y) / lower, stay = q_peak / lower;
            purchases_given(q, p, stay, p < 0.5 ? log1p(-p) : log(stay), here);
            weights += weight;
            bool done = weight <= NODES_REST * weights;
            for (int32_t m = 0; m < f->k; m++) {
                sum[m] += weight * here[m];
                done = done && weight * here[m] <= NODES_REST * (sum[m] + weights * q->more_than[m][0]);
            }
            if (done)
                break;
        }
    }
    for (int32_t m = 0; m < f->k; m++)
        out[m] = q->more_than[m][0] + sum[m] / weights;
}

/* The rising factorials over the smaller of n and a, so that nothing large is subtracted. */
double cnbd_stays(double a, double stay, double n) {
    if (n <= a)
        return exp(special_log_rising(stay, n) - special_log_rising(a + stay, n));
    return exp(special_log_rising(stay, a) - special_log_rising(stay + n, a));
}

/* a or stay under 1/2: the limits at the ends taken off. */
static void expected_from_ends(const struct quadrature *q, double *out) {
    const struct future *f = q->f;
    double power = fmax(1, (f->shape + 1) * f->tau / (2 * f->k));
    double low = -log(fmax(fmax(power, f->stay), (f->shape + f->k) * f->tau)) - ENDS, high = ENDS;
    double norm = special_log_beta(f->a, f->stay), at_end = cnbd_stays(f->a, f->stay, power);
    double sum[MODEL_K_MOST] = {0}, here[MODEL_K_MOST];
    for (double i = 0; low + i * STEP <= high; i += 1) {
        double y = low + i * STEP, log_p = -log1p(exp(-y)), log_stay = -log1p(exp(y));
        double weight = exp(f->a * log_p + f->stay * log_stay - norm), taken = exp(power * log_stay);
        if (weight == 0)
            continue;
        purchases_given(q, exp(log_p), exp(log_stay), log_stay, here);
        for (int32_t m = 0; m < f->k; m++)
            sum[m] += weight * (here[m] - (q->mean[m] - q->more_than[m][0]) * taken);
    }
    for (int32_t m = 0; m < f->k; m++)
        out[m] = q->more_than[m][0] + (q->mean[m] - q->more_than[m][0]) * at_end + STEP * sum[m];
}

void cnbd_future(const struct cnbd *model, double x, double T, double horizon, bool active, bool expected,
                 struct cnbd_future *out) {
    double tau = horizon / (model->alpha + T);
    struct future f = {.k = model->k,
                       .shape = model->r + model->k * x,
                       .tau = tau,
                       .log_tau = log1p(tau),
                       .a = model->a,
                       .stay = model->b + (model->leaving == CNBD_AFTER_EVERY ? x + 1 : x)};
    if (active)
        for (int32_t m = 0; m < f.k; m++)
            out->active[m] = at_least(&f, m, f.k - m);
    if (!expected)
        return;
    if (model->leaving == CNBD_NEVER) {
        out->expected[0] = f.shape * tau;
    } else if (is_direct(&f)) {
        if (f.k == 1)
            out->expected[0] = expected_of_one_phase(&f);
        else
            expected_directly(&f, out->expected);
    } else {
        struct quadrature q;
        quadrature_init(&q, &f);
        if (f.a >= 0.5 && f.stay >= 0.5)
            expected_from_peak(&q, out->expected);
        else
            expected_from_ends(&q, out->expected);
    }
}
