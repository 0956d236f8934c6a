// SPDX-License-Identifier: Apache-2.0
/* xlsx_value -- what a number in a workbook's cell means: shortest decimal, date, time. Pure. Internal to format. */
#ifndef REATIVA_FORMAT_XLSX_VALUE_H
#define REATIVA_FORMAT_XLSX_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum xlsx_style { XLSX_STYLE_NUMBER = 0, XLSX_STYLE_DATE, XLSX_STYLE_TIME /* of day, without a date */ };

enum { XLSX_TEXT = 48 }; /* room for any rendering below */

/* xlsx_style_builtin -- of the number formats that need not be in the file; false: not one of them. */
bool xlsx_style_builtin(int64_t id, enum xlsx_style *out);
/* xlsx_style_of -- of a format text: "dd/mm/yyyy hh:mm", "[$-416]d \"de\" mmmm", "#,##0.00". Durations ([h]:mm) are
 * numbers. */
enum xlsx_style xlsx_style_of(struct str format);

/* xlsx_number -- a stored double (0.10000000000000001, 1E-3) as a person entered it: 15 digits, no exponent, a point.
 * Returns its length; 0: no number, or one of more than 30 places. */
size_t xlsx_number(struct str stored, char out[XLSX_TEXT]);
/* xlsx_date -- a day number as yyyy-mm-dd, with hh:mm:ss when it has a time; of XLSX_STYLE_TIME below one day the time
 * alone. 0: no such day (then it is but a number). */
size_t xlsx_date(struct str stored, enum xlsx_style style, bool from_1904, char out[XLSX_TEXT]);
/* xlsx_iso -- 2021-03-04T00:00:00.000 as above. */
size_t xlsx_iso(struct str stored, char out[XLSX_TEXT]);
/* xlsx_column -- of "BC12": 55, counted from 1; 0: no reference. *row: 12, 0 when there is none. */
uint32_t xlsx_column(struct str reference, uint64_t *row);
/* xlsx_integer -- digits only; false for anything else and for more than 15 of them. */
bool xlsx_integer(struct str text, int64_t *out);

#endif
