// SPDX-License-Identifier: Apache-2.0
/* foretold -- what foretells, and why it was chosen: sentences and JSON that `score`, `show` and `list` share. */
#ifndef REATIVA_CLI_FORETOLD_H
#define REATIVA_CLI_FORETOLD_H

#include "app/score.h"
#include "cli/json.h"

/* foretold_word -- "the MBG/CNBD-k mixture (mixk)". */
struct str foretold_word(const struct cli *cli, enum forecast_method method);
/* foretold_by -- which model says so, and since when it was learnt; "" when nothing is foretold. */
struct str foretold_by(const struct cli *cli, const struct forecast_kept *kept);
/* foretold_nothing -- why nothing is foretold of anybody; "" when it is. asked: "auto", "none", a method's name. */
struct str foretold_nothing(const struct cli *cli, struct str asked, const struct forecast_kept *kept);

/* foretold_say -- in lines: what was chosen, why, and what to beware of. */
void foretold_say(struct cli *cli, struct str asked, const struct forecast_kept *kept);
/* foretold_json -- the same as the member `name`. */
void foretold_json(struct json *json, const char *name, struct str asked, const struct forecast_kept *kept);

#endif
