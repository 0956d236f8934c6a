// SPDX-License-Identifier: Apache-2.0
/* action -- what is done about a reason or an objection: by whom, until when, how far it is, and what came of it.
 *
 * The numbers of the states are kept in the database. Invariant: what is done has a day on which it was, and nothing else has.
 */
#ifndef REATIVA_CORE_ACTION_H
#define REATIVA_CORE_ACTION_H

#include <stdbool.h>

#include "base/day.h"
#include "base/str.h"

enum action_state {
    ACTION_NONE = 0,
    ACTION_PLANNED,
    ACTION_DOING,
    ACTION_DONE,
    ACTION_CHECKED, /* done, and somebody has looked whether it helped */
    ACTION_STATES
};

struct action {
    int64_t id, choice_id;
    struct str what, owner;
    struct day due_on, done_on; /* done_on: DAY_NONE until it is done */
    enum action_state state;
    struct str effect; /* what came of it, in a person's words */
    struct str token;
    int64_t made_us, retired_us, version;
};

const char *action_state_name(enum action_state state); /* "planned"; action.state_<name> in the catalogs */
bool action_state_parse(struct str name, enum action_state *out);
bool action_is_open(const struct action *action); /* neither done nor retired */

#endif
