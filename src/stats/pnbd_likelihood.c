// SPDX-License-Identifier: Apache-2.0
/* pnbd_likelihood -- the likelihood of one customer under Pareto/NBD, as a sum of two positive halves.
 *
 * The textbook form is "alive until T, or left between t_x and T". Count differently: after t_x either the customer leaves
 * before another purchase, whenever that is, or another purchase would come and it comes after T:
 *
 *     L = C(x) [ e^left(x, t_x) + e^next(x, T) ],     C(x) = (r)_x / alpha^x,
 *     e^left(x, y) = alpha^p beta^s s integral over v > y of (alpha + v)^-p     (beta + v)^-(s+1) dv,
 *     e^next(x, y) = alpha^p beta^s p integral over v > y of (alpha + v)^-(p+1) (beta + v)^-s     dv,     p = r + x.
 *
 * (By parts, e^left + e^next at the same y is e^-h(y), h(y) = p log1p(y / alpha) + s log1p(y / beta): the term of who is alive.)
 * Nothing is subtracted, so the sum is as exact as its halves; and each half knows only one of t_x and T, so
 * that a fit computes them once per distinct (x, t_x) and (x, T) instead of once per row.
 *
 * With c = p + s, m the smaller of alpha and beta and F of pnbd_tail.c:
 *
 *     left = log s - log c - h(y) + log F + (log rho when alpha is m)
 *     next = log p - log c - h(y) + log F + (log rho when beta is m)
 *
 * Must not form (r + x) log alpha or the like: only ratios to alpha and beta, so that large parameters cost no digits.
 */
#include <math.h>

#include "stats/pnbd_parts.h"
#include "stats/special.h"

static struct pnbd_place place_of(const double *param, double x, double y, bool leave) {
    double alpha = param[PNBD_ALPHA], beta = param[PNBD_BETA], p = param[PNBD_R] + x, s = param[PNBD_S];
    double apart = fabs(alpha - beta), larger = fmax(alpha, beta) + y;
    struct pnbd_place at = {.c = p + s, .rho = (fmin(alpha, beta) + y) / larger, .z = apart / larger};
    if (alpha <= beta) {
        at.b = leave ? s + 1 : s;
        at.lift = leave ? 1 - p : -p;
    } else {
        at.b = leave ? p : p + 1;
        at.lift = leave ? -s : 1 - s;
    }
    return at;
}

/* Whether log rho is part of this half. */
static bool half_has_rho(const double *param, bool leave) {
    return (param[PNBD_ALPHA] <= param[PNBD_BETA]) == leave;
}

double pnbd_half_log(const double *param, double x, double y, bool leave) {
    double p = param[PNBD_R] + x, s = param[PNBD_S];
    struct pnbd_place at = place_of(param, x, y, leave);
    double fallen = p * log1p(y / param[PNBD_ALPHA]) + s * log1p(y / param[PNBD_BETA]);
    double share = log((leave ? s : p) / at.c) + pnbd_tail_log(&at);
    return (half_has_rho(param, leave) ? share + log(at.rho) : share) - fallen;
}

/* The upper triangle by rows. */
enum { RR, RA, RS, RB, AA, AS, AB, SS, SB, BB };

/* -h(y) and log of s or p over c, with their derivatives. */
static void half_powers(const double *param, double x, double y, bool leave, struct pnbd_half *out) {
    double r = param[PNBD_R], s = param[PNBD_S], p = r + x, c = p + s;
    double log_a = log1p(y / param[PNBD_ALPHA]), log_b = log1p(y / param[PNBD_BETA]);
    double u_a = param[PNBD_ALPHA] / (param[PNBD_ALPHA] + y), u_b = param[PNBD_BETA] / (param[PNBD_BETA] + y);
    double v_a = y / (param[PNBD_ALPHA] + y), v_b = y / (param[PNBD_BETA] + y);
    double r_c = r / c, s_c = s / c, r_p = leave ? 0 : r / p;
    out->log = log((leave ? s : p) / c) - p * log_a - s * log_b;
    out->first[PNBD_R] = r_p - r_c - r * log_a;
    out->first[PNBD_ALPHA] = p * v_a;
    out->first[PNBD_S] = (leave ? 1 - s_c : -s_c) - s * log_b;
    out->first[PNBD_BETA] = s * v_b;
    out->second[RR] = r_p * (1 - r_p) - r_c * (1 - r_c) - r * log_a;
    out->second[RA] = r * v_a;
    out->second[RS] = r_c * s_c;
    out->second[RB] = 0;
    out->second[AA] = -p * u_a * v_a;
    out->second[AS] = 0;
    out->second[AB] = 0;
    out->second[SS] = -s_c * (1 - s_c) - s * log_b;
    out->second[SB] = s * v_b;
    out->second[BB] = -s * u_b * v_b;
}

