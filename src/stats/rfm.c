// SPDX-License-Identifier: Apache-2.0
/* rfm -- quintiles of recency, frequency and money, and the usual segment names.
 *
 * Must not rank customers one by one: a score is a comparison of a value with four cuts.
 * Invariant: equal values have equal scores, and a larger value never a smaller score.
 */
#include "stats/rfm.h"

enum { SCORES = RFM_CUTS + 1 };

enum stat_code rfm_cuts_find(const int64_t *value, size_t n, struct rfm_cuts *out) {
    if (n == 0)
        return STAT_TOO_FEW;
    struct rfm_cuts cuts = {.n = (int64_t)n};
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && value[i] < value[i - 1])
            return STAT_DOMAIN;
        if (i > 0 && value[i] == value[i - 1])
            continue;
        /* The first of its equals: as many are smaller as stand before it. */
        for (; found < RFM_CUTS && SCORES * i >= (found + 1) * n; found++) {
            cuts.from[found] = value[i];
            cuts.less[found] = (int64_t)i;
        }
    }
    for (; found < RFM_CUTS; found++) {
        cuts.from[found] = INT64_MAX;
        cuts.less[found] = (int64_t)n;
    }
    *out = cuts;
    return STAT_OK;
}

int rfm_score(const struct rfm_cuts *cuts, int64_t value) {
    int score = 1;
    while (score <= RFM_CUTS && value >= cuts->from[score - 1])
        score++;
    return score;
}

const char *rfm_segment(int r, int f) {
    static const char *const name[SCORES][SCORES] = {
        {"lost", "hibernating", "at_risk", "at_risk", "cannot_lose"},
        {"hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"},
        {"about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"},
        {"promising", "potential_loyal", "potential_loyal", "loyal", "loyal"},
        {"new", "potential_loyal", "potential_loyal", "champions", "champions"},
    };
    if (r < 1 || r > SCORES || f < 1 || f > SCORES)
        return NULL;
    return name[r - 1][f - 1];
}
