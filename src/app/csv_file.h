// SPDX-License-Identifier: Apache-2.0
/* csv_file -- how an export from a page is written, so that a double click opens it as a sheet in the person's language: in
 * Portuguese semicolons and a decimal comma, else commas and a point; UTF-8 with its mark; no cell that a sheet would take for
 * a formula. The reader of imports takes either form again. (The command line writes its own: commas and points, whatever the
 * language, for other programs.)
 */
#ifndef REATIVA_APP_CSV_FILE_H
#define REATIVA_APP_CSV_FILE_H

#include "base/buf.h"
#include "base/catalog.h"

#define CSV_FILE_MARK S("\xEF\xBB\xBF")

/* csv_file_text -- a cell: what a person typed, or a word; an apostrophe before what begins as a formula does. csv_file_number --
 * a cell: a number with a decimal point, as decimal_write gives it. first: of its row. csv_file_end -- of a row. */
void csv_file_text(struct buf *to, enum lang lang, bool first, struct str text);
void csv_file_number(struct buf *to, enum lang lang, bool first, struct str number);
void csv_file_end(struct buf *to);

#endif
