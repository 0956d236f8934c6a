// SPDX-License-Identifier: Apache-2.0
/* optimise -- the minimum of a smooth function of a few parameters, with the reason why it stopped.
 *
 * Trust region with the exact Hessian where the function gives it, updates from the gradients where not. Deterministic: same
 * function, same starts, same bits. Parameters live in a box; a bound that is active at the end is said, not hidden.
 */
#ifndef REATIVA_STATS_OPTIMISE_H
#define REATIVA_STATS_OPTIMISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OPTIMISE_MOST = 64 };

/* value, gradient[n] and, unless NULL, hessian[n * n] at a point; false: not defined there (the step is made shorter). */
typedef bool optimise_function(void *owner, const double *at, double *value, double *gradient, double *hessian);

struct optimise_problem {
    size_t n; /* 1 .. OPTIMISE_MOST */
    optimise_function *function;
    void *owner;
    bool hessian;              /* the function can fill it */
    const double *low, *high;  /* [n] bounds; NULL: none */
    double gradient_tolerance; /* on |gradient| relative to 1 + |value|; 0: 1e-9 */
    int iterations_most;       /* 0: 200 */
};

enum optimise_stop {
    OPTIMISE_CONVERGED = 1, /* gradient zero, curvature positive */
    OPTIMISE_BOUND,         /* the same for the free parameters; others push against their bound */
    OPTIMISE_FLAT,          /* gradient zero, but a direction has hardly any curvature: a ridge */
    OPTIMISE_STEPS,         /* iterations_most reached: NOT a minimum */
    OPTIMISE_STUCK          /* no smaller value can be found though the gradient is not zero: NOT a minimum */
};

struct optimise_result {
    double at[OPTIMISE_MOST], gradient[OPTIMISE_MOST];
    double hessian[OPTIMISE_MOST *
                   OPTIMISE_MOST]; /* n x n; by differences of the gradient where the function gives none */
    double value;
    int iterations, evaluations;
    enum optimise_stop stop;
    uint64_t at_bound; /* bit i: parameter i */
    double flatness;   /* smallest over largest eigenvalue of the free part, by correlation scale */
};

/* optimise_minimum -- from the best of several starts: each is followed, the lowest value wins (ties: the earlier start).
 * starts    [starts_n][n]
 * returns   false when the function is defined at no start */
bool optimise_minimum(const struct optimise_problem *problem, const double *starts, size_t starts_n,
                      struct optimise_result *out);

/* optimise_covariance -- inverse of the free part of the Hessian; rows and columns at a bound, or of a direction without curvature, are infinite
 * on the diagonal and 0 beside it. out[n * n]. */
void optimise_covariance(const struct optimise_problem *problem, const struct optimise_result *result, double *out);

/* Dense symmetric helpers on n <= OPTIMISE_MOST, row-major. */
bool optimise_solve(const double *matrix, size_t n, const double *right,
                    double *out);                                   /* positive definite; false: not */
bool optimise_inverse(const double *matrix, size_t n, double *out); /* same */
void optimise_eigen(const double *matrix, size_t n, double *values,
                    double *vectors); /* ascending; vectors[n * n], row i belongs to value i; NULL: not wanted */

#endif
