// SPDX-License-Identifier: Apache-2.0
/* stage_row -- headings and lines to bytes and back. Private to the stage. */
#ifndef REATIVA_APP_STAGE_ROW_H
#define REATIVA_APP_STAGE_ROW_H

#include "app/stage.h"

struct stage_buf {
    char *p; /* of the heap */
    size_t n, room;
};

struct stage_reader {
    const char *p; /* what is to be read next */
};

/* The number and the company come first: they are the key. */
void stage_heading_write(struct stage_buf *to, const struct staged_heading *heading);
void stage_line_write(struct stage_buf *to, const struct staged_line *line);
/* Texts of what is read point into what is read. */
void stage_heading_read(struct stage_reader *from, struct staged_heading *out);
void stage_line_read(struct stage_reader *from, struct staged_line *out);
struct str stage_text_read(struct stage_reader *from);
void stage_raw_read(struct stage_reader *from, void *into, size_t n);

#endif
