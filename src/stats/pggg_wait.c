// SPDX-License-Identifier: Apache-2.0
/* pggg_wait -- how long a customer of Pareto/GGG waits, given its regularity k, with its rate and its leaving integrated out.
 *
 * After x gaps the rate lambda is Gamma(r + k x, alpha + k t_x), and the n-th purchase from there comes after a Gamma(n k, k lambda)
 * time: a ratio of two Gamma numbers, so its shares are those of a beta distribution.
 * That nothing was seen for w since t_x is one of two things: the gap is longer than w, or it would have ended at a u < w but
 * the customer had left by then (S(tau) = (beta/(beta + tau))^s is the share that has not left by tau):
 *     silent / S(t_x) = P(gap > w) + integral over u < w of [1 - S(t_x + u)/S(t_x)] density(u).
 * Both are positive: nothing cancels. The integral is taken in log u by Gauss's rule on either side of its peak.
 *
 * Must not know of the sum over k. Invariant: every number returned is a probability or its log, never above 1.
 */
#include <math.h>
#include <stddef.h>

#include "stats/pggg_parts.h"
#include "stats/special.h"
#include "stats/special_parts.h"

#define LOG_2PI 1.83787706640934548356
#define PANEL_GROWTH 3.0

enum { PEAK_STEPS = 6 };

const double pggg_gauss_node[PGGG_GAUSS] = {0.98156063424671925069, 0.90411725637047485668, 0.76990267419430468704,
                                            0.58731795428661744730, 0.36783149899818019375, 0.12523340851146891547};
const double pggg_gauss_weight[PGGG_GAUSS] = {0.047175336386511827195, 0.10693932599531843096, 0.16007832854334622633,
                                              0.20316742672306592175,  0.23349253653835480876, 0.24914704581340278500};

/* -- waiting --------------------------------------------------------------------------------------------------------- */

void pggg_wait_make(double shape, double rest, double scale, struct pggg_wait *out) {
    *out = (struct pggg_wait){.shape = shape, .rest = rest, .scale = scale, .log_scale = log(scale)};
    out->peaked = shape >= SPECIAL_STIRLING_FROM && rest >= SPECIAL_STIRLING_FROM;
    if (out->peaked)
        out->log_norm = 0.5 * (log(shape) + log(rest / (shape + rest)) - LOG_2PI) + special_stirling(shape + rest) -
                        special_stirling(shape) - special_stirling(rest);
    else
        out->log_norm = -special_log_beta(shape, rest);
}

void pggg_moment_make(const struct pggg_wait *wait, double log_u, double u, struct pggg_moment *out) {
    double ratio = u / wait->scale;
    out->log_ratio = log_u - wait->log_scale;
    out->log_whole = out->log_ratio > 30 ? out->log_ratio : log1p(ratio);
    out->p = ratio < 1 ? ratio / (1 + ratio) : 1 / (1 + 1 / ratio);
    out->q = 1 / (1 + ratio);
}

double pggg_wait_log_density(const struct pggg_wait *wait, const struct pggg_moment *at) {
    double shape = wait->shape, rest = wait->rest;
    if (!wait->peaked)
        return wait->log_norm + shape * at->log_ratio - (shape + rest) * at->log_whole;
    /* As the Beta(shape, rest) of p, from its mean. */
    double off = at->p * rest - at->q * shape;
    return wait->log_norm + shape * special_log1p_less(off / shape) + rest * special_log1p_less(-off / rest);
}

double pggg_wait_longer(const struct pggg_wait *wait, double u) {
    return special_beta_split(wait->rest, wait->shape, wait->scale / (wait->scale + u), u / (wait->scale + u));
}

/* -- silence --------------------------------------------------------------------------------------------------------- */

/* 1 - S(t_x + u)/S(t_x) */
static double left_by(const struct pggg_silence *x, double u) {
    double leave = x->s * log1p(u / x->b);
    if (leave > 1e-3)
        return 1 - exp(-leave);
    return leave * (1 - leave / 2 * (1 - leave / 3 * (1 - leave / 4)));
}

static double silence_integrand(const struct pggg_silence *x, double log_u) {
    double u = exp(log_u);
    struct pggg_moment at;
    pggg_moment_make(&x->wait, log_u, u, &at);
    return left_by(x, u) * exp(pggg_wait_log_density(&x->wait, &at));
}

/* Slope of the log of the integrand. */
static double silence_slope(const struct pggg_silence *x, double log_u) {
    double u = exp(log_u), leave = x->s * log1p(u / x->b);
    double leaving = leave > 0 ? x->s * u / (x->b + u) * (1 / expm1(leave)) : 1;
    return leaving + x->wait.shape - (x->wait.shape + x->wait.rest) * u / (x->wait.scale + u);
}

static double silence_panel(const struct pggg_silence *x, double low, double high) {
    double middle = 0.5 * (low + high), half = 0.5 * (high - low), sum = 0;
    for (size_t i = 0; i < PGGG_GAUSS; i++)
        sum += pggg_gauss_weight[i] * (silence_integrand(x, middle - half * pggg_gauss_node[i]) +
                                       silence_integrand(x, middle + half * pggg_gauss_node[i]));
    return half * sum;
}

/* Where the integrand peaks, if not at the end. */
static double silence_peak(const struct pggg_silence *x, double end) {
    if (silence_slope(x, end) >= 0)
        return end;
    double low = fmin(end, x->wait.log_scale + log(x->wait.shape / x->wait.rest)), high = end;
    if (x->wait.rest > 1)
        high = fmin(end, x->wait.log_scale + log((x->wait.shape + 1) / (x->wait.rest - 1)));
    for (int i = 0; i < PEAK_STEPS && high > low; i++) {
        double middle = 0.5 * (low + high);
        if (silence_slope(x, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* From the peak to one end, in panels that grow: what is sharp is near the peak. */
static double silence_side(const struct pggg_silence *x, double peak, double end, int panels) {
    double whole = 0.5 * (pow(PANEL_GROWTH, panels) - 1), sum = 0, from = 0, size = 0.5 * (PANEL_GROWTH - 1) / whole;
    for (int i = 0; i < panels; i++) {
        double to = i + 1 < panels ? from + size : 1;
        sum += fabs(silence_panel(x, peak + (end - peak) * from, peak + (end - peak) * to));
        from = to;
        size *= PANEL_GROWTH;
    }
    return sum;
}

/* The integrand falls toward -infinity like u^(shape + 1), after a stretch like u^shape where nearly everybody has left (u over
 * b); toward the other side like u^-rest. */
void pggg_silence_range(const struct pggg_silence *x, double w, double depth, struct pggg_range *out) {
    double end = log(w), peak = silence_peak(x, end), shape = x->wait.shape, rest = x->wait.rest;
    double spread = sqrt(2 * depth * (1 / fmax(shape, 1) + 1 / fmax(rest, 1)));
    out->peak = peak;
    out->low = fmin(peak, shape < 1 ? log(x->b) : peak) - spread - depth / (shape + 1);
    out->high = fmin(end, peak + spread + depth / rest);
}

double pggg_silence_left(const struct pggg_silence *x, const struct pggg_range *range, int panels) {
    double sum = silence_side(x, range->peak, range->low, panels);
    return range->high > range->peak ? sum + silence_side(x, range->peak, range->high, panels) : sum;
}
