// SPDX-License-Identifier: Apache-2.0
/* memo -- see the header. The words stand in forms and exports and never change. */
#include "core/memo.h"

static const char *const aims[MEMO_AIMS] = {"nobody", "people", "all", "role", "region", "team"};

const char *memo_aim_name(enum memo_aim aim) {
    return aims[aim];
}

bool memo_aim_parse(struct str name, enum memo_aim *out) {
    for (int aim = MEMO_PEOPLE; aim < MEMO_AIMS; aim++)
        if (str_equal(name, str_from(aims[aim]))) {
            *out = (enum memo_aim)aim;
            return true;
        }
    return false;
}
