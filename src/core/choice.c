// SPDX-License-Identifier: Apache-2.0
/* choice -- see the header. The words stand in addresses and exports and never change. */
#include "core/choice.h"

static const char *const kinds[CHOICE_KINDS] = {"none", "reason", "objection", "occurrence"};

const char *choice_kind_name(enum choice_kind kind) {
    return kinds[kind];
}

bool choice_kind_parse(struct str name, enum choice_kind *out) {
    for (int kind = CHOICE_REASON; kind < CHOICE_KINDS; kind++)
        if (str_equal(name, str_from(kinds[kind]))) {
            *out = (enum choice_kind)kind;
            return true;
        }
    return false;
}
