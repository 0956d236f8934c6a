// SPDX-License-Identifier: Apache-2.0
/* xlsx_value -- spreadsheets store days as doubles and numbers with the rounding noise of binary fractions.
 *
 * No double is used: the stored text is a decimal, and is rounded as one. The invariant of struct decimal_text:
 * digit[n] without zeros in front, value = 0.digits x 10^point.
 */
#include "format/xlsx_value.h"

#include <stdio.h>
#include <string.h>

#include "base/day.h"

enum { DIGITS_MAX = 15, PLACES_MAX = 30 };

struct decimal_text {
    bool negative;
    char digit[DIGITS_MAX + 1];
    int n, point;
};

bool xlsx_integer(struct str text, int64_t *out) {
    int64_t v = 0;
    if (text.n == 0 || text.n > 15)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9')
            return false;
        v = v * 10 + (text.p[i] - '0');
    }
    *out = v;
    return true;
}

static bool exponent_read(struct str s, int *out) {
    bool minus = s.n > 0 && s.p[0] == '-';
    if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
        s = (struct str){s.p + 1, s.n - 1};
    int64_t v;
    if (!xlsx_integer(s, &v) || v > 400)
        return false;
    *out = (int)(minus ? -v : v);
    return true;
}

/* One digit past the last that is kept decides the rounding. */
static void round_up(struct decimal_text *d) {
    int i = d->n;
    while (i > 0 && d->digit[i - 1] == '9')
        d->digit[--i] = '0';
    if (i > 0) {
        d->digit[i - 1]++;
        return;
    }
    d->digit[0] = '1';
    d->point++;
}

static bool decimal_text_read(struct str s, struct decimal_text *d) {
    *d = (struct decimal_text){0};
    size_t i = 0;
    if (i < s.n && (s.p[i] == '-' || s.p[i] == '+'))
        d->negative = s.p[i++] == '-';
    bool fraction = false, any = false, up = false;
    int dropped = 0;
    for (; i < s.n && s.p[i] != 'e' && s.p[i] != 'E'; i++) {
        char c = s.p[i];
        if (c == '.' && !fraction) {
            fraction = true;
            continue;
        }
        if (c < '0' || c > '9' || s.n > 400)
            return false;
        any = true;
        if (d->n == 0 && c == '0') {
            d->point -= fraction;
            continue;
        }
        d->point += !fraction;
        if (d->n < DIGITS_MAX)
            d->digit[d->n++] = c;
        else if (dropped++ == 0)
            up = c >= '5';
    }
    int exponent = 0;
    if (!any || (i < s.n && !exponent_read((struct str){s.p + i + 1, s.n - i - 1}, &exponent)))
        return false;
    d->point += exponent;
    if (up)
        round_up(d);
    while (d->n > 0 && d->digit[d->n - 1] == '0')
        d->n--;
    if (d->n == 0)
        *d = (struct decimal_text){0};
    return true;
}

size_t xlsx_number(struct str stored, char out[XLSX_TEXT]) {
    struct decimal_text d;
    if (!decimal_text_read(stored, &d) || d.point > PLACES_MAX || d.n - d.point > PLACES_MAX)
        return 0;
    size_t n = 0;
    if (d.negative)
        out[n++] = '-';
    if (d.point <= 0)
        out[n++] = '0';
    for (int i = 0; i < d.point; i++)
        out[n++] = i < d.n ? d.digit[i] : '0';
    if (d.n <= d.point)
        return n;
    out[n++] = '.';
    for (int i = d.point; i < d.n; i++)
        out[n++] = i < 0 ? '0' : d.digit[i];
    return n;
}

/* The day's number and its seconds, rounded to whole ones; the last second of a day may round into the next. */
static bool day_number(struct str stored, int64_t *day, int64_t *second) {
    enum { DAY_DIGITS_MAX = 7, FRACTION_DIGITS = 9, FRACTION_ONE = 1000000000, DAY_SECONDS = 86400 };
    struct decimal_text d;
    if (!decimal_text_read(stored, &d) || d.negative || d.point > DAY_DIGITS_MAX)
        return false;
    int64_t whole = 0, fraction = 0;
    for (int i = 0; i < d.point; i++)
        whole = whole * 10 + (i < d.n ? d.digit[i] - '0' : 0);
    for (int i = d.point; i < d.point + FRACTION_DIGITS; i++)
        fraction = fraction * 10 + (i >= 0 && i < d.n ? d.digit[i] - '0' : 0);
    int64_t seconds = (fraction * DAY_SECONDS + FRACTION_ONE / 2) / FRACTION_ONE;
    *day = whole + seconds / DAY_SECONDS;
    *second = seconds % DAY_SECONDS;
    return true;
}

