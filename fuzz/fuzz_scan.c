// SPDX-License-Identifier: Apache-2.0
/* Any bytes as plain rows: every way of finding marks finds the same, and rows that hold nothing odd are cut at their marks as
 * base/csv cuts them. The first byte of the input chooses the delimiter. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/scan.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct feed {
    const char *p;
    size_t n;
};

static bool feed_fill(struct cx *cx, void *source, char *into, size_t room, size_t *got) {
    struct feed *feed = source;
    (void)cx;
    *got = feed->n < room ? feed->n : room;
    memcpy(into, feed->p, *got);
    feed->p += *got;
    feed->n -= *got;
    return true;
}

/* Without odd bytes each line is a row, and each cell what stands between two marks. */
static void rows_compare(struct cx *cx, const char *p, size_t n, char delimiter, const uint32_t *mark, size_t marks) {
    struct feed feed = {p, n};
    struct csv *csv = csv_open(cx->arena, delimiter, feed_fill, &feed);
    struct csv_row row;
    size_t at = 0, from = 0;
    for (enum csv_next next; (next = csv_next(cx, csv, &row)) < CSV_END;) {
        if (next != CSV_ROW)
            return; /* too wide, too long: not asked of marks */
        for (size_t i = 0; i < row.fields; i++) {
            size_t end = at < marks ? mark[at] : n;
            bool last = at == marks || p[end] == '\n';
            size_t cut = last && end > from && p[end - 1] == '\r' && at < marks ? end - 1 : end;
            if (row.field[i].p == NULL || row.field[i].n != cut - from ||
                memcmp(row.field[i].p, p + from, cut - from) != 0 || last != (i + 1 == row.fields))
                abort();
            from = end + 1;
            at++;
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size == 0)
        return 0;
    static const char delimiters[] = ",;\t|";
    char delimiter = delimiters[data[0] % 4];
    size_t n = size - 1;
    struct arena arena = {0};
    struct cx cx = {.arena = &arena};
    char *p = arena_alloc(&arena, n + SCAN_BEYOND + 1, 1);
    memcpy(p, data + 1, n);
    uint32_t *mark[SCAN_WAYS], *odd[SCAN_WAYS];
    struct scan_found found[SCAN_WAYS];
    for (enum scan_way way = SCAN_PORTABLE; way <= scan_best(); way++) {
        mark[way] = arena_new(&arena, uint32_t, n + SCAN_BEYOND);
        odd[way] = arena_new(&arena, uint32_t, n + SCAN_BEYOND);
        found[way] = scan_marks_by(way, p, n, delimiter, mark[way], odd[way]);
        if (found[way].marks != found[0].marks || found[way].odds != found[0].odds ||
            memcmp(mark[way], mark[0], found[0].marks * sizeof(uint32_t)) != 0 ||
            memcmp(odd[way], odd[0], found[0].odds * sizeof(uint32_t)) != 0)
            abort();
    }
    if (found[0].odds == 0)
        rows_compare(&cx, p, n, delimiter, mark[0], found[0].marks);
    arena_clear(&arena);
    return 0;
}
