// SPDX-License-Identifier: Apache-2.0
/* setting -- the installation's few settings by name: what people set stands in core/setting.h, beside it what the program keeps for
 * itself. */
#ifndef REATIVA_STORE_SETTING_H
#define REATIVA_STORE_SETTING_H
#include "store/db.h"
bool setting_find(struct cx *cx, struct db *db, struct str name, bool *found, struct str *out);
bool setting_put(struct cx *cx, struct db *db, struct str name, struct str value);
bool setting_drop(struct cx *cx, struct db *db, struct str name); /* as if it had never been set */
/* setting_each -- all of them; the texts live until take returns. */
typedef bool setting_take(struct cx *cx, void *owner, struct str name, struct str value);
bool setting_each(struct cx *cx, struct db *db, setting_take *take, void *owner);
/* audit_add -- who did what to what, with the values before and after. at: microseconds UTC. */
bool audit_add(struct cx *cx, struct db *db, int64_t at_us, struct str who, struct str what, struct str subject,
               struct str before, struct str after);
/* counter_next -- the next id of a table whose database does not count; within a write transaction. Two statements. */
bool counter_next(struct cx *cx, struct db *db, struct str name, int64_t *id);
#endif
