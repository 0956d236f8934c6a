// SPDX-License-Identifier: Apache-2.0
/* progress -- a line on stderr while long work runs: bar, share, rate, time left. Only when stderr is a terminal.
 *
 * What is being worked on is a catalog text and counted in things, or a file and counted in bytes.
 */
#ifndef REATIVA_CLI_PROGRESS_H
#define REATIVA_CLI_PROGRESS_H

#include "app/import.h"
#include "cli/cli.h"

enum { PROGRESS_WHAT = 80 };
struct progress_line {
    const struct cli *cli;
    char what[PROGRESS_WHAT]; /* the stage being shown; copied, for its arena may be rewound between two steps */
    bool bytes;
    int64_t began_us, drawn_us;
    bool visible;
};

/* progress_begin -- what a use case is handed; with nobody to watch, its step is NULL. */
struct progress progress_begin(struct progress_line *line, const struct cli *cli);
/* progress_end -- take the line away. */
void progress_end(struct progress_line *line);
/* progress_text -- the line's text at that moment, at most `columns` wide. */
struct str progress_text(const struct progress_line *line, struct arena *arena, uint64_t done, uint64_t total,
                         int64_t now_us, size_t columns);

#endif
