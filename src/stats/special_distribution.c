// SPDX-License-Identifier: Apache-2.0
/* special_distribution -- normal, gamma and beta distribution: both tails, and the values that cut off a share.
 *
 * Gamma and beta integrals are a prefactor (the density) times a series or a continued fraction that starts at 1. With large
 * parameters the prefactor is where digits are lost: x^a e^-x / gamma(a) has logarithms of 10^9 that nearly cancel. It
 * is written instead as the distance from the peak: a [log(x/a) - (x/a - 1)], by special_log1p_less, and Stirling's
 * remainder; likewise for beta with both logarithms taken from the mean.
 *
 * Quantiles solve log tail(x) = log p for the smaller tail by Newton's method inside a bracket that shrinks at every
 * step; a step that leaves the bracket is replaced by its middle.
 *
 * Must not allocate. Invariant: a tail is computed as itself, never as 1 minus the other where that one is near 1.
 */
#include "stats/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#include "stats/special_parts.h"

#define LOG_SQRT_2PI 0.91893853320467274178
#define SQRT_2PI 2.50662827463100050242
#define SQRT_HALF 0.70710678118654752440
#define SQRT_HALF_REST -4.8336466567264567e-17
#define TINY 1e-300

enum { QUANTILE_STEPS = 400 };

/* -- normal ---------------------------------------------------------------------------------------------------------- */

double special_normal_cdf(double z) {
    double x = -z * SQRT_HALF;
    double tail = 0.5 * erfc(x);
    if (x < 1 || tail == 0)
        return tail;
    /* Far out a rounding of x counts x times as much in erfc: put back what the product dropped. */
    double dropped = fma(-z, SQRT_HALF, -x) - z * SQRT_HALF_REST;
    return tail * (1 - 2 * x * dropped);
}

/* z > 0 with upper tail p <= 1/4: Halley steps on log of the tail, from the leading term of its expansion. */
static double normal_upper_quantile(double p) {
    double t = sqrt(-2 * log(p)), z = t - log(SQRT_2PI * t) / t;
    for (int i = 0; i < 50; i++) {
        double tail = special_normal_cdf(-z);
        double hazard = tail > 0 ? exp(-0.5 * z * z - LOG_SQRT_2PI - log(tail)) : z;
        double off = log(tail / p), curve = hazard - z;
        double newton = off / hazard, step = newton / (1 + 0.5 * newton * curve);
        z += step;
        if (fabs(step) < 1e-9 * z)
            break;
    }
    return z;
}

double special_normal_quantile(double p) {
    if (!(p > 0) || !(p < 1))
        return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
    if (p < 0.25)
        return -normal_upper_quantile(p);
    if (p > 0.75)
        return normal_upper_quantile(1 - p);
    double off = p - 0.5, z = off * SQRT_2PI;
    for (int i = 0; i < 20; i++) {
        double newton = (0.5 * erf(z * SQRT_HALF) - off) * SQRT_2PI * exp(0.5 * z * z);
        double step = newton / (1 + 0.5 * newton * z);
        z -= step;
        if (fabs(step) <= 1e-9 * fabs(z))
            break;
    }
    return z;
}

/* -- gamma ----------------------------------------------------------------------------------------------------------- */

/* log of x^a e^-x / gamma(a + 1). */
static double gamma_log_front(double a, double x) {
    return a < SPECIAL_STIRLING_FROM ? a * log(x) - x - special_log_rising(1, a) : special_log_poisson(a, x);
}

/* P = front * (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...). */
static double gamma_series(double a, double x) {
    double term = 1, sum = 1;
    for (double n = 1; term > sum * (DBL_EPSILON / 4); n += 1) {
        term *= x / (a + n);
        sum += term;
    }
    return sum;
}

