// SPDX-License-Identifier: Apache-2.0
/* decimal -- decimal text to scaled integers, without floating point.
 *
 * A text is stripped of signs, parentheses and currency marks first; what is left is tried with the point as decimal
 * mark and with the comma, and the readings that exist decide. Must not guess between two. Invariant: a result has at
 * most 18 digits, so sums of a few of them never overflow.
 */
#include "base/decimal.h"

#include <stddef.h>
#include <string.h>

__extension__ typedef __int128 i128;

enum { DIGITS_MAX = 18, EXPONENT_MAX = 100000 };

static const int64_t power_of_ten[DIGITS_MAX + 1] = {1,
                                                     10,
                                                     100,
                                                     1000,
                                                     10000,
                                                     100000,
                                                     1000000,
                                                     10000000,
                                                     100000000,
                                                     1000000000,
                                                     10000000000,
                                                     100000000000,
                                                     1000000000000,
                                                     10000000000000,
                                                     100000000000000,
                                                     1000000000000000,
                                                     10000000000000000,
                                                     100000000000000000,
                                                     1000000000000000000};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool take_start(struct str *s, struct str mark) {
    if (!str_starts(*s, mark))
        return false;
    *s = str_trim((struct str){s->p + mark.n, s->n - mark.n});
    return true;
}

static bool take_end(struct str *s, struct str mark) {
    if (!str_ends(*s, mark))
        return false;
    *s = str_trim((struct str){s->p, s->n - mark.n});
    return true;
}

static bool take_currency(struct str *s) {
    static const struct str marks[] = {{"R$", 2},  {"US$", 3}, {"$", 1}, {"BRL", 3}, {"EUR", 3},
                                       {"USD", 3}, {"GBP", 3}, {"€", 3}, {"£", 2},   {"¥", 2}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (take_start(s, marks[i]) || take_end(s, marks[i]))
            return true;
    }
    return false;
}

/* Takes one sign: '-' for a negative, '+' for a positive one, '\0' when there is none. Parentheses are a minus. */
static char take_sign(struct str *s) {
    if (s->n >= 2 && s->p[0] == '(' && s->p[s->n - 1] == ')') {
        *s = str_trim((struct str){s->p + 1, s->n - 2});
        return '-';
    }
    if (take_start(s, S("-")) || take_end(s, S("-")) || take_start(s, S("\u2212")) || take_end(s, S("\u2212")))
        return '-';
    return take_start(s, S("+")) || take_end(s, S("+")) ? '+' : '\0';
}

/* Leaves digits, marks and exponent: at most one sign is taken, outside or inside a currency mark. */
static struct str strip(struct str s, bool *negative) {
    *negative = false;
    if (is_digit(s.p[0]) && is_digit(s.p[s.n - 1]))
        return s;
    char sign = take_sign(&s);
    if (take_currency(&s) && sign == '\0')
        sign = take_sign(&s);
    *negative = sign == '-';
    return s;
}

/* One way to read a text: the first `whole` of its digits stand before the decimal mark. */
struct reading {
    struct str digits; /* and marks between them */
    int64_t whole;     /* exponent added: may be negative */
};

/* What parts groups of thousands when `mark` is the decimal mark; its length, or 0. */
static size_t separator_at(struct str s, size_t at, char mark, char *kind) {
    static const struct str blanks[] = {{" ", 1}, {"'", 1}, {"\u00A0", 2}, {"\u202F", 3}, {"\u2019", 3}};
    struct str rest = {s.p + at, s.n - at};
    if (s.p[at] == (mark == '.' ? ',' : '.')) {
        *kind = 'o';
        return 1;
    }
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        if (str_starts(rest, blanks[i])) {
            *kind = (char)('0' + i);
            return blanks[i].n;
        }
    }
    return 0;
}

