// SPDX-License-Identifier: Apache-2.0
/* picture -- a number for the state of the watched tables: as long as it is the same, so are they.
 *
 * Watched are the derived tables and those named in tools/embed_sql.c. Every transaction that runs a statement which writes one
 * of them puts a new number into the setting `picture` at its commit, so that no caller can forget it. The number is random
 * and not counted: a database brought back from a backup never meets an old number with other tables behind it. What was
 * worked out from watched tables alone may be remembered under it (base/recall.h); by whom it was asked for must be in the
 * key, or not matter.
 */
#ifndef REATIVA_STORE_PICTURE_H
#define REATIVA_STORE_PICTURE_H

#include "base/cx.h"
#include "base/recall.h"
#include "store/db.h"

/* picture_find -- what was kept under the key in the picture that this transaction sees, in the arena. *found false: work it
 * out now, then picture_keep. Never found: in a transaction that writes, with temporary derived tables in sight, where the
 * database has no memory (db_recall). One statement in the first call of a transaction. */
struct picture_ask {
    struct str key;
    int64_t aparts;
};
bool picture_find(struct cx *cx, struct db *db, struct str key, struct picture_ask *ask, bool *found, struct str *out);
/* picture_keep -- not when a statement since picture_find has read a table that is not watched. */
void picture_keep(struct db *db, const struct picture_ask *ask, struct str value);
/* picture_recalls -- may anything be found or kept now? Where not, making a value for it is waste. */
bool picture_recalls(const struct db *db);

/* picture_hidden -- are temporary derived tables in sight instead of the kept ones? */
bool picture_hidden(const struct db *db);

/* For db.c: around a transaction. */
void picture_begun(struct db *db);
bool picture_renew(struct cx *cx, struct db *db);
void picture_ended(struct db *db, bool committed);

#endif
