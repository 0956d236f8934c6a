// SPDX-License-Identifier: Apache-2.0
/* analyze_read -- the rows of one orders file into a gather, on all processors. Private to analyze.
 *
 * Nearly every row of nearly every file is plain: its cells are cut at the marks that base/scan finds, its date was seen
 * before, its value is digits. Those go the short way. Every other goes the importer's: base/csv, format/table and
 * order_row_read decide, so that what is refused, and what is read, is the same.
 */
#ifndef REATIVA_APP_ANALYZE_READ_H
#define REATIVA_APP_ANALYZE_READ_H

#include "app/chunk.h"
#include "app/gather.h"
#include "app/importers.h"
#include "app/order_row.h"

/* One file being read. */
struct analyze_reading {
    const struct import_options *options;
    struct import_source *source;
    unsigned file;
    struct gather *gather;
    struct import_report *report;
    FILE *rejects;  /* NULL: not wanted */
    uint64_t order; /* of the file's first row; analyze_read moves it behind the last */
};

/* analyze_read -- every good row is in the gather; counts and rejects are in the report and the rejects' file, those in the
 * order of the file. IO, LIMIT. */
bool analyze_read(struct cx *cx, struct analyze_reading *reading);

#endif
