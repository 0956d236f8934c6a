// SPDX-License-Identifier: Apache-2.0
/* analyze_csv -- the CSV of many customers, written on all processors. Private to analyze.c. */
#ifndef REATIVA_CLI_ANALYZE_CSV_H
#define REATIVA_CLI_ANALYZE_CSV_H

#include "app/analyze.h"
#include "cli/cli.h"

/* analyze_csv -- the rows of a brief analysis, byte for byte as out.h would write them. IO. */
bool analyze_csv(struct cx *cx, const struct analyze *analyze, const enum column *column, size_t columns, FILE *to);

#endif
