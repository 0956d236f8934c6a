// SPDX-License-Identifier: Apache-2.0
/* action -- what is done about reasons and objections, and how often each cause was heard before and since.
 */
#ifndef REATIVA_STORE_ACTION_H
#define REATIVA_STORE_ACTION_H

#include "core/action.h"
#include "core/choice.h"
#include "store/db.h"

enum { ACTION_EFFECT_DAYS = 90 };

/* Contacts that named the cause, and all contacts, in the ACTION_EFFECT_DAYS before the day it was done and in the days from then on, as
 * many at most. Not done: zeros, and no days. */
struct action_effect {
    int64_t before, before_all, after, after_all;
    int64_t days; /* since it was done, 1 to ACTION_EFFECT_DAYS */
};
struct action_row {
    struct action action;
    enum choice_kind kind;
    struct str choice; /* the cause's name */
    struct action_effect effect;
};

/* action_list -- all of them by day and id, the retired too; one statement. */
bool action_list(struct cx *cx, struct db *db, struct day as_of, struct action_row **out, size_t *n);
bool action_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct action *out);
bool action_find_token(struct cx *cx, struct db *db, struct str token, bool *found, struct action *out);
bool action_count(struct cx *cx, struct db *db, int64_t *greatest_id, int64_t *out);
bool action_add(struct cx *cx, struct db *db, const struct action *action); /* its id is the caller's */
/* action_change -- what a person edits and the retirement, if nobody has since its version; else *changed is false. */
bool action_change(struct cx *cx, struct db *db, const struct action *action, bool *changed);

#endif
