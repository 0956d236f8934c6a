// SPDX-License-Identifier: Apache-2.0
/* pnbd_parts -- what the files of Pareto/NBD share: two integrals and the two halves of the likelihood.
 *
 * Only files named pnbd*.c include it. Parameters are > 0 and finite, customers are CBS_FINE: callers have looked.
 */
#ifndef REATIVA_STATS_PNBD_PARTS_H
#define REATIVA_STATS_PNBD_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/model.h"

enum { PNBD_R, PNBD_ALPHA, PNBD_S, PNBD_BETA, PNBD_PARAMS };

/* Gauss-Legendre on (-1, 1): the positive half of the nodes and their weights. */
enum { PNBD_NODES = 16 };
extern const double pnbd_node[PNBD_NODES / 2], pnbd_weight[PNBD_NODES / 2];

/* f(w) = exp(lift w - b log1p(rho expm1(w)) - fade expm1(w)), 0 < rho <= 1, b >= 0, fade >= 0, lift <= 1: what remains of
 * a product of powers of (y + alpha) and (y + beta) when the smaller of the two grows like e^w. f(0) = 1. */
struct pnbd_curve {
    double lift, b, rho, fade;
};

/* pnbd_panel -- a length so that Gauss-Legendre with PNBD_NODES nodes on (w, w + length) has f to 1e-14 of its largest
 * value there; at most `longest`. */
double pnbd_panel(const struct pnbd_curve *curve, double w, double longest);
double pnbd_bent(double rho, double w); /* log1p(rho expm1(w)) */
double pnbd_curve_log(const struct pnbd_curve *curve, double w);
double pnbd_curve_slope(const struct pnbd_curve *curve, double w); /* of its logarithm */

/* Whether what is left beyond w no longer counts beside `sum`. */
bool pnbd_is_over(const struct pnbd_curve *curve, double w, double sum);

/* pnbd_integral -- of f over (0, width); width may be INFINITY where f falls off at last. Relative accuracy 1e-13. */
double pnbd_integral(const struct pnbd_curve *curve, double width);

/* pnbd_between -- the integral over (0, t) of (1 + v/a)^-p (1 + v/b)^-q dv; t > 0, INFINITY where p + q > 1. */
double pnbd_between(double a, double p, double b, double q, double t);

/* Where to take F = 2F1(1, b; d; z): d = c + 1, lift = 1 - (d - b) < 1, z = 1 - rho, 0 < rho <= 1. Of each pair that could be had
 * from the other by a difference, the one that is small would lose its digits: all are passed. */
struct pnbd_place {
    double b, c, lift, rho, z;
};
/* log F with its derivatives by b, d and log rho. */
struct pnbd_tail {
    double f;
    double by_b, by_d, by_l;
    double by_bb, by_bd, by_bl, by_dd, by_dl, by_ll;
};
double pnbd_tail_log(const struct pnbd_place *at);
void pnbd_tail_derive(const struct pnbd_place *at, struct pnbd_tail *out);

/* The two halves of a likelihood L = C(x) (e^left(t_x) + e^next(T)): the customer left before a purchase that would have come
 * after t_x, or comes back after T. Derivatives are by the logarithms of r, alpha, s, beta; second[10] is the upper triangle by rows. */
enum { PNBD_SECOND = PNBD_PARAMS * (PNBD_PARAMS + 1) / 2 };
struct pnbd_half {
    double log;
    double first[PNBD_PARAMS], second[PNBD_SECOND];
};
/* leave: the half of those who leave, at y = t_x; else of those who come again, at y = T. */
double pnbd_half_log(const double *param, double x, double y, bool leave);
void pnbd_half_derive(const double *param, double x, double y, bool leave, struct pnbd_half *out);

/* log C(x) = log (r)_x - x log alpha. */
void pnbd_count_derive(const double *param, double x, struct pnbd_half *out);

/* pnbd_count -- out[0 .. most] = P(n purchases within t) of who is alive now, with rates Gamma(p, a) and Gamma(s, b); t > 0. */
void pnbd_count(double p, double a, double s, double b, double t, size_t most, double *out);
/* pnbd_more -- P(n or more within t) of the same, n >= 1; t > 0. */
double pnbd_more(double p, double a, double s, double b, double t, double n);

/* Of who is alive: P(a purchase within t), E(purchases within t). */
double pnbd_buys(const double *param, double x, double T, double t);
double pnbd_bought(const double *param, double x, double T, double t);
double pnbd_alive_given(double silent_left, double silent_next);

enum stat_code pnbd_fit(struct arena *arena, const struct cbs *data, const struct model_fit_options *options,
                        struct model_fit *out);
double pnbd_loglik(const struct model_params *params, const struct cbs_customer *c);
enum stat_code pnbd_check(const struct model_params *params);
double pnbd_alive(const struct model_params *params, const struct cbs_customer *c);
double pnbd_active(const struct model_params *params, const struct cbs_customer *c, double horizon);
double pnbd_expected(const struct model_params *params, const struct cbs_customer *c, double horizon);
double pnbd_expected_new(const struct model_params *params, double t);

/* The halves over the term of who is alive at T: 1 / P(alive) = e^left + e^next. */
double pnbd_silent_left(const double *param, const struct cbs_customer *c);
double pnbd_silent_next(const double *param, double x, double T);

#endif
