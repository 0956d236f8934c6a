// SPDX-License-Identifier: Apache-2.0
/* holidays -- the company's own holidays: look through them, add, edit, retire, restore; and the days of a year with the national ones.
 *
 * Each call is one transaction; every change leaves a line in the audit trail and counts from the next look of the jobs on.
 */
#ifndef REATIVA_APP_HOLIDAYS_H
#define REATIVA_APP_HOLIDAYS_H

#include "store/holiday.h"

struct holidays {
    struct holiday_row *row; /* all of them, the retired too, by id */
    size_t n;
    struct workdays workdays;
};
bool holidays_look(struct cx *cx, struct db *db, struct holidays *out); /* two statements */

/* A day of a year that is a holiday, or worked though it would be one. */
struct holidays_day {
    struct day day;
    const char *national;          /* a key of the catalogs; NULL: the company's own */
    const struct holiday_row *own; /* NULL: national */
};
/* holidays_of -- those of a year, by day. */
void holidays_of(struct cx *cx, const struct holidays *all, int year, struct holidays_day **out, size_t *n);

enum { HOLIDAY_NAME_MOST = 100, HOLIDAYS_MOST = 500 };
struct holidays_wish {
    struct holiday_row row; /* id 0: a new one, counted once a token */
    struct str who;
    int64_t now_us;
};
/* holidays_put -- INVALID holiday.bad_name, holiday.bad_day, holiday.taken (another stands for it already); CONFLICT holiday.changed; LIMIT
 * holiday.too_many; NOT_FOUND holiday.unknown. */
bool holidays_put(struct cx *cx, struct db *db, const struct holidays_wish *wish);
bool holidays_retire(struct cx *cx, struct db *db, int64_t id, int64_t version, bool retired, struct str who,
                     int64_t now_us);

#endif
