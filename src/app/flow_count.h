// SPDX-License-Identifier: Apache-2.0
/* flow_count -- what each customer adds to the account of customers, summed by month and by whom one may ask for.
 *
 * The same counting serves the whole score and the score of a few customers: there an old row is counted out (sign -1),
 * a new one in, and what is left over is what has changed. A row says itself under which labels, class and closing it
 * was counted (score_row.flow), so it can be counted out after all of them have changed.
 */
#ifndef REATIVA_APP_FLOW_COUNT_H
#define REATIVA_APP_FLOW_COUNT_H

#include "store/flow.h"

struct flow_count {
    int32_t first, months; /* from the month of the first purchase to the as-of date's; 0: nobody has bought */
    struct day as_of;
    int32_t *month_of_day; /* from the first of that month on: 0, 1, ... */
    int32_t first_day, days;
    size_t labels; /* ids of labels are below this */
    struct flow_count_cell {
        enum flow_by by, inside;
        int64_t label, inside_label;
        int32_t *figure; /* months x figures */
    } * cell;
    size_t cells, room;
    uint32_t *single[FLOW_BYS]; /* by label: 1 + place of its cell, 0: none */
    uint32_t *slot;             /* of pairs, open addressing */
    size_t slots, pairs;
};

void flow_count_open(struct flow_count *count, struct day first, struct day as_of, size_t labels);
void flow_count_clear(struct flow_count *count);
/* flow_count_row -- episodes: of this customer. O(purchases + episodes x pairs of kinds). */
void flow_count_row(struct flow_count *count, const struct score_row *row, const struct score_episode *episode,
                    size_t episodes, int32_t sign);
/* flow_count_each -- every month with anything in it, in the order in which they are kept. */
bool flow_count_each(struct cx *cx, struct flow_count *count, flow_visit *visit, void *owner);

#endif
