// SPDX-License-Identifier: Apache-2.0
/* optimise -- the loop of the trust region: propose, look, believe or shrink; and what the end point means.
 *
 * At each point the function is replaced by a quadratic that is trusted within a radius (optimise_step). If the function falls by
 * about what the quadratic foretold, the radius grows; if not, it shrinks and the step is tried again. So the value never rises,
 * saddles are left along their downward direction, and a region where the function is not defined only shortens steps.
 * Parameters at a bound against which the gradient pushes are fixed for the step (active set).
 *
 * Where the function gives no Hessian, one is made by differences of the gradient at the start of each descent, kept up to date by
 * symmetric rank-one updates (which, unlike BFGS, may be indefinite: the ball takes care of that), and made anew by
 * differences when its promises fail and before an end is believed.
 *
 * The end: a gradient of zero and a Newton decrement below what the value can resolve. The decrement has the value's unit
 * and knows no scale of parameters: for a log-likelihood 1e-12 is a millionth of a standard error. A direction
 * with next to no curvature stops as FLAT: there the decrement says nothing.
 *
 * Must not allocate or draw lots. Invariant: results depend on function and starts alone.
 */
#include "stats/optimise.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "stats/optimise_parts.h"

#define GRADIENT_TOLERANCE 1e-9
#define DECREMENT_TOLERANCE 1e-12
#define NOISE (16 * DBL_EPSILON) /* of a value that is a long sum */
#define FLATNESS_LEAST 1e-7      /* eigenvalue by correlation scale under which a direction is a ridge */
#define CURVATURE_LEAST 1e-10    /* of one parameter moved by its size, over 1 + |value| */
#define RADIUS_LEAST 1e-14       /* over the size of the point */
#define DIFFERENCE 6e-6          /* cube root of the rounding error */

enum { ITERATIONS_MOST = 200, RENEWALS_MOST = 40 };

struct descent {
    const struct optimise_problem *problem;
    struct optimise_point point, trial;
    double tolerance;
    double radius;
    int iterations, iterations_most, evaluations, renewals;
    int misses; /* steps in a row that did not hold what the quadratic promised */
    bool fresh; /* the Hessian is that of this point, not an update */
};

static bool all_finite(const double *v, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isfinite(v[i]))
            return false;
    return true;
}

static bool evaluate(struct descent *d, struct optimise_point *point) {
    const struct optimise_problem *p = d->problem;
    d->evaluations++;
    return p->function(p->owner, point->at, &point->value, point->gradient, p->hessian ? point->hessian : NULL) &&
           isfinite(point->value) && all_finite(point->gradient, p->n) &&
           (!p->hessian || all_finite(point->hessian, p->n * p->n));
}

static double low_of(const struct optimise_problem *p, size_t i) {
    return p->low ? p->low[i] : -INFINITY;
}

static double high_of(const struct optimise_problem *p, size_t i) {
    return p->high ? p->high[i] : INFINITY;
}

/* -- Hessian without one --------------------------------------------------------------------------------------------- */

/* The gradient a little to one side of the point, in trial; how far, or 0 when that is no place to be. */
static double gradient_beside(struct descent *d, size_t i, double step) {
    double at = d->point.at[i] + step;
    if (at < low_of(d->problem, i) || at > high_of(d->problem, i))
        return 0;
    memcpy(d->trial.at, d->point.at, sizeof d->trial.at);
    d->trial.at[i] = at;
    return evaluate(d, &d->trial) ? at - d->point.at[i] : 0;
}

