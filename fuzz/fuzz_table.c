// SPDX-License-Identifier: Apache-2.0
/* Any bytes as a file given to table: text, packed, a workbook or none of them. Reading twice gives the same rows. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "format/table.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint64_t read_all(struct cx *cx, struct table *table) {
    uint64_t sum = 0;
    struct table_row row;
    enum table_next next;
    while ((next = table_next(cx, table, &row)) == TABLE_ROW || next == TABLE_BAD) {
        sum = str_hash(row.raw, sum + row.line + row.cells);
        for (size_t i = 0; i < row.cells; i++) {
            if (!str_valid_utf8(row.cell[i]))
                abort();
            sum = str_hash(row.cell[i], sum);
        }
    }
    return sum + next;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    int fd = memfd_create("input", MFD_CLOEXEC);
    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    struct table_options options = {.path = cx_text(&cx, "/proc/self/fd/%d", fd)};
    struct table *table;
    if (table_open(&cx, &options, &table)) {
        uint64_t first = read_all(&cx, table);
        cx_clear(&cx);
        if (!table_rewind(&cx, table) || read_all(&cx, table) != first)
            abort();
        table_close(table);
    } else if (cx.err.code == ERR_NONE) {
        abort();
    }
    close(fd);
    arena_clear(&arena);
    return 0;
}
