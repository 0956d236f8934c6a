// SPDX-License-Identifier: Apache-2.0
#include "stats/cbs.h"

#include <math.h>

enum cbs_fault cbs_check(const struct cbs_customer *c, bool litt) {
    if (!isfinite(c->x) || !isfinite(c->t_x) || !isfinite(c->T) || (litt && !isfinite(c->litt)))
        return CBS_NOT_A_NUMBER;
    if (c->x < 0)
        return CBS_X_NEGATIVE;
    if (c->x != floor(c->x))
        return CBS_X_FRACTION;
    if (c->t_x < 0)
        return CBS_T_X_NEGATIVE;
    if (c->T < 0 || (c->T == 0 && c->x > 0))
        return CBS_T_NOT_POSITIVE;
    if (c->t_x > c->T)
        return CBS_T_X_AFTER_T;
    if (c->x < 1 && c->t_x > 0)
        return CBS_X_ZERO_T_X_NOT;
    if (c->x > 0 && !(c->t_x > 0))
        return CBS_T_X_ZERO_X_NOT;
    if (litt && c->x > 0) {
        /* The gaps sum to t_x, so their logs are at most those of equal gaps. */
        double most = c->x * log(c->t_x / c->x);
        if (c->litt > most + 1e-6 * (c->x + fabs(most)))
            return CBS_LITT_TOO_LARGE;
    }
    return CBS_FINE;
}
