// SPDX-License-Identifier: Apache-2.0
/* special -- the gamma family and sums on the log scale.
 *
 * One idea runs through the file: a difference of two large values is never taken when it can be written down directly.
 *
 * log gamma(a + n) - log gamma(a). With Stirling's formula, log gamma(x) = (x - 1/2) log x - x + log(2 pi)/2 + S(x), where
 * S is a short odd series in 1/x once x >= 10, the difference is
 *     (a - 1/2) log1p(n/a) + n (log(a + n) - 1) + [S(a + n) - S(a)],
 * and the last bracket is a divided difference of a polynomial: no term is large where the result is small. A smaller a is
 * first shifted by gamma(a + 1) = a gamma(a), which costs log[(a + n + i)/(a + i)] = log1p(n/(a + i)) a step; these
 * are multiplied up as (1 + e), so that tiny n keep their digits. digamma goes the same way.
 *
 * Must not allocate or call anything but libm. Invariant: monotone pieces only, no table, no state.
 */
#include "stats/special.h"

#include <math.h>
#include <stddef.h>

#include "stats/special_parts.h"

#define LOG_SQRT_2PI 0.91893853320467274178
#define LN_2 0.69314718055994530942
/* Where digamma is 0, in two pieces. */
#define DIGAMMA_ROOT 1.4616321449683622
#define DIGAMMA_ROOT_REST 9.549995429965697e-17

enum { TERMS = 8 };

/* Bernoulli numbers B(2k) divided by 2k(2k-1), by 2k, and as they are. */
static const double stirling_terms[TERMS] = {1.0 / 12,   -1.0 / 360,      1.0 / 1260, -1.0 / 1680,
                                             1.0 / 1188, -691.0 / 360360, 1.0 / 156,  -3617.0 / 122400};
static const double digamma_terms[TERMS] = {1.0 / 12,  -1.0 / 120,     1.0 / 252, -1.0 / 240,
                                            1.0 / 132, -691.0 / 32760, 1.0 / 12,  -3617.0 / 8160};
static const double trigamma_terms[TERMS] = {1.0 / 6,  -1.0 / 30,     1.0 / 42, -1.0 / 30,
                                             5.0 / 66, -691.0 / 2730, 7.0 / 6,  -3617.0 / 510};

static double horner(const double *term, double x) {
    double sum = 0;
    for (size_t i = TERMS; i-- > 0;)
        sum = sum * x + term[i];
    return sum;
}

/* [P(x) - P(y)] / (x - y) of the polynomial with these terms, and P(x). */
static double horner_divided(const double *term, double x, double y, double *at_x) {
    double sum = 0, slope = 0;
    for (size_t i = TERMS; i-- > 0;) {
        slope = slope * y + sum;
        sum = sum * x + term[i];
    }
    *at_x = sum;
    return slope;
}

double special_log1p_less(double x) {
    if (!(x > -1))
        return x == -1 ? -INFINITY : NAN;
    if (fabs(x) > 0.3)
        return log1p(x) - x;
    /* log((1 + y)/(1 - y)) = 2(y + y^3/3 + ...) with y = x/(2 + x), and 2y - x = -x y. */
    double y = x / (2 + x), y2 = y * y, sum = 0;
    for (int i = 33; i >= 3; i -= 2)
        sum = sum * y2 + 1.0 / i;
    return y * (2 * y2 * sum - x);
}

double special_stirling(double x) {
    if (!(x > 0))
        return NAN;
    if (x >= SPECIAL_STIRLING_FROM)
        return horner(stirling_terms, 1 / (x * x)) / x;
    return special_log_gamma(x) - ((x - 0.5) * log(x) - x + LOG_SQRT_2PI);
}

double special_stirling_rising(double a, double n) {
    double u = 1 / (a + n), v = 1 / a, at_u;
    double slope = horner_divided(stirling_terms, u * u, v * v, &at_u);
    return -n * u * v * (at_u + v * (u + v) * slope);
}

