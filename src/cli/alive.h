// SPDX-License-Identifier: Apache-2.0
/* alive -- what a rule of chances knows of leaving, and where another rule stands in for it: for `score` and `policy`. */
#ifndef REATIVA_CLI_ALIVE_H
#define REATIVA_CLI_ALIVE_H

#include "app/score.h"
#include "cli/json.h"

/* alive_say -- in lines; nothing where no rule asks for chances. */
void alive_say(struct cli *cli, const struct score_run *run);
/* alive_json -- the fits as an array; no member where no rule asks for chances. */
void alive_json(struct json *json, const char *name, struct cli *cli, const struct score_run *run);

#endif
