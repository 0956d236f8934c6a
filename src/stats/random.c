// SPDX-License-Identifier: Apache-2.0
/* random -- xoshiro256++ and what is drawn from it.
 *
 * A stream is four words: each the sum of one word made of the seed and one of the stream's number, both by SplitMix64,
 * which maps different inputs to different outputs; so the streams of one seed never start alike.
 * Normal: Marsaglia's polar method (the second value is dropped: a stream has no state beside the generator's). Gamma:
 * Marsaglia and Tsang 2000, with shape + 1 and u^(1/shape) under 1. Poisson: counting products for a small mean, Hoermann's
 * PTRS (1993) for a large one.
 *
 * Must not keep anything outside the struct. Invariant: how many words a draw takes depends on the stream alone.
 */
#include "stats/random.h"

#include <math.h>

#include "stats/special_parts.h"

static uint64_t rotate_left(uint64_t x, int by) {
    return (x << by) | (x >> (64 - by));
}

static uint64_t splitmix_next(uint64_t *state) {
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void random_seed(struct random *r, uint64_t seed, uint64_t stream) {
    uint64_t a = seed, b = stream ^ 0xd1b54a32d192ed03u;
    for (int i = 0; i < 4; i++)
        r->s[i] = splitmix_next(&a) + rotate_left(splitmix_next(&b), 32);
    if ((r->s[0] | r->s[1] | r->s[2] | r->s[3]) == 0)
        r->s[0] = 1; /* the one state that never leaves itself */
}

uint64_t random_next(struct random *r) {
    uint64_t *s = r->s, out = rotate_left(s[0] + s[3], 23) + s[0], t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate_left(s[3], 45);
    return out;
}

/* 52 bits and a half: the largest is still under 1. */
double random_unit(struct random *r) {
    return ((double)(random_next(r) >> 12) + 0.5) * 0x1p-52;
}

double random_normal(struct random *r) {
    for (;;) {
        double u = 2 * random_unit(r) - 1, v = 2 * random_unit(r) - 1, s = u * u + v * v;
        if (s < 1 && s > 0)
            return u * sqrt(-2 * log(s) / s);
    }
}

double random_exponential(struct random *r) {
    return -log(random_unit(r));
}

/* shape >= 1 */
static double gamma_large(struct random *r, double shape) {
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double z = random_normal(r), v = 1 + c * z;
        if (v <= 0)
            continue;
        v = v * v * v;
        if (log(random_unit(r)) < 0.5 * z * z + d * (1 - v + log(v)))
            return d * v;
    }
}

double random_log_gamma(struct random *r, double shape) {
    if (shape >= 1)
        return log(gamma_large(r, shape));
    double large = log(gamma_large(r, shape + 1));
    return large + log(random_unit(r)) / shape;
}

double random_gamma(struct random *r, double shape) {
    return shape >= 1 ? gamma_large(r, shape) : exp(random_log_gamma(r, shape));
}

double random_beta(struct random *r, double a, double b) {
    double log_a = random_log_gamma(r, a), log_b = random_log_gamma(r, b);
    return 1 / (1 + exp(log_b - log_a));
}

/* Transformed rejection: a ratio of uniforms with a table-mountain hat. */
static int64_t poisson_large(struct random *r, double mean) {
    double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    double scale = 1.1239 + 1.1328 / (b - 3.4), quick = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
        double u = random_unit(r) - 0.5, v = random_unit(r), side = 0.5 - fabs(u);
        double n = floor((2 * a / side + b) * u + mean + 0.43);
        if (side >= 0.07 && v <= quick)
            return (int64_t)n;
        if (n < 0 || n > 9e18 || (side < 0.013 && v > side))
            continue;
        if (log(v * scale / (a / (side * side) + b)) <= special_log_poisson(n, mean))
            return (int64_t)n;
    }
}

int64_t random_poisson(struct random *r, double mean) {
    if (!(mean > 0))
        return 0;
    if (mean >= 10)
        return poisson_large(r, fmin(mean, 4e18));
    double stop = exp(-mean), product = random_unit(r);
    int64_t n = 0;
    for (; product > stop; n++)
        product *= random_unit(r);
    return n;
}
