// SPDX-License-Identifier: Apache-2.0
/* pnbd_count -- how likely are n = 0, 1, 2, ... purchases within t, of a customer with rates Gamma(p, a) and Gamma(s, b).
 *
 * Either it stays beyond t, or it leaves at some tau before; until then its purchases are negative binomial:
 *     P(n) = NB(n; t) S(t) + integral over (0, t) of NB(n; tau) f(tau) dtau,
 *     NB(n; tau) = (p)_n / n! u^n (1 - u)^p, u = tau / (a + tau),   S(tau) = (1 + tau/b)^-s,   f = -dS/dtau.
 * One set of nodes serves all n: at each, NB(n + 1) = NB(n) u (p + n) / (n + 1). The panels are in log tau (the first, where
 * nothing has begun to bend, in tau), short enough for the narrowest NB asked for, whose width in log tau is
 * 1 / sqrt((p + n) u (1 - u)), and for f.
 *
 * Must not let NB(0) underflow where a larger n is not small: values are kept with a count of factors e^-600 left out.
 * Invariant: everything added is positive; the sum over all n is 1, the mean is the expectation of pnbd.c.
 */
#include <math.h>

#include "stats/pnbd_parts.h"
#include "stats/special.h"

#define LONGEST 3.0     /* panel in log tau */
#define WIDTHS 4.0      /* of the narrowest NB in a panel */
#define FALL_MOST 8.0   /* of log f over a panel */
#define REST_LEAST 60.0 /* -log of what is not looked at */
#define SCALE 600.0

struct spread {
    double p, a, s, b, t;
    size_t most;
};

/* Some values of tau with weights, and NB(n) f at them times the weight, n growing. */
struct walk {
    int nodes;
    double value[PNBD_NODES], u[PNBD_NODES];
    int behind[PNBD_NODES]; /* factors e^-SCALE */
};

static void walk_add(struct walk *walk, const struct spread *of, double tau, double log_weight) {
    double log_value = log_weight - of->p * log1p(tau / of->a);
    int behind = log_value < -SCALE ? (int)(-log_value / SCALE) : 0;
    walk->value[walk->nodes] = exp(log_value + SCALE * behind);
    walk->behind[walk->nodes] = behind;
    walk->u[walk->nodes++] = tau / (of->a + tau);
}

static void walk_sum(struct walk *walk, const struct spread *of, double *out) {
    double step_down = exp(-SCALE);
    for (size_t n = 0; n <= of->most; n++) {
        double sum = 0, step = (of->p + (double)n) / ((double)n + 1);
        for (int i = 0; i < walk->nodes; i++) {
            if (walk->behind[i] == 0) {
                sum += walk->value[i];
            } else if (walk->value[i] > 1) {
                walk->value[i] *= step_down;
                walk->behind[i]--;
                if (walk->behind[i] == 0)
                    sum += walk->value[i];
            }
            walk->value[i] *= walk->u[i] * step;
        }
        out[n] += sum;
    }
}

static double leave_log(const struct spread *of, double tau) {
    return log(of->s / of->b) - (of->s + 1) * log1p(tau / of->b);
}

/* middle, half: in log tau; or in tau. */
static void panel_sum(const struct spread *of, double middle, double half, bool logarithmic, double *out) {
    struct walk walk = {.nodes = 0};
    for (int i = 0; i < PNBD_NODES; i++) {
        double node = i % 2 ? pnbd_node[i / 2] : -pnbd_node[i / 2];
        double at = middle + half * node, tau = logarithmic ? exp(at) : at;
        double log_weight = log(half * pnbd_weight[i / 2]) + leave_log(of, tau);
        walk_add(&walk, of, tau, logarithmic ? log_weight + at : log_weight);
    }
    walk_sum(&walk, of, out);
}

/* The longest panel at tau, looking at tau alone. */
static double length_at(const struct spread *of, double tau) {
    double u = tau / (of->a + tau), rest = of->a / (of->a + tau);
    double narrow = sqrt((of->p + (double)of->most) * u * rest);
    double slope = (of->s + 1) * tau / (of->b + tau);
    return fmin(LONGEST, fmin(WIDTHS / narrow, FALL_MOST / slope));
}

/* Whether nothing comes any more: who leaves has left, or no n <= most is likely so late. */
static bool over(const struct spread *of, double tau) {
    if (of->s * log1p(tau / of->b) > REST_LEAST)
        return true;
    /* The largest NB(most) over later tau, by its mode: u = q. NB(n; u) <= (u/q)^n ((1-u)/(1-q))^p. */
    double n = (double)of->most, u = tau / (of->a + tau), q = n / (n + of->p);
    if (u <= q)
        return false;
    double fallen = of->p * (log1p(tau / of->a) + log1p(-q)) - (n > 0 ? n * log(u / q) : 0);
    return fallen > REST_LEAST;
}

void pnbd_count(double p, double a, double s, double b, double t, size_t most, double *out) {
    struct spread of = {.p = p, .a = a, .s = s, .b = b, .t = t, .most = most};
    for (size_t n = 0; n <= most; n++)
        out[n] = 0;
    struct walk stays = {.nodes = 0};
    walk_add(&stays, &of, t, -s * log1p(t / b));
    walk_sum(&stays, &of, out);

    double first = fmin(fmin(a / fmax(p, 1), b / (s + 1)), t);
    panel_sum(&of, first / 2, first / 2, false, out);
    double w = log(first), end = log(t);
    while (w < end && !over(&of, exp(w))) {
        double length = fmin(length_at(&of, exp(w)), end - w);
        while (length > length_at(&of, exp(w + length)))
            length /= 2;
        if (!(w + length > w))
            break;
        panel_sum(&of, w + length / 2, length / 2, true, out);
        w += length;
    }
}
