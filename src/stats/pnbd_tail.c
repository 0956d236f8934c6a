// SPDX-License-Identifier: Apache-2.0
/* pnbd_tail -- F(b, d, rho) = 2F1(1, b; d; 1 - rho), the one transcendental function in the likelihood of Pareto/NBD.
 *
 * It is the part of an integral from y to infinity that is not a power:
 *     integral over v > y of (m + v)^-a (M + v)^-b dv = (m + y)^(1-a) (M + y)^-b / (d - 1) F(b, d, rho),
 * with m <= M, d = a + b > 1, rho = (m + y) / (M + y) and z = 1 - rho in [0, 1). Two ways, each with derivatives:
 *
 *   series       F = sum of t_n, t_0 = 1, t_(n+1) = t_n z (b + n) / (d + n). All terms are positive and shrink at least by z,
 *                faster when a is large beside b. Derivatives of t_n by b and d are t_n times sums over 1/(b + j) and 1/(d + j),
 *                kept as elementary and complete symmetric functions, which are positive as well.
 *   quadrature   F = (d - 1) times the integral over w > 0 of exp[(1 - a) w - b log1p(rho (e^w - 1))], up to the bend at
 *                e^w = z / rho; derivatives are moments of w, g = log1p(rho (e^w - 1)) and k = dg/d(log rho) under it. From the
 *                bend on it is the same kind of integral with rho = 1/2, for which the series is short.
 *
 * The series alone is taken where SERIES_MOST terms look like being enough.
 *
 * Must not take a difference that the caller has given (struct pnbd_place): it would have lost its digits.
 */
#include <math.h>

#include "stats/pnbd_parts.h"

enum { SERIES_MOST = 140 };
#define TERM_LEAST 1e-17
#define SERIES_REST 30.0 /* -log of the last term that SERIES_MOST terms should at least reach, or they are not tried */
#define PLAIN_B 100.0
#define PLAIN_C 1000.0

/* (b)_n / (d)_n falls about like (1 + n / (b + 1))^-a. */
static bool series_promises(const struct pnbd_place *at) {
    double n = SERIES_MOST, a = 1 - at->lift;
    return at->z < 0.75 || a * log1p(n / (at->b + 1)) - n * log(at->z) > SERIES_REST;
}

static bool series_log(const struct pnbd_place *at, double *out) {
    double b = at->b, d = at->c + 1, z = at->z, sum = 1, term = 1;
    for (int n = 0; n < SERIES_MOST; n++) {
        term *= z * (b + n) / (d + n);
        sum += term;
        if (term < TERM_LEAST * (1 - z) * sum) {
            *out = log(sum);
            return true;
        }
    }
    return false;
}

/* Sums of t_n times: 1 (less the first), S, -R, S^2 - S2 (twice e2), R^2 + R2 (twice h2), S R, and the powers of n that
 * derivatives by z need. */
struct series {
    double f, b, d, bb, dd, bd, z, bz, dz, zz;
};

static bool series_sum(const struct pnbd_place *at, struct series *out) {
    double b = at->b, d = at->c + 1, z = at->z;
    /* n = 1 by hand, u = t_n / z, so that z = 0 is no special case; from n = 2 on v = t_n / z^2. */
    double u = b / d, S = 1 / b, R = 1 / d, e2 = 0, h2 = R * R;
    struct series sum = {.f = u * z,
                         .b = u * z * S,
                         .d = u * z * R,
                         .dd = u * z * h2,
                         .bd = u * z * S * R,
                         .z = u,
                         .bz = u * S,
                         .dz = u * R};
    double v = u * (b + 1) / (d + 1);
    double least = TERM_LEAST * u * (1 - z);
    for (int n = 2; n < SERIES_MOST; n++) {
        double inverse = 1 / ((b + (n - 1)) * (d + (n - 1)));
        double one_b = inverse * (d + (n - 1)), one_d = inverse * (b + (n - 1));
        e2 += S * one_b;
        S += one_b;
        R += one_d;
        h2 += one_d * R;
        double t = v * z * z, nz = n * v * z;
        sum.f += t;
        sum.b += t * S;
        sum.d += t * R;
        sum.bb += t * e2;
        sum.dd += t * h2;
        sum.bd += t * S * R;
        sum.z += nz;
        sum.bz += nz * S;
        sum.dz += nz * R;
        sum.zz += n * (n - 1) * v;
        v *= z * (b + n) / (d + n);
        if ((double)n * n * v <= least) {
            *out = sum;
            return true;
        }
    }
    return false;
}

