// SPDX-License-Identifier: Apache-2.0
/* optimise_step -- the best step of a quadratic model inside a ball and a box.
 *
 * Without a box: with the Hessian's eigenvectors q and values v, the step is s = - sum (q.g) q / (v + m), where m = 0 if the
 * Hessian is positive and the step short enough, else the m > -v_least that makes the step as long as the ball (More, Sorensen 1983).
 * m solves 1/|s(m)| = 1/radius, which is almost a straight line: Newton's method inside a bracket. In the hard case (g has
 * no part along the lowest q) the rest of the length goes along that q.
 *
 * With a box: walk along the step until a bound is met, fix that parameter there, and solve again for the others from that
 * point with the length that is left. Each leg lowers the quadratic, and at most n legs follow.
 *
 * Lengths are measured where the diagonal of the Hessian is 1, so units of the parameters do not matter.
 * Must not evaluate the function. Invariant: the point plus the step is inside the box, to the bit on a bound that was met.
 */
#include <math.h>
#include <string.h>

#include "stats/optimise_parts.h"

#define SCALE_LEAST 1e-32 /* smallest diagonal over the largest that is still a scale */

enum { SECULAR_STEPS = 200 };

void optimise_frame_make(const double *hessian, size_t n, const bool *fixed, struct optimise_frame *out) {
    double scaled[OPTIMISE_MOST * OPTIMISE_MOST], most = 0;
    out->n = 0;
    for (size_t i = 0; i < n; i++)
        if (!fixed[i]) {
            out->index[out->n++] = i;
            most = fmax(most, fabs(hessian[i * n + i]));
        }
    for (size_t i = 0; i < out->n; i++) {
        double diagonal = fabs(hessian[out->index[i] * n + out->index[i]]);
        out->scale[i] = most > 0 ? sqrt(fmax(diagonal, most * SCALE_LEAST)) : 1;
    }
    for (size_t i = 0; i < out->n; i++)
        for (size_t j = 0; j < out->n; j++)
            scaled[i * out->n + j] = hessian[out->index[i] * n + out->index[j]] / (out->scale[i] * out->scale[j]);
    optimise_eigen(scaled, out->n, out->values, out->vectors);
}

/* The gradient's parts along the eigenvectors. */
static void frame_turn(const struct optimise_frame *frame, const double *gradient, double *out) {
    for (size_t i = 0; i < frame->n; i++) {
        out[i] = 0;
        for (size_t j = 0; j < frame->n; j++)
            out[i] += frame->vectors[i * frame->n + j] * gradient[frame->index[j]] / frame->scale[j];
    }
}

double optimise_decrement(const struct optimise_frame *frame, const double *gradient) {
    double part[OPTIMISE_MOST], sum = 0;
    frame_turn(frame, gradient, part);
    for (size_t i = 0; i < frame->n; i++) {
        if (!(frame->values[i] > 0))
            return INFINITY;
        sum += part[i] * part[i] / frame->values[i];
    }
    return 0.5 * sum;
}

/* |s(shift)| and the derivative of its square by the shift. */
static double length_at(const struct optimise_frame *frame, const double *part, double shift, double *slope) {
    double square = 0, sum = 0;
    for (size_t i = 0; i < frame->n; i++) {
        double d = frame->values[i] + shift, s = part[i] == 0 ? 0 : part[i] / d;
        square += s * s;
        sum -= s == 0 ? 0 : 2 * s * s / d;
    }
    *slope = sum;
    return sqrt(square);
}

/* The shift that makes the step as long as the radius; the bracket's lower end where even the smallest shift leaves it shorter. */
static double secular_solve(const struct optimise_frame *frame, const double *part, double radius, bool *hard) {
    double total = 0, slope;
    for (size_t i = 0; i < frame->n; i++)
        total += part[i] * part[i];
    double least = frame->values[0], spread = fmax(fabs(least), fabs(frame->values[frame->n - 1]));
    double low = fmax(0, -least), high = low + sqrt(total) / radius + 1e-14 * spread;
    double shift = least > 0 ? 0 : low + 1e-13 * spread;
    double length = length_at(frame, part, shift, &slope);
    *hard = length < radius;
    for (int i = 0; i < SECULAR_STEPS && !*hard && fabs(length - radius) > 1e-10 * radius; i++) {
        if (length > radius)
            low = shift;
        else
            high = shift;
        double next = shift + 2 * length * length / slope * (1 - length / radius);
        if (!(next > low && next < high))
            next = 0.5 * (low + high);
        if (next == shift)
            break;
        shift = next;
        length = length_at(frame, part, shift, &slope);
    }
    return shift;
}

