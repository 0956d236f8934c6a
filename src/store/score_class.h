// SPDX-License-Identifier: Apache-2.0
/* score_class -- which class a number is in, by the cuts of a run: comparisons, nothing more; private to src/store. */
#ifndef REATIVA_STORE_SCORE_CLASS_H
#define REATIVA_STORE_SCORE_CLASS_H

#include "store/score.h"

/* score_in_cut -- above the cut, or of just its value and not behind its last customer by code. */
static inline bool score_in_cut(const struct abc_cut *cut, struct str last_code, int64_t value, struct str code) {
    return cut->ties > 0 && value >= cut->value_cents &&
           (value > cut->value_cents || str_compare(code, last_code) <= 0);
}
static inline char score_abc(const struct score_run *run, bool ranked, int64_t value_12m, struct str code) {
    if (!ranked)
        return 0;
    return score_in_cut(&run->a, run->a_code, value_12m, code)   ? 'A'
           : score_in_cut(&run->b, run->b_code, value_12m, code) ? 'B'
                                                                 : 'C';
}

#endif
