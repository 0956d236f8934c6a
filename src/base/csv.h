// SPDX-License-Identifier: Apache-2.0
/* csv -- rows out of delimited text (RFC 4180 and what exports make of it), one buffer at a time.
 *
 * Pull parser without I/O: it asks its owner for bytes. A row is valid until the next call. Quotes are doubled inside
 * quotes; a quote inside an unquoted field is an ordinary byte; line ends are LF, CRLF or CR; a missing one at the end
 * is fine. Newlines and delimiters are found sixteen bytes at a time. What stands between a closing quote and the next
 * delimiter belongs to the field as it is.
 *
 * What breaks one row never breaks the next: a row over the limits, or a quote that is never closed, is handed out as
 * a bad row, and reading goes on at the line after the one on which the bad row began.
 */
#ifndef REATIVA_BASE_CSV_H
#define REATIVA_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cx.h"
#include "base/str.h"

enum csv_next {
    CSV_ROW = 0,
    CSV_BAD_OPEN_QUOTE, /* quote not closed within LIMIT_CSV_ROW bytes, LIMIT_CSV_ROW_LINES lines or the file */
    CSV_BAD_TOO_LONG,   /* over LIMIT_CSV_ROW bytes */
    CSV_BAD_TOO_WIDE,   /* over LIMIT_CSV_FIELDS fields */
    CSV_BAD_NUL,        /* holds a NUL byte */
    CSV_END,
    CSV_FAIL /* the source failed; cx->err is set */
};

/* Fills into[room], sets *got (0: end); false with cx->err set when it can't. */
typedef bool csv_fill(struct cx *cx, void *source, char *into, size_t room, size_t *got);

struct csv_row {
    uint64_t line;           /* of the file, from 1, where the row begins */
    uint64_t offset;         /* of its first byte */
    const struct str *field; /* unquoted; valid until the next csv_next */
    size_t fields;           /* an empty line has one empty field */
    struct str raw;    /* as it stands, without its line end; of a bad row its first line, cut at LIMIT_CSV_SHOWN */
    bool last_unended; /* the file ended without a line end after this row */
};

struct csv;
/* csv_open -- the parser and its buffers (2.3 MB of addresses, of which short rows touch 0.3) live in the arena.
 * delimiter: any byte but a quote or a line end; 0 stands for a comma (a file of one column). */
struct csv *csv_open(struct arena *arena, char delimiter, csv_fill *fill, void *source);
enum csv_next csv_next(struct cx *cx, struct csv *csv, struct csv_row *out);
/* csv_restart -- as just opened: the source is at the beginning of another text. */
void csv_restart(struct csv *csv);
/* csv_delimiter -- change it (after a look at the first rows); takes effect from the next row. */
void csv_delimiter(struct csv *csv, char delimiter);

/* csv_guess_delimiter -- of ; , tab | the one that splits the sample's lines most evenly outside quotes; 0 when none
 * splits any. sample: the first bytes of the file (the last, cut line is left out unless it is the only one). */
char csv_guess_delimiter(struct str sample);

#endif
