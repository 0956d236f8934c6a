// SPDX-License-Identifier: Apache-2.0
/* standing -- how a customer pays, out of its titles. The numbers are kept in the database and order lists: worse is more. */
#ifndef REATIVA_CORE_STANDING_H
#define REATIVA_CORE_STANDING_H

#include <stdbool.h>

#include "base/str.h"

enum standing {
    STANDING_NONE = 0, /* no title is known */
    STANDING_IN_TIME,  /* nothing is overdue, nothing was paid late */
    STANDING_LATE,     /* nothing is overdue, but something was paid after its day */
    STANDING_OVERDUE,  /* an open title is past its day */
    STANDING_COUNT
};

const char *
standing_name(enum standing standing); /* "overdue"; NULL of STANDING_NONE; standing.<name> in the catalogs */
bool standing_parse(struct str name, enum standing *out);

#endif