/* Q = front * a * fraction, by Lentz's method on 1/(x+1-a- 1(1-a)/(x+3-a- ...)). */
static double gamma_fraction(double a, double x) {
    double b = x + 1 - a, c = 1 / TINY, d = 1 / b, h = d;
    for (double i = 1; i < 1e9; i += 1) {
        double step = -i * (i - a);
        b += 2;
        d = step * d + b;
        c = b + step / c;
        d = 1 / (fabs(d) < TINY ? TINY : d);
        c = fabs(c) < TINY ? TINY : c;
        h *= d * c;
        if (fabs(d * c - 1) < DBL_EPSILON)
            break;
    }
    return h;
}

/* Q where it is small because a is: 1 - x^a/gamma(a+1) [1 + a sum (-x)^n/((a+n) n!)], the first part by expm1. */
static double gamma_upper_small(double a, double x) {
    double log_front = a * log(x) - special_log_rising(1, a), term = 1, sum = 0;
    for (double n = 1; n < 100; n += 1) {
        term *= -x / n;
        sum += term / (a + n);
    }
    return -expm1(log_front) - exp(log_front) * a * sum;
}

/* Which of the two was computed is said in *upper. */
static double gamma_tail(double a, double x, bool *upper) {
    *upper = x >= a + 1 || (a < 1 && x >= 1.5);
    if (*upper)
        return exp(gamma_log_front(a, x)) * a * gamma_fraction(a, x);
    return exp(gamma_log_front(a, x)) * gamma_series(a, x);
}

double special_gamma_lower(double a, double x) {
    if (!(a > 0) || !(x >= 0))
        return NAN;
    if (x == 0 || isinf(x))
        return x == 0 ? 0 : 1;
    bool upper;
    double tail = gamma_tail(a, x, &upper);
    return upper ? 1 - tail : fmin(tail, 1);
}

double special_gamma_upper(double a, double x) {
    if (!(a > 0) || !(x >= 0))
        return NAN;
    if (x == 0 || isinf(x))
        return x == 0 ? 1 : 0;
    if (a < 1 && x < 1.5)
        return fmax(gamma_upper_small(a, x), 0);
    bool upper;
    double tail = gamma_tail(a, x, &upper);
    return upper ? fmin(tail, 1) : fmax(1 - tail, 0);
}

/* In y = log x, on the smaller tail: Newton on log tail, whose slope is x * density / tail. */
double special_gamma_quantile(double a, double p) {
    if (!(a > 0) || !(p >= 0) || !(p <= 1))
        return NAN;
    if (p == 0 || p == 1)
        return p == 0 ? 0 : INFINITY;
    bool upper = p > special_gamma_lower(a, a);
    double want = log(upper ? 1 - p : p);
    double start_low = (log(p) + special_log_rising(1, a)) / a; /* P < x^a / gamma(a + 1) */
    double low = fmin(start_low, log(a)) - 1e-9 * fabs(start_low), high = log(a + 1 + 800 + 60 * sqrt(a));
    if (low < -745)
        return 0;
    double y = upper ? log(a) : fmax(low, fmin(start_low, log(a)));
    for (int i = 0; i < QUANTILE_STEPS; i++) {
        double x = exp(y), tail = upper ? special_gamma_upper(a, x) : special_gamma_lower(a, x);
        double off = log(tail) - want;
        if (off == 0)
            break;
        if (upper ? off > 0 : off < 0)
            low = y;
        else
            high = y;
        double slope = exp(gamma_log_front(a, x) - log(tail)) * a;
        double next = upper ? y + off / slope : y - off / slope;
        if (!(next >= low && next <= high))
            next = 0.5 * (low + high);
        double moved = fabs(next - y);
        y = next;
        if (moved <= 1e-15 * fmax(1, fabs(y)))
            break;
    }
    return exp(y);
}

/* -- beta ------------------------------------------------------------------------------------------------------------ */