static bool series_derive(const struct pnbd_place *at, struct pnbd_tail *out) {
    struct series sum;
    if (!series_sum(at, &sum))
        return false;
    double F = 1 + sum.f, rho = at->rho;
    double by_b = sum.b / F, by_d = -sum.d / F, by_z = sum.z / F;
    out->f = log1p(sum.f);
    out->by_b = by_b;
    out->by_d = by_d;
    out->by_l = -rho * by_z;
    out->by_bb = 2 * sum.bb / F - by_b * by_b;
    out->by_dd = 2 * sum.dd / F - by_d * by_d;
    out->by_bd = -sum.bd / F - by_b * by_d;
    out->by_bl = -rho * (sum.bz / F - by_b * by_z);
    out->by_dl = -rho * (-sum.dz / F - by_d * by_z);
    out->by_ll = rho * rho * (sum.zz / F - by_z * by_z) - rho * by_z;
    return true;
}

struct moments {
    double f, w, g, k, ww, wg, wk, gg, gk, kk, k_bent;
};

/* Where neither exponent is large, a rounding error of 1e-16 in g and k is none, and exp and log are several times as
 * fast as expm1 and log1p. */
static bool is_plain(const struct pnbd_place *at) {
    return at->b < PLAIN_B && at->c < PLAIN_C;
}

static void moments_add(const struct pnbd_curve *curve, double w, double weight, bool plain, struct moments *sum) {
    double g, k;
    if (plain) {
        double grown = curve->rho * (exp(w) - 1);
        g = log(1 + grown);
        k = grown / (1 + grown);
    } else {
        g = pnbd_bent(curve->rho, w);
        k = -expm1(-g);
    }
    double f = weight * exp(curve->lift * w - curve->b * g);
    sum->f += f;
    sum->w += f * w;
    sum->g += f * g;
    sum->k += f * k;
    sum->ww += f * w * w;
    sum->wg += f * w * g;
    sum->wk += f * w * k;
    sum->gg += f * g * g;
    sum->gk += f * g * k;
    sum->kk += f * k * k;
    sum->k_bent += f * k * (1 - k);
}

/* The moments over (0, bend), with a second sum for what is beyond: whether anything is. */
static bool moments_sum(const struct pnbd_curve *curve, double bend, bool plain, struct moments *out) {
    struct moments sum = {0};
    bool over = false;
    for (double w = 0; w < bend && !over;) {
        double length = pnbd_panel(curve, w, bend - w);
        double half = length / 2, middle = w + half;
        for (int i = 0; i < PNBD_NODES / 2; i++) {
            moments_add(curve, middle - half * pnbd_node[i], half * pnbd_weight[i], plain, &sum);
            moments_add(curve, middle + half * pnbd_node[i], half * pnbd_weight[i], plain, &sum);
        }
        over = pnbd_is_over(curve, w + length, sum.f);
        w = bend - w > length ? w + length : bend;
    }
    *out = sum;
    return !over;
}

/* The log of the integral over (0, bend) with its derivatives by b, d and log rho; a = d - b. */
static void near_part(const struct pnbd_curve *curve, const struct moments *sum, struct pnbd_tail *out) {
    double b = curve->b, w = sum->w / sum->f, g = sum->g / sum->f, k = sum->k / sum->f;
    double aa = sum->ww / sum->f - w * w, ab = sum->wg / sum->f - w * g, bb = sum->gg / sum->f - g * g;
    double al = b * (sum->wk / sum->f - w * k), bl = b * (sum->gk / sum->f - g * k) - k;
    out->f = log(sum->f);
    out->by_b = w - g;
    out->by_d = -w;
    out->by_l = -b * k;
    out->by_bb = bb - 2 * ab + aa;
    out->by_bd = ab - aa;
    out->by_bl = bl - al;
    out->by_dd = aa;
    out->by_dl = al;
    out->by_ll = b * b * (sum->kk / sum->f - k * k) - b * sum->k_bent / sum->f;
}

