// SPDX-License-Identifier: Apache-2.0
/* Any bytes as CSV: rows lie one behind the other in the file, and how the source cuts its bytes changes nothing.
 * The first byte of the input chooses the delimiter and the cut. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct feed {
    const char *p;
    size_t n, step;
};

static bool feed_fill(struct cx *cx, void *source, char *into, size_t room, size_t *got) {
    struct feed *feed = source;
    (void)cx;
    *got = feed->n < feed->step ? feed->n : feed->step;
    if (*got > room)
        *got = room;
    memcpy(into, feed->p, *got);
    feed->p += *got;
    feed->n -= *got;
    return true;
}

static uint64_t row_hash(enum csv_next next, const struct csv_row *row) {
    uint64_t hash = str_hash(row->raw, (uint64_t)next + row->line * 31 + row->offset * 1009 + row->last_unended);
    for (size_t i = 0; next == CSV_ROW && i < row->fields; i++)
        hash = str_hash(row->field[i], hash);
    return hash;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    struct str text = {(const char *)data + 1, size - 1};
    char delimiter = (data[0] & 1) != 0 ? csv_guess_delimiter(text) : ',';
    struct arena arena = {0};
    struct cx cx = {.arena = &arena};
    struct feed whole = {text.p, text.n, text.n}, cut = {text.p, text.n, 1 + data[0] / 2};
    struct csv *a = csv_open(&arena, delimiter, feed_fill, &whole), *b = csv_open(&arena, delimiter, feed_fill, &cut);
    struct csv_row row = {0}, other = {0};
    uint64_t offset = 0, line = 0;
    enum csv_next next;
    while ((next = csv_next(&cx, a, &row)) < CSV_END) {
        if (csv_next(&cx, b, &other) != next || row_hash(next, &row) != row_hash(next, &other))
            abort();
        if (row.line <= line || row.offset < offset || row.offset + row.raw.n > text.n)
            abort();
        line = row.line;
        offset = row.offset + row.raw.n + !row.last_unended;
    }
    if (csv_next(&cx, b, &other) != next)
        abort();
    arena_clear(&arena);
    return 0;
}
