// SPDX-License-Identifier: Apache-2.0
/* period -- the time that a manager's page is asked for: a month, half a month or a quarter around a day, or own days. It stands in the
 * address, as period, day, from and to. Invariant: no period reaches beyond the day answered for.
 */
#ifndef REATIVA_WEB_MANAGE_PERIOD_H
#define REATIVA_WEB_MANAGE_PERIOD_H

#include "web/web.h"

enum { PERIOD_NAMES = 4, PERIOD_PARTS = 4 };
extern const char *const period_names[PERIOD_NAMES];

struct period {
    struct str name;          /* month, fortnight, quarter, own */
    struct str day;           /* the day that the first three are around; empty: today */
    struct str from, to;      /* own days as asked for */
    struct day first, last;   /* what it comes to; first PERIOD_OPEN: from the beginning */
    struct day before, after; /* days of the neighbouring times; DAY_NONE: there is none */
};
#define PERIOD_OPEN ((struct day){INT32_MIN + 1})

void period_asked(struct page *page, struct period *out);
/* period_parts -- as parts of an address (listing_address). period_around -- the same kind of time around another day. */
void period_parts(const struct period *period, struct http_field part[PERIOD_PARTS]);
struct period period_around(struct page *page, const struct period *period, struct day day);
struct str period_words(struct page *page, const char *name); /* "fortnight" in words */

#endif
