// SPDX-License-Identifier: Apache-2.0
/* importing -- one import under way: its transaction, its rejects, its counts. Private to src/app's importers.
 *
 * Between importing_open and importing_close everything is one write transaction; importing_abort leaves no trace.
 */
#ifndef REATIVA_APP_IMPORTING_H
#define REATIVA_APP_IMPORTING_H

#include "app/import.h"
#include "base/map.h"
#include "base/whole.h"
#include "format/table.h"
#include "store/label.h"

struct importing {
    struct db *db;
    const struct import_options *options;
    struct import_report *report;
    int64_t id;
    struct import_rejects *rejects;
    struct whole rejects_file; /* .to NULL: none is wanted */
    struct map label[LABEL_KIND_END];
    struct arena row; /* scratch of the row at hand; reset by importing_row */
    int64_t rows_done;
};

bool importing_open(struct cx *cx, struct importing *im, struct db *db, const struct import_options *options,
                    struct str files, struct import_report *report);
/* importing_close -- counts, report, commit (or roll back after a dry run); the file of rejected rows gets its name after
 * that, so that it never tells of an import that is not there. */
bool importing_close(struct cx *cx, struct importing *im);
void importing_abort(struct cx *cx, struct importing *im);

/* importing_reject -- one row of file[at] (or of reject->file, where one path holds many) goes to the rejects, with its
 * reason. */
bool importing_reject(struct cx *cx, struct importing *im, size_t at, const struct import_reject *reject);
/* importing_bad -- the same for a row that the table itself could not read. */
bool importing_bad(struct cx *cx, struct importing *im, size_t at, const struct table_row *row);
/* The same piece by piece, for who has no import: one more of a reason; a bad row's reject; a row as it is shown; a line of
 * the file of rejected rows, which begins with IMPORTING_REJECTS_HEAD. */
#define IMPORTING_REJECTS_HEAD "file,line,column,reason,detail,row\n"
void importing_reason(struct import_report *report, struct str reason);
struct import_reject importing_bad_row(struct arena *arena, const struct table_row *row);
struct str importing_shown(struct arena *arena, struct str row);
struct str importing_reject_line(struct arena *arena, const struct import_reject *reject);
bool importing_label(struct cx *cx, struct importing *im, enum label_kind kind, struct str code, int64_t *id);
/* importing_number -- as text, until the next row. */
struct str importing_number(struct importing *im, size_t n);
void importing_warn(struct cx *cx, struct importing *im, struct str key, struct str a, struct str b, struct str c);
/* importing_path -- how a path is told to people. */
struct str importing_path(const struct import_options *options, struct str path);
/* importing_row -- a new row begins: scratch is reset, and progress told now and then. */
void importing_row(struct importing *im, const struct table *table, struct str path);

/* The cell readers: false and *reject set (reason, detail, column) when the cell holds something that is no such value.
 * An empty cell is DAY_NONE, STAT_NONE. */
struct shape;
bool cell_day(const struct shape *shape, const struct table_row *row, enum field field, struct day *out,
              struct import_reject *reject);
bool cell_number(const struct shape *shape, const struct table_row *row, enum field field, int scale, int64_t *out,
                 struct import_reject *reject);
/* cell_degrees -- hundred thousandths of a degree, at most so many degrees both ways. Degrees have no thousands: a comma in them
 * is a point, whatever the file's other numbers look like. */
bool cell_degrees(const struct shape *shape, const struct table_row *row, enum field field, int64_t most, int64_t *out,
                  struct import_reject *reject);
/* cell_code -- a code as text; a whole number that a spreadsheet wrote with decimals (13085.0) loses them. */
struct str cell_code(const struct shape *shape, const struct table_row *row, enum field field);
bool cell_fits(const struct shape *shape, enum field field, struct str cell, size_t most, struct import_reject *reject);

#endif