/* log rho, that is +-[log(alpha + y) - log(beta + y)], by log alpha and log beta. */
struct slant {
    double a, b, aa, bb;
};

void pnbd_half_derive(const double *param, double x, double y, bool leave, struct pnbd_half *out) {
    double r = param[PNBD_R], s = param[PNBD_S];
    struct pnbd_place at = place_of(param, x, y, leave);
    struct pnbd_tail tail;
    pnbd_tail_derive(&at, &tail);
    half_powers(param, x, y, leave, out);

    double sign = param[PNBD_ALPHA] <= param[PNBD_BETA] ? 1 : -1;
    double u_a = param[PNBD_ALPHA] / (param[PNBD_ALPHA] + y), u_b = param[PNBD_BETA] / (param[PNBD_BETA] + y);
    struct slant l = {.a = sign * u_a, .b = -sign * u_b, .aa = sign * u_a * (1 - u_a), .bb = -sign * u_b * (1 - u_b)};
    /* b is s or s + 1 where alpha is the smaller, else p or p + 1; d moves with both. */
    double r_b = sign > 0 ? 0 : r, s_b = sign > 0 ? s : 0;
    double by_l = tail.by_l;
    if (half_has_rho(param, leave)) {
        out->log += log(at.rho);
        by_l += 1;
    }
    out->log += tail.f;
    double by_r = r_b * tail.by_b + r * tail.by_d, by_s = s_b * tail.by_b + s * tail.by_d;
    double r_l = r_b * tail.by_bl + r * tail.by_dl, s_l = s_b * tail.by_bl + s * tail.by_dl;
    out->first[PNBD_R] += by_r;
    out->first[PNBD_ALPHA] += by_l * l.a;
    out->first[PNBD_S] += by_s;
    out->first[PNBD_BETA] += by_l * l.b;
    out->second[RR] += by_r + r_b * r_b * tail.by_bb + 2 * r_b * r * tail.by_bd + r * r * tail.by_dd;
    out->second[RA] += r_l * l.a;
    out->second[RS] += r_b * s_b * tail.by_bb + (r_b * s + r * s_b) * tail.by_bd + r * s * tail.by_dd;
    out->second[RB] += r_l * l.b;
    out->second[AA] += tail.by_ll * l.a * l.a + by_l * l.aa;
    out->second[AS] += s_l * l.a;
    out->second[AB] += tail.by_ll * l.a * l.b;
    out->second[SS] += by_s + s_b * s_b * tail.by_bb + 2 * s_b * s * tail.by_bd + s * s * tail.by_dd;
    out->second[SB] += s_l * l.b;
    out->second[BB] += tail.by_ll * l.b * l.b + by_l * l.bb;
}

void pnbd_count_derive(const double *param, double x, struct pnbd_half *out) {
    double r = param[PNBD_R];
    double by_r = r * special_digamma_rising(r, x);
    *out = (struct pnbd_half){.log = special_log_rising(r, x) - x * log(param[PNBD_ALPHA])};
    out->first[PNBD_R] = by_r;
    out->first[PNBD_ALPHA] = -x;
    out->second[RR] = by_r + r * r * (special_trigamma(r + x) - special_trigamma(r));
}

double pnbd_silent_left(const double *param, const struct cbs_customer *c) {
    double p = param[PNBD_R] + c->x, s = param[PNBD_S], open = c->T - c->t_x;
    struct pnbd_place at = place_of(param, c->x, c->t_x, true);
    double fallen = p * log1p(open / (param[PNBD_ALPHA] + c->t_x)) + s * log1p(open / (param[PNBD_BETA] + c->t_x));
    double value = fallen + log(s / at.c) + pnbd_tail_log(&at);
    return half_has_rho(param, true) ? value + log(at.rho) : value;
}

double pnbd_silent_next(const double *param, double x, double T) {
    struct pnbd_place at = place_of(param, x, T, false);
    double value = log((param[PNBD_R] + x) / at.c) + pnbd_tail_log(&at);
    return half_has_rho(param, false) ? value + log(at.rho) : value;
}
