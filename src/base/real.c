// SPDX-License-Identifier: Apache-2.0
/* real -- see real.h. Two ways each: the plain case in whole numbers, where the result is provably the nearest, and the C
 * library for the rest. A million rows of six numbers are written in a second this way.
 *
 * Reading: up to 2^53 and a power of ten up to 22 are exact doubles, so their quotient is the nearest one (W. Clinger,
 * How to read floating point numbers accurately, PLDI 1990). Writing: v times a power of ten, in 64 bits of mantissa, is
 * wrong by less than 2^-60 of itself, so its nearest whole number is certain unless it lies near a half.
 *
 * Nothing here may call setlocale: strtod and printf then always mean the point.
 */
#include "base/real.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIGITS_EXACT = 15, POWER_EXACT = 22, TEXT_LONGEST = 400, FAST_DIGITS = 12, SCALE_LOOSE = 6 };

static const double power_of_ten[POWER_EXACT + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                     1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                                     1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* -- reading ----------------------------------------------------------------------------------------------------- */

/* What a plain text is made of. */
struct parts {
    uint64_t digits; /* the first DIGITS_EXACT of them that count, as a number */
    size_t digits_n, whole_n, fraction_n;
    bool negative, exact, has_exponent;
    int exponent;
    char mark; /* '.' or ',' or none */
    bool leading_zero;
};

static void take_digit(struct parts *p, char c) {
    if (p->digits_n == 0 && c == '0')
        return;
    p->digits_n++;
    if (p->digits_n <= DIGITS_EXACT)
        p->digits = p->digits * 10 + (uint64_t)(c - '0');
    else
        p->exact = false;
}

static size_t take_exponent(struct str s, size_t at, struct parts *p) {
    bool negative = at < s.n && s.p[at] == '-';
    int v = 0;
    at += at < s.n && (s.p[at] == '-' || s.p[at] == '+');
    size_t first = at;
    for (; at < s.n && is_digit(s.p[at]); at++)
        v = v < 10000 ? v * 10 + (s.p[at] - '0') : v;
    p->has_exponent = true;
    p->exponent = negative ? -v : v;
    return at > first ? at : 0;
}

/* Sign, digits, one mark, digits, exponent, and nothing else. */
static bool parts_of(struct str s, struct parts *p) {
    size_t at = 0;
    *p = (struct parts){.exact = true};
    if (at < s.n && (s.p[at] == '-' || s.p[at] == '+'))
        p->negative = s.p[at++] == '-';
    p->leading_zero = at < s.n && s.p[at] == '0';
    for (; at < s.n && is_digit(s.p[at]); at++, p->whole_n++)
        take_digit(p, s.p[at]);
    if (at < s.n && (s.p[at] == '.' || s.p[at] == ',')) {
        p->mark = s.p[at++];
        for (; at < s.n && is_digit(s.p[at]); at++, p->fraction_n++)
            take_digit(p, s.p[at]);
    }
    if (p->whole_n + p->fraction_n == 0)
        return false;
    if (at < s.n && (s.p[at] == 'e' || s.p[at] == 'E'))
        at = take_exponent(s, at + 1, p);
    return at == s.n;
}

static bool by_library(struct str s, double *out) {
    char text[TEXT_LONGEST + 1];
    if (s.n > TEXT_LONGEST)
        return false;
    for (size_t i = 0; i < s.n; i++)
        text[i] = s.p[i] == ',' ? '.' : s.p[i];
    text[s.n] = '\0';
    char *end;
    double v = strtod(text, &end);
    if (end != text + s.n || !isfinite(v))
        return false;
    *out = v;
    return true;
}

static bool value_of(struct str s, const struct parts *p, double *out) {
    int power = p->exponent - (int)p->fraction_n;
    if (!p->exact || power > POWER_EXACT || power < -POWER_EXACT || s.n > TEXT_LONGEST)
        return by_library(s, out);
    double v = (double)p->digits;
    v = power < 0 ? v / power_of_ten[-power] : v * power_of_ten[power];
    *out = p->negative ? -v : v;
    return true;
}

/* 1.234 may be a thousand and more; 0.234, 12.34, 1234.567 and 1.234e2 may not. */
static bool may_be_thousands(const struct parts *p) {
    return p->fraction_n == 3 && p->whole_n >= 1 && p->whole_n <= 3 && !p->leading_zero && !p->has_exponent;
}

static enum decimal_read read_loose(struct str s, enum decimal_mark mark, double *out, enum decimal_mark *seen) {
    int64_t scaled = 0;
    enum decimal_read read = decimal_read(s, mark, SCALE_LOOSE, &scaled, seen);
    if (read == DECIMAL_OK)
        *out = (double)scaled / power_of_ten[SCALE_LOOSE];
    return read == DECIMAL_OK || read == DECIMAL_EMPTY ? read : DECIMAL_NOT_A_NUMBER;
}

enum decimal_read real_read(struct str s, enum decimal_mark mark, double *out, enum decimal_mark *seen) {
    struct parts p;
    enum decimal_mark ignored;
    if (seen == NULL)
        seen = &ignored;
    *seen = DECIMAL_UNKNOWN;
    s = str_trim(s);
    if (s.n == 0)
        return DECIMAL_EMPTY;
    if (!parts_of(s, &p))
        return read_loose(s, mark, out, seen);
    enum decimal_mark own = p.mark == '.' ? DECIMAL_POINT : p.mark == ',' ? DECIMAL_COMMA : DECIMAL_UNKNOWN;
    if (own != DECIMAL_UNKNOWN && mark != DECIMAL_UNKNOWN && own != mark)
        return read_loose(s, mark, out, seen);
    if (own != DECIMAL_UNKNOWN && !may_be_thousands(&p))
        *seen = own;
    return value_of(s, &p, out) ? DECIMAL_OK : DECIMAL_NOT_A_NUMBER;
}

/* -- writing ----------------------------------------------------------------------------------------------------- */

/* The digits of v, 1e-4 <= v < 10^digits, as a whole number of `digits` figures and the exponent of the first; false: not
 * certain. */
static bool figures_of(double v, int digits, uint64_t *figures, int *exponent) {
#if LDBL_MANT_DIG >= 64
    static const uint64_t whole_power[FAST_DIGITS + 1] = {
        1ULL,        10ULL,        100ULL,        1000ULL,        10000ULL,        100000ULL,       1000000ULL,
        10000000ULL, 100000000ULL, 1000000000ULL, 10000000000ULL, 100000000000ULL, 1000000000000ULL};
    int first = 0;
    while (first > -5 && v < 1 / power_of_ten[-first])
        first--;
    while (first >= 0 && v >= power_of_ten[first + 1])
        first++;
    int shift = digits - 1 - first;
    long double scaled = (long double)v * (long double)power_of_ten[shift];
    uint64_t whole = (uint64_t)scaled;
    long double rest = scaled - (long double)whole;
    if (rest > 0.499999L && rest < 0.500001L)
        return false;
    whole += rest > 0.5L;
    if (whole >= whole_power[digits]) {
        whole /= 10;
        first++;
    }
    *figures = whole;
    *exponent = first;
    return whole >= whole_power[digits - 1];
#else
    (void)v, (void)digits, (void)figures, (void)exponent;
    return false;
#endif
}

/* %g without an exponent: the figures with a point after the first exponent + 1 of them, zeros at the end dropped. */
static size_t put_figures(uint64_t figures, int digits, int exponent, char *out) {
    char figure[FAST_DIGITS];
    size_t n = 0;
    int last = digits;
    for (int i = digits - 1; i >= 0; i--, figures /= 10)
        figure[i] = (char)('0' + figures % 10);
    while (last > 1 && last > exponent + 1 && figure[last - 1] == '0')
        last--;
    if (exponent < 0) {
        out[n++] = '0';
        out[n++] = '.';
        for (int i = -1; i > exponent; i--)
            out[n++] = '0';
    }
    for (int i = 0; i < last; i++) {
        if (exponent >= 0 && i == exponent + 1)
            out[n++] = '.';
        out[n++] = figure[i];
    }
    return n;
}

/* The shortest of 15, 16 and 17 digits that reads back as the same double. */
static size_t write_exact(double v, char out[REAL_TEXT]) {
    int n = 0;
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(out, REAL_TEXT, "%.*g", digits, v);
        if (strtod(out, NULL) == v)
            break;
    }
    return n > 0 ? (size_t)n : 0;
}

size_t real_write(double v, int digits, char out[REAL_TEXT]) {
    uint64_t figures;
    int exponent;
    double size = fabs(v);
    size_t sign = signbit(v) != 0;
    out[0] = '\0';
    if (!isfinite(v))
        return 0;
    if (v == 0) {
        out[0] = '0';
        out[1] = '\0';
        return 1;
    }
    if (digits == REAL_EXACT)
        return write_exact(v, out);
    if (digits <= FAST_DIGITS && size >= 1e-4 && size < power_of_ten[digits] &&
        figures_of(size, digits, &figures, &exponent) && exponent < digits) {
        out[0] = '-';
        size_t n = sign + put_figures(figures, digits, exponent, out + sign);
        out[n] = '\0';
        return n;
    }
    int n = snprintf(out, REAL_TEXT, "%.*g", digits, v);
    return n > 0 ? (size_t)n : 0;
}
