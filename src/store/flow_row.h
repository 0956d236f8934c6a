// SPDX-License-Identifier: Apache-2.0
/* flow_row -- a month of the account as arguments of a statement; private to src/store. */
#ifndef REATIVA_STORE_FLOW_ROW_H
#define REATIVA_STORE_FLOW_ROW_H

#include "store/flow.h"
#include "store/sql.h"

enum { FLOW_CELL_ARGS = 4 + FLOW_FIGURES };

/* flow_cell_args -- for flow_add and flow_change. */
void flow_cell_args(const struct flow_cell *cell, struct sql_value out[FLOW_CELL_ARGS]);

#endif
