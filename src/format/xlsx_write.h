// SPDX-License-Identifier: Apache-2.0
/* xlsx_write -- one sheet of rows into an XLSX file, a row at a time, in constant memory, and no other file beside it.
 *
 * Texts are written as texts, whatever they begin with: a name "=1+1" is a name and no formula.
 */
#ifndef REATIVA_FORMAT_XLSX_WRITE_H
#define REATIVA_FORMAT_XLSX_WRITE_H

#include "base/cx.h"
#include "base/day.h"

enum { XLSX_ROWS_MOST = 1048575 }; /* besides the row of titles: what a sheet holds */

struct xlsx_writer;

/* xlsx_writer_open -- at the beginning of an open, empty file that stays the caller's; cx stays until the end. Nothing is to be released
 * after a failure. Errors of all: as zip_writer_open. */
bool xlsx_writer_open(struct cx *cx, int file, struct str sheet, const struct str *title, size_t columns,
                      struct xlsx_writer **out);
/* Cells of the row begun last, column by column; what is not written stays empty. */
bool xlsx_writer_row(struct xlsx_writer *writer); /* LIMIT: the sheet is full */
bool xlsx_writer_text(struct xlsx_writer *writer, size_t column, struct str text);
bool xlsx_writer_number(struct xlsx_writer *writer, size_t column, int64_t v, int scale); /* v / 10^scale */
bool xlsx_writer_money(struct xlsx_writer *writer, size_t column, int64_t cents);
bool xlsx_writer_day(struct xlsx_writer *writer, size_t column, struct day day);
bool xlsx_writer_close(struct xlsx_writer *writer);

#endif
