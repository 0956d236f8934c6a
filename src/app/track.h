// SPDX-License-Identifier: Apache-2.0
/* track -- the published track record: once a month a backtest of the newest 90 days that are over, kept for good.
 *
 * Cut and end are fixed by the month alone (its figures are those of the 90 days that end with the month before), so that
 * nobody picks the days that look well. docs/methods/backtest.md.
 */
#ifndef REATIVA_APP_TRACK_H
#define REATIVA_APP_TRACK_H

#include "app/import.h"
#include "store/track.h"

enum { TRACK_HORIZON = 90 };

struct track_wish {
    struct day as_of, today; /* the month of as_of is to be kept */
    int64_t now_us;
    struct progress progress;
};
/* track_keep -- DAY_NONE in *kept: there was nothing to keep: that month or a later one has its rows, it has not begun yet,
 * the history is short, or the sales do not reach the end of the month before. Else the month. Transactions of its own. */
bool track_keep(struct cx *cx, struct db *db, const struct track_wish *wish, struct day *kept);

struct track_record {
    struct track_row *row; /* oldest month first; in it the rule before the model */
    size_t n;
    struct day enough_on; /* first day of the first month that can be kept; DAY_NONE: nobody has bought */
};
/* track_kept -- the same without enough_on: one statement. */
bool track_kept(struct cx *cx, struct db *db, struct day until, struct track_record *out);
bool track_read(struct cx *cx, struct db *db, struct day until, struct track_record *out);

#endif
