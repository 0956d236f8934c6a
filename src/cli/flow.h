// SPDX-License-Identifier: Apache-2.0
/* flow -- the account of customers by month as rows; for `flow` and `export flow`. */
#ifndef REATIVA_CLI_FLOW_H
#define REATIVA_CLI_FLOW_H

#include "app/flow.h"
#include "cli/out.h"

/* flow_read -- --by month, --by rep, --by month,rep: month is always there, at most one group beside it. */
bool flow_read(struct cli *cli, enum flow_by *out);
/* flow_write -- the last --months months (all when not given). */
bool flow_write(struct cli *cli, enum flow_by by, FILE *to, enum cli_format format);

/* group_parse -- "rep", "segment" ...: false when it is none; group_shown -- its code, or "(none)" in a table. */
bool group_parse(struct str name, enum flow_by *out);
struct out_cell group_cell(const struct cli *cli, struct str group);
/* group_column -- the first column of a table by that group. */
struct out_column group_column(const struct cli *cli, enum flow_by by);

#endif
