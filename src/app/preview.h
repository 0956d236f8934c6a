// SPDX-License-Identifier: Apache-2.0
/* preview -- how a file would be read: its columns, and its first rows as understood. Nothing is imported.
 *
 * A file that cannot be imported as it stands has a preview too: with the columns that were found, so that a person can say what
 * they are, and with the sentence that tells what is missing.
 */
#ifndef REATIVA_APP_PREVIEW_H
#define REATIVA_APP_PREVIEW_H

#include "app/import.h"

enum { PREVIEW_ROWS = 12, PREVIEW_COLUMNS = 120, PREVIEW_CELL = 200 /* bytes of a cell */ };

enum preview_kind { PREVIEW_RAW = 0, PREVIEW_TEXT, PREVIEW_DAY, PREVIEW_NUMBER };

struct preview_cell {
    struct str raw; /* as it stands, cut */
    enum preview_kind kind;
    struct day day;
    int64_t number_e4;
    struct str fault; /* catalog key: it is no such value; empty: it is fine */
};
struct preview_row {
    uint64_t line;
    struct preview_cell *cell; /* cell[columns of the file] */
    struct str fault;          /* of the whole row */
};
struct preview_file {
    struct str name;
    struct str *header;
    enum field *field; /* field[columns] */
    size_t columns;
    char delimiter; /* 0: of a workbook */
    enum date_order date_order;
    enum decimal_mark decimal;
    struct preview_row row[PREVIEW_ROWS];
    size_t rows;
};
struct preview {
    struct preview_file file[IMPORT_FILES];
    size_t files;
    struct err fault; /* why it cannot be imported as it stands; code ERR_NONE: it can */
};

/* preview_make -- reads as much of the files as import_files would before its first row: all of them where dates have two
 * readings. Errors: only what is no fault of the files (IO, memory). Saved mappings need db. */
bool preview_make(struct cx *cx, struct db *db, const struct import_options *options, struct preview *out);

#endif
