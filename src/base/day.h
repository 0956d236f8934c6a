// SPDX-License-Identifier: Apache-2.0
/* day -- calendar days as integers: days since 1970-01-01, proleptic Gregorian.
 *
 * No clock and no time zone here: "today" is an argument that main.c reads once. DAY_NONE stands for "no such day".
 */
#ifndef REATIVA_BASE_DAY_H
#define REATIVA_BASE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct day {
    int32_t n;
};

#define DAY_NONE ((struct day){INT32_MIN})
static inline bool day_is(struct day d) {
    return d.n != INT32_MIN;
}

enum { DAY_TEXT = 16 }; /* room for any rendering below, with its NUL */

/* day_make -- false when there is no such day; years 1 to 9999. */
bool day_make(int year, int month, int of_month, struct day *out);
void day_split(struct day d, int *year, int *month, int *of_month);
struct day day_add_months(struct day d, int months); /* 31 January + 1 = 28 or 29 February */
/* month_of -- months since 1970-01 (may be negative); month_first -- its first day. */
int32_t month_of(struct day d);
struct day month_first(int32_t month);

size_t day_iso(struct day d, char out[DAY_TEXT]);                   /* 2026-11-22; DAY_NONE gives "" */
size_t day_local(struct day d, bool day_first, char out[DAY_TEXT]); /* 22/11/2026, or 2026-11-22 when not day_first */
bool day_parse_iso(struct str s, struct day *out);                  /* exactly yyyy-mm-dd */

/* How a file writes its dates. */
enum date_order {
    DATE_ORDER_UNKNOWN = 0, /* a/b/yyyy is taken only when one reading exists */
    DATE_ORDER_DMY,
    DATE_ORDER_MDY
};

enum date_read {
    DATE_READ_OK = 0,
    DATE_READ_EMPTY,
    DATE_READ_NOT_A_DATE,  /* no known form */
    DATE_READ_NO_SUCH_DAY, /* 31/02/2021 */
    DATE_READ_TWO_READINGS /* 03/04/2021 while the order is unknown */
};

/* date_read -- one date as people and programs write it: yyyy-mm-dd, yyyy/mm/dd, yyyymmdd, a/b/yyyy, a-b-yyyy,
 * a.b.yyyy, a/b/yy (yy < 70 is 20yy), each with an optional time after a blank or T (hh:mm[:ss[.fraction]], optional
 * AM/PM, Z, +hh or +hh:mm, ignored).
 *
 * order   how a/b/y is read; a form that begins with the year never needs it
 * seen    may be NULL; else set to the order this very text proves (a > 12: DMY, b > 12: MDY), UNKNOWN if none
 * cost    O(length), no allocation
 */
enum date_read date_read(struct str s, enum date_order order, struct day *out, enum date_order *seen);

#endif
