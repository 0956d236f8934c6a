// SPDX-License-Identifier: Apache-2.0
/* score_row -- one row of the score as arguments of a statement; private to src/store. */
#ifndef REATIVA_STORE_SCORE_ROW_H
#define REATIVA_STORE_SCORE_ROW_H

#include "store/label.h"
#include "store/score.h"
#include "store/sql.h"

enum { SCORE_ROW_ARGS = 36 };

/* score_row_args -- for score_add and score_put; the gaps are packed into the arena. */
void score_row_args(struct arena *arena, const struct score_row *row, struct sql_value out[SCORE_ROW_ARGS]);
/* score_flow_write -- under what a row is counted, as it is kept. */
struct str score_flow_write(struct arena *arena, const struct score_row *row);
/* score_forecast_read -- from the nine columns that begin at `first` and the method's. */
void score_forecast_read(struct sql_rows *rows, int first, int method, struct forecast *out);
/* score_gaps_read -- purchases - 1 gaps out of a row's blob. */
bool score_gaps_read(struct cx *cx, struct arena *arena, struct str data, int64_t purchases, const int32_t **out);

#endif
