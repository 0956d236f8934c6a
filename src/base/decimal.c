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
__extension__ typedef unsigned __int128 u128;

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
    static const struct str marks[] = {{"R$", 2},  {"US$", 3}, {"$", 1},   {"BRL", 3}, {"EUR", 3},
                                       {"USD", 3}, {"GBP", 3}, {"€", 3}, {"£", 2},  {"¥", 2}};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (take_start(s, marks[i]) || take_end(s, marks[i]))
            return true;
    }
    return false;
}

/* Takes one sign at either end: '-' for a negative, '+' for a positive one, 0 when there is none. */
static char take_sign(struct str *s) {
    if (take_start(s, S("-")) || take_end(s, S("-")) || take_start(s, S("\u2212")) || take_end(s, S("\u2212")))
        return '-';
    return take_start(s, S("+")) || take_end(s, S("+")) ? '+' : '\0';
}

/* Leaves digits, marks and exponent in *s. At most one sign, in or outside a currency mark; parentheses are a sign. */
static bool strip(struct str *s, bool *negative) {
    *s = str_trim(*s);
    char sign = '\0';
    if (s->n >= 2 && s->p[0] == '(' && s->p[s->n - 1] == ')') {
        *s = str_trim((struct str){s->p + 1, s->n - 2});
        sign = '(';
    }
    bool exponent_sign = false;
    (void)exponent_sign;
    if (sign == '\0')
        sign = take_sign(s);
    if (take_currency(s) && sign == '\0')
        sign = take_sign(s);
    *negative = sign == '-' || sign == '(';
    return s->n > 0;
}
