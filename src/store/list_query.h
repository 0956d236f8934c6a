// SPDX-License-Identifier: Apache-2.0
/* list_query -- a person's filter and order as a query over columns; private to src/store. */
#ifndef REATIVA_STORE_LIST_QUERY_H
#define REATIVA_STORE_LIST_QUERY_H

#include "store/list_scan.h"

/* list_query_make -- NOT_FOUND names the nearest codes when a filter's code is unknown; INVALID a column that has no order. */
bool list_query_make(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
                     struct list_order order, struct list_query *out);
/* list_objection -- the id of an objection; -1: nobody ever made it. */
bool list_objection(struct cx *cx, struct db *db, struct str name, int64_t *out);

#endif