double special_log_poisson(double n, double mean) {
    if (n == 0)
        return -mean;
    if (n < SPECIAL_STIRLING_FROM)
        return n * log(mean) - mean - special_log_gamma(n + 1);
    double off = (mean - n) / n;
    double less = fabs(off) < 0.5 ? special_log1p_less(off) : log(mean) - log(n) - off;
    return n * less - LOG_SQRT_2PI - 0.5 * log(n) - special_stirling(n);
}

double special_log_gamma(double x) {
    int sign;
    return x > 0 ? lgamma_r(x, &sign) : NAN;
}

static double digamma_large(double x) {
    double square = 1 / (x * x);
    return log(x) - 0.5 / x - square * horner(digamma_terms, square);
}

double special_digamma(double x) {
    if (!(x > 0))
        return NAN;
    if (fabs(x - DIGAMMA_ROOT) < 0.5) {
        double off = (x - DIGAMMA_ROOT) - DIGAMMA_ROOT_REST;
        if (off == 0)
            return 0;
        return off > 0 ? special_digamma_rising(DIGAMMA_ROOT, off) : -special_digamma_rising(x, -off);
    }
    double below = 0;
    for (; x < SPECIAL_STIRLING_FROM; x += 1)
        below += 1 / x;
    return digamma_large(x) - below;
}

double special_trigamma(double x) {
    if (!(x > 0))
        return NAN;
    double sum = 0;
    for (; x < SPECIAL_STIRLING_FROM; x += 1)
        sum += 1 / (x * x);
    double square = 1 / (x * x);
    return sum + (1 + 0.5 / x + square * horner(trigamma_terms, square)) / x;
}

double special_log_rising(double a, double n) {
    if (!(a > 0) || !(n >= 0) || isinf(a) || isinf(n))
        return NAN;
    if (n == 0)
        return 0;
    if (n == 1)
        return log(a);
    double factor_less_1 = 0, steps = 0;
    for (; a < SPECIAL_STIRLING_FROM; a += 1) {
        double q = n / a;
        if (q > 1e20)
            steps += log(a + n) - log(a);
        else
            factor_less_1 += q + factor_less_1 * q;
    }
    steps += log1p(factor_less_1);
    return (a - 0.5) * log1p(n / a) + n * (log(a + n) - 1) + special_stirling_rising(a, n) - steps;
}

double special_digamma_rising(double a, double n) {
    if (!(a > 0) || !(n >= 0) || isinf(a) || isinf(n))
        return NAN;
    if (n == 0)
        return 0;
    double steps = 0;
    for (; a < SPECIAL_STIRLING_FROM; a += 1)
        steps += n / a / (a + n);
    double u = 1 / (a + n), v = 1 / a, at_u;
    double slope = horner_divided(digamma_terms, u * u, v * v, &at_u);
    /* P(u^2) u^2 - P(v^2) v^2 over u - v = -n u v. */
    double rest = n * u * v * (u + v) * (at_u + v * v * slope);
    return log1p(n / a) + 0.5 * n * u * v + rest + steps;
}

double special_log_beta(double a, double b) {
    if (!(a > 0) || !(b > 0))
        return NAN;
    double small = a < b ? a : b, large = a < b ? b : a;
    return special_log_gamma(small) - special_log_rising(large, small);
}

double special_log1m_exp(double x) {
    if (!(x <= 0))
        return NAN;
    return x > -LN_2 ? log(-expm1(x)) : log1p(-exp(x));
}

double special_log_add(double log_a, double log_b) {
    double high = log_a > log_b ? log_a : log_b, low = log_a > log_b ? log_b : log_a;
    if (isinf(high))
        return high; /* both 0, or one infinite */
    return high + log1p(exp(low - high));
}

double special_log_sub(double log_a, double log_b) {
    if (log_b == -INFINITY)
        return log_a;
    if (!(log_a >= log_b))
        return NAN;
    return log_a == log_b ? -INFINITY : log_a + special_log1m_exp(log_b - log_a);
}