/* The step in the ball, without the box; step holds all n parameters, those not free are 0. */
static void ball_step(const struct optimise_frame *frame, const double *gradient, double radius, size_t n,
                      double *step) {
    double part[OPTIMISE_MOST], along[OPTIMISE_MOST], slope;
    frame_turn(frame, gradient, part);
    double shift = 0, rest = 0;
    if (!(frame->values[0] > 0) || length_at(frame, part, 0, &slope) > radius) {
        bool hard;
        shift = secular_solve(frame, part, radius, &hard);
        double length = length_at(frame, part, shift, &slope);
        rest = hard ? sqrt(fmax(0, radius * radius - length * length)) : 0;
    }
    for (size_t i = 0; i < frame->n; i++)
        along[i] = part[i] == 0 ? 0 : -part[i] / (frame->values[i] + shift);
    along[0] += along[0] < 0 ? -rest : rest;
    memset(step, 0, n * sizeof *step);
    for (size_t j = 0; j < frame->n; j++) {
        double sum = 0;
        for (size_t i = 0; i < frame->n; i++)
            sum += along[i] * frame->vectors[i * frame->n + j];
        step[frame->index[j]] = sum / frame->scale[j];
    }
}

/* How much of the leg fits into the box, and which parameter stops it (n: none). */
static double leg_share(const struct optimise_problem *problem, const double *at, const double *leg, size_t *stops) {
    double share = 1;
    *stops = problem->n;
    for (size_t i = 0; i < problem->n; i++) {
        double room = INFINITY;
        if (leg[i] < 0 && problem->low)
            room = (problem->low[i] - at[i]) / leg[i];
        if (leg[i] > 0 && problem->high)
            room = (problem->high[i] - at[i]) / leg[i];
        if (room < share) {
            share = fmax(room, 0);
            *stops = i;
        }
    }
    return share;
}

static double frame_length(const struct optimise_frame *frame, const double *step) {
    double square = 0;
    for (size_t j = 0; j < frame->n; j++) {
        double s = step[frame->index[j]] * frame->scale[j];
        square += s * s;
    }
    return sqrt(square);
}

double optimise_step(const struct optimise_problem *problem, const struct optimise_point *from, const bool *fixed,
                     double radius, double *step, double *length) {
    struct optimise_frame frame;
    size_t n = problem->n;
    bool held[OPTIMISE_MOST];
    double at[OPTIMISE_MOST], slope[OPTIMISE_MOST], leg[OPTIMISE_MOST], left = radius;
    memcpy(held, fixed, n * sizeof *held);
    memcpy(at, from->at, n * sizeof *at);
    memcpy(slope, from->gradient, n * sizeof *slope);
    for (size_t legs = 0; legs <= n; legs++) {
        optimise_frame_make(from->hessian, n, held, &frame);
        if (frame.n == 0 || !(left > 0))
            break;
        ball_step(&frame, slope, left, n, leg);
        size_t stops;
        double share = leg_share(problem, at, leg, &stops);
        bool down = stops < n && leg[stops] < 0;
        for (size_t i = 0; i < n; i++) {
            leg[i] *= share;
            at[i] += leg[i];
        }
        left -= frame_length(&frame, leg);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < n; j++)
                slope[i] += from->hessian[i * n + j] * leg[j];
        if (stops == n)
            break;
        at[stops] = down ? problem->low[stops] : problem->high[stops];
        held[stops] = true;
    }
    double falls = 0;
    for (size_t i = 0; i < n; i++) {
        step[i] = at[i] - from->at[i];
        falls -= 0.5 * step[i] * (from->gradient[i] + slope[i]);
    }
    *length = radius - left;
    return falls;
}
