// SPDX-License-Identifier: Apache-2.0
/* readers -- accounts of a PostgreSQL server for people's own SQL and BI tools: they read the views and nothing else.
 *
 * Each call is one transaction. On an SQLite file INVALID reader.only_pg: a file has no accounts.
 */
#ifndef REATIVA_APP_READERS_H
#define REATIVA_APP_READERS_H

#include "store/reader.h"

struct readers_wish {
    struct str name;
    struct str who;
    int64_t now_us;
};
/* readers_put -- *secret: the password, to be shown once. The account is new, or one of ours gets another password (*renewed).
 * INVALID reader.name; CONFLICT reader.taken: an account that is not ours; FORBIDDEN reader.no_right. */
bool readers_put(struct cx *cx, struct db *db, const struct readers_wish *wish, struct str *secret, bool *renewed);
/* readers_remove -- NOT_FOUND: none of ours. */
bool readers_remove(struct cx *cx, struct db *db, const struct readers_wish *wish);
/* readers_list -- by name; each with the number of views it may read. */
struct readers_one {
    struct str name;
    int64_t views;
    bool whole;
};
bool readers_list(struct cx *cx, struct db *db, struct readers_one **out, size_t *n);

#endif
