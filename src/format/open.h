// SPDX-License-Identifier: Apache-2.0
/* open -- how table and nfe open an input whose first bytes they have looked at already. Internal to format. */
#ifndef REATIVA_FORMAT_OPEN_H
#define REATIVA_FORMAT_OPEN_H

#include "format/input.h"
#include "format/packed.h"

/* input_open_source -- an input over the source, which the input owns from now on (closed on failure too). */
bool input_open_source(struct cx *cx, struct source *source, struct input **out);
#endif
