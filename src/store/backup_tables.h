// SPDX-License-Identifier: Apache-2.0
/* backup_tables -- the tables of facts, in an order in which they can be written; private to src/store and its tests. */
#ifndef REATIVA_STORE_BACKUP_TABLES_H
#define REATIVA_STORE_BACKUP_TABLES_H

#include "store/sql.h"

struct backup_table {
    const char *name;
    enum sql_id read, write;
};
extern const struct backup_table backup_tables[];
extern const size_t backup_tables_n;

#endif
