// SPDX-License-Identifier: Apache-2.0
/* analyze_taker -- one thread's part of reading a file. Private to analyze_read.c and analyze_plain.c. */
#ifndef REATIVA_APP_ANALYZE_TAKER_H
#define REATIVA_APP_ANALYZE_TAKER_H

#include "app/analyze_read.h"

enum { BATCH = 64, SEEN_DAYS = 1 << 13 };

/* How plain rows of this file are read; NULL columns: none can be. */
struct plain_form {
    bool possible;
    size_t columns;
    int customer, date, value, document; /* columns; -1: none */
    char mark;                           /* of decimals; 0: not known, whole numbers only */
};

struct seen_day {
    uint64_t head, tail; /* the text's first and last eight bytes */
    uint32_t n;
    int32_t day;
};

struct batch {
    size_t n;
    struct gather_row row[BATCH];
    struct gather_more *more; /* [BATCH]; NULL: nothing more is kept */
};

/* A rejected row, until the lines before its piece are counted. */
struct refused {
    struct refused *next;
    struct import_reject reject; /* line: within the piece, from 0 */
};

struct taker {
    struct cx cx;
    struct arena arena, row, texts, recoded; /* its own; of the row; of the piece; of a row of another code */
    const struct analyze_reading *of;
    struct plain_form form;
    struct order_rows rows;
    struct chunk chunk;
    uint32_t *mark, *odd;
    size_t places; /* room for so many of each */
    struct csv *csv;
    struct chunk_left left; /* of the piece, that csv reads */
    struct str *cell;       /* of a plain row */
    struct seen_day *seen;
    struct batch *batch; /* [GATHER_PARTS] */
    /* of the piece at hand */
    uint64_t line, order;
    struct refused *refused, **refused_last;
    struct import_counts counts;
    int64_t recoded_rows, mended;
    bool cut;
};

/* taker_put -- a row on its way; full batches are taken. */
void taker_put(struct taker *r, const struct gather_row *row, const struct gather_more *more);
/* plain_row -- the row from..to (its last mark), cut at marks mark[0..columns-1]; false: it is not that plain. */
bool plain_row(struct taker *r, size_t from, const uint32_t *mark);
uint64_t taker_document(struct str company, struct str number, struct day day);

#endif
