// SPDX-License-Identifier: Apache-2.0
/* decimal -- decimal text to scaled integers, and money.
 *
 * Quantities and unit prices are integers of 1/10,000 ("e4"), money is integer minor units (cents); floating point
 * never touches them. Rounding is half away from zero, once.
 */
#ifndef REATIVA_BASE_DECIMAL_H
#define REATIVA_BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct money {
    int64_t cents;
};

enum decimal_mark {
    DECIMAL_UNKNOWN = 0, /* a text with one reading is taken; 1.234 or 1,234 has two */
    DECIMAL_POINT,       /* 1,234.56 */
    DECIMAL_COMMA        /* 1.234,56 */
};

enum decimal_read {
    DECIMAL_OK = 0,
    DECIMAL_EMPTY,
    DECIMAL_NOT_A_NUMBER,
    DECIMAL_TWO_READINGS, /* 1.234 while the mark is unknown */
    DECIMAL_TOO_LARGE     /* more than 18 digits after scaling */
};

/* decimal_read -- text to an integer scaled by 10^scale.
 *
 * Takes a sign before or after, parentheses for negative, currency marks (R$, $, EUR ...) and blanks around, thousands
 * separated in threes by the other mark, blank, apostrophe, U+00A0 or U+202F (a first group never begins with 0);
 * exponents (1e3, 2.5E-4). Digits past the scale are rounded half away from zero. Two decimal marks,
 * misplaced thousands, or letters are NOT_A_NUMBER.
 *
 * seen   may be NULL; else the mark that this very text proves (both marks present, or one mark not followed by exactly
 *        three digits), UNKNOWN if none
 */
enum decimal_read decimal_read(struct str s, enum decimal_mark mark, int scale, int64_t *out, enum decimal_mark *seen);

/* decimal_write -- the shortest exact decimal of v / 10^scale with a point: 1250 at scale 2 is "12.50" when
 * keep >= 2, "12.5" when keep = 0 (keep: decimals never dropped). Returns the length; out holds 32 bytes. */
size_t decimal_write(int64_t v, int scale, int keep, char out[32]);

/* decimal_divide -- a / b rounded half away from zero, b != 0; INT64_MIN / -1 gives INT64_MAX. */
int64_t decimal_divide(int64_t a, int64_t b);

#endif
