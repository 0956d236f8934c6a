// SPDX-License-Identifier: Apache-2.0
/* standing -- the names of how a customer pays; which it is, is found where titles are added up. */
#include "core/standing.h"

#include <stddef.h>

static const char *const names[STANDING_COUNT] = {
    [STANDING_IN_TIME] = "in_time", [STANDING_LATE] = "late", [STANDING_OVERDUE] = "overdue"};

const char *standing_name(enum standing standing) {
    return (unsigned)standing < STANDING_COUNT ? names[standing] : NULL;
}

bool standing_parse(struct str name, enum standing *out) {
    for (int i = STANDING_IN_TIME; i < STANDING_COUNT; i++) {
        if (str_equal(name, str_from(names[i]))) {
            *out = (enum standing)i;
            return true;
        }
    }
    return false;
}