/* log of x^a y^b / B(a, b), y = 1 - x. */
static double beta_log_front(double a, double b, double x, double y) {
    if (a < SPECIAL_STIRLING_FROM || b < SPECIAL_STIRLING_FROM) {
        double log_x = x > 0.5 ? log1p(-y) : log(x), log_y = y > 0.5 ? log1p(-x) : log(y);
        return a * log_x + b * log_y - special_log_beta(a, b);
    }
    double n = a + b, off = (x * b - a * y) / n; /* x less the mean */
    double peak = 0.5 * (log(a) + log(b / n)) - LOG_SQRT_2PI;
    double rest = special_stirling(n) - special_stirling(a) - special_stirling(b);
    return peak + rest + a * special_log1p_less(off / (a / n)) + b * special_log1p_less(-off / (b / n));
}

/* I = front / a * fraction, by Lentz's method; quick for x < (a + 1)/(a + b + 2). */
static double beta_fraction(double a, double b, double x) {
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < TINY ? TINY : d);
    double h = d;
    for (double m = 1; m < 1e8; m += 1) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        double change = 1;
        for (int half = 0; half < 2; half++) {
            double step = half ? odd : even;
            d = 1 + step * d;
            c = 1 + step / c;
            d = 1 / (fabs(d) < TINY ? TINY : d);
            c = fabs(c) < TINY ? TINY : c;
            h *= d * c;
            change = d * c;
        }
        if (fabs(change - 1) < DBL_EPSILON)
            break;
    }
    return h;
}

static double beta_tail(double a, double b, double x, double y) {
    return exp(beta_log_front(a, b, x, y)) * beta_fraction(a, b, x) / a;
}

/* I where it may be small because b is: 1 - y^b/(b B) [1 + b sum (1-a)_n/n! y^n/(b+n)], as gamma_upper_small. */
static double beta_lower_small(double a, double b, double y) {
    double log_front = b * log(y) - special_log_rising(1, b) + special_log_rising(a, b), term = 1, sum = 0;
    for (double n = 1; fabs(term) > DBL_EPSILON / 8 && n < 1e4; n += 1) {
        term *= (n - a) / n * y;
        sum += term / (b + n);
    }
    return -expm1(log_front) - exp(log_front) * b * sum;
}

double special_beta_split(double a, double b, double x, double y) {
    if (!(a > 0) || !(b > 0) || !(x >= 0) || !(y >= 0))
        return NAN;
    if (x == 0 || y == 0)
        return y == 0 ? 1 : 0;
    if (x <= (a + 1) / (a + b + 2))
        return fmin(beta_tail(a, b, x, y), 1);
    return b < 1 ? fmax(beta_lower_small(a, b, y), 0) : 1 - fmin(beta_tail(b, a, y, x), 1);
}

double special_beta_lower(double a, double b, double x) {
    return x <= 1 ? special_beta_split(a, b, x, 1 - x) : NAN;
}

/* In y = log(x / (1 - x)), on the smaller tail, as above. */
double special_beta_quantile(double a, double b, double p) {
    if (!(a > 0) || !(b > 0) || !(p >= 0) || !(p <= 1))
        return NAN;
    if (p == 0 || p == 1)
        return p;
    double low = -745, high = 745, y = log(a) - log(b);
    bool upper = p > special_beta_lower(a, b, 1 / (1 + exp(-y)));
    double want = log(upper ? 1 - p : p);
    for (int i = 0; i < QUANTILE_STEPS; i++) {
        double x = 1 / (1 + exp(-y)), rest = 1 / (1 + exp(y));
        double tail = upper ? special_beta_split(b, a, rest, x) : special_beta_split(a, b, x, rest);
        double off = log(tail) - want;
        if (off == 0)
            break;
        if (upper ? off > 0 : off < 0)
            low = y;
        else
            high = y;
        double slope = exp(beta_log_front(a, b, x, rest) - log(tail));
        double next = upper ? y + off / slope : y - off / slope;
        if (!(next >= low && next <= high))
            next = 0.5 * (low + high);
        double moved = fabs(next - y);
        y = next;
        if (moved <= 1e-15 * fmax(1, fabs(y)))
            break;
    }
    return 1 / (1 + exp(-y));
}