/* Where the quadrature ends, and how g and k stand there. */
struct bend {
    double w, g, k;
};

static struct bend bend_of(const struct pnbd_place *at) {
    return (struct bend){.w = log(at->z / at->rho), .g = log(2 * at->z), .k = (at->z - at->rho) / (2 * at->z)};
}

static struct pnbd_place place_beyond(const struct pnbd_place *at) {
    return (struct pnbd_place){.b = at->b, .c = at->c, .lift = at->lift, .rho = 0.5, .z = 0.5};
}

/* The same of the integral beyond. */
static void far_part(const struct pnbd_place *at, struct pnbd_tail *out) {
    struct bend bend = bend_of(at);
    struct pnbd_place beyond = place_beyond(at);
    struct pnbd_tail tail;
    (void)series_derive(&beyond, &tail);
    double c = at->c, k = bend.k, rest = 1 - k;
    out->f = at->lift * bend.w - at->b * bend.g + tail.f - log(c);
    out->by_b = bend.w - bend.g + tail.by_b;
    out->by_d = tail.by_d - bend.w - 1 / c;
    out->by_l = tail.by_l * rest - at->b * k;
    out->by_bb = tail.by_bb;
    out->by_bd = tail.by_bd;
    out->by_bl = tail.by_bl * rest - k;
    out->by_dd = tail.by_dd + 1 / (c * c);
    out->by_dl = tail.by_dl * rest;
    out->by_ll = tail.by_ll * rest * rest - (tail.by_l + at->b) * k * rest;
}

/* log(e^one + e^other) */
static void parts_join(const struct pnbd_tail *one, const struct pnbd_tail *other, struct pnbd_tail *out) {
    double p = 1 / (1 + exp(other->f - one->f)), q = 1 / (1 + exp(one->f - other->f)), pq = p * q;
    double b = one->by_b - other->by_b, d = one->by_d - other->by_d, l = one->by_l - other->by_l;
    out->f = fmax(one->f, other->f) + log1p(exp(-fabs(one->f - other->f)));
    out->by_b = p * one->by_b + q * other->by_b;
    out->by_d = p * one->by_d + q * other->by_d;
    out->by_l = p * one->by_l + q * other->by_l;
    out->by_bb = p * one->by_bb + q * other->by_bb + pq * b * b;
    out->by_bd = p * one->by_bd + q * other->by_bd + pq * b * d;
    out->by_bl = p * one->by_bl + q * other->by_bl + pq * b * l;
    out->by_dd = p * one->by_dd + q * other->by_dd + pq * d * d;
    out->by_dl = p * one->by_dl + q * other->by_dl + pq * d * l;
    out->by_ll = p * one->by_ll + q * other->by_ll + pq * l * l;
}

static struct pnbd_curve curve_of(const struct pnbd_place *at) {
    return (struct pnbd_curve){.lift = at->lift, .b = at->b, .rho = at->rho};
}

double pnbd_tail_log(const struct pnbd_place *at) {
    double out;
    if (series_promises(at) && series_log(at, &out))
        return out;
    struct pnbd_curve curve = curve_of(at);
    struct bend bend = bend_of(at);
    struct pnbd_place beyond = place_beyond(at);
    double near = pnbd_integral(&curve, bend.w), rest = 0;
    if (!pnbd_is_over(&curve, bend.w, near) && series_log(&beyond, &rest))
        rest = exp(at->lift * bend.w - at->b * bend.g + rest);
    return log(at->c * near + rest);
}

void pnbd_tail_derive(const struct pnbd_place *at, struct pnbd_tail *out) {
    if (series_promises(at) && series_derive(at, out))
        return;
    struct pnbd_curve curve = curve_of(at);
    struct moments sum;
    struct pnbd_tail near, far;
    bool more = moments_sum(&curve, bend_of(at).w, is_plain(at), &sum);
    near_part(&curve, &sum, &near);
    *out = near;
    if (more) {
        far_part(at, &far);
        parts_join(&near, &far, out);
    }
    out->f += log(at->c);
    out->by_d += 1 / at->c;
    out->by_dd -= 1 / (at->c * at->c);
}
