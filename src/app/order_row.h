// SPDX-License-Identifier: Apache-2.0
/* order_row -- what one row of an orders export says: of its document, and as a line of it.
 *
 * The one place where it is decided which rows are refused and why, whoever reads them. Knows no database and keeps
 * nothing: texts point into the row or into the scratch arena.
 */
#ifndef REATIVA_APP_ORDER_ROW_H
#define REATIVA_APP_ORDER_ROW_H

#include "app/shape.h"
#include "app/stage.h"

enum order_role {
    ORDER_FULL,    /* customer, date and values: stands alone */
    ORDER_HEADING, /* customer and date, no values */
    ORDER_LINES    /* values and a document number, but no customer or no date */
};

enum { ORDER_OLDEST_DAY = -25567 /* 1900-01-01: what is older is a program's "no date" */ };

/* How the rows of one file are read. */
struct order_rows {
    const struct shape *shape;
    uint32_t file; /* which of those given together */
    enum order_role role;
    bool joined;      /* brought together with another file's */
    struct day today; /* later documents are refused */
    struct arena *scratch;
};

enum order_role order_role_of(const struct shape *shape);
bool order_has_lines(const struct shape *shape);

/* order_row_read -- false: the row is refused, and why says for what (its line and its text are the caller's to set). The number is empty
 * where the file has none. */
bool order_row_read(const struct order_rows *rows, const struct table_row *row, struct staged_heading *heading,
                    struct staged_line *line, struct import_reject *why);
/* ORDER_CUT -- the reason of a last row that has no line end and too few columns. */
#define ORDER_CUT S("reject.cut")

#endif
