// SPDX-License-Identifier: Apache-2.0
/* analyze -- orders files to customers without a database: what an import of them and a score would say, at the speed at
 * which they can be read.
 *
 * Two ways. When the columns asked for hang on each customer and the cuts of the classes alone (analyze_is_brief), a customer
 * becomes a few numbers as soon as all is read, and its days are forgotten. Else everybody's days are kept and go the way of
 * a score.
 */
#ifndef REATIVA_APP_ANALYZE_H
#define REATIVA_APP_ANALYZE_H

#include "app/import.h"
#include "core/column.h"

struct analyze_options {
    struct import_options read; /* kind IMPORT_ORDERS */
    struct day as_of;
    size_t memory;             /* bytes for what is kept of the rows; past it they wait on the disk; 0: no limit */
    struct str model;          /* "auto", a method's name, or "none" */
    const enum column *column; /* that will be asked for */
    size_t columns;
};

struct analyze;

/* analyze_open -- reads the files; the report counts rows as an import does (all good ones as added). INVALID as import_files. */
bool analyze_open(struct cx *cx, const struct analyze_options *options, struct import_report *report,
                  struct analyze **out);
void analyze_close(struct analyze *analyze); /* NULL is fine */

size_t analyze_customers(const struct analyze *analyze);

/* analyze_is_brief -- then analyze_customer gives the customer at a place, by the first row of each; what the columns
 * asked for do not need is absent. Threads may call it at once. */
bool analyze_is_brief(const struct analyze *analyze);
void analyze_customer(const struct analyze *analyze, size_t at, struct customer *out);

/* analyze_each -- everybody, in the same order, also when brief. */
typedef bool analyze_visit(struct cx *cx, void *owner, const struct customer *customer);
bool analyze_each(struct cx *cx, struct analyze *analyze, analyze_visit *visit, void *owner);

#endif
