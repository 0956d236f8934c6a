// SPDX-License-Identifier: Apache-2.0
/* pg -- what the driver for PostgreSQL (pg.c) and its way of connecting (pg_open.c) share; private to both. */
#ifndef REATIVA_STORE_PG_H
#define REATIVA_STORE_PG_H

#include "store/driver.h"

struct pg_conn;
struct pg_rows;

struct pg_db {
    struct db db;
    struct pg_conn *conn; /* libpq calls it PGconn */
    struct pg_rows *active, *spare;
    bool prepared[SQL_COUNT];
    bool remade; /* a script ran within this transaction */
    bool pooled; /* another session answers than was connected to: nothing stays in it after a transaction */
};

extern const struct driver pg_driver;

/* pg_password -- a password as the server keeps it, so that it is never sent or logged as it is typed. */
bool pg_password(struct cx *cx, struct db *db, struct str name, struct str password, struct str *out);

#endif
