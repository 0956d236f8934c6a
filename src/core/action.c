// SPDX-License-Identifier: Apache-2.0
/* action -- see the header. The words stand in addresses and exports and never change. */
#include "core/action.h"

static const char *const states[ACTION_STATES] = {"none", "planned", "doing", "done", "checked"};

const char *action_state_name(enum action_state state) {
    return states[state];
}

bool action_state_parse(struct str name, enum action_state *out) {
    for (int state = ACTION_PLANNED; state < ACTION_STATES; state++)
        if (str_equal(name, str_from(states[state]))) {
            *out = (enum action_state)state;
            return true;
        }
    return false;
}

bool action_is_open(const struct action *action) {
    return action->retired_us == 0 && action->state < ACTION_DONE;
}
