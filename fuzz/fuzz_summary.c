// SPDX-License-Identifier: Apache-2.0
/* fuzz_summary -- any bytes as a summary file: what comes out is a customer that a model can take, twice the same.
 *
 * The first byte says what is asked of the file: the column litt, the column spend, times, a covariate.
 */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/summary_parts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static uint64_t read_all(struct cx *cx, struct summary_file *file, const struct summary_options *options) {
    uint64_t sum = 0;
    struct summary_row row;
    struct import_reject bad;
    for (;;) {
        enum summary_next next = summary_file_next(cx, file, &row, &bad);
        if (next == SUMMARY_END || next == SUMMARY_FAIL)
            return sum + next;
        if (next == SUMMARY_BAD) {
            must(bad.reason.n > 0 && bad.line > 0);
            sum = str_hash(bad.reason, sum + (uint64_t)bad.line);
            continue;
        }
        must(!options->times || cbs_check(&row.c, options->litt) == CBS_FINE);
        sum = str_hash(row.customer, sum + (uint64_t)row.c.x + (uint64_t)row.c.t_x);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct arena arena;
    arena_init(&arena, 0, arena_full_exit, NULL);
    struct cx cx = {.arena = &arena};
    if (size < 1)
        return 0;
    static const struct str covariate = {"region", 6};
    struct summary_options options = {.litt = data[0] & 1,
                                      .spend = data[0] & 2,
                                      .times = !(data[0] & 4),
                                      .covariate = &covariate,
                                      .covariates = (data[0] & 8) != 0};
    int fd = memfd_create("input", MFD_CLOEXEC);
    must(fd >= 0 && write(fd, data + 1, size - 1) == (ssize_t)(size - 1));
    options.path = cx_text(&cx, "/proc/self/fd/%d", fd);
    struct table_options how = {.path = options.path};
    struct table *table;
    struct summary_file *file;
    struct summary_about about = {0};
    bool found = false;
    if (table_open(&cx, &how, &table)) {
        if (summary_file_find(&cx, &options, table, &found, &file) && found && summary_file_ready(&cx, file, &about)) {
            uint64_t first = read_all(&cx, file, &options);
            cx_clear(&cx);
            must(summary_file_rewind(&cx, file) && read_all(&cx, file, &options) == first);
        } else {
            must(!found || cx.err.code != ERR_NONE);
        }
        table_close(table);
    } else {
        must(cx.err.code != ERR_NONE);
    }
    close(fd);
    arena_clear(&arena);
    return 0;
}
