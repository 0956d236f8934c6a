// SPDX-License-Identifier: Apache-2.0
/* chunk -- a text handed out in pieces of whole rows, to several threads that ask for the next.
 *
 * Where a piece may end is decided before it is handed out: at its last line end when it holds no quote, else where
 * base/csv finds a row to begin, so that every row is cut as the importer cuts it. A file in which quotes stand is so
 * gone through twice, the first time by one thread.
 */
#ifndef REATIVA_APP_CHUNK_H
#define REATIVA_APP_CHUNK_H

#include <pthread.h>

#include "base/csv.h"
#include "format/table.h"

struct chunk {
    char *p; /* of the heap; SCAN_BEYOND zeros behind */
    size_t n, room;
    uint64_t number; /* from 0 */
    bool last;
};

/* What csv has still to see of a text, handed to it in steps, so that it does not copy much more than it needs: the owner of
 * chunk_left_fill, which is a csv_fill. */
struct chunk_left {
    const char *p;
    size_t n, step;
};
bool chunk_left_fill(struct cx *cx, void *owner, char *into, size_t room, size_t *got);

struct chunks {
    struct table *table;
    pthread_mutex_t lock;
    struct chunk carry; /* the beginning of the next */
    uint64_t next;
    uint64_t first_lines; /* the first piece has at least so many lines */
    bool ended;
    struct csv *csv; /* NULL: no quote was met yet */
    char delimiter;
    struct arena arena;
    struct chunk_left left; /* of the piece that csv looks at */
};

/* chunks_open -- from the table's beginning. lines: the header and what is above it stand in the first piece. */
bool chunks_open(struct cx *cx, struct table *table, uint64_t lines, struct chunks *out);
void chunks_close(struct chunks *chunks);
/* chunks_next -- into->n 0: there is none. Threads may call it at once. LIMIT: a row without an end. */
bool chunks_next(struct cx *cx, struct chunks *chunks, struct chunk *into);
void chunk_free(struct chunk *chunk);

#endif
