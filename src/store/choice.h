// SPDX-License-Identifier: Apache-2.0
/* choice -- the company's reasons, objections and occurrences, and how often each was used.
 */
#ifndef REATIVA_STORE_CHOICE_H
#define REATIVA_STORE_CHOICE_H

#include "core/choice.h"
#include "store/db.h"

/* choice_list -- those of a kind (CHOICE_NONE: of all kinds) by kind and name; retired ones only when asked for. One statement. */
bool choice_list(struct cx *cx, struct db *db, enum choice_kind kind, bool retired_too, struct choice **out, size_t *n);
bool choice_find(struct cx *cx, struct db *db, int64_t id, bool *found, struct choice *out);
/* choice_uses -- of every entry of a kind that a contact of these days names, by id; one statement, along an index. DAY_NONE: open. */
bool choice_uses(struct cx *cx, struct db *db, enum choice_kind kind, struct day from, struct day until,
                 struct choice_use **out, size_t *n);

bool choice_add(struct cx *cx, struct db *db, struct choice *choice); /* sets id and version; two statements */
/* choice_change -- what a person edits and the retirement, if nobody has since its version; else *changed is false. */
bool choice_change(struct cx *cx, struct db *db, const struct choice *choice, bool *changed);

#endif
