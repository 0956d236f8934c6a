// SPDX-License-Identifier: Apache-2.0
/* reader -- accounts of a PostgreSQL server that may read the views (sql/views.sql) and nothing else.
 *
 * They belong to the server, not to our tables, and no backup holds them. Invariant: views that are made anew keep their
 * readers (reader_rights before they go, reader_rights_put after).
 */
#ifndef REATIVA_STORE_READER_H
#define REATIVA_STORE_READER_H

#include "store/db.h"

struct reader_right {
    struct str name, view;
    bool whole; /* may read every view there is */
};
/* reader_rights -- who may read which view, by name; on SQLite nobody. reader_rights_put -- the same again; a view that is no more is
 * left out, and who read all reads all there are now. Within the caller's transaction. */
bool reader_rights(struct cx *cx, struct db *db, struct reader_right **out, size_t *n);
bool reader_rights_put(struct cx *cx, struct db *db, const struct reader_right *right, size_t n);

/* reader_may -- may this connection make accounts, and is there one of that name? */
bool reader_may(struct cx *cx, struct db *db, struct str name, bool *may, bool *taken);
/* reader_put -- the account with the right to all views; renew: it is there, and gets this password. On PostgreSQL alone. */
bool reader_put(struct cx *cx, struct db *db, struct str name, struct str password, bool renew);
bool reader_remove(struct cx *cx, struct db *db, struct str name);

#endif
