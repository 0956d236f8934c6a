// SPDX-License-Identifier: Apache-2.0
/* whole -- a file that appears whole or not at all: written beside its name and renamed; standard output and devices are
 * written to as they are. */
#ifndef REATIVA_CLI_WHOLE_H
#define REATIVA_CLI_WHOLE_H

#include "cli/cli.h"

struct whole {
    FILE *to; /* where to write */
    struct str path;
    char *final, *beside; /* NULL: standard output */
    bool device;
};

/* whole_open -- path empty or `-`: the answer's own stream. IO when it cannot be made. */
bool whole_open(struct cli *cli, struct str path, struct whole *out);
/* whole_close -- after what was to be written: done keeps the file, else it goes; false with an error set when either is
 * not possible, or done was false. */
bool whole_close(struct cli *cli, struct whole *whole, bool done);

#endif
