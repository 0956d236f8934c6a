// SPDX-License-Identifier: Apache-2.0
/* track -- the published track record: how good the rules in force and the program's own forecast were, kept each month.
 *
 * Invariant: a row that is there stays as it is; who wants to write it again changes nothing.
 */
#ifndef REATIVA_STORE_TRACK_H
#define REATIVA_STORE_TRACK_H

#include "store/forecast.h"

enum track_subject {
    TRACK_RULE = 1, /* the rules in force */
    TRACK_MODEL     /* what the program foretold by itself */
};

struct track_row {
    struct day month; /* its first day */
    enum track_subject subject;
    struct str said; /* the rules' text, or the method that was chosen; empty: none could be */
    struct day cut, known_until;
    int64_t horizon_days, made_us;
    int64_t cases, happened;
    struct forecast_figure auc, lift, brier, log_score, lost_value;
    int64_t flagged;         /* cases */
    int64_t false_alarms_e6; /* a week and rep (a week, when there are no reps) */
};

/* track_list -- oldest month first; in it the rule before the model. */
bool track_list(struct cx *cx, struct db *db, struct track_row **out, size_t *n);
bool track_newest(struct cx *cx, struct db *db, struct day *month); /* DAY_NONE: none is kept */
/* track_add -- within a write transaction; *added false: the month had its row already. */
bool track_add(struct cx *cx, struct db *db, const struct track_row *row, bool *added);
/* track_span -- first and newest sale up to a day; DAY_NONE: none. Looks at every document. */
bool track_span(struct cx *cx, struct db *db, struct day until, struct day *first, struct day *last);

#endif