/* The part before the decimal mark, from 0; true when it is digits, or one to three of them and then threes. */
static bool take_whole(struct str s, char mark, size_t *at, int64_t *whole, bool *grouped) {
    char first_kind = '\0', kind = '\0';
    size_t run = 0, i = 0;
    while (i < s.n) {
        if (is_digit(s.p[i])) {
            run++;
            i++;
            ++*whole;
            continue;
        }
        size_t length = separator_at(s, i, mark, &kind);
        if (length == 0)
            break;
        bool fits = first_kind == '\0' ? run >= 1 && run <= 3 && s.p[0] != '0' : run == 3 && kind == first_kind;
        if (!fits)
            return false;
        first_kind = kind;
        run = 0;
        i += length;
    }
    *at = i;
    *grouped = first_kind != '\0';
    return !*grouped || run == 3;
}

/* e3, E+3, e-12 at the end of the text; a huge one is held at a bound far outside what any scale can show. */
static bool take_exponent(struct str s, size_t at, int64_t *out) {
    bool negative = at < s.n && s.p[at] == '-';
    int64_t v = 0;
    at += at < s.n && (s.p[at] == '-' || s.p[at] == '+');
    size_t first = at;
    for (; at < s.n && is_digit(s.p[at]); at++) {
        if (v < EXPONENT_MAX)
            v = v * 10 + (s.p[at] - '0');
    }
    *out = negative ? -v : v;
    return at > first && at == s.n;
}

static bool read_with(struct str s, char mark, struct reading *out) {
    size_t at = 0;
    bool grouped = false;
    int64_t whole = 0, exponent = 0, fraction = 0;
    if (!take_whole(s, mark, &at, &whole, &grouped))
        return false;
    if (at < s.n && s.p[at] == mark) {
        for (at++; at < s.n && is_digit(s.p[at]); at++)
            fraction++;
    }
    out->digits = (struct str){s.p, at};
    if (whole + fraction == 0)
        return false;
    if (at < s.n && (s.p[at] | 0x20) == 'e' && !grouped && take_exponent(s, at + 1, &exponent))
        at = s.n;
    out->whole = whole + exponent;
    return at == s.n;
}

/* Value of a reading times 10^scale, rounded half away from zero; false when it has more than 18 digits. */
static bool reading_value(const struct reading *reading, int scale, int64_t *out) {
    const uint64_t bound = (uint64_t)power_of_ten[DIGITS_MAX];
    uint64_t v = 0;
    int64_t weight = reading->whole + scale - 1; /* the next digit counts 10^weight units of the result */
    for (size_t i = 0; i < reading->digits.n && weight >= -1; i++) {
        int digit = reading->digits.p[i] - '0';
        if (digit < 0 || digit > 9)
            continue;
        if (weight-- >= 0)
            v = v * 10 + (unsigned)digit;
        else
            v += digit >= 5;
        if (v >= bound)
            return false;
    }
    if (weight >= DIGITS_MAX && v > 0)
        return false;
    if (weight >= 0 && v > 0 && __builtin_mul_overflow(v, (uint64_t)power_of_ten[weight + 1], &v))
        return false;
    *out = (int64_t)v;
    return v < bound;
}

static bool readings_equal(const struct reading *a, const struct reading *b) {
    return a->whole == b->whole && a->digits.n == b->digits.n;
}

static enum decimal_read read_any(struct str s, enum decimal_mark mark, int scale, int64_t *out,
                                  enum decimal_mark *seen) {
    bool negative;
    struct reading point, comma;
    s = str_trim(s);
    if (s.n == 0)
        return DECIMAL_EMPTY;
    s = strip(s, &negative);
    bool has_point = read_with(s, '.', &point), has_comma = read_with(s, ',', &comma);
    if (has_point != has_comma)
        *seen = has_point ? DECIMAL_POINT : DECIMAL_COMMA;
    if (mark == DECIMAL_UNKNOWN) {
        if (has_point && has_comma && !readings_equal(&point, &comma))
            return DECIMAL_TWO_READINGS;
        mark = has_point ? DECIMAL_POINT : DECIMAL_COMMA;
    }
    if (!(mark == DECIMAL_POINT ? has_point : has_comma))
        return DECIMAL_NOT_A_NUMBER;
    int64_t v;
    if (!reading_value(mark == DECIMAL_POINT ? &point : &comma, scale, &v))
        return DECIMAL_TOO_LARGE;
    *out = negative ? -v : v;
    return DECIMAL_OK;
}

