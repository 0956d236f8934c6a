// SPDX-License-Identifier: Apache-2.0
/* holiday -- the company's own holidays, and which days are worked.
 */
#ifndef REATIVA_STORE_HOLIDAY_H
#define REATIVA_STORE_HOLIDAY_H

#include "core/holiday.h"
#include "store/db.h"

struct holiday_row {
    int64_t id;
    struct holiday holiday;
    struct str token;
    int64_t made_us, retired_us, version;
};

/* Which days are worked, as it is kept: the two settings (empty: not set), and the holidays in use. */
struct holiday_kept {
    struct str week, country;
    struct holiday *holiday;
    size_t n;
};
bool holiday_workdays(struct cx *cx, struct db *db, struct holiday_kept *out);        /* one statement */
bool holiday_list(struct cx *cx, struct db *db, struct holiday_row **out, size_t *n); /* the retired too, by id */
bool holiday_add(struct cx *cx, struct db *db, const struct holiday_row *row);        /* its id is the caller's */
/* holiday_change -- what a person edits and the retirement, if nobody has since its version; else *changed is false. */
bool holiday_change(struct cx *cx, struct db *db, const struct holiday_row *row, bool *changed);

#endif
