// SPDX-License-Identifier: Apache-2.0
/* mixk_likelihood -- minus the log-likelihood of the mixture over regularity, with gradient and Hessian.
 *
 * One row's likelihood is a sum of eight terms: for each k the customer left right after its last purchase ("dead"), or
 * it is still there and the gap running since then is longer than T - t_x ("alive", itself a sum over the phases 0 .. k-1
 * that an Erlang-k gap may be in). With R = r + kx, A = alpha / k, d = T - t_x, B the beta function:
 *
 *     common  c = (k-1) litt - x log gamma(k) + log gamma(R) - log gamma(r) + r log A
 *     dead    c - R log(A + t_x)                                                  + log B(a+1, b+x) - log B(a, b)
 *     alive   c - R log(A + T) + log sum_{m<k} (R)_m / m! (d / (A + T))^m         + log B(a, b+x+1) - log B(a, b)
 *
 * The gradient of the log of a sum is the mean of the terms' gradients under their posterior weights, the Hessian the mean
 * of (Hessian + gradient gradient') less the square of the mean; that is applied twice, over phases and over terms. The
 * beta part knows mu and phi only, the rest log r and log alpha only, so a term's Hessian is two 2 x 2 blocks.
 * What depends on x alone (and on the covariates) is kept while x stays the same: rows come sorted by it.
 *
 * Must not allocate while it runs. Invariant: a block's rows are the same for any number of threads, and blocks are added
 * up in their order.
 */
#include "stats/mixk_likelihood.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "stats/special.h"

enum { BLOCK_ROWS = 1024, BLOCKS_MOST = 256 };
/* exp() of more than this is not taken for a component whose mass is 0. */
#define EXCESS_MOST 300.0

/* -- what depends on the customer's parameters and on x -- */

/* Value, gradient and Hessian (mu mu, mu phi, phi phi) of a beta part. */
struct beta_part {
    double value, mu, phi, mu_mu, mu_phi, phi_phi;
};

struct shape {
    double r, alpha, x;
    double common[MIXK_PARTS];       /* log gamma(R) - log gamma(r) - x log gamma(k) - kx log A */
    double digamma[MIXK_PARTS];      /* digamma(R) - digamma(r) */
    double trigamma[MIXK_PARTS];     /* trigamma(R) - trigamma(r) */
    double digamma_on[MIXK_PHASES];  /* of R + m less that of R */
    double trigamma_on[MIXK_PHASES]; /* the same of trigamma */
    struct beta_part dead, alive;
};

/* The phases of component i are first_phase[i] .. first_phase[i] + k - 1. */
static const size_t first_phase[MIXK_PARTS] = {0, 1, 3, 7};

/* log of (b)_n / (a+b)_m and, for `left`, of a / (a + b) before it: derivatives by mu and phi through a and b. */
static void beta_part_make(double a, double b, double n, double m, bool left, struct beta_part *out) {
    double s = a + b, q = a / s, e = b * q;
    double fb = special_digamma_rising(b, n), fs = -special_digamma_rising(s, m);
    double fbb = special_trigamma(b + n) - special_trigamma(b), fss = special_trigamma(s) - special_trigamma(s + m);
    out->value = special_log_rising(b, n) - special_log_rising(s, m) + (left ? log(a) : 0);
    out->mu = -e * fb + (left ? 1 - q : 0);
    out->phi = b * fb + s * fs + (left ? 1 : 0);
    out->mu_mu = -e * (1 - 2 * q) * fb + e * e * fbb - (left ? q * (1 - q) : 0);
    out->mu_phi = -e * fb - e * b * fbb;
    out->phi_phi = b * fb + b * b * fbb + s * fs + s * s * fss;
}

static void shape_make(const double *core, double x, struct shape *out) {
    double r = exp(core[MIXK_LOG_R]), alpha = exp(core[MIXK_LOG_ALPHA]), s = exp(core[MIXK_PHI]);
    double a = s / (1 + exp(-core[MIXK_MU])), b = s / (1 + exp(core[MIXK_MU]));
    *out = (struct shape){.r = r, .alpha = alpha, .x = x};
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        double k = mixk_k[i], n = k * x, R = r + n;
        out->common[i] = special_log_rising(r, n) - x * special_log_gamma(k) - n * log(alpha / k);
        out->digamma[i] = n > 0 ? special_digamma_rising(r, n) : 0;
        out->trigamma[i] = n > 0 ? special_trigamma(R) - special_trigamma(r) : 0;
        double digamma = 0, trigamma = 0;
        for (int32_t m = 0; m < mixk_k[i]; m++) {
            out->digamma_on[first_phase[i] + (size_t)m] = digamma;
            out->trigamma_on[first_phase[i] + (size_t)m] = trigamma;
            digamma += 1 / (R + m);
            trigamma -= 1 / ((R + m) * (R + m));
        }
    }
    beta_part_make(a, b, x, x + 1, true, &out->dead);
    beta_part_make(a, b, x + 1, x + 1, false, &out->alive);
}

