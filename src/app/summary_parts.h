// SPDX-License-Identifier: Apache-2.0
/* summary_parts -- the two kinds of input behind summary.h: rows of a file, customers of a database. Private to src/app. */
#ifndef REATIVA_APP_SUMMARY_PARTS_H
#define REATIVA_APP_SUMMARY_PARTS_H

#include "app/summary.h"
#include "format/table.h"

struct summary_file;
/* summary_file_find -- *found: is the table's header that of a summary? Then it is at its first row. */
bool summary_file_find(struct cx *cx, const struct summary_options *options, struct table *table, bool *found,
                       struct summary_file **out);
/* summary_file_ready -- the columns that are needed, covariates, how numbers are written. */
bool summary_file_ready(struct cx *cx, struct summary_file *file, struct summary_about *about);
enum summary_next summary_file_next(struct cx *cx, struct summary_file *file, struct summary_row *out,
                                    struct import_reject *bad);
bool summary_file_rewind(struct cx *cx, struct summary_file *file);
void summary_file_close(struct summary_file *file);
/* summary_file_missing -- why it is no summary: INVALID with the first of x, t_x, T that no column stands for; false. */
bool summary_file_missing(struct cx *cx, const struct summary_options *options, struct table *table);

struct summary_sales;
bool summary_sales_open(struct cx *cx, const struct summary_options *options, struct db *db, struct day as_of,
                        struct summary_about *about, struct summary_sales **out);
enum summary_next summary_sales_next(struct summary_sales *sales, struct summary_row *out);
void summary_sales_rewind(struct summary_sales *sales);
void summary_sales_close(struct summary_sales *sales);

#endif
