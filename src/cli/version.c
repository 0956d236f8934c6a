// SPDX-License-Identifier: Apache-2.0
/* version -- the `version` command. */
#include "cli/commands.h"

static bool run(struct cli *cli) {
    fprintf(cli->world->out, "reativa %.*s\n", STR_ARG(cli->world->version));
    return true;
}

const struct command command_version = {.name = "version", .group = COMMAND_SELF, .args = "", .run = run};
