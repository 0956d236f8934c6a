// SPDX-License-Identifier: Apache-2.0
/* forecast -- what a set of derived tables foretells with: the model as text, and what was found when it was learnt.
 *
 * One of it belongs to every set, kept or temporary (store/score.h). A score of a few customers leaves it as it is, so
 * that they are foretold with what all the others were.
 */
#ifndef REATIVA_STORE_FORECAST_H
#define REATIVA_STORE_FORECAST_H

#include "stats/forecast.h"
#include "store/db.h"

/* A figure and its 80 % interval in millionths; STAT_NONE: could not be had. */
struct forecast_figure {
    int64_t value_e6, low_e6, high_e6;
};
/* How well a method had foretold, out of time. */
struct forecast_kept_trial {
    enum forecast_method method;
    int64_t cases, happened;
    struct forecast_figure log_score, auc;
};
struct forecast_kept {
    enum forecast_method method; /* chosen; FORECAST_NONE: nothing is foretold */
    struct day learnt_on;        /* what was known up to this day */
    int64_t customers, purchases;
    struct day first_day, enough_on; /* as in forecast_report */
    int64_t origins;
    uint32_t warnings;
    bool season;
    struct str segments; /* label ids in the order in which the model numbers them from 1, a blank between */
    struct str model;    /* as forecast_write made it */
    struct forecast_kept_trial trial[FORECAST_METHODS]; /* by method */
    size_t trials;
};

/* forecast_find -- of the tables in sight. Texts in the arena. */
bool forecast_find(struct cx *cx, struct db *db, bool *found, struct forecast_kept *out);
/* forecast_add -- into a set that has none yet. */
bool forecast_add(struct cx *cx, struct db *db, const struct forecast_kept *kept);

#endif