/* -- one term of a row -- */

struct term {
    double value; /* on the log scale for dead; for alive without log of the sum over phases, which is `phases` */
    double phases;
    double g[MIXK_CORE];
    double h_rr, h_ra, h_aa;
};

static void term_dead(const struct shape *s, size_t i, double litt, double t_x, struct term *out) {
    double k = mixk_k[i], A = s->alpha / k, R = s->r + k * s->x, far = log1p(t_x / A), of = A / (A + t_x);
    double d = s->digamma[i] - far;
    out->value = s->common[i] + (k - 1) * litt - R * far + s->dead.value;
    out->phases = 1;
    out->g[MIXK_LOG_R] = s->r * d;
    out->g[MIXK_LOG_ALPHA] = s->r - R * of;
    out->g[MIXK_MU] = s->dead.mu;
    out->g[MIXK_PHI] = s->dead.phi;
    out->h_rr = s->r * d + s->r * s->r * s->trigamma[i];
    out->h_ra = s->r * (1 - of);
    out->h_aa = -R * of * (1 - of);
}

static void term_alive(const struct shape *s, size_t i, double litt, double t_x, double T, struct term *out) {
    double k = mixk_k[i], A = s->alpha / k, R = s->r + k * s->x, far = log1p(T / A), of = A / (A + T);
    double step = (T - t_x) / (A + T), weight = 1;
    double sum = 1, m1 = 0, m2 = 0, d1 = 0, d2 = 0, dm = 0, t1 = 0; /* moments of the phase m and of digamma(R + m) */
    for (int32_t m = 1; m < mixk_k[i]; m++) {
        size_t at = first_phase[i] + (size_t)m;
        double d = s->digamma_on[at];
        weight *= (R + (m - 1)) / m * step;
        sum += weight;
        m1 += weight * m;
        m2 += weight * m * m;
        d1 += weight * d;
        d2 += weight * d * d;
        dm += weight * d * m;
        t1 += weight * s->trigamma_on[at];
    }
    double over = 1 / sum;
    m1 *= over, m2 *= over, d1 *= over, d2 *= over, dm *= over, t1 *= over;
    double d = s->digamma[i] + d1 - far;
    out->value = s->common[i] + (k - 1) * litt - R * far + s->alive.value;
    out->phases = sum;
    out->g[MIXK_LOG_R] = s->r * d;
    out->g[MIXK_LOG_ALPHA] = s->r - (R + m1) * of;
    out->g[MIXK_MU] = s->alive.mu;
    out->g[MIXK_PHI] = s->alive.phi;
    out->h_rr = s->r * d + s->r * s->r * (s->trigamma[i] + t1 + d2 - d1 * d1);
    out->h_ra = s->r * (1 - of) - s->r * of * (dm - d1 * m1);
    out->h_aa = -(R + m1) * of * (1 - of) + of * of * (m2 - m1 * m1);
}

/* -- one row -- */

/* Sums over rows of one group, in the row's own coordinates; Hessian: upper part, row-major. */
struct own_sums {
    double value;
    double gradient[MIXK_OWN];
    double hessian[MIXK_OWN][MIXK_OWN];
};

struct row_parts {
    double share[2 * MIXK_PARTS]; /* posterior of each term */
    double over[MIXK_PARTS];      /* likelihood of the component over that of the row */
    double value;
};

static void row_weigh(const struct term *term, const double *mass, struct row_parts *out) {
    double top = -INFINITY;
    for (size_t i = 0; i < 2 * MIXK_PARTS; i++)
        if (mass[i / 2] > 0 && term[i].value > top)
            top = term[i].value;
    double size[2 * MIXK_PARTS], sum = 0;
    for (size_t i = 0; i < 2 * MIXK_PARTS; i++) {
        size[i] = exp(fmin(term[i].value - top, EXCESS_MOST)) * term[i].phases;
        sum += mass[i / 2] * size[i];
    }
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        out->over[i] = (size[2 * i] + size[2 * i + 1]) / sum;
        out->share[2 * i] = mass[i] * size[2 * i] / sum;
        out->share[2 * i + 1] = mass[i] * size[2 * i + 1] / sum;
    }
    out->value = top + log(sum);
}

