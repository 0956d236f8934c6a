// SPDX-License-Identifier: Apache-2.0
/* overflow -- bytes that do not fit in memory wait in temporary files without a name, parted by a key, so that each part can
 * be worked on by itself. They are gone when the process ends, however it ends.
 *
 * It does not know what the bytes mean. What was put into a part comes back in the order in which it went in.
 */
#ifndef REATIVA_APP_OVERFLOW_H
#define REATIVA_APP_OVERFLOW_H

#include <stdint.h>
#include <stdio.h>

#include "base/cx.h"

enum { OVERFLOW_PARTS = 256 }; /* a part of 10 GB still is 40 MB */

struct overflow {
    FILE *part[OVERFLOW_PARTS]; /* NULL: nothing yet */
};

bool overflow_put(struct cx *cx, struct overflow *overflow, uint64_t key, const void *p, size_t n);
/* overflow_view -- all bytes of a part; *n 0: none. overflow_forget gives view and file back. */
bool overflow_view(struct cx *cx, struct overflow *overflow, size_t part, const char **p, size_t *n);
void overflow_forget(struct overflow *overflow, size_t part, const char *p, size_t n);
void overflow_close(struct overflow *overflow);

#endif
