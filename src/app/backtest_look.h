// SPDX-License-Identifier: Apache-2.0
/* backtest_look -- what was known of every customer at the end of a day, out of the sales. Private to app/backtest*.c.
 */
#ifndef REATIVA_APP_BACKTEST_LOOK_H
#define REATIVA_APP_BACKTEST_LOOK_H

#include "app/backtest.h"
#include "app/derive.h"

struct backtest_looking {
    const struct sales *sales;
    const uint32_t *place; /* [n] the customers looked at, as places in sales */
    size_t n;
    const struct policy *policy;
    const struct derive_segments *segments;
    const struct str *label_code; /* by label id */
    size_t label_codes;
};

/* backtest_look_make -- arrays of out live in the arena. */
bool backtest_look_make(struct cx *cx, struct arena *arena, const struct backtest_looking *of, struct day day,
                        struct backtest_look *out);

#endif
