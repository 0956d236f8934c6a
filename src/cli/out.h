// SPDX-License-Identifier: Apache-2.0
/* out -- rows as a table, CSV (RFC 4180, LF) or JSON (an array of objects), written as they come.
 *
 * A million rows need no more memory than OUT_SAMPLE: a table learns its widths from the first rows and shortens what
 * does not fit later. CSV and JSON do not depend on language or terminal: days ISO, money decimal text, absent empty or null.
 */
#ifndef REATIVA_CLI_OUT_H
#define REATIVA_CLI_OUT_H

#include "cli/cli.h"

enum { OUT_SAMPLE = 200, OUT_TEXT_LEAST = 8, OUT_SHORTEST = -1, OUT_REAL_SHOWN = 6 };

enum out_type {
    OUT_TEXT = 0,
    OUT_WORD, /* text: the stable name; shown: the word in the person's language */
    OUT_INTEGER,
    OUT_E4,    /* 1/10,000; up to four places in CSV, `places` in a table */
    OUT_SHARE, /* the same, as per cent in a table */
    OUT_REAL,  /* a double; `places` significant digits in CSV and JSON, REAL_EXACT: all; six at most in a table */
    OUT_DAY,
    OUT_MONTH,
    OUT_MONEY,
    OUT_MOMENT /* microseconds UTC */
};

enum out_colour { OUT_PLAIN = 0, OUT_GOOD, OUT_WARNING, OUT_BAD, OUT_DIM, OUT_BOLD };

struct out_column {
    struct str name;  /* in CSV and JSON */
    struct str title; /* in the table's head */
    enum out_type type;
    int places; /* of E4 in a table, OUT_SHORTEST: as many as it has; of REAL */
    bool whole; /* MONEY without its cents, in a table */
};

struct out_cell {
    bool absent;
    struct str text, shown;
    int64_t number;
    double real;
    enum out_colour colour;
};

struct out;
/* out_open -- to: where it goes; columns and their texts live as long as the out. */
bool out_open(const struct cli *cli, FILE *to, enum cli_format format, const struct out_column *columns, size_t n,
              struct out **out);
bool out_row(struct out *out, const struct out_cell *cells);
/* out_total -- a last row set off by a rule; in a table only. */
bool out_total(struct out *out, const struct out_cell *cells);
/* out_close -- what is still held is written; IO when any write failed. */
bool out_close(struct out *out);

/* Cells of the usual kinds; out_number gives an absent cell for STAT_NONE, out_day for DAY_NONE, out_text for "". */
struct out_cell out_text(struct str s);
struct out_cell out_word(struct str name, struct str shown, enum out_colour colour);
struct out_cell out_number(int64_t v);
struct out_cell out_day(struct day d);
struct out_cell out_real(double v); /* absent when it is not finite */

/* out_coloured -- text between a colour's codes, when the terminal takes them. */
struct str out_coloured(const struct cli *cli, struct arena *arena, enum out_colour colour, struct str text);
bool out_bare(enum out_type type); /* a number to JSON, not a text */
/* out_plain -- a cell as CSV has it (without quoting). */
struct str out_plain(struct arena *arena, const struct out_column *column, const struct out_cell *cell);

/* out_written -- flush; false with IO in cx->err when the stream has failed (disk full). */
bool out_written(struct cx *cx, FILE *to);

#endif
