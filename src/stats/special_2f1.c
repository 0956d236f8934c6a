// SPDX-License-Identifier: Apache-2.0
/* special_2f1 -- Gauss's hypergeometric function on the log scale.
 *
 * The series 1 + ab/c z + a(a+1)b(b+1)/(c(c+1)) z^2/2 + ... is summed where its terms are all positive, or after Euler's
 * transformation F(a, b; c; z) = (1 - z)^(c-a-b) F(c-a, c-b; c; z) where those are: nothing is ever subtracted. The sum
 * is rescaled when it grows, so that no size of parameters overflows.
 *
 * Must not allocate. Invariant: the result is the log of a sum of positive terms.
 */
#include "stats/special.h"

#include <float.h>
#include <math.h>
#include <stdbool.h>

#define RESCALE 1e200

/* Sum of the series with positive terms. */
static double series(double a, double b, double c, double z) {
    double term = 1, sum = 1, scale = 0;
    for (double n = 0;; n += 1) {
        double ratio = (a + n) / (c + n) * ((b + n) / (n + 1)) * z;
        term *= ratio;
        sum += term;
        if (term > RESCALE) {
            term /= RESCALE;
            sum /= RESCALE;
            scale += log(RESCALE);
        }
        /* From here on every ratio stays under 1: then the rest is under a geometric series. */
        bool falling = ratio < 1 && 2 * (1 - z) * n + c + 1 - (a + b) * z >= 0;
        double most = fmax(ratio, z);
        if (falling && term * most <= (1 - most) * sum * (DBL_EPSILON / 8))
            return scale + log(sum);
    }
}

double special_log_2f1(double a, double b, double c, double z) {
    if (!(c > 0) || !(z >= 0) || !(z < 1) || !isfinite(a) || !isfinite(b) || !isfinite(c))
        return NAN;
    if (z == 0 || a == 0 || b == 0)
        return 0;
    double power = c - a - b;
    bool plain = a > 0 && b > 0, euler = c > a && c > b;
    if (euler && (!plain || power < 0))
        return power * log1p(-z) + series(c - a, c - b, c, z);
    return plain ? series(a, b, c, z) : NAN;
}