/* The 1900 calendar counts a 29 February 1900 that never was: days before it are one off, and itself is no day. */
static bool calendar_day(int64_t number, bool from_1904, struct day *out) {
    enum { NEVER_WAS = 60 };
    struct day zero;
    if (!day_make(from_1904 ? 1904 : 1899, from_1904 ? 1 : 12, from_1904 ? 1 : number < NEVER_WAS ? 31 : 30, &zero))
        return false;
    if (!from_1904 && (number < 1 || number == NEVER_WAS))
        return false;
    *out = (struct day){zero.n + (int32_t)number};
    struct day last;
    return day_make(9999, 12, 31, &last) && out->n <= last.n;
}

static size_t time_put(int64_t second, char *out) {
    return (size_t)snprintf(out, 12, "%02d:%02d:%02d", (int)(second / 3600), (int)(second / 60 % 60),
                            (int)(second % 60));
}

size_t xlsx_date(struct str stored, enum xlsx_style style, bool from_1904, char out[XLSX_TEXT]) {
    int64_t number, second;
    struct day day;
    if (style == XLSX_STYLE_NUMBER || !day_number(stored, &number, &second))
        return 0;
    if (style == XLSX_STYLE_TIME && number == 0)
        return time_put(second, out);
    if (!calendar_day(number, from_1904, &day))
        return 0;
    char date[DAY_TEXT];
    size_t n = day_iso(day, date);
    memcpy(out, date, n);
    if (second == 0)
        return n;
    out[n++] = ' ';
    return n + time_put(second, out + n);
}

size_t xlsx_iso(struct str stored, char out[XLSX_TEXT]) {
    struct day day;
    if (stored.n < 10 || !day_parse_iso((struct str){stored.p, 10}, &day))
        return 0;
    memcpy(out, stored.p, 10);
    struct str time = {stored.p + 10, stored.n - 10};
    if (time.n < 9 || time.p[0] != 'T' || memcmp(time.p, "T00:00:00", 9) == 0)
        return 10;
    out[10] = ' ';
    memcpy(out + 11, time.p + 1, 8);
    return 19;
}

bool xlsx_style_builtin(int64_t id, enum xlsx_style *out) {
    bool time = (id >= 18 && id <= 21) || id == 45 || id == 47;
    /* 27 to 36 and 50 to 58 are the dates of East Asian editions. */
    bool date = (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    *out = time ? XLSX_STYLE_TIME : date ? XLSX_STYLE_DATE : XLSX_STYLE_NUMBER;
    return id >= 0 && id < 164;
}

/* What follows is no code but text: "quoted", [Red] or [$-416], and the character after \, _ and *. */
static size_t literal_length(struct str rest) {
    char c = rest.p[0];
    if (c == '\\' || c == '_' || c == '*')
        return rest.n < 2 ? 1 : 2;
    char end = c == '"' ? '"' : c == '[' ? ']' : 0;
    if (!end)
        return 0;
    const char *at = rest.n > 1 ? memchr(rest.p + 1, end, rest.n - 1) : NULL;
    return at ? (size_t)(at - rest.p) + 1 : rest.n;
}

static bool elapsed(struct str bracket) {
    for (size_t i = 1; i + 1 < bracket.n; i++)
        if (!strchr("hHmMsS", bracket.p[i]))
            return false;
    return bracket.n > 2 && bracket.p[0] == '[';
}

enum xlsx_style xlsx_style_of(struct str format) {
    bool day_or_year = false, month_or_minute = false, time = false;
    for (size_t i = 0; i < format.n && format.p[i] != ';';) {
        struct str rest = {format.p + i, format.n - i};
        size_t skip = literal_length(rest);
        if (skip > 0 && elapsed((struct str){rest.p, skip}))
            return XLSX_STYLE_NUMBER;
        char c = rest.p[0];
        if (skip == 0) {
            day_or_year = day_or_year || c == 'd' || c == 'D' || c == 'y' || c == 'Y';
            month_or_minute = month_or_minute || c == 'm' || c == 'M';
            time = time || c == 'h' || c == 'H' || c == 's' || c == 'S';
        }
        i += skip > 0 ? skip : 1;
    }
    if (day_or_year || (month_or_minute && !time))
        return XLSX_STYLE_DATE;
    return time ? XLSX_STYLE_TIME : XLSX_STYLE_NUMBER;
}

uint32_t xlsx_column(struct str reference, uint64_t *row) {
    uint32_t column = 0;
    size_t i = 0;
    *row = 0;
    if (reference.n == 0)
        return 0;
    for (; i < reference.n && i < 3 && reference.p[i] >= 'A' && reference.p[i] <= 'Z'; i++)
        column = column * 26 + (uint32_t)(reference.p[i] - 'A') + 1;
    int64_t number;
    *row = xlsx_integer((struct str){reference.p + i, reference.n - i}, &number) ? (uint64_t)number : 0;
    return column;
}
