// SPDX-License-Identifier: Apache-2.0
/* importers -- one importer a kind of file; private to src/app. Each runs inside the transaction of importing_open. */
#ifndef REATIVA_APP_IMPORTERS_H
#define REATIVA_APP_IMPORTERS_H

#include "app/importing.h"
#include "app/shape.h"

struct import_source {
    struct table *table;
    struct shape shape;
};

/* import_ready -- do the files hold the columns that this kind needs? INVALID names the first that is missing and what
 * was found instead. Before anything is written. */
bool import_ready(struct cx *cx, const struct import_options *options, const struct import_source *source);

/* import_sources -- opens source[options->paths] and learns their shapes; the tables are the caller's to close, also after a
 * failure. */
bool import_sources(struct cx *cx, const struct import_options *options, struct import_source *source,
                    struct import_report *report);

bool import_orders(struct cx *cx, struct importing *im, struct import_source *source, size_t n);
bool import_customers(struct cx *cx, struct importing *im, struct import_source *source, size_t n);
bool import_products(struct cx *cx, struct importing *im, struct import_source *source, size_t n);
bool import_records(struct cx *cx, struct importing *im, struct import_source *source, size_t n);

/* import_mapping -- puts the saved mapping that is asked for before those given by hand. NOT_FOUND: there is none of that name. */
bool import_mapping(struct cx *cx, struct db *db, struct import_options *options);

struct str import_names(struct cx *cx, const struct import_options *options);

#endif
