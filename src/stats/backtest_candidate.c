// SPDX-License-Identifier: Apache-2.0
/* backtest_candidate -- what is told apart among those who run. Which ones run is the caller's to say.
 */
#include "stats/backtest.h"

static bool rules_equal(const struct due_rule *a, const struct due_rule *b) {
    if (a->kind != b->kind || a->lost_days != b->lost_days)
        return false;
    if (a->kind == DUE_DAYS)
        return a->inactive_days == b->inactive_days && a->at_risk_days == b->at_risk_days;
    return a->inactive_e4 == b->inactive_e4 && a->at_risk_e4 == b->at_risk_e4 && a->floor_days == b->floor_days &&
           a->ceiling_days == b->ceiling_days;
}

bool backtest_candidate_equal(const struct backtest_candidate *a, const struct backtest_candidate *b) {
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case BACKTEST_RULE:
        return rules_equal(&a->due, &b->due);
    case BACKTEST_MEAN_GAP:
        return a->times_e4 == b->times_e4;
    case BACKTEST_MODEL:
        return a->model == b->model;
    case BACKTEST_FORECAST:
        return a->automatic == b->automatic && (a->automatic || a->method == b->method);
    case BACKTEST_POLICY:
    case BACKTEST_SILENT:
        break;
    }
    return true;
}

bool backtest_is_rule(const struct backtest_candidate *candidate) {
    return candidate->kind == BACKTEST_POLICY || candidate->kind == BACKTEST_RULE ||
           candidate->kind == BACKTEST_MEAN_GAP;
}
