// SPDX-License-Identifier: Apache-2.0
/* xlsx -- rows out of one sheet of a workbook. What table.h says of XLSX is done here. Internal to format. */
#ifndef REATIVA_FORMAT_XLSX_H
#define REATIVA_FORMAT_XLSX_H

#include "format/source.h"
#include "format/table.h"

struct xlsx;
/* xlsx_open -- the source stays the caller's and must outlive it; memory comes from cx->arena.
 * sheet: name, or number from 1 among the sheets one sees; empty: the first. NOT_FOUND names the sheets there are. */
bool xlsx_open(struct cx *cx, struct source *source, struct str sheet, struct xlsx **out);
void xlsx_close(struct xlsx *xlsx); /* NULL is fine */
bool xlsx_rewind(struct cx *cx, struct xlsx *xlsx);
enum table_next xlsx_next(struct cx *cx, struct xlsx *xlsx, struct table_row *out);

#endif