/* Second derivatives by the core: mean over terms of (h + g g'), less the square of the mean. */
static void row_curve_core(const struct shape *s, const struct term *term, const struct row_parts *parts,
                           const double *mean, double weight, struct own_sums *to) {
    double h[MIXK_CORE][MIXK_CORE] = {{0}};
    double dead = 0, alive = 0;
    for (size_t i = 0; i < 2 * MIXK_PARTS; i++) {
        double p = parts->share[i];
        const double *g = term[i].g;
        for (size_t u = 0; u < MIXK_CORE; u++)
            for (size_t v = u; v < MIXK_CORE; v++)
                h[u][v] += p * g[u] * g[v];
        h[MIXK_LOG_R][MIXK_LOG_R] += p * term[i].h_rr;
        h[MIXK_LOG_R][MIXK_LOG_ALPHA] += p * term[i].h_ra;
        h[MIXK_LOG_ALPHA][MIXK_LOG_ALPHA] += p * term[i].h_aa;
        dead += i % 2 == 0 ? p : 0;
        alive += i % 2 == 1 ? p : 0;
    }
    h[MIXK_MU][MIXK_MU] += dead * s->dead.mu_mu + alive * s->alive.mu_mu;
    h[MIXK_MU][MIXK_PHI] += dead * s->dead.mu_phi + alive * s->alive.mu_phi;
    h[MIXK_PHI][MIXK_PHI] += dead * s->dead.phi_phi + alive * s->alive.phi_phi;
    for (size_t u = 0; u < MIXK_CORE; u++)
        for (size_t v = u; v < MIXK_CORE; v++)
            to->hessian[u][v] += weight * (h[u][v] - mean[u] * mean[v]);
}

static void row_curve_mass(const struct term *term, const struct row_parts *parts, const double *mean,
                           const double *mass, double weight, struct own_sums *to) {
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        const struct term *dead = &term[2 * i], *alive = &term[2 * i + 1];
        /* The component's own mean gradient. exp of the difference of values: shares are 0 where the mass is. */
        double of_alive = 1 / (1 + exp(fmin(dead->value - alive->value, EXCESS_MOST)) / alive->phases);
        if (mass[i] > 0 && parts->share[2 * i] + parts->share[2 * i + 1] > 0)
            of_alive = parts->share[2 * i + 1] / (parts->share[2 * i] + parts->share[2 * i + 1]);
        for (size_t u = 0; u < MIXK_CORE; u++) {
            double g = dead->g[u] + of_alive * (alive->g[u] - dead->g[u]);
            to->hessian[u][MIXK_MASS + i] += weight * parts->over[i] * (g - mean[u]);
        }
        for (size_t j = i; j < MIXK_PARTS; j++)
            to->hessian[MIXK_MASS + i][MIXK_MASS + j] -= weight * parts->over[i] * parts->over[j];
    }
}

static void row_add(const struct mixk_likelihood *l, const struct shape *s, size_t row, struct own_sums *to) {
    const struct cbs *data = l->data;
    const double *mass = l->at + MIXK_MASS;
    double weight = data->weight[row], t_x = data->t_x[row], T = data->T[row];
    double litt = data->litt ? data->litt[row] : 0;
    struct term term[2 * MIXK_PARTS];
    for (size_t i = 0; i < MIXK_PARTS; i++) {
        term_dead(s, i, litt, t_x, &term[2 * i]);
        term_alive(s, i, litt, t_x, T, &term[2 * i + 1]);
    }
    struct row_parts parts;
    row_weigh(term, mass, &parts);
    double mean[MIXK_CORE] = {0};
    for (size_t i = 0; i < 2 * MIXK_PARTS; i++)
        for (size_t u = 0; u < MIXK_CORE; u++)
            mean[u] += parts.share[i] * term[i].g[u];
    to->value += weight * parts.value;
    for (size_t u = 0; u < MIXK_CORE; u++)
        to->gradient[u] += weight * mean[u];
    for (size_t i = 0; i < MIXK_PARTS; i++)
        to->gradient[MIXK_MASS + i] += weight * parts.over[i];
    if (!l->with_hessian)
        return;
    row_curve_core(s, term, &parts, mean, weight, to);
    row_curve_mass(term, &parts, mean, mass, weight, to);
}

/* -- blocks -- */

