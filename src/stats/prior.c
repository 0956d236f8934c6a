// SPDX-License-Identifier: Apache-2.0
/* prior -- the median gap of a segment as it was known at the start of each month.
 *
 * Must not look ahead, except through the learning year, which is stated in the header.
 * Invariant of a cell with gaps: 2 * below < gaps <= 2 * (below + at), which is what makes median_days its lower median.
 */
#include "stats/prior.h"

#include "stats/cycle.h"
#include "stats/gap.h"

/* The first month that begins with the whole learning year behind it. */
static int32_t learned_month(const struct prior_table *t) {
    struct day learned = {t->first_day.n + PRIOR_LEARNING_DAYS};
    int32_t month = month_of(learned);
    return month_first(month).n < learned.n ? month + 1 : month;
}

size_t prior_month(const struct prior_table *t, struct day purchase) {
    if (t->months == 0)
        return 0;
    int32_t month = month_of(purchase);
    int32_t learned = learned_month(t);
    if (month < learned)
        month = learned;
    size_t index = month > t->first_month ? (size_t)((int64_t)month - t->first_month) : 0;
    return index < t->months ? index : t->months - 1;
}

int32_t prior_days(const struct prior_table *t, size_t segment, struct day purchase, bool *assumed) {
    *assumed = false;
    if (t->months > 0) {
        size_t month = prior_month(t, purchase);
        if (segment > 0 && segment <= t->segments) {
            const struct prior_cell *own = &t->cell[segment * t->months + month];
            if (own->gaps >= CYCLE_PRIOR_GAPS)
                return own->median_days;
        }
        if (t->cell[month].gaps > 0)
            return t->cell[month].median_days;
    }
    *assumed = true;
    return CYCLE_ASSUMED_DAYS;
}

void prior_cell_from(const int64_t *count, size_t n_days, struct prior_cell *out) {
    struct prior_cell cell = {0};
    for (size_t d = 1; d <= n_days; d++)
        cell.gaps += count[d];
    for (size_t d = 1; d <= n_days && cell.gaps > 0; d++) {
        if (2 * (cell.below + count[d]) >= cell.gaps) {
            cell.median_days = (int32_t)d;
            cell.at = count[d];
            break;
        }
        cell.below += count[d];
    }
    *out = cell;
}

bool prior_cell_change(struct prior_cell *cell, int32_t gap_days, int64_t times) {
    int32_t held_as = gap_days < GAP_CELLS ? gap_days : GAP_CELLS;
    cell->gaps += times;
    if (held_as < cell->median_days)
        cell->below += times;
    else if (held_as == cell->median_days)
        cell->at += times;
    return 2 * cell->below < cell->gaps && cell->gaps <= 2 * (cell->below + cell->at);
}
