// SPDX-License-Identifier: Apache-2.0
/* shape -- how one table is to be read: where its header is, what each column means, how it writes dates and numbers.
 *
 * Nothing is guessed where the file leaves two readings: then the person is asked (--date-format, --decimal, --map),
 * because a date read the wrong way round is worse than no import.
 */
#ifndef REATIVA_APP_SHAPE_H
#define REATIVA_APP_SHAPE_H

#include "app/import.h"
#include "format/table.h"

enum { SHAPE_NO_COLUMN = -1 };

struct shape {
    struct str path;
    uint64_t header_line; /* rows up to it are no data */
    struct str *header;
    enum field *field;
    size_t columns;
    int column[FIELD_END]; /* where each field stands; SHAPE_NO_COLUMN */
    enum date_order date_order;
    enum decimal_mark decimal;
};

/* shape_find -- the header and what its columns mean; reads the first rows. INVALID, naming the file and what it holds,
 * when no header is recognised or a mapped column is absent. An empty table is INVALID too. */
bool shape_find(struct cx *cx, struct table *table, const struct import_options *options, struct shape *out);
/* shape_settle -- how its dates and numbers are written: reads as much of the table as it takes (all of it when its dates
 * are written a/b/yyyy) and rewinds it. INVALID when they stay ambiguous. */
bool shape_settle(struct cx *cx, struct table *table, const struct import_options *options, struct shape *out);

bool shape_has(const struct shape *shape, enum field field);
/* shape_cell -- the trimmed cell of a field; empty when the row is shorter, the field absent, or the cell says NULL. */
struct str shape_cell(const struct shape *shape, const struct table_row *row, enum field field);
/* shape_mend -- a row with more cells than columns because a text holds the delimiter without quotes ("Rua do Paço, 67"):
 * where as many cells begin with a blank as there are too many, each is the rest of the cell before it. True: mended (the
 * cells are then in the arena); false: the row is as it was. */
bool shape_mend(struct arena *arena, const struct shape *shape, char delimiter, struct table_row *row);
/* row_overflows -- has it cells with something in them beyond the header's columns? Then its columns have shifted. */
bool row_overflows(const struct shape *shape, const struct table_row *row);
/* shape_column_find -- the column of that heading, as it stands or folded, or `#3` for the third; n: none. */
size_t shape_column_find(struct arena *arena, const struct str *header, size_t n, struct str name);
/* shape_columns -- the header's texts for a message: "a, b, c". */
struct str shape_columns(struct cx *cx, const struct shape *shape);

#endif
