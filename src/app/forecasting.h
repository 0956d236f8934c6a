// SPDX-License-Identifier: Apache-2.0
/* forecasting -- the model that a score foretells with: learnt from everybody's purchases, or the one kept beside a score.
 *
 * Learnt or kept, it is used as it reads back from its text, so that a customer scored later with the kept one gets the
 * same bits.
 */
#ifndef REATIVA_APP_FORECASTING_H
#define REATIVA_APP_FORECASTING_H

#include "app/derive.h"
#include "store/forecast.h"

struct forecasting {
    struct forecast_model *model; /* NULL: nothing is foretold */
    struct derive_places places;  /* of segments in the model */
    struct forecast_kept kept;
};

/* forecasting_asked -- what the installation wants: the setting `model`, "auto" when there is none. */
bool forecasting_asked(struct cx *cx, struct db *db, struct str *out);
/* forecasting_known -- is it "auto", "none" or a method's name? INVALID if not. */
bool forecasting_known(struct cx *cx, struct str asked);

/* The labels' codes, by id. */
struct forecasting_labels {
    const struct str *code;
    size_t n;
};

/* forecasting_learn -- from what was bought up to sales->as_of, whatever order it was imported in. A method that this history is too short for gives way to the
 * cycle rule; insist: INVALID says so instead. */
bool forecasting_learn(struct cx *cx, const struct sales *sales, const struct forecasting_labels *labels,
                       struct str asked, bool insist, struct progress progress, struct forecasting *out);
/* forecasting_take -- the one that was kept. */
bool forecasting_take(struct cx *cx, const struct forecast_kept *kept, struct forecasting *out);
void forecasting_clear(struct forecasting *forecasting);

#endif
