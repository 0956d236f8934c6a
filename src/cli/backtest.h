// SPDX-License-Identifier: Apache-2.0
/* backtest -- what the files of the `backtest` command share. Private to cli/backtest*.c. */
#ifndef REATIVA_CLI_BACKTEST_H
#define REATIVA_CLI_BACKTEST_H

#include "app/backtest.h"
#include "cli/cli.h"

/* backtest_label -- a candidate in the words of the language, with what the program chose and whether it is in force. */
struct str backtest_label(const struct cli *cli, const struct backtest_row *row);

/* backtest_figure -- three places, as in the table; backtest_difference -- four: differences are small. */
struct str backtest_figure(const struct cli *cli, double v);
struct str backtest_difference(const struct cli *cli, double v);

bool backtest_write_table(struct cli *cli, const struct backtest_report *report);
bool backtest_write_csv(struct cli *cli, const struct backtest_report *report);
bool backtest_write_json(struct cli *cli, const struct backtest_report *report);
/* backtest_record -- what was kept each month. */
bool backtest_record(struct cli *cli);
/* backtest_draw -- how often what was said came true, for one candidate. */
void backtest_draw(struct cli *cli, const struct backtest_row *row);

#endif
