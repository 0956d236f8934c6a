// SPDX-License-Identifier: Apache-2.0
/* demo_file -- one of the demo's CSV files being written. Private to src/app's demo.
 *
 * A file that is there already is never written over: in a folder called "dados" a clientes.csv may be somebody's. A
 * failed write is remembered and told once, by demo_file_close.
 */
#ifndef REATIVA_APP_DEMO_FILE_H
#define REATIVA_APP_DEMO_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/cx.h"
#include "base/day.h"

struct demo_file {
    int fd; /* -1: not open */
    int error;
    bool made;
    const char *path;
    char *p;
    size_t n;
};

bool demo_file_open(struct cx *cx, struct str folder, const char *name, const char *header, struct demo_file *out);
/* One row or a part of one; at most DEMO_FILE_PIECE bytes. */
enum { DEMO_FILE_PIECE = 2048 };
void demo_file_put(struct demo_file *file, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool demo_file_close(struct cx *cx, struct demo_file *file);
void demo_file_remove(struct demo_file *file); /* closed and gone, if demo_file_open made it */

/* As the country writes them; the text lives in `out`. */
const char *demo_day(struct day day, char out[DAY_TEXT]);
const char *demo_cents(int64_t cents, char out[24]);
const char *demo_tenths(int32_t e1, char out[24]); /* "12", "12,5" */

#endif
