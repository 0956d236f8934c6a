// SPDX-License-Identifier: Apache-2.0
/* admin -- the database as a whole and what was brought into it: open, make, copy, restore, look at imports.
 *
 * Each call is a transaction of its own, or none; the caller never sees the store.
 */
#ifndef REATIVA_APP_ADMIN_H
#define REATIVA_APP_ADMIN_H

#include "core/policy.h"
#include "store/import.h"
#include "store/replica.h"

/* admin_open -- an existing database; errors as db_open. admin_make -- make it, or bring an older one up to date. */
bool admin_open(struct cx *cx, struct str url, struct db **out);
bool admin_make(struct cx *cx, struct str url, struct db **out);
/* admin_keep -- one of several that stay open, used again and again: writes wait wait_s, it takes less memory, and what was
 * worked out is remembered in `recall` (NULL: nowhere), which the several share.
 * admin_stands -- as db_stands. admin_rest -- between two uses: what was left open is undone. */
struct recall;
bool admin_keep(struct cx *cx, struct str url, int32_t wait_s, struct recall *recall, struct db **out);
bool admin_stands(struct db *db);
int64_t admin_statements(const struct db *db); /* as db_statements */
void admin_rest(struct db *db);
bool admin_is_server(struct str url); /* as db_is_server */
void admin_close(struct db *db);      /* NULL is fine; what was not committed is undone */

/* admin_replica_open -- one that is only read. admin_replica_of, admin_replica_mark -- as replica_of, replica_mark. */
bool admin_replica_open(struct cx *cx, struct str url, struct recall *recall, struct db **out);
bool admin_replica_of(struct cx *cx, struct db *primary, struct db *other, bool *out);
bool admin_replica_mark(struct cx *cx, struct db *db, bool primary, struct replica_mark *out);

bool admin_backup(struct cx *cx, struct db *db, struct str path);
/* admin_restore -- make the database at url and fill it from a backup; *out is open afterwards. CONFLICT when url holds anything already. */
bool admin_restore(struct cx *cx, struct str url, struct str path, struct db **out);

/* admin_imports -- newest first. admin_import -- NOT_FOUND when there is no such import. */
bool admin_imports(struct cx *cx, struct db *db, struct import_run **out, size_t *n);
bool admin_import(struct cx *cx, struct db *db, int64_t id, struct import_run *out);
bool admin_rejects(struct cx *cx, struct db *db, int64_t id, import_reject_visit *visit, void *owner);

bool admin_policy(struct cx *cx, struct db *db, struct policy *out); /* as policy_load */

#endif
