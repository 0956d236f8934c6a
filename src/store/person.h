// SPDX-License-Identifier: Apache-2.0
/* person -- the people at a customer as they are kept.
 */
#ifndef REATIVA_STORE_PERSON_STORE_H
#define REATIVA_STORE_PERSON_STORE_H

#include "core/person.h"
#include "store/db.h"

bool person_find(struct cx *cx, struct db *db, int64_t customer_id, int64_t id, bool *found, struct person *out);
/* *added false: this token was there before. */
bool person_add(struct cx *cx, struct db *db, int64_t customer_id, const struct person *person, struct str token,
                bool *added);
/* *changed false: another was first. */
bool person_change(struct cx *cx, struct db *db, int64_t customer_id, const struct person *person, bool *changed);

#endif
