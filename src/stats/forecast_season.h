// SPDX-License-Identifier: Apache-2.0
/* forecast_season -- would the company's season have helped, on the days that were looked back to? Private to stats/forecast*.c.
 */
#ifndef REATIVA_STATS_FORECAST_SEASON_H
#define REATIVA_STATS_FORECAST_SEASON_H

#include "stats/forecast_look.h"
#include "stats/season.h"

#define FORECAST_SEASON_MODEL MODEL_MIXK

struct forecast_season_trial {
    double
        gain; /* log-likelihood of who bought, with season less without, over the looks that knew of one; 0: none did */
    /* Of the newest look, params.kind MODEL_NONE when it knew of none: */
    struct season season;
    struct model_params params; /* in seasonal days */
};

/* forecast_season_try -- past[pasts] the newest first; plain: what the same model said in plain days, look by look. */
void forecast_season_try(struct arena *arena, const struct forecast_company *company, const struct forecast_past *past,
                         size_t pasts, const double *plain, int32_t horizon_days, unsigned threads,
                         struct forecast_season_trial *out);
bool forecast_season_is_none(const struct season *season); /* every index 1 */

#endif
