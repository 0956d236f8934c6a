// SPDX-License-Identifier: Apache-2.0
/* overview -- see overview.h. Must not look at customers one by one: all is read from what scores keep summed or packed.
 */
#include "app/overview.h"

#include <stdlib.h>

#include "app/score.h"

enum { WEEK = 7 };

static int by_quiet(const void *a, const void *b) {
    const struct volume *x = a, *y = b;
    return x->quiet != y->quiet ? (x->quiet < y->quiet) - (x->quiet > y->quiet) : str_compare(x->code, y->code);
}

bool overview_look(struct cx *cx, struct db *db, struct day as_of, struct overview *out) {
    const struct score_need need = {.as_of = as_of};
    const struct flow_wish wish = {.as_of = as_of};
    struct score_run run;
    *out = (struct overview){
        .as_of = as_of, .week_from = {as_of.n - WEEK + 1}, .month_from = month_first(month_of(as_of))};
    bool done = score_for(cx, db, &need, NULL, &run) && score_status_count(cx, db, out->status) &&
                flow_make(cx, db, &wish, &out->month, &out->months) &&
                flow_recovered(cx, db, out->month_from, as_of, as_of, &out->recovered) &&
                volume_by_rep(cx, db, out->week_from, as_of, &out->volume, &out->volumes, &out->total);
    db_rollback(db);
    if (done && out->volumes > 0)
        qsort(out->volume, out->volumes, sizeof *out->volume, by_quiet);
    for (int i = 0; i < STATUS_COUNT; i++)
        out->customers += out->status[i];
    return done;
}
