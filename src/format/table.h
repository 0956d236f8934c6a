// SPDX-License-Identifier: Apache-2.0
/* table -- rows of cells out of a CSV file of any dialect or a sheet of an XLSX workbook.
 *
 * Cells come out as UTF-8: a row that is not is taken as Windows-1252, and counted. A bad row is handed out with its
 * reason and never spoils the next. XLSX dates come out as yyyy-mm-dd[ hh:mm:ss] and numbers with a decimal point
 * (table_typed); its rows are numbered as in the sheet. Meaning of columns is not known here.
 * What a table needs lives in the arena of the cx it was opened with.
 */
#ifndef REATIVA_FORMAT_TABLE_H
#define REATIVA_FORMAT_TABLE_H

#include <stdint.h>

#include "base/csv.h"
#include "base/cx.h"

struct table_options {
    struct str path;
    struct str sheet; /* XLSX: name or number from 1; empty: the first */
    char delimiter;   /* 0: found by itself */
};

enum table_next { TABLE_ROW = 0, TABLE_BAD, TABLE_END, TABLE_FAIL };

struct table_row {
    uint64_t line;
    const struct str *cell; /* valid until the next table_next */
    size_t cells;
    struct str raw;    /* as it stands in the file (of XLSX: its cells as CSV) */
    enum csv_next bad; /* TABLE_BAD: why */
    bool blank;        /* no cell holds anything */
    bool recoded;      /* was Windows-1252 */
    bool last_unended; /* the file ends without a line end after this row: it may be cut */
};

struct table;
bool table_open(struct cx *cx, const struct table_options *options, struct table **out);
void table_close(struct table *table);
bool table_rewind(struct cx *cx, struct table *table);
enum table_next table_next(struct cx *cx, struct table *table, struct table_row *out);
/* table_bytes -- for who cuts the rows of a text itself: up to room bytes from where it is read, which after table_rewind is the
 * beginning; *got 0 at the end. Not between calls of table_next, and not of XLSX (table_typed). */
bool table_bytes(struct cx *cx, struct table *table, char *into, size_t room, size_t *got);
/* table_row_take -- what csv_next found as a row of a table; what must be made of it stands in `own`, reset before. */
enum table_next table_row_take(struct arena *own, enum csv_next next, const struct csv_row *row, struct table_row *out);
bool table_typed(const struct table *table);     /* XLSX: dates and numbers have one form */
char table_delimiter(const struct table *table); /* 0 for XLSX */
void table_progress(const struct table *table, uint64_t *done, uint64_t *total);

#endif
