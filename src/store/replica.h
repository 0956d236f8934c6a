// SPDX-License-Identifier: Apache-2.0
/* replica -- how far a server and one that follows it have come. PostgreSQL only. */
#ifndef REATIVA_STORE_REPLICA_H
#define REATIVA_STORE_REPLICA_H

#include "store/db.h"

/* replica_of -- is the second a replica of the first: the same data, and not the same server? */
bool replica_of(struct cx *cx, struct db *primary, struct db *other, bool *out);

struct replica_mark {
    int64_t written;    /* so many bytes of the server's log; -1: it follows nobody any more */
    struct str picture; /* as in picture.h */
};
/* replica_mark -- of the server itself, or of one that follows it. Each is one statement. */
bool replica_mark(struct cx *cx, struct db *db, bool primary, struct replica_mark *out);

#endif
