// SPDX-License-Identifier: Apache-2.0
/* pdf -- a document on A4, from the top of the first page down: titles, paragraphs, facts, tables and two small charts.
 *
 * It breaks pages by itself, never within a row and never after a heading. It must not know what the texts mean. Set with Pango,
 * drawn with Cairo: text stays text, which can be searched and copied. Texts are UTF-8; control characters become blanks.
 */
#ifndef REATIVA_FORMAT_PDF_H
#define REATIVA_FORMAT_PDF_H

#include "base/cx.h"

struct pdf;

struct pdf_wish {
    struct str title;   /* of the document */
    struct str foot;    /* at the bottom of every page, before its number */
    struct str made_on; /* 2026-11-22 */
};
bool pdf_open(struct cx *cx, const struct pdf_wish *wish, struct pdf **out);
/* pdf_close -- the whole file, in the arena; frees the document, also after an error. IO pdf.failed. */
bool pdf_close(struct cx *cx, struct pdf *pdf, struct str *out);

void pdf_title(struct pdf *pdf, struct str title, struct str word,
               struct str below); /* word: set in a frame beside it */
void pdf_heading(struct pdf *pdf, struct str text);
void pdf_paragraph(struct pdf *pdf, struct str text);

struct pdf_fact {
    struct str name, value;
};
/* pdf_facts -- in two columns, row by row. */
void pdf_facts(struct pdf *pdf, const struct pdf_fact *fact, size_t n);

struct pdf_column {
    struct str title;
    int share;  /* of the width; of all shares together */
    bool right; /* numbers */
};
/* pdf_table -- cell[rows * columns], row by row. The heads are set again on each new page. */
void pdf_table(struct pdf *pdf, const struct pdf_column *column, size_t columns, const struct str *cell, size_t rows);

/* A time line: marks at days, a shaded stretch, lines with a word each. */
struct pdf_line {
    int32_t day;
    struct str word;
    bool solid; /* else dashed */
};
struct pdf_rhythm {
    const int32_t *mark;
    size_t marks;
    bool has_window;
    int32_t window_from, window_to;
    const struct pdf_line *line; /* by day: the word of one must not cross the line of the next */
    size_t lines;
    int32_t first, last; /* what the width stands for */
};
void pdf_rhythm(struct pdf *pdf, const struct pdf_rhythm *rhythm);

/* Pairs of bars: the value, and before it a paler one. Heights are shares of the greatest; below nothing is drawn down. */
struct pdf_bar {
    struct str name;
    int64_t value, before;
};
void pdf_bars(struct pdf *pdf, const struct pdf_bar *bar, size_t n, struct str value_word, struct str before_word);

#endif
