// SPDX-License-Identifier: Apache-2.0
/* whole -- a file that appears whole or not at all: written beside its name and renamed. Standard output, devices and
 * pipes are written to as they are. */
#ifndef REATIVA_BASE_WHOLE_H
#define REATIVA_BASE_WHOLE_H

#include <stdio.h>

#include "base/cx.h"

struct whole {
    FILE *to; /* where to write; NULL once it is closed */
    struct str path;
    char *final, *beside; /* NULL: the caller's own stream */
    bool device;
};

/* whole_open -- path empty or `-`: the caller's own stream. IO when it cannot be made. The names are in cx->arena. */
bool whole_open(struct cx *cx, FILE *own, struct str path, struct whole *out);
/* whole_end -- all that was written is on the disk, still beside its name; then whole_keep or whole_drop. */
bool whole_end(struct cx *cx, struct whole *whole);
/* whole_keep -- the file gets its name. */
bool whole_keep(struct cx *cx, struct whole *whole);
/* whole_drop -- nothing is left of it; ended or not. */
void whole_drop(struct whole *whole);
/* whole_close -- all of these at once: done keeps the file, else it goes; false with an error set when either is not
 * possible, or done was false. */
bool whole_close(struct cx *cx, struct whole *whole, bool done);

/* whole_same -- do both name one regular file? `-` and empty name none. */
bool whole_same(struct cx *cx, struct str one, struct str other);

#endif
