// SPDX-License-Identifier: Apache-2.0
/* intake -- staged documents into the store: new, changed or the same as what is there.
 *
 * Shared by the orders and the NF-e importer. Documents are compared by key (source, company, number) and content; the
 * content is the multiset of lines and the heading's customer, day, rep and kind, whatever the order of rows.
 */
#ifndef REATIVA_APP_INTAKE_H
#define REATIVA_APP_INTAKE_H

#include "app/goods.h"
#include "app/party.h"
#include "app/stage.h"
#include "core/document.h"
#include "store/document.h"

/* A heading of the group at hand, and where its lines stand. */
struct intake_own {
    struct str customer;
    size_t heading, line, lines;
};

struct intake {
    struct importing *im;
    enum document_source source;
    struct parties *parties;
    struct goods *goods;
    struct document_writer *writer;
    int64_t next_id;
    bool empty;             /* no document is stored yet: nothing to compare with */
    bool bare;              /* the first documents went into a table whose indexes are still to be made */
    struct intake_own *own; /* headings of the group at hand */
    size_t own_room;
    struct document_line *line;
    size_t line_room;
    uint8_t *noted; /* a bit a document id: that this import holds it too */
    size_t noted_bytes;
    int64_t spread, shared; /* documents with lines on several days; numbers that several customers share */
};

bool intake_open(struct cx *cx, struct intake *intake, struct importing *im, enum document_source source);
/* intake_stage -- every document of the stage; rows are counted in their files' reports. */
bool intake_stage(struct cx *cx, struct intake *intake, struct stage *stage);
bool intake_finish(struct cx *cx, struct intake *intake); /* facts of customers and products, warnings */
void intake_close(struct cx *cx, struct intake *intake);

#endif
