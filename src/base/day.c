// SPDX-License-Identifier: Apache-2.0
/* day -- calendar days as integers, and the forms in which people and programs write them.
 *
 * Must not ask what day it is. A year is counted from March, so that the leap day is its last: the days before a month
 * are then (153 * month + 2) / 5 and the months of a day the reverse, without tables. Invariant: for every day that
 * day_make gives, day_split gives its three numbers back.
 */
#include "base/day.h"

#include <string.h>

enum {
    DAYS_400_YEARS = 146097,
    DAYS_TO_1970 = 719468, /* from 0000-03-01 to 1970-01-01 */
    YEAR_PIVOT = 70        /* two-digit years under it are 20yy */
};

static int32_t day_number(int year, int month, int of_month) {
    int from_march = month > 2 ? month - 3 : month + 9;
    int y = month > 2 ? year : year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * from_march + 2) / 5 + of_month - 1 - DAYS_TO_1970;
}

static int month_days(int year, int month) {
    if (month == 2)
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return 30 + ((month + (month > 7)) & 1);
}

bool day_make(int year, int month, int of_month, struct day *out) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || of_month < 1)
        return false;
    if (of_month > 28 && of_month > month_days(year, month))
        return false;
    out->n = day_number(year, month, of_month);
    return true;
}

void day_split(struct day d, int *year, int *month, int *of_month) {
    int64_t from_zero = (int64_t)d.n + DAYS_TO_1970;
    int64_t era = (from_zero >= 0 ? from_zero : from_zero - (DAYS_400_YEARS - 1)) / DAYS_400_YEARS;
    int of_era = (int)(from_zero - era * DAYS_400_YEARS);
    int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int from_march = (5 * of_year + 2) / 153;
    *of_month = of_year - (153 * from_march + 2) / 5 + 1;
    *month = from_march < 10 ? from_march + 3 : from_march - 9;
    *year = (int)(era * 400) + year_of_era + (*month <= 2);
}

int32_t month_of(struct day d) {
    int year, month, of_month;
    day_split(d, &year, &month, &of_month);
    return (year - 1970) * 12 + month - 1;
}

/* Year and month (1 to 12) of months since 1970-01. */
static void month_split(int32_t month, int *year, int *of_year) {
    int32_t years = month / 12, left = month % 12;
    *year = 1970 + years - (left < 0);
    *of_year = (left < 0 ? left + 12 : left) + 1;
}

struct day month_first(int32_t month) {
    int year, of_year;
    struct day first = DAY_NONE;
    month_split(month, &year, &of_year);
    return day_make(year, of_year, 1, &first) ? first : DAY_NONE;
}

struct day day_add_months(struct day d, int months) {
    struct day moved = DAY_NONE;
    int year, month, of_month;
    int32_t target;
    if (!day_is(d) || __builtin_add_overflow(month_of(d), months, &target))
        return DAY_NONE;
    day_split(d, &year, &month, &of_month);
    month_split(target, &year, &month);
    if (month >= 1 && month <= 12 && of_month > month_days(year, month))
        of_month = month_days(year, month);
    return day_make(year, month, of_month, &moved) ? moved : DAY_NONE;
}

/* Writes v with at least `width` digits. */
static char *write_number(char *to, unsigned v, int width) {
    char digits[10];
    int n = 0;
    do {
        digits[n++] = (char)('0' + v % 10);
        v /= 10;
    } while (v > 0 || n < width);
    while (n > 0)
        *to++ = digits[--n];
    return to;
}

static char *write_year(char *to, int year) {
    if (year < 0)
        *to++ = '-';
    return write_number(to, (unsigned)(year < 0 ? -year : year), 4);
}

size_t day_iso(struct day d, char out[DAY_TEXT]) {
    char *to = out;
    if (day_is(d)) {
        int year, month, of_month;
        day_split(d, &year, &month, &of_month);
        to = write_year(to, year);
        *to++ = '-';
        to = write_number(to, (unsigned)month, 2);
        *to++ = '-';
        to = write_number(to, (unsigned)of_month, 2);
    }
    *to = '\0';
    return (size_t)(to - out);
}

