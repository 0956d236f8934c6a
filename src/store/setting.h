// SPDX-License-Identifier: Apache-2.0
/* setting -- the installation's few settings by name: `currency` (ISO 4217, two decimals), `abc_a`, `abc_b` (e4), `contact_tries` (days
 * to the next try after no answer: 1,3,7), `worklist_rest_days` (who was talked to since is not offered: 30). */
#ifndef REATIVA_STORE_SETTING_H
#define REATIVA_STORE_SETTING_H
#include "store/db.h"
bool setting_find(struct cx *cx, struct db *db, struct str name, bool *found, struct str *out);
bool setting_put(struct cx *cx, struct db *db, struct str name, struct str value);
/* audit_add -- who did what to what, with the values before and after. at: microseconds UTC. */
bool audit_add(struct cx *cx, struct db *db, int64_t at_us, struct str who, struct str what, struct str subject,
               struct str before, struct str after);
/* counter_next -- the next id of a table whose database does not count; within a write transaction. Two statements. */
bool counter_next(struct cx *cx, struct db *db, struct str name, int64_t *id);
#endif
