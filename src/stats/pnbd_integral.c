// SPDX-License-Identifier: Apache-2.0
/* pnbd_integral -- integrals of products of powers, on panels that follow the integrand.
 *
 * All of Pareto/NBD is integrals of (alpha + y)^-p (beta + y)^-q. With m the smaller and M the larger of alpha and beta
 * (after moving the origin to the lower end), and y = m (e^w - 1), the integrand becomes exp of
 *     phi(w) = lift w - b log1p(rho (e^w - 1)),     rho = m / M <= 1,
 * which is concave, has only one bend (around w = log(M/m)), and singularities only 3.14 beside the real line above that
 * bend. So scales of y from 1e-6 to 1e9 are a length of 35 in w, and Gauss-Legendre with 16 nodes has full precision on
 * any panel that is (1) not longer than 4 near the bend, or than half its distance from it, and (2) over which phi
 * changes by no more than 12. Because phi is concave, looking at its slope at both ends is enough for (2). The walk starts
 * at w = 0 and ends where the rest, at most f / |phi'| by concavity, no longer counts. Discounting adds a term - fade (e^w - 1):
 * concave too, with a bend where fade e^w is about 1.
 *
 * Must not be given lift > 1. Invariant: every value added is positive.
 */
#include <math.h>

#include "stats/pnbd_parts.h"

#define CHANGE_MOST 12.0 /* of phi over a panel */
#define LENGTH_NEAR 4.0  /* of a panel by a bend */
#define REST_LEAST 1e-17 /* of the integral: less is not looked at */

const double pnbd_node[PNBD_NODES / 2] = {0.0950125098376374402, 0.281603550779258913, 0.458016777657227386,
                                          0.617876244402643748,  0.755404408355003034, 0.865631202387831744,
                                          0.944575023073232576,  0.989400934991649933};
const double pnbd_weight[PNBD_NODES / 2] = {0.189450610455068496,  0.182603415044923589, 0.169156519395002538,
                                            0.149595988816576732,  0.124628971255533872, 0.0951585116824927848,
                                            0.0622535239386478929, 0.0271524594117540949};

double pnbd_bent(double rho, double w) {
    return log1p(rho * expm1(w));
}

double pnbd_curve_log(const struct pnbd_curve *curve, double w) {
    double phi = curve->lift * w - curve->b * pnbd_bent(curve->rho, w);
    return curve->fade > 0 ? phi - curve->fade * expm1(w) : phi;
}

double pnbd_curve_slope(const struct pnbd_curve *curve, double w) {
    /* rho e^w / (1 - rho + rho e^w), written so that neither end overflows */
    double bent = curve->rho / (curve->rho + (1 - curve->rho) * exp(-w));
    double slope = curve->lift - curve->b * bent;
    return curve->fade > 0 ? slope - curve->fade * exp(w) : slope;
}

/* How long a panel from w on may be so that no singularity is near: bends lie in (first, last). */
static double length_by_bends(const struct pnbd_curve *curve, double w) {
    double first = -log(curve->rho), last = first;
    if (curve->b > 1)
        first -= log(curve->b);
    if (curve->fade > 0) {
        double fading = -log(curve->fade);
        first = fmin(first, fading);
        last = fmax(last, fading);
    }
    double away = fmax(first - w, w - last) / 2;
    return fmax(LENGTH_NEAR, away);
}

double pnbd_panel(const struct pnbd_curve *curve, double w, double longest) {
    double length = fmin(length_by_bends(curve, w), longest);
    double slope = fabs(pnbd_curve_slope(curve, w));
    if (slope * length > CHANGE_MOST)
        length = CHANGE_MOST / slope;
    while (fabs(pnbd_curve_slope(curve, w + length)) * length > CHANGE_MOST)
        length /= 2;
    return length;
}

bool pnbd_is_over(const struct pnbd_curve *curve, double w, double sum) {
    double slope = pnbd_curve_slope(curve, w);
    return slope < 0 && exp(pnbd_curve_log(curve, w)) < REST_LEAST * sum * -slope;
}

double pnbd_integral(const struct pnbd_curve *curve, double width) {
    double sum = 0, w = 0;
    bool over = false;
    while (w < width && !over) {
        double length = pnbd_panel(curve, w, width - w);
        double half = length / 2, middle = w + half, part = 0;
        for (int i = 0; i < PNBD_NODES / 2; i++) {
            double away = half * pnbd_node[i];
            part += pnbd_weight[i] *
                    (exp(pnbd_curve_log(curve, middle - away)) + exp(pnbd_curve_log(curve, middle + away)));
        }
        sum += half * part;
        over = pnbd_is_over(curve, w + length, sum);
        w = width - w > length ? w + length : width;
    }
    return sum;
}

double pnbd_between(double a, double p, double b, double q, double t) {
    double m = fmin(a, b), M = fmax(a, b);
    double p_m = a <= b ? p : q, p_M = a <= b ? q : p;
    struct pnbd_curve curve = {.lift = 1 - p_m, .b = p_M, .rho = m / M};
    return m * pnbd_integral(&curve, log1p(t / m));
}
