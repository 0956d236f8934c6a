// SPDX-License-Identifier: Apache-2.0
/* pnbd_more -- how likely are n purchases or more within t, of a customer with rates Gamma(p, a) and Gamma(s, b).
 *
 * There are n within t when the n-th comes at some tau before t and the customer is still there. If nobody left, the time of the
 * n-th would be such that u = tau / (a + tau) is Beta(n, p); so with w = log tau
 *     P(N >= n) = integral over w < log t of u^n (1 - u)^p / B(n, p) (1 + tau/b)^-s dw.
 * One integral for any n: a quantile of a count of millions costs as much as one of three. Its logarithm is concave in w with
 * singularities 3.14 beside the real line, so panels of length up to 4 over which it changes by no more than 12 have full
 * precision with 16 nodes (pnbd_integral.c); the walk starts at the top and goes down both sides.
 *
 * Must not form n log u and log B where both are large: their difference is all that counts, and is written out.
 * Invariant: every value added is positive.
 */
#include <math.h>
#include <stdbool.h>

#include "stats/pnbd_parts.h"
#include "stats/special.h"
#include "stats/special_parts.h"

#define CHANGE_MOST 12.0 /* of the logarithm over a panel */
#define LENGTH_MOST 4.0
#define REST_LEAST 1e-17 /* of the integral: less is not looked at */
#define HALF_LOG_2PI 0.91893853320467274178

enum { TOP_ROUNDS = 60 };

struct more {
    double n, p, a, s, b;
    bool large;
    double log_scale; /* of what does not depend on tau */
};

/* log(ratio) - (ratio - 1), from ratio - 1 where that has the digits. */
static double log_less(double off, double ratio) {
    return off > -0.5 ? special_log1p_less(off) : log(ratio) - off;
}

static double more_log(const struct more *of, double w) {
    double n = of->n, p = of->p, a = of->a, tau = exp(w), there = of->log_scale - of->s * log1p(tau / of->b);
    if (!of->large)
        return there - n * log1p(a / tau) - p * log1p(tau / a);
    double off = (p * tau - n * a) / (a + tau); /* from the middle, u = n / (n + p) */
    return there + n * log_less(off / n, tau / (a + tau) * ((n + p) / n)) +
           p * log_less(-off / p, a / (a + tau) * ((n + p) / p));
}

static double more_slope(const struct more *of, double w) {
    double tau = exp(w);
    return (of->n * of->a - of->p * tau) / (of->a + tau) - of->s * tau / (of->b + tau);
}

/* Where the integrand is largest, at most `end`. */
static double top_find(const struct more *of, double end) {
    if (more_slope(of, end) >= 0)
        return end;
    /* A slope of n - (n + p) u is 0 there, and leaving takes away from it. */
    double high = fmin(end, log(of->a) + log(of->n) - log(of->p)), low = high - 1;
    while (more_slope(of, low) < 0)
        low -= 2 * (high - low);
    for (int i = 0; i < TOP_ROUNDS; i++) {
        double middle = low + (high - low) / 2;
        *(more_slope(of, middle) < 0 ? &high : &low) = middle;
    }
    return low;
}

/* From w on to `end`, upward or downward. */
static double side_sum(const struct more *of, double w, double end) {
    double way = end > w ? 1 : -1, sum = 0;
    while (way * (end - w) > 0) {
        double length = fmin(LENGTH_MOST, way * (end - w)), part = 0;
        while (fmax(fabs(more_slope(of, w)), fabs(more_slope(of, w + way * length))) * length > CHANGE_MOST)
            length /= 2;
        for (int i = 0; i < PNBD_NODES; i++) {
            double node = i % 2 ? pnbd_node[i / 2] : -pnbd_node[i / 2];
            part += pnbd_weight[i / 2] * exp(more_log(of, w + way * length / 2 * (1 + node)));
        }
        sum += length / 2 * part;
        double next = w + way * length, slope = fabs(more_slope(of, next));
        if (next == w || exp(more_log(of, next)) <= REST_LEAST * sum * slope)
            break;
        w = next;
    }
    return sum;
}

double pnbd_more(double p, double a, double s, double b, double t, double n) {
    struct more of = {.n = n, .p = p, .a = a, .s = s, .b = b};
    of.large = n >= SPECIAL_STIRLING_FROM && p >= SPECIAL_STIRLING_FROM;
    of.log_scale = -special_log_beta(n, p);
    if (of.large)
        of.log_scale = 0.5 * log(n / (n + p) * p) - HALF_LOG_2PI + special_stirling(n + p) - special_stirling(n) -
                       special_stirling(p);
    double end = log(t), top = top_find(&of, end);
    double sum = side_sum(&of, top, -INFINITY);
    if (top < end)
        sum += side_sum(&of, top, end);
    return fmin(1, sum);
}