/* Where coordinate `own` of a customer with covariates z moves when search coordinate `at` does: 0, or one z. */
static void group_flush(const struct mixk_likelihood *l, const double *z, const struct own_sums *own, double *sums) {
    size_t n = l->n, c = l->covariates.n;
    double *gradient = sums + 1, *hessian = gradient + n;
    sums[0] += own->value;
    for (size_t u = 0; u < MIXK_OWN; u++) {
        gradient[u] += own->gradient[u];
        for (size_t v = u; v < MIXK_OWN; v++)
            hessian[u * n + v] += own->hessian[u][v];
    }
    for (size_t i = 0; i < 2 * c; i++) {
        size_t of = i < c ? MIXK_LOG_ALPHA : MIXK_MU;
        double zi = i < c ? -z[i] : z[i - c];
        gradient[MIXK_OWN + i] += zi * own->gradient[of];
        for (size_t u = 0; u < MIXK_OWN; u++)
            hessian[u * n + MIXK_OWN + i] += zi * own->hessian[u < of ? u : of][u < of ? of : u];
        for (size_t j = i; j < 2 * c; j++) {
            size_t by = j < c ? MIXK_LOG_ALPHA : MIXK_MU;
            double zj = j < c ? -z[j] : z[j - c];
            hessian[(MIXK_OWN + i) * n + MIXK_OWN + j] += zi * zj * own->hessian[of][by];
        }
    }
}

static void group_core(const struct mixk_likelihood *l, const double *z, double *core) {
    memcpy(core, l->at, MIXK_CORE * sizeof *core);
    for (size_t i = 0; i < l->covariates.n; i++) {
        core[MIXK_LOG_ALPHA] -= l->at[MIXK_RATE + i] * z[i];
        core[MIXK_MU] += l->at[MIXK_RATE + l->covariates.n + i] * z[i];
    }
}

static void block_run(void *owner, size_t block) {
    const struct mixk_likelihood *l = owner;
    const struct cbs *data = l->data;
    double *sums = l->sums + block * (1 + l->n + l->n * l->n);
    memset(sums, 0, (1 + l->n + l->n * l->n) * sizeof *sums);
    size_t first = l->rows * block / l->blocks, end = l->rows * (block + 1) / l->blocks;
    struct own_sums own = {0};
    struct shape shape = {.x = -1};
    const double *z = NULL;
    for (size_t i = first; i < end; i++) {
        size_t row = i * l->stride;
        const double *row_z = NULL;
        if (l->covariates.n > 0)
            row_z = l->covariates.z + (data->group ? data->group[row] : 0) * l->covariates.n;
        if (row_z != z && i > first) {
            group_flush(l, z, &own, sums);
            own = (struct own_sums){0};
        }
        if (row_z != z || i == first || data->x[row] != shape.x) {
            double core[MIXK_CORE];
            group_core(l, row_z, core);
            shape_make(core, data->x[row], &shape);
        }
        z = row_z;
        row_add(l, &shape, row, &own);
    }
    if (end > first)
        group_flush(l, z, &own, sums);
}

void mixk_likelihood_init(struct arena *arena, const struct cbs *data, const struct model_covariates *covariates,
                          size_t stride, unsigned threads, struct mixk_likelihood *out) {
    *out = (struct mixk_likelihood){.data = data, .covariates = *covariates, .stride = stride, .threads = threads};
    out->n = MIXK_OWN + 2 * covariates->n;
    out->rows = (data->rows + stride - 1) / stride;
    out->blocks = (out->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
    if (out->blocks > BLOCKS_MOST)
        out->blocks = BLOCKS_MOST;
    for (size_t i = 0; i < out->rows; i++)
        out->customers += data->weight[i * stride];
    out->sums = arena_new(arena, double, out->blocks *(1 + out->n + out->n * out->n));
}

bool mixk_likelihood_at(void *owner, const double *at, double *value, double *gradient, double *hessian) {
    struct mixk_likelihood *l = owner;
    size_t n = l->n;
    double mass = 0;
    for (size_t i = 0; i < MIXK_PARTS; i++)
        mass += at[MIXK_MASS + i];
    if (!(mass > 0))
        return false;
    l->at = at;
    l->with_hessian = hessian != NULL;
    parallel_run(l->threads, l->blocks, block_run, l);
    size_t each = 1 + n + n * n;
    for (size_t b = 1; b < l->blocks; b++)
        for (size_t i = 0; i < each; i++)
            l->sums[i] += l->sums[b * each + i];
    *value = l->customers * (mass - 1) - l->sums[0];
    for (size_t i = 0; i < n; i++)
        gradient[i] = -l->sums[1 + i];
    for (size_t i = 0; i < MIXK_PARTS; i++)
        gradient[MIXK_MASS + i] += l->customers;
    for (size_t i = 0; hessian && i < n; i++)
        for (size_t j = i; j < n; j++)
            hessian[i * n + j] = hessian[j * n + i] = -l->sums[1 + n + i * n + j];
    return isfinite(*value);
}
