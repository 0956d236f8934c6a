// SPDX-License-Identifier: Apache-2.0
/* backup -- a consistent copy of all facts while the database is in use; and back.
 *
 * A backup is always an SQLite file of our own schema, whichever database it came from: it opens with every command,
 * and restoring one into PostgreSQL is how a company moves there.
 */
#ifndef REATIVA_STORE_BACKUP_H
#define REATIVA_STORE_BACKUP_H
#include "base/day.h"
#include "store/db.h"
/* backup_write -- to a new file (CONFLICT when it exists), written beside it first and renamed when whole and checked. */
bool backup_write(struct cx *cx, struct db *db, struct str path);
/* backup_restore -- into an empty, just created database (CONFLICT otherwise); one transaction. The file is only read: one of
 * an older version is brought up to date as a copy. */
bool backup_restore(struct cx *cx, struct db *db, struct str path);
/* backup_replace -- all that stands in this database gives way to what is in the file, in one transaction: others see the one or the
 * other, and a kill leaves what was there. `then` runs at its end, before the commit. Derived tables are empty afterwards. */
typedef bool backup_then(struct cx *cx, struct db *db, void *owner);
bool backup_replace(struct cx *cx, struct db *db, struct str path, backup_then *then, void *owner);
/* backup_facts -- what a backup holds, without changing it. */
struct backup_facts {
    int64_t schema; /* the newest migration */
    int64_t customers, documents;
    struct day newest; /* of its documents */
};
bool backup_facts(struct cx *cx, struct str path, struct backup_facts *out);
/* backup_check -- the database's own integrity check, foreign keys, and that every document's value is the sum of its lines and it has a customer. */
bool backup_check(struct cx *cx, struct db *db, int64_t *faults, struct str *first);
#endif
