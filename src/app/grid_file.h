// SPDX-License-Identifier: Apache-2.0
/* grid_file -- a table of a page as a file: one description of its columns behind both kinds, CSV for other programs (app/csv_file, stable
 * names and words) and XLSX for people (titles and words in their language).
 */
#ifndef REATIVA_APP_GRID_FILE_H
#define REATIVA_APP_GRID_FILE_H

#include "base/buf.h"
#include "base/catalog.h"
#include "base/cx.h"
#include "base/day.h"

enum { GRID_COLUMNS_MOST = 24 };
enum grid_type { GRID_TEXT, GRID_WORD, GRID_DAY, GRID_WHOLE, GRID_MONEY, GRID_PERCENT };

/* name: in CSV, stable; title: in the catalogs, for people; words: what stands before a GRID_WORD in the catalogs. */
struct grid_column {
    const char *name, *title;
    enum grid_type type;
    const char *words;
};
struct grid_cell {
    struct str text;
    int64_t number; /* of GRID_PERCENT: hundredths of it */
    bool absent;
};
struct grid {
    const char *title; /* of the sheet, in the catalogs */
    const struct grid_column *column;
    size_t columns; /* at most GRID_COLUMNS_MOST */
    void (*cells)(const void *owner, size_t row, struct grid_cell *out);
    const void *owner;
    size_t rows;
};

static inline struct grid_cell grid_day(struct day day) {
    return (struct grid_cell){.number = day.n, .absent = !day_is(day)};
}

/* grid_csv -- put at the end of a text; grid_csv_names, grid_csv_row -- the same a row at a time. */
void grid_csv(enum lang lang, const struct grid *grid, struct buf *to);
void grid_csv_names(enum lang lang, const struct grid *grid, struct buf *to);
void grid_csv_row(enum lang lang, const struct grid *grid, const struct grid_cell *cell, struct buf *to);
/* grid_xlsx -- an open file without a name, for the caller to close, also after a failure when *file was set. */
bool grid_xlsx(struct cx *cx, enum lang lang, const struct grid *grid, int *file, int64_t *bytes);

#endif
