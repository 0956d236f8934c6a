// SPDX-License-Identifier: Apache-2.0
/* analyze_cluster -- `analyze clickhouse://...`: the same numbers, worked out where the orders are. Private to src/cli. */
#ifndef REATIVA_CLI_ANALYZE_CLUSTER_H
#define REATIVA_CLI_ANALYZE_CLUSTER_H

#include "cli/cli.h"

extern const struct option_def analyze_cluster_options[];

/* analyze_options_belong -- usage: an option of files with a cluster, or the other way round. */
bool analyze_options_belong(struct cli *cli);
/* analyze_is_cluster -- is this word an address of a cluster rather than a file? */
bool analyze_is_cluster(struct str word);
bool analyze_cluster(struct cli *cli, struct str url);

#endif
