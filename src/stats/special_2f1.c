// SPDX-License-Identifier: Apache-2.0
/* special_2f1 -- Gauss's hypergeometric function on the log scale.
 *
 * F(a, b; c; z) = 1 + ab/c z + a(a+1)b(b+1)/(c(c+1)) z^2/2! + ...
 *
 * Which series. Where a, b > 0 all terms are positive. Euler's transformation F(a, b; c; z) = (1-z)^(c-a-b) F(c-a, c-b; c; z)
 * makes them positive where c > a, b; where both serve, the one whose terms fall like a power is taken. With a negative
 * parameter the plain series is tried first, and kept when the negative terms take away little.
 *
 * How it is summed. Terms by their ratio, rescaled when they grow, until the rest is under a geometric series. Near z = 1
 * that takes 40/(1-z) terms; so after DIRECT terms, where a term has become a smooth function of its number, the rest is an integral
 * (Euler and Maclaurin's formula about the midpoints),
 *     sum over n >= N of f(n) = integral from N - 1/2 of f + f'/24 - 7 f'''/5760 + 31 f^(5)/967680 - ... at N - 1/2,
 * taken in log x by Gauss's rule on panels that are halved until they agree. f is a ratio of gamma functions times z^x; its log
 * is written by special_log_rising, so nothing is lost when the parameters are large. This needs no case for whole c - a - b,
 * where the usual formula for z near 1 breaks down, and only ever adds positive numbers.
 *
 * Must not allocate. Invariant: where a result is not NaN no digits were lost to subtraction.
 */
#include "stats/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#define RESCALE 1e200
#define LOG_RESCALE 460.51701859880913680
#define SMOOTH 0.02     /* log of the ratio of two terms from which the corrections above are enough */
#define NEGLIGIBLE 44.0 /* e^-44 is under the rounding error */
#define PANEL_AGREES 1e-13
#define PANEL_WIDEST 2.0
#define END 700.0           /* log of a number of terms that no sum reaches */
#define SUBTRACTED_MOST 0.9 /* share of the terms' size that may cancel */

enum { DIRECT = 4000, SIGNED_TERMS = 4000, PANEL_DEPTH = 10, GAUSS = 8 };

static const double gauss_node[GAUSS] = {0.98940093499164993260, 0.94457502307323257608, 0.86563120238783174388,
                                         0.75540440835500303390, 0.61787624440264374845, 0.45801677765722738634,
                                         0.28160355077925891323, 0.095012509837637440185};
static const double gauss_weight[GAUSS] = {0.027152459411754094852, 0.062253523938647892863, 0.095158511682492784810,
                                           0.12462897125553387205,  0.14959598881657673208,  0.16915651939500253819,
                                           0.18260341504492358887,  0.18945061045506849629};

struct series {
    double a, b, c, z;
};

/* What has been summed: e^log_scale (head + the terms after it); the term of number n has the same scale. */
struct summed {
    double n, term, ratio; /* ratio: of the term n + 1 to the term n */
    double head_less_1;    /* without the first term while log_scale is 0, so that a result near 1 keeps its digits */
    double log_scale;
    bool done;
};

/* The terms from number `from` on as a smooth function of the number, over e^log_unit times the term at `from`. */
struct tail {
    struct series s;
    double log_z, from, log_unit;
    double agrees; /* two sums of a panel that differ by less are equal: rounding of the log of a term is no less */
};

/* -- the tail -------------------------------------------------------------------------------------------------------- */

/* log of gamma(p + x) / gamma(q + x). */
static double log_gamma_ratio(double p, double q, double x) {
    return p >= q ? special_log_rising(q + x, p - q) : -special_log_rising(p + x, q - p);
}

/* log of the term at x, over the unit. */
static double tail_log(const struct tail *t, double x) {
    double gammas = log_gamma_ratio(t->s.a, t->s.c, x) + log_gamma_ratio(t->s.b, 1, x);
    return gammas + (x - t->from) * t->log_z - t->log_unit;
}

/* Integral over x = e^v, v from low to high. */
static double panel(const struct tail *t, double low, double high) {
    double middle = 0.5 * (low + high), half = 0.5 * (high - low), sum = 0;
    for (size_t i = 0; i < GAUSS; i++) {
        double left = middle - half * gauss_node[i], right = middle + half * gauss_node[i];
        sum += gauss_weight[i] * (exp(tail_log(t, exp(left)) + left) + exp(tail_log(t, exp(right)) + right));
    }
    return half * sum;
}

static double panel_halved(const struct tail *t, double low, double high, double whole, double total, int depth) {
    double middle = 0.5 * (low + high), left = panel(t, low, middle), right = panel(t, middle, high);
    if (depth == 0 || fabs(left + right - whole) <= t->agrees * (total + whole))
        return left + right;
    return panel_halved(t, low, middle, left, total, depth - 1) +
           panel_halved(t, middle, high, right, total, depth - 1);
}

/* From v on in panels that double, up to `end` or until nothing comes any more. */
static double panels(const struct tail *t, double v, double width, double end, double total) {
    double sum = 0, way = end > v ? 1 : -1;
    while (way * (end - v) > 0) {
        double next = way * (end - v) <= 1.01 * width ? end : v + way * width;
        double low = fmin(v, next), high = fmax(v, next);
        sum += panel_halved(t, low, high, panel(t, low, high), total + sum, PANEL_DEPTH);
        v = next;
        width = fmin(2 * width, PANEL_WIDEST);
        if (tail_log(t, exp(v)) + v < log(total + sum) - NEGLIGIBLE)
            break;
    }
    return sum;
}

