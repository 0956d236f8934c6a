// SPDX-License-Identifier: Apache-2.0
/* optimise_matrix -- small dense symmetric matrices: solve, invert, eigenvalues.
 *
 * Cholesky's factor for what is positive definite; Jacobi's rotations for eigenvalues: slower than others on large matrices,
 * but n <= 64, and small eigenvalues come out with small relative errors, which is what a ridge is told by.
 *
 * Must not allocate. Invariant: the input matrix is not changed; only its lower triangle is trusted by Cholesky.
 */
#include <math.h>
#include <string.h>

#include "stats/optimise.h"

enum { SWEEPS = 60 };

static bool cholesky(const double *matrix, size_t n, double *lower) {
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j <= i; j++) {
            double sum = matrix[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= lower[i * n + k] * lower[j * n + k];
            if (i != j)
                lower[i * n + j] = sum / lower[j * n + j];
            else if (sum > 0 && isfinite(sum))
                lower[i * n + i] = sqrt(sum);
            else
                return false;
        }
    }
    return true;
}

static void cholesky_solve(const double *lower, size_t n, double *x) {
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            x[i] -= lower[i * n + k] * x[k];
        x[i] /= lower[i * n + i];
    }
    for (size_t i = n; i-- > 0;) {
        for (size_t k = i + 1; k < n; k++)
            x[i] -= lower[k * n + i] * x[k];
        x[i] /= lower[i * n + i];
    }
}

bool optimise_solve(const double *matrix, size_t n, const double *right, double *out) {
    double lower[OPTIMISE_MOST * OPTIMISE_MOST];
    if (n == 0 || n > OPTIMISE_MOST || !cholesky(matrix, n, lower))
        return false;
    memmove(out, right, n * sizeof *out);
    cholesky_solve(lower, n, out);
    return true;
}

bool optimise_inverse(const double *matrix, size_t n, double *out) {
    double lower[OPTIMISE_MOST * OPTIMISE_MOST], column[OPTIMISE_MOST];
    if (n == 0 || n > OPTIMISE_MOST || !cholesky(matrix, n, lower))
        return false;
    for (size_t j = 0; j < n; j++) {
        memset(column, 0, sizeof column);
        column[j] = 1;
        cholesky_solve(lower, n, column);
        for (size_t i = 0; i <= j; i++)
            out[i * n + j] = out[j * n + i] = column[i];
    }
    return true;
}

/* One rotation that makes m[p][q] zero. */
static void rotate(double *m, double *vectors, size_t n, size_t p, size_t q) {
    double off = m[p * n + q];
    if (off == 0)
        return;
    double ratio = (m[q * n + q] - m[p * n + p]) / (2 * off);
    double t = (ratio < 0 ? -1 : 1) / (fabs(ratio) + hypot(1, ratio));
    double c = 1 / sqrt(1 + t * t), s = t * c;
    m[p * n + p] -= t * off;
    m[q * n + q] += t * off;
    m[p * n + q] = m[q * n + p] = 0;
    for (size_t k = 0; k < n; k++) {
        if (k != p && k != q) {
            double kp = m[k * n + p], kq = m[k * n + q];
            m[k * n + p] = m[p * n + k] = c * kp - s * kq;
            m[k * n + q] = m[q * n + k] = s * kp + c * kq;
        }
        double vp = vectors[p * n + k], vq = vectors[q * n + k];
        vectors[p * n + k] = c * vp - s * vq;
        vectors[q * n + k] = s * vp + c * vq;
    }
}

/* Whether an entry beside the diagonal still matters. */
static bool unfinished(const double *m, size_t n) {
    for (size_t p = 0; p < n; p++)
        for (size_t q = p + 1; q < n; q++)
            if (fabs(m[p * n + q]) > 1e-300 && fabs(m[p * n + q]) > 1e-18 * sqrt(fabs(m[p * n + p] * m[q * n + q])))
                return true;
    return false;
}

static void sort_ascending(double *values, double *vectors, size_t n) {
    for (size_t i = 0; i + 1 < n; i++) {
        size_t least = i;
        for (size_t j = i + 1; j < n; j++)
            if (values[j] < values[least])
                least = j;
        if (least == i)
            continue;
        double value = values[i];
        values[i] = values[least];
        values[least] = value;
        for (size_t k = 0; k < n; k++) {
            double part = vectors[i * n + k];
            vectors[i * n + k] = vectors[least * n + k];
            vectors[least * n + k] = part;
        }
    }
}

void optimise_eigen(const double *matrix, size_t n, double *values, double *vectors) {
    double m[OPTIMISE_MOST * OPTIMISE_MOST], turned[OPTIMISE_MOST * OPTIMISE_MOST];
    if (n == 0 || n > OPTIMISE_MOST)
        return;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            m[i * n + j] = 0.5 * (matrix[i * n + j] + matrix[j * n + i]);
            turned[i * n + j] = i == j ? 1 : 0;
        }
    for (int sweep = 0; sweep < SWEEPS && unfinished(m, n); sweep++)
        for (size_t p = 0; p < n; p++)
            for (size_t q = p + 1; q < n; q++)
                rotate(m, turned, n, p, q);
    for (size_t i = 0; i < n; i++)
        values[i] = m[i * n + i];
    sort_ascending(values, turned, n);
    if (vectors)
        memcpy(vectors, turned, n * n * sizeof *vectors);
}
