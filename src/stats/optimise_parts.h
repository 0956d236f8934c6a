// SPDX-License-Identifier: Apache-2.0
/* optimise_parts -- one step of the trust region, apart from the loop around it.
 */
#ifndef REATIVA_STATS_OPTIMISE_PARTS_H
#define REATIVA_STATS_OPTIMISE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "stats/optimise.h"

struct optimise_point {
    double at[OPTIMISE_MOST], gradient[OPTIMISE_MOST];
    double hessian[OPTIMISE_MOST * OPTIMISE_MOST];
    double value;
};

/* The Hessian of the free parameters in the scale where its diagonal is 1, by its eigenvectors. */
struct optimise_frame {
    size_t n;
    size_t index[OPTIMISE_MOST]; /* parameter of each free one */
    double scale[OPTIMISE_MOST]; /* scaled = scale * parameter */
    double values[OPTIMISE_MOST];
    double vectors[OPTIMISE_MOST * OPTIMISE_MOST];
};
void optimise_frame_make(const double *hessian, size_t n, const bool *fixed, struct optimise_frame *out);

/* Half the squared length of the Newton step: what the value can still fall by, were it quadratic. Infinite where the
 * curvature is not positive. */
double optimise_decrement(const struct optimise_frame *frame, const double *gradient);

/* step[n] within the box and the region, from a point of which fixed[] stay; returns by how much the quadratic falls.
 * *length is the step's, in the frame's scale. */
double optimise_step(const struct optimise_problem *problem, const struct optimise_point *from, const bool *fixed,
                     double radius, double *step, double *length);

#endif
