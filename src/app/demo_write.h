// SPDX-License-Identifier: Apache-2.0
/* demo_write -- the files of the demo company by name. Private to src/app's demo. */
#ifndef REATIVA_APP_DEMO_WRITE_H
#define REATIVA_APP_DEMO_WRITE_H

#include "core/field.h"

enum { DEMO_FILES = 6 };

struct demo_file_kind {
    const char *name;
    enum import_kind kind;
    const char *header;
};

/* In the order in which they are to be imported. */
extern const struct demo_file_kind demo_file_kinds[DEMO_FILES];

#endif
