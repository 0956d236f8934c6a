// SPDX-License-Identifier: Apache-2.0
/* list_recall -- a page of a list, worked out or remembered; private to src/store. */
#ifndef REATIVA_STORE_LIST_RECALL_H
#define REATIVA_STORE_LIST_RECALL_H

#include "store/list.h"

/* list_page_make -- list_page, worked out now. */
bool list_page_make(struct cx *cx, struct db *db, const struct score_run *run, const struct list_filter *filter,
                    struct list_order order, const struct list_from *from, int64_t limit, list_visit *visit,
                    void *owner, struct list_totals *totals);

#endif
