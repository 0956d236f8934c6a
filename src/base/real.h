// SPDX-License-Identifier: Apache-2.0
/* real -- text to double and back, the same on every machine whatever its locale.
 *
 * For measured quantities (times, parameters, chances). Money and quantities are decimal.h's: floating point never
 * touches them.
 */
#ifndef REATIVA_BASE_REAL_H
#define REATIVA_BASE_REAL_H

#include "base/decimal.h"

enum {
    REAL_TEXT = 40, /* room for any rendering below, with its NUL */
    REAL_EXACT = 0
};

/* real_read -- the double nearest to the text: sign, digits with at most one decimal mark, exponent; blanks around.
 *
 * mark   which mark stands before the fraction; UNKNOWN: the only one there is. What does not fit is tried as
 *        decimal_read reads it (thousands, currency marks), to six places.
 * seen   may be NULL; else the mark that this very text proves, UNKNOWN when it has none or could be thousands (1.234)
 * returns NOT_A_NUMBER also for "inf", "nan" and what overflows a double; TWO_READINGS never
 * cost   O(length), no allocation */
enum decimal_read real_read(struct str s, enum decimal_mark mark, double *out, enum decimal_mark *seen);

/* real_write -- `digits` significant digits (1 .. 17) with a point, as printf's %.*g; REAL_EXACT: as many as it takes to
 * read the same double back. NaN and infinities give "". Returns the length. */
size_t real_write(double v, int digits, char out[REAL_TEXT]);

#endif
