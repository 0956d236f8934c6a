// SPDX-License-Identifier: Apache-2.0
/* gateway_rows -- a row of the statement gateway_name_list, which others ask together with theirs; within the store.
 */
#ifndef REATIVA_STORE_GATEWAY_ROWS_H
#define REATIVA_STORE_GATEWAY_ROWS_H

#include "store/gateway.h"
#include "store/rows.h"

struct gateway_name gateway_name_at(struct cx *cx, struct sql_rows *rows);

#endif
