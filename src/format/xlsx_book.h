// SPDX-License-Identifier: Apache-2.0
/* xlsx_book -- what a sheet needs from the rest of its workbook: where it lies, styles, shared strings. Internal. */
#ifndef REATIVA_FORMAT_XLSX_BOOK_H
#define REATIVA_FORMAT_XLSX_BOOK_H

#include "format/packed.h"
#include "format/xlsx_value.h"
#include "format/xml.h"

struct xlsx_book {
    struct source *source;
    struct str sheet; /* the member that holds the sheet */
    bool from_1904;
    enum xlsx_style *style; /* by a cell's s */
    size_t styles;
    struct str *shared; /* by number */
    size_t shareds;
};

bool xlsx_book_read(struct cx *cx, struct source *source, struct str sheet, struct xlsx_book *out);

/* One XML member of the zip, opened for reading. */
struct xlsx_part {
    struct packed *packed;
    struct xml *xml;
};
/* xlsx_part_open -- found = false when there is no such member (then nothing is open). */
bool xlsx_part_open(struct cx *cx, struct source *source, struct str member, struct xlsx_part *out, bool *found);
void xlsx_part_close(struct xlsx_part *part);

/* xlsx_text_unescape -- _x000D_ and its like, in place. Returns the new length. */
size_t xlsx_text_unescape(char *text, size_t n);

#endif