size_t day_local(struct day d, bool day_first, char out[DAY_TEXT]) {
    if (!day_first || !day_is(d))
        return day_iso(d, out);
    int year, month, of_month;
    day_split(d, &year, &month, &of_month);
    char *to = write_number(out, (unsigned)of_month, 2);
    *to++ = '/';
    to = write_number(to, (unsigned)month, 2);
    *to++ = '/';
    to = write_year(to, year);
    *to = '\0';
    return (size_t)(to - out);
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The number of two digits at p; over 99 when one of them is none. */
static unsigned two_digits(const char *p) {
    unsigned tens = (unsigned char)p[0] - (unsigned)'0', ones = (unsigned char)p[1] - (unsigned)'0';
    return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

/* yyyy-mm-dd at p, ten bytes; false when these are no such digits and hyphens. */
static bool iso_at(const char *p, unsigned *year, unsigned *month, unsigned *of_month) {
    unsigned century = two_digits(p), of_century = two_digits(p + 2);
    *month = two_digits(p + 5);
    *of_month = two_digits(p + 8);
    *year = century * 100 + of_century;
    return (century | of_century | *month | *of_month) < 128 && p[4] == '-' && p[7] == '-';
}

bool day_parse_iso(struct str s, struct day *out) {
    unsigned year, month, of_month;
    return s.n == 10 && iso_at(s.p, &year, &month, &of_month) && day_make((int)year, (int)month, (int)of_month, out);
}

/* " hh:mm:ss" or "Thh:mm:ss", nine bytes. */
static bool plain_time_at(const char *p) {
    return (p[0] == ' ' || p[0] == 'T') && p[3] == ':' && p[6] == ':' && two_digits(p + 1) < 24 &&
           two_digits(p + 4) < 60 && two_digits(p + 7) < 60;
}

/* The rest of a text that is being read: at p, up to end. */
struct rest {
    const char *p, *end;
};

static bool take(struct rest *rest, char c) {
    if (rest->p == rest->end || *rest->p != c)
        return false;
    rest->p++;
    return true;
}

static bool take_letter(struct rest *rest, char lower) {
    if (rest->p == rest->end || (*rest->p | 0x20) != lower)
        return false;
    rest->p++;
    return true;
}

static bool take_blanks(struct rest *rest) {
    const char *from = rest->p;
    while (take(rest, ' ') || take(rest, '\t'))
        ;
    return rest->p > from;
}

/* Takes up to `most` digits; returns how many. */
static int take_number(struct rest *rest, int most, int *out) {
    int n = 0;
    *out = 0;
    while (n < most && rest->p < rest->end && is_digit(*rest->p)) {
        *out = *out * 10 + (*rest->p++ - '0');
        n++;
    }
    return n;
}

static bool take_two_digits_at_most(struct rest *rest, int least, int below) {
    int v;
    return take_number(rest, 2, &v) >= least && v < below;
}

/* Z, +hh, +hhmm or +hh:mm; nothing is fine too. */
static bool take_offset(struct rest *rest) {
    if (take_letter(rest, 'z') || (!take(rest, '+') && !take(rest, '-')))
        return true;
    if (!take_two_digits_at_most(rest, 2, 24))
        return false;
    return take(rest, ':') || (rest->p < rest->end && is_digit(*rest->p)) ? take_two_digits_at_most(rest, 2, 60) : true;
}

/* Is what follows the date nothing, or a time of day? */
static bool time_fits(struct rest rest) {
    if (rest.p == rest.end)
        return true;
    if (!take_letter(&rest, 't') && !take_blanks(&rest))
        return false;
    if (!take_two_digits_at_most(&rest, 1, 25) || !take(&rest, ':') || !take_two_digits_at_most(&rest, 2, 60))
        return false;
    if (take(&rest, ':')) {
        int fraction;
        if (!take_two_digits_at_most(&rest, 2, 61))
            return false;
        if ((take(&rest, '.') || take(&rest, ',')) && take_number(&rest, 9, &fraction) == 0)
            return false;
    }
    take_blanks(&rest);
    if (take_letter(&rest, 'a') || take_letter(&rest, 'p')) {
        if (!take_letter(&rest, 'm'))
            return false;
    } else if (!take_offset(&rest)) {
        return false;
    }
    return rest.p == rest.end;
}

static enum date_read date_made(int year, int month, int of_month, struct day *out) {
    return day_make(year, month, of_month, out) ? DATE_READ_OK : DATE_READ_NO_SUCH_DAY;
}

/* A date that begins with its year: the separator follows, or four more digits. */
static enum date_read read_year_first(struct rest rest, int year, struct day *out) {
    int month, of_month;
    char mark = rest.p < rest.end ? *rest.p : '\0';
    if (mark == '-' || mark == '/') {
        rest.p++;
        if (take_number(&rest, 2, &month) == 0 || !take(&rest, mark) || take_number(&rest, 2, &of_month) == 0)
            return DATE_READ_NOT_A_DATE;
    } else if (take_number(&rest, 2, &month) != 2 || take_number(&rest, 2, &of_month) != 2) {
        return DATE_READ_NOT_A_DATE;
    }
    return time_fits(rest) ? date_made(year, month, of_month, out) : DATE_READ_NOT_A_DATE;
}

/* a/b/year: which of the two is the month? */
static enum date_read read_year_last(int a, int b, int year, enum date_order order, struct day *out,
                                     enum date_order *seen) {
    bool a_month = a >= 1 && a <= 12, b_month = b >= 1 && b <= 12;
    if (b_month && a > 12 && a <= 31)
        *seen = DATE_ORDER_DMY;
    else if (a_month && b > 12 && b <= 31)
        *seen = DATE_ORDER_MDY;
    if (order == DATE_ORDER_UNKNOWN)
        order = *seen;
    if (order == DATE_ORDER_UNKNOWN && a != b && a_month && b_month && year > 0)
        return DATE_READ_TWO_READINGS;
    return order == DATE_ORDER_MDY ? date_made(year, a, b, out) : date_made(year, b, a, out);
}

static enum date_read read_any(struct str s, enum date_order order, struct day *out, enum date_order *seen) {
    struct rest rest = {s.p, s.p + s.n};
    int a, b, year;
    int digits = take_number(&rest, 4, &a);
    if (digits == 4)
        return read_year_first(rest, a, out);
    if (digits < 1 || digits > 2 || rest.p == rest.end)
        return DATE_READ_NOT_A_DATE;
    char mark = *rest.p;
    if ((mark != '/' && mark != '-' && mark != '.') || !take(&rest, mark))
        return DATE_READ_NOT_A_DATE;
    if (take_number(&rest, 2, &b) == 0 || !take(&rest, mark))
        return DATE_READ_NOT_A_DATE;
    digits = take_number(&rest, 4, &year);
    if ((digits != 2 && digits != 4) || !time_fits(rest))
        return DATE_READ_NOT_A_DATE;
    if (digits == 2)
        year += year < YEAR_PIVOT ? 2000 : 1900;
    return read_year_last(a, b, year, order, out, seen);
}

enum date_read date_read(struct str s, enum date_order order, struct day *out, enum date_order *seen) {
    enum date_order ignored;
    if (seen == NULL)
        seen = &ignored;
    *seen = DATE_ORDER_UNKNOWN;
    unsigned year, month, of_month;
    if ((s.n == 10 || (s.n == 19 && plain_time_at(s.p + 10))) && iso_at(s.p, &year, &month, &of_month))
        return date_made((int)year, (int)month, (int)of_month, out);
    s = str_trim(s);
    if (s.n == 0)
        return DATE_READ_EMPTY;
    return read_any(s, order, out, seen);
}
