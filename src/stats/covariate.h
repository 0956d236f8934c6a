// SPDX-License-Identifier: Apache-2.0
/* covariate -- covariates as a search wants them: centred and in standard deviations. */
#ifndef REATIVA_STATS_COVARIATE_H
#define REATIVA_STATS_COVARIATE_H

#include <stdbool.h>

#include "stats/model.h"

struct covariate {
    struct model_covariates scaled;                            /* z of group g: (given z - centre) / spread */
    double centre[MODEL_COVARIATES], spread[MODEL_COVARIATES]; /* over customers */
    double farthest[MODEL_COVARIATES];                         /* |scaled z| of any customer, at least 1 */
};

/* covariate_scale -- a column that does not differ has spread 1 and becomes all 0.
 * returns   false: too many columns, a value that is no number, or a row of another group than the table has */
bool covariate_scale(struct arena *arena, const struct cbs *data, const struct model_covariates *given,
                     struct covariate *out);

#endif
