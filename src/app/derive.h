// SPDX-License-Identifier: Apache-2.0
/* derive -- one customer's row of the derived tables, out of its days and what is known of the company.
 *
 * The same function serves the full score and the score of a few customers, so that both give the same bits.
 */
#ifndef REATIVA_APP_DERIVE_H
#define REATIVA_APP_DERIVE_H

#include "app/sales.h"
#include "stats/fold.h"
#include "stats/forecast.h"

/* Where a segment's label stands in the prior table: 0 for "none" (the company speaks). */
struct derive_segments {
    int64_t *label; /* sorted; label[i] is segment i + 1 */
    size_t n;
};
size_t derive_segment(const struct derive_segments *segments, int64_t label);

/* The same for the model that foretells, which numbers segments by their codes: 0 for one that it does not know. */
struct derive_places {
    struct derive_place {
        int64_t label;
        uint32_t place;
    } * by_label;
    size_t n;
};
/* derive_places_make -- label[n] in the order in which they are numbered from 1. */
void derive_places_make(const int64_t *label, size_t n, struct derive_places *out);
void derive_places_clear(struct derive_places *places);
uint32_t derive_place(const struct derive_places *places, int64_t label);

/* What the company did in the two windows a year ago, for a window of `days` days. */
typedef void derive_season(void *owner, int32_t days, int64_t *now_cents, int64_t *before_cents);

struct derive_company {
    struct day as_of;
    const struct policy *policy;
    const struct prior_table *prior;
    const struct alive_table *alive; /* NULL: no rule asks for chances */
    const struct derive_segments *segments;
    const struct str *label_code; /* by label id */
    size_t label_codes;
    bool season;              /* two years of history */
    derive_season *season_of; /* called on several threads at once */
    void *season_owner;
    const struct forecast_model *model; /* NULL: nothing is foretold */
    const struct derive_places *model_places;
};

/* What one fold leaves; arrays grow and are used again for the next customer. */
struct derived {
    struct score_row row;
    struct score_episode *episode;
    size_t episodes, episode_room;
    int32_t *gap, *day, *scratch; /* day, cents: of the purchases */
    int64_t *cents;
    size_t gap_room, day_room, cents_room, scratch_room;
    struct {
        size_t segment;
        int32_t tenths;
    } * waited;
    size_t waits, wait_room;
};
void derived_clear(struct derived *d);

/* derive_values -- the value columns alone (before classes and rules are known). */
void derive_values(const struct sale_customer *c, struct day as_of, struct score_row *row);
/* derive_customer -- everything; abc is the customer's class under derive_values' figures. False: its purchases are out of
 * order. Touches nothing but `out`. */
bool derive_customer(const struct derive_company *company, const struct sale_customer *c, char abc,
                     struct derived *out);
/* derive_failed -- says so of this customer; false. */
bool derive_failed(struct cx *cx, const struct sale_customer *c);

#endif
