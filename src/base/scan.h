// SPDX-License-Identifier: Apache-2.0
/* scan -- where the cells of plain rows end: every delimiter and line end of a piece of text, found 64 bytes at a time.
 *
 * For who reads many rows of one form. What is not plain is told apart byte by byte, so that a row that holds none of it may be
 * cut at its marks, and any other is left to csv.h, which decides what is right.
 */
#ifndef REATIVA_BASE_SCAN_H
#define REATIVA_BASE_SCAN_H

#include <stddef.h>
#include <stdint.h>

enum {
    SCAN_BEYOND = 64
}; /* bytes behind the text that may be looked at, and places behind the last mark that may be written */

struct scan_found {
    size_t marks, odds;
};

/* scan_marks -- mark[]: places of the delimiter and of LF; odd[]: places of what is not plain: a quote, NUL, a CR that no LF
 * follows, a byte of no ASCII character. Both ascending, with room for n + SCAN_BEYOND; p[n + SCAN_BEYOND] is readable.
 * O(n), the same answer on every processor. */
struct scan_found scan_marks(const char *p, size_t n, char delimiter, uint32_t *mark, uint32_t *odd);

/* The ways in which it is done, for the tests: the portable one, and the best that this processor knows. */
enum scan_way { SCAN_PORTABLE = 0, SCAN_SSE2, SCAN_AVX2, SCAN_WAYS };
enum scan_way scan_best(void);
struct scan_found scan_marks_by(enum scan_way way, const char *p, size_t n, char delimiter, uint32_t *mark,
                                uint32_t *odd);

#endif