/* f'/24 - 7 f'''/5760 + 31 f^(5)/967680 at x over f. */
static double midpoint_corrections(const struct tail *t, double x) {
    const struct series *s = &t->s;
    double first = special_digamma(s->a + x) - special_digamma(s->c + x) + special_digamma(s->b + x) -
                   special_digamma(1 + x) + t->log_z;
    double second =
        special_trigamma(s->a + x) - special_trigamma(s->c + x) + special_trigamma(s->b + x) - special_trigamma(1 + x);
    double square = first * first;
    return first / 24 - 7 * first * (square + 3 * second) / 5760 + 31 * first * square * square / 967680;
}

/* Where the terms are largest, 0 where they only fall: the larger root of (a + n)(b + n) z = (c + n)(1 + n). */
static double terms_peak(const struct series *s) {
    double square = 1 - s->z, half = 0.5 * ((s->a + s->b) * s->z - s->c - 1), constant = s->c - s->a * s->b * s->z;
    double under = half * half - square * constant;
    if (!(under >= 0) || (half <= 0 && constant >= 0))
        return 0;
    double root = sqrt(under);
    return half > 0 ? (half + root) / square : -constant / (root - half);
}

/* log of the sum of the terms from the one that `summed` has reached on, over that term. */
static double tail_sum_log(const struct series *s, const struct summed *summed) {
    /* Of the two ways to pair the gamma functions the one with the smaller differences loses least. */
    bool swap = fabs(s->b - s->c) + fabs(s->a - 1) < fabs(s->a - s->c) + fabs(s->b - 1);
    struct tail t = {.s = *s, .log_z = s->z > 0.5 ? log1p(s->z - 1) : log(s->z), .from = summed->n};
    if (swap) {
        t.s.a = s->b;
        t.s.b = s->a;
    }
    t.log_unit = tail_log(&t, t.from);
    double peak = terms_peak(s);
    double start = log(t.from - 0.5), top = log(fmax(peak, t.from - 0.5));
    double corrections = midpoint_corrections(&t, t.from - 0.5);
    double log_top = tail_log(&t, exp(top));
    double size = fabs(log_gamma_ratio(t.s.a, t.s.c, exp(top))) + fabs(log_gamma_ratio(t.s.b, 1, exp(top)));
    t.agrees = PANEL_AGREES + 2 * DBL_EPSILON * size;
    t.log_unit += log_top;
    double first = exp(tail_log(&t, t.from - 0.5)) * corrections;
    double width = 2 * exp(-0.5 * top);
    double sum = panels(&t, top, width, END, DBL_MIN);
    if (top > start)
        sum += panels(&t, top, width, start, sum);
    return log_top + log(sum + first);
}

/* -- the series ------------------------------------------------------------------------------------------------------ */

static void summed_add(const struct series *s, struct summed *t) {
    t->term *= t->ratio;
    t->n += 1;
    t->head_less_1 += t->term;
    t->ratio = (s->a + t->n) / (s->c + t->n) * ((s->b + t->n) / (t->n + 1)) * s->z;
    if (t->term > RESCALE) {
        t->term /= RESCALE;
        t->head_less_1 = (t->head_less_1 + (t->log_scale == 0 ? 1 : 0)) / RESCALE;
        t->log_scale += LOG_RESCALE;
    }
    /* When from here on every ratio stays under 1, the rest is under a geometric series. */
    double most = fmax(fabs(t->ratio), s->z);
    bool falling = fabs(t->ratio) < 1 && 2 * (1 - s->z) * t->n + s->c + 1 - (s->a + s->b) * s->z >= 0;
    t->done =
        t->term == 0 || (falling && fabs(t->term) * most <= (1 - most) * fabs(t->head_less_1) * (DBL_EPSILON / 8));
}

/* a, b > 0. */
static double series_log(const struct series *s) {
    struct summed t = {.term = 1, .ratio = s->a * s->b / s->c * s->z};
    while (!t.done) {
        summed_add(s, &t);
        if (t.n >= DIRECT && (t.ratio > 1 || log(t.ratio) > -SMOOTH))
            break;
    }
    double before = t.done ? t.head_less_1 : t.head_less_1 - t.term;
    double head = t.log_scale == 0 ? log1p(before) : t.log_scale + log(before);
    return t.done ? head : special_log_add(head, t.log_scale + log(t.term) + tail_sum_log(s, &t));
}

/* With signs; NaN when too much cancels or the end is far. */
static double series_signed_log(const struct series *s) {
    struct summed t = {.term = 1, .ratio = s->a * s->b / s->c * s->z};
    double size = 1;
    while (!t.done && t.n < SIGNED_TERMS && t.log_scale == 0) {
        summed_add(s, &t);
        size += fabs(t.term);
    }
    bool kept = t.done && t.log_scale == 0 && 1 + t.head_less_1 >= (1 - SUBTRACTED_MOST) * size;
    return kept ? log1p(t.head_less_1) : NAN;
}

double special_log_2f1(double a, double b, double c, double z) {
    if (!(c > 0) || !(z >= 0) || !(z < 1) || !isfinite(a) || !isfinite(b) || !isfinite(c))
        return NAN;
    if (z == 0 || a == 0 || b == 0)
        return 0;
    if (a == c || b == c)
        return -(a == c ? b : a) * log1p(-z);
    double power = c - fmax(a, b) - fmin(a, b); /* in this order: c and the larger may nearly cancel */
    struct series plain = {a, b, c, z}, euler = {c - a, c - b, c, z};
    bool plain_serves = a > 0 && b > 0, euler_serves = c > a && c > b;
    if (plain_serves && (power >= 0 || !euler_serves))
        return series_log(&plain);
    if (!plain_serves) {
        double value = series_signed_log(&plain);
        if (!isnan(value) || !euler_serves)
            return value;
    }
    return power * log1p(-z) + series_log(&euler);
}
