// SPDX-License-Identifier: Apache-2.0
/* stage -- rows of documents on their way in, brought together by document whatever their order in the file.
 *
 * A document may be compared with the one already stored only when all its rows are known, and rows of one document
 * may stand anywhere. Rows wait here, in memory up to LIMIT_STAGE_MEMORY; past that they go to temporary files,
 * partitioned by the hash of the document's key, and each partition is brought together on its own: memory does not
 * grow with the file. Rows that follow each other with the same heading share it.
 *
 * A document of more than LIMIT_DOCUMENT_ROWS rows is refused when it is visited.
 *
 * It knows no database and judges nothing; groups come out by first appearance (within a partition).
 */
#ifndef REATIVA_APP_STAGE_H
#define REATIVA_APP_STAGE_H

#include "base/cx.h"
#include "base/day.h"

/* What a row says of its document and of whose it is. Absent texts are empty. */
struct staged_heading {
    struct str number, company; /* the key; never both empty */
    struct str customer, name, tax_id, phone, email;
    struct str rep, segment, region, city;
    struct day day;
    int64_t document_cents; /* STAT_NONE: not said */
};

enum staged_flag {
    STAGED_CANCELLED = 1,
    STAGED_RETURN = 2,  /* the file calls it a return */
    STAGED_VALUED = 4,  /* value_cents was told or computed */
    STAGED_HEADING = 8, /* no line of goods: a row of order headings only */
    STAGED_VOID = 16    /* takes the whole document back */
};

struct staged_line {
    uint32_t heading; /* index into the group's headings */
    uint32_t file;
    uint64_t line;
    uint32_t flags;
    int64_t quantity_e4, price_e4, value_cents;
    struct str product, product_name, product_kind;
    struct str raw; /* kept only where the row may still have to be rejected */
};

struct staged_group {
    const struct staged_heading *heading;
    size_t headings;
    const struct staged_line *line; /* in the order of their headings */
    size_t lines;
};

struct stage;
bool stage_open(struct cx *cx, struct stage **out);
void stage_close(struct stage *stage);
bool stage_add(struct cx *cx, struct stage *stage, const struct staged_heading *heading,
               const struct staged_line *line);

/* Visits every document once; the group lives until visit returns. Texts point into the stage and live until stage_close
 * or, when rows went to files, until the visit returns. */
typedef bool stage_visit(struct cx *cx, void *owner, const struct staged_group *group);
bool stage_each(struct cx *cx, struct stage *stage, stage_visit *visit, void *owner);
/* Bytes waiting, and whether they went to files (for tests and the log). */
size_t stage_bytes(const struct stage *stage, bool *in_files);
/* stage_memory -- a smaller limit than LIMIT_STAGE_MEMORY, for tests. */
void stage_memory(struct stage *stage, size_t bytes);

#endif