/* What nearly every text is: an optional minus, digits, perhaps one mark and more digits. False: read_any decides. */
static bool read_plain(struct str s, enum decimal_mark mark, int scale, int64_t *out, enum decimal_mark *seen) {
    if (s.n == 0 || s.n > DIGITS_MAX + 1 || scale > DIGITS_MAX)
        return false;
    size_t sign = s.p[0] == '-', i = sign;
    uint64_t v = 0;
    for (; i < s.n && is_digit(s.p[i]); i++)
        v = v * 10 + (uint64_t)(s.p[i] - '0');
    size_t whole = i - sign, fraction = 0;
    if (i < s.n) {
        if (s.p[i] != '.' && s.p[i] != ',')
            return false;
        enum decimal_mark own = s.p[i] == '.' ? DECIMAL_POINT : DECIMAL_COMMA;
        fraction = s.n - i - 1;
        bool thousands = fraction == 3 && whole >= 1 && whole <= 3 && s.p[sign] != '0';
        if (mark != own && (thousands || mark != DECIMAL_UNKNOWN))
            return false;
        for (i++; i < s.n && is_digit(s.p[i]); i++)
            v = v * 10 + (uint64_t)(s.p[i] - '0');
        if (i < s.n)
            return false;
        *seen = thousands ? DECIMAL_UNKNOWN : own;
    }
    if (whole + fraction == 0 || fraction > (size_t)scale || whole + (size_t)scale > DIGITS_MAX)
        return false;
    int64_t scaled = (int64_t)v * power_of_ten[(size_t)scale - fraction];
    *out = sign ? -scaled : scaled;
    return true;
}

enum decimal_read decimal_read(struct str s, enum decimal_mark mark, int scale, int64_t *out, enum decimal_mark *seen) {
    enum decimal_mark ignored;
    if (seen == NULL)
        seen = &ignored;
    *seen = DECIMAL_UNKNOWN;
    if (read_plain(s, mark, scale, out, seen))
        return DECIMAL_OK;
    *seen = DECIMAL_UNKNOWN;
    return read_any(s, mark, scale, out, seen);
}

size_t decimal_write(int64_t v, int scale, int keep, char out[32]) {
    char digits[32];
    int n = 0;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    for (; left > 0 || n <= scale; left /= 10)
        digits[n++] = (char)('0' + left % 10);
    int last = 0;
    while (last < scale - keep && last < scale && digits[last] == '0')
        last++;
    char *to = out;
    if (v < 0)
        *to++ = '-';
    while (n > scale)
        *to++ = digits[--n];
    if (last < scale)
        *to++ = '.';
    while (n > last)
        *to++ = digits[--n];
    *to = '\0';
    return (size_t)(to - out);
}

/* a / b rounded half away from zero, b > 0. */
static i128 divide_wide(i128 a, i128 b) {
    i128 quotient = a / b, left = a % b;
    if (left < 0)
        left = -left;
    if (left >= b - left)
        quotient += a < 0 ? -1 : 1;
    return quotient;
}

int64_t decimal_divide(int64_t a, int64_t b) {
    if (b > 0 && a >= 0) { /* nearly always; 128 bits take five times as long */
        uint64_t quotient = (uint64_t)a / (uint64_t)b, left = (uint64_t)a % (uint64_t)b;
        return (int64_t)(quotient + (left >= (uint64_t)b - left));
    }
    i128 dividend = b < 0 ? -(i128)a : a, divisor = b < 0 ? -(i128)b : b;
    i128 quotient = divide_wide(dividend, divisor);
    return quotient > INT64_MAX ? INT64_MAX : (int64_t)quotient;
}
