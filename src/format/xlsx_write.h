// SPDX-License-Identifier: Apache-2.0
/* xlsx_write -- one sheet of rows into an XLSX file, a row at a time, in constant memory.
 *
 * Texts are written as texts, whatever they begin with: a name "=1+1" is a name and no formula.
 */
#ifndef REATIVA_FORMAT_XLSX_WRITE_H
#define REATIVA_FORMAT_XLSX_WRITE_H

#include "base/cx.h"
#include "base/day.h"

enum { XLSX_ROWS_MOST = 1048575 }; /* besides the row of titles: what a sheet holds */

struct xlsx_writer;

/* Errors: IO. The path must be writable; a file that is there is replaced. */
bool xlsx_writer_open(struct cx *cx, struct str path, struct str sheet, const struct str *title, size_t columns,
                      struct xlsx_writer **out);
/* Cells of the row begun last, column by column; what is not written stays empty. */
bool xlsx_writer_row(struct cx *cx, struct xlsx_writer *writer); /* LIMIT: the sheet is full */
bool xlsx_writer_text(struct cx *cx, struct xlsx_writer *writer, size_t column, struct str text);
bool xlsx_writer_number(struct cx *cx, struct xlsx_writer *writer, size_t column, int64_t v,
                        int scale); /* v / 10^scale */
bool xlsx_writer_money(struct cx *cx, struct xlsx_writer *writer, size_t column, int64_t cents);
bool xlsx_writer_day(struct cx *cx, struct xlsx_writer *writer, size_t column, struct day day);
/* xlsx_writer_close -- done false: what was begun is no file. */
bool xlsx_writer_close(struct cx *cx, struct xlsx_writer *writer, bool done);

#endif
