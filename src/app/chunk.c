// SPDX-License-Identifier: Apache-2.0
/* chunk.c -- read, cut, put the rest aside for the next. Invariant: a piece begins where a row begins. */
#include "app/chunk.h"

#include <string.h>

#include "app/heap.h"
#include "base/limits.h"
#include "base/scan.h"

enum { CHUNK = 256 << 10, CHUNK_MOST = 64 << 20, STEP = 16 << 10 };

bool chunks_open(struct cx *cx, struct table *table, uint64_t lines, struct chunks *out) {
    *out = (struct chunks){.table = table, .first_lines = lines, .delimiter = table_delimiter(table)};
    pthread_mutex_init(&out->lock, NULL);
    arena_init(&out->arena, 0, arena_full_exit, NULL);
    return table_rewind(cx, table);
}

void chunk_free(struct chunk *chunk) {
    free(chunk->p);
    *chunk = (struct chunk){0};
}

void chunks_close(struct chunks *chunks) {
    chunk_free(&chunks->carry);
    arena_clear(&chunks->arena);
    pthread_mutex_destroy(&chunks->lock);
}

static void room_for(struct chunk *chunk, size_t n) {
    if (chunk->room < n + SCAN_BEYOND + 1) {
        chunk->p = heap_grown(chunk->p, &chunk->room, n + SCAN_BEYOND + 1, 1);
    }
}

/* Up to `wanted` bytes in all. */
static bool read_up_to(struct cx *cx, struct chunks *chunks, struct chunk *into, size_t wanted) {
    room_for(into, wanted);
    while (!chunks->ended && into->n < wanted) {
        size_t got = 0;
        if (!table_bytes(cx, chunks->table, into->p + into->n, wanted - into->n, &got)) {
            return false;
        }
        chunks->ended = got == 0;
        into->n += got;
    }
    return true;
}

bool chunk_left_fill(struct cx *cx, void *owner, char *into, size_t room, size_t *got) {
    (void)cx;
    struct chunk_left *left = owner;
    size_t n = left->n < room ? left->n : room;
    n = n < left->step ? n : left->step;
    memcpy(into, left->p, n);
    left->p += n;
    left->n -= n;
    *got = n;
    return true;
}

/* Where the last row that begins in it begins: of the rows before that all is known. */
static size_t cut_by_rows(struct cx *cx, struct chunks *chunks, const struct chunk *chunk) {
    struct csv_row row;
    size_t cut = 0;
    if (!chunks->csv) {
        chunks->csv = csv_open(&chunks->arena, chunks->delimiter, chunk_left_fill, &chunks->left);
    }
    csv_restart(chunks->csv);
    chunks->left = (struct chunk_left){chunk->p, chunk->n, STEP};
    for (enum csv_next next; (next = csv_next(cx, chunks->csv, &row)) != CSV_END;) {
        cut = row.offset;
        /* A quote that is open only because the piece ends is looked at again with what follows. */
        if (next == CSV_BAD_OPEN_QUOTE && cut + LIMIT_CSV_ROW + 1 >= chunk->n) {
            break;
        }
    }
    return cut;
}

static size_t cut_find(struct cx *cx, struct chunks *chunks, const struct chunk *chunk) {
    if (chunks->ended) {
        return chunk->n;
    }
    if (!memchr(chunk->p, '"', chunk->n)) {
        const char *end = memrchr(chunk->p, '\n', chunk->n);
        if (end) {
            return (size_t)(end - chunk->p) + 1;
        }
    }
    return cut_by_rows(cx, chunks, chunk);
}

static bool lines_there(const struct chunks *chunks, const struct chunk *chunk, size_t cut) {
    uint64_t lines = 0;
    for (size_t i = 0; chunk->number == 0 && lines < chunks->first_lines && i < cut; i++) {
        lines += chunk->p[i] == '\n' || chunk->p[i] == '\r';
    }
    return chunk->number > 0 || chunks->ended || lines >= chunks->first_lines;
}

static bool piece_read(struct cx *cx, struct chunks *chunks, struct chunk *into) {
    into->n = 0;
    room_for(into, chunks->carry.n);
    memcpy(into->p, chunks->carry.p ? chunks->carry.p : "", chunks->carry.n);
    into->n = chunks->carry.n;
    into->number = chunks->next;
    for (size_t wanted = CHUNK;; wanted *= 2) {
        if (wanted > CHUNK_MOST) {
            return cx_fail(cx, ERR_LIMIT, S("analyze.row_endless"), cx_text(cx, "%d", CHUNK_MOST));
        }
        if (!read_up_to(cx, chunks, into, wanted)) {
            return false;
        }
        size_t cut = cut_find(cx, chunks, into);
        if ((cut > 0 && lines_there(chunks, into, cut)) || chunks->ended) {
            chunks->carry.n = into->n - cut;
            room_for(&chunks->carry, chunks->carry.n);
            memcpy(chunks->carry.p, into->p + cut, chunks->carry.n);
            into->n = cut;
            break;
        }
    }
    into->last = chunks->ended;
    memset(into->p + into->n, 0, SCAN_BEYOND + 1);
    chunks->next++;
    return true;
}

bool chunks_next(struct cx *cx, struct chunks *chunks, struct chunk *into) {
    pthread_mutex_lock(&chunks->lock);
    bool ok = true;
    into->n = 0;
    if (!chunks->ended || chunks->carry.n > 0) {
        ok = piece_read(cx, chunks, into);
    }
    if (!ok) { /* the other threads have nothing more to do */
        into->n = chunks->carry.n = 0;
        chunks->ended = true;
    }
    pthread_mutex_unlock(&chunks->lock);
    return ok;
}