/* Central differences of the gradient; one-sided where a bound or an undefined place is near. */
static void hessian_by_differences(struct descent *d) {
    size_t n = d->problem->n;
    double *h = d->point.hessian, above[OPTIMISE_MOST];
    for (size_t i = 0; i < n; i++) {
        double size = DIFFERENCE * fmax(1, fabs(d->point.at[i]));
        double up = gradient_beside(d, i, size);
        memcpy(above, up != 0 ? d->trial.gradient : d->point.gradient, n * sizeof *above);
        double down = gradient_beside(d, i, -size);
        const double *below = down != 0 ? d->trial.gradient : d->point.gradient;
        for (size_t j = 0; j < n; j++)
            h[i * n + j] = up != down ? (above[j] - below[j]) / (up - down) : i == j ? 1 : 0;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            h[i * n + j] = h[j * n + i] = 0.5 * (h[i * n + j] + h[j * n + i]);
    d->fresh = true;
    d->misses = 0;
    d->renewals++;
}

/* So that the Hessian at the trial explains the change of the gradient along the step. */
static void hessian_update(struct descent *d, const double *step) {
    size_t n = d->problem->n;
    double rest[OPTIMISE_MOST], product = 0, rest_square = 0, step_square = 0;
    memcpy(d->trial.hessian, d->point.hessian, n * n * sizeof *d->point.hessian);
    for (size_t i = 0; i < n; i++) {
        rest[i] = d->trial.gradient[i] - d->point.gradient[i];
        for (size_t j = 0; j < n; j++)
            rest[i] -= d->point.hessian[i * n + j] * step[j];
        product += rest[i] * step[i];
        rest_square += rest[i] * rest[i];
        step_square += step[i] * step[i];
    }
    d->fresh = false;
    if (fabs(product) <= 1e-8 * sqrt(rest_square * step_square))
        return;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            d->trial.hessian[i * n + j] += rest[i] * rest[j] / product;
}

/* -- where we are ---------------------------------------------------------------------------------------------------- */

/* Fixed: those at a bound against which the gradient pushes, and those whose bounds leave no room. */
static uint64_t bounds_active(const struct descent *d, bool *fixed) {
    uint64_t bits = 0;
    for (size_t i = 0; i < d->problem->n; i++) {
        double low = low_of(d->problem, i), high = high_of(d->problem, i), at = d->point.at[i];
        bool pushes = (at <= low && d->point.gradient[i] > 0) || (at >= high && d->point.gradient[i] < 0);
        fixed[i] = pushes || low >= high;
        bits |= (uint64_t)fixed[i] << i;
    }
    return bits;
}

static double gradient_most(const struct descent *d, const bool *fixed) {
    double most = 0;
    for (size_t i = 0; i < d->problem->n; i++)
        if (!fixed[i])
            most = fmax(most, fabs(d->point.gradient[i]));
    return most;
}

/* Whether the value hardly bends when the parameter moves by its own size, or by 1. */
static bool curvature_lacks(size_t n, size_t i, const double *at, const double *hessian, double value) {
    double size = fmax(1, fabs(at[i]));
    return hessian[i * n + i] * size * size <= CURVATURE_LEAST * (1 + fabs(value));
}

/* Smallest eigenvalue over the largest, and 0 where one parameter alone has no curvature to speak of. */
static double flatness_of(const struct descent *d, const struct optimise_frame *frame) {
    double flatness = frame->n > 0 ? frame->values[0] / fabs(frame->values[frame->n - 1]) : 1;
    for (size_t j = 0; j < frame->n; j++) {
        if (curvature_lacks(d->problem->n, frame->index[j], d->point.at, d->point.hessian, d->point.value))
            flatness = fmin(flatness, 0);
    }
    return isnan(flatness) ? 0 : flatness;
}

/* The end, when it is one; else 0. `last`: no better point can be found. */
static enum optimise_stop judge(const struct descent *d, const bool *fixed, uint64_t bits, bool last) {
    struct optimise_frame frame;
    optimise_frame_make(d->point.hessian, d->problem->n, fixed, &frame);
    bool zero = gradient_most(d, fixed) <= d->tolerance * (1 + fabs(d->point.value));
    enum optimise_stop fine = bits ? OPTIMISE_BOUND : OPTIMISE_CONVERGED;
    if (frame.n == 0)
        return fine;
    double flatness = flatness_of(d, &frame);
    if (zero && fabs(flatness) <= FLATNESS_LEAST)
        return OPTIMISE_FLAT;
    double resolved = DECREMENT_TOLERANCE + DBL_EPSILON * fabs(d->point.value);
    bool least = optimise_decrement(&frame, d->point.gradient) <= resolved;
    if (flatness > FLATNESS_LEAST && (zero || last) && least)
        return fine;
    if (!last)
        return 0;
    if (zero && flatness > 0)
        return fine;
    return zero || (least && flatness > 0) ? OPTIMISE_FLAT : OPTIMISE_STUCK;
}

/* -- the loop -------------------------------------------------------------------------------------------------------- */

/* A radius that lets each parameter move by its own size, or by 1. */
static double radius_of(const struct descent *d, const bool *fixed) {
    struct optimise_frame frame;
    optimise_frame_make(d->point.hessian, d->problem->n, fixed, &frame);
    double square = 0;
    for (size_t j = 0; j < frame.n; j++) {
        double size = frame.scale[j] * fmax(1, fabs(d->point.at[frame.index[j]]));
        square += size * size;
    }
    return sqrt(square);
}

/* How much of the promise was kept. Below the noise of the value only the gradient can tell. */
static double kept_share(const struct descent *d, const bool *fixed, double promised) {
    double noise = NOISE * fabs(d->point.value), fell = d->point.value - d->trial.value;
    if (promised > noise || fabs(fell) > noise)
        return (fell + noise) / (promised + noise);
    double before = 0, after = 0;
    for (size_t i = 0; i < d->problem->n; i++) {
        double scale = fabs(d->point.hessian[i * d->problem->n + i]);
        if (fixed[i] || !(scale > 0))
            continue;
        before += d->point.gradient[i] * d->point.gradient[i] / scale;
        after += d->trial.gradient[i] * d->trial.gradient[i] / scale;
    }
    return after < 0.25 * before ? 1 : -1;
}

/* One step of the loop; the reason to stop, or 0. */
static enum optimise_stop descend_once(struct descent *d) {
    size_t n = d->problem->n;
    bool fixed[OPTIMISE_MOST];
    uint64_t bits = bounds_active(d, fixed);
    enum optimise_stop stop = judge(d, fixed, bits, false);
    double size = radius_of(d, fixed), length, step[OPTIMISE_MOST];
    int misses_most = n > 8 ? (int)n / 4 : 2; /* a new Hessian costs 2n evaluations */
    bool small = d->radius <= RADIUS_LEAST * size;
    if ((stop || small || d->misses >= misses_most) && !d->fresh && d->renewals < RENEWALS_MOST) {
        hessian_by_differences(d);
        d->radius = radius_of(d, fixed);
        return 0;
    }
    if (stop || small)
        return stop ? stop : judge(d, fixed, bits, true);
    d->iterations++;
    double promised = optimise_step(d->problem, &d->point, fixed, d->radius, step, &length);
    for (size_t i = 0; i < n; i++)
        d->trial.at[i] = fmin(fmax(d->point.at[i] + step[i], low_of(d->problem, i)), high_of(d->problem, i));
    bool moved = memcmp(d->trial.at, d->point.at, n * sizeof *step) != 0;
    double kept = moved && evaluate(d, &d->trial) ? kept_share(d, fixed, promised) : -1;
    if (!moved)
        d->radius = 0;
    else if (kept < 0.25)
        d->radius = 0.25 * fmin(length, d->radius);
    else if (kept > 0.75 && length > 0.8 * d->radius)
        d->radius *= 3;
    d->misses = kept < 0.25 ? d->misses + 1 : 0;
    if (kept < 1e-4)
        return 0;
    if (d->problem->hessian)
        d->fresh = true;
    else
        hessian_update(d, step);
    d->point = d->trial;
    return 0;
}

static void result_take(const struct descent *d, enum optimise_stop stop, struct optimise_result *out) {
    size_t n = d->problem->n;
    bool fixed[OPTIMISE_MOST];
    struct optimise_frame frame;
    *out = (struct optimise_result){.value = d->point.value,
                                    .iterations = d->iterations,
                                    .evaluations = d->evaluations,
                                    .stop = stop,
                                    .at_bound = bounds_active(d, fixed)};
    memcpy(out->at, d->point.at, n * sizeof *out->at);
    memcpy(out->gradient, d->point.gradient, n * sizeof *out->gradient);
    memcpy(out->hessian, d->point.hessian, n * n * sizeof *out->hessian);
    optimise_frame_make(d->point.hessian, n, fixed, &frame);
    out->flatness = flatness_of(d, &frame);
}

/* false: not defined at the start. */
static bool descend(struct descent *d, const double *start, struct optimise_result *out) {
    const struct optimise_problem *p = d->problem;
    for (size_t i = 0; i < p->n; i++)
        d->point.at[i] = fmin(fmax(start[i], low_of(p, i)), high_of(p, i));
    if (!all_finite(d->point.at, p->n) || !evaluate(d, &d->point))
        return false;
    d->fresh = true;
    if (!p->hessian)
        hessian_by_differences(d);
    bool fixed[OPTIMISE_MOST];
    (void)bounds_active(d, fixed);
    d->radius = radius_of(d, fixed);
    enum optimise_stop stop = 0;
    while (!stop && d->iterations < d->iterations_most)
        stop = descend_once(d);
    if (!stop) {
        uint64_t bits = bounds_active(d, fixed);
        stop = judge(d, fixed, bits, false);
        stop = stop ? stop : OPTIMISE_STEPS;
    }
    if (!d->fresh)
        hessian_by_differences(d);
    result_take(d, stop, out);
    return true;
}

static bool is_minimum(enum optimise_stop stop) {
    return stop == OPTIMISE_CONVERGED || stop == OPTIMISE_BOUND || stop == OPTIMISE_FLAT;
}

/* Lower by more than rounding; at the same value a minimum beats what is none. */
static bool is_better(const struct optimise_result *a, const struct optimise_result *b) {
    double noise = 1e-10 * (1 + fabs(b->value));
    if (is_minimum(a->stop) && !is_minimum(b->stop))
        return a->value <= b->value + noise;
    return a->value < b->value - noise;
}

bool optimise_minimum(const struct optimise_problem *problem, const double *starts, size_t starts_n,
                      struct optimise_result *out) {
    if (problem->n == 0 || problem->n > OPTIMISE_MOST)
        return false;
    bool found = false;
    int iterations = 0, evaluations = 0;
    for (size_t s = 0; s < starts_n; s++) {
        struct optimise_result result;
        struct descent d = {
            .problem = problem,
            .tolerance = problem->gradient_tolerance > 0 ? problem->gradient_tolerance : GRADIENT_TOLERANCE,
            .iterations_most = problem->iterations_most > 0 ? problem->iterations_most : ITERATIONS_MOST};
        bool defined = descend(&d, starts + s * problem->n, &result);
        iterations += d.iterations;
        evaluations += d.evaluations;
        if (!defined || (found && !is_better(&result, out)))
            continue;
        *out = result;
        found = true;
    }
    if (found) {
        out->iterations = iterations;
        out->evaluations = evaluations;
    }
    return found;
}

/* -- covariance ------------------------------------------------------------------------------------------------------ */

void optimise_covariance(const struct optimise_problem *problem, const struct optimise_result *result, double *out) {
    size_t n = problem->n;
    bool fixed[OPTIMISE_MOST] = {false}, blind[OPTIMISE_MOST] = {false};
    for (size_t i = 0; i < n; i++)
        fixed[i] = result->at_bound >> i & 1;
    struct optimise_frame frame;
    optimise_frame_make(result->hessian, n, fixed, &frame);
    double least = frame.n > 0 ? FLATNESS_LEAST * 1e-3 * frame.values[frame.n - 1] : 0;
    for (size_t i = 0; i < n * n; i++)
        out[i] = 0;
    for (size_t e = 0; e < frame.n; e++) {
        const double *vector = &frame.vectors[e * frame.n];
        bool flat = !(frame.values[e] > least);
        for (size_t j = 0; j < frame.n; j++) {
            if (flat)
                blind[j] |= vector[j] * vector[j] > 1e-3;
            for (size_t k = 0; k < frame.n && !flat; k++)
                out[frame.index[j] * n + frame.index[k]] +=
                    vector[j] * vector[k] / (frame.values[e] * frame.scale[j] * frame.scale[k]);
        }
    }
    for (size_t j = 0; j < frame.n; j++) {
        if (blind[j] || curvature_lacks(n, frame.index[j], result->at, result->hessian, result->value))
            fixed[frame.index[j]] = true;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n && fixed[i]; j++)
            out[i * n + j] = out[j * n + i] = 0;
        if (fixed[i])
            out[i * n + i] = INFINITY;
    }
}
