// SPDX-License-Identifier: Apache-2.0
/* today -- what the first page tells: who crossed into being late since the last working day, whom to call first, how much there
 * is to do in each portfolio.
 */
#ifndef REATIVA_APP_TODAY_H
#define REATIVA_APP_TODAY_H

#include "core/customer.h"
#include "core/holiday.h"
#include "store/desk.h"
#include "store/volume.h"

struct today_wish {
    struct day as_of;
    struct workdays workdays;
    struct str rep;        /* this portfolio alone; empty: all */
    size_t crossed, first; /* at most so many customers of each kind */
};
struct today_answer {
    struct day crossed_from;  /* the first day that counts as "since yesterday": the day after the last working day */
    struct customer *crossed; /* at risk since then, the dearest first */
    size_t crosseds;
    struct customer *first; /* at risk for longer, the dearest first */
    size_t firsts;
    struct volume total;   /* of the portfolio, or of all */
    struct volume *volume; /* by rep, where all were asked for */
    size_t volumes;
    struct score_run run; /* what the answers were made from */
};

/* What waits for a person themselves; a transaction of its own, one statement. */
bool today_own(struct cx *cx, struct db *db, int64_t user_id, struct day day, int64_t due_most, int64_t memo_most,
               struct desk_own *out, struct workdays *workdays);

/* today_since -- the first day of "since yesterday": the one after the last working day, so on a Monday it holds the week-end. */
struct day today_since(const struct workdays *workdays, struct day as_of);
/* today_since_read -- by what the company has set, within the caller's transaction; one statement. */
bool today_since_read(struct cx *cx, struct db *db, struct day as_of, struct day *out);
/* today_look -- one consistent picture. */
bool today_look(struct cx *cx, struct db *db, const struct today_wish *wish, struct today_answer *out);

#endif
