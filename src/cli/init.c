// SPDX-License-Identifier: Apache-2.0
/* init -- the `init` command: make a database, or bring an older one up to date. */
#include "app/admin.h"
#include "cli/commands.h"

static bool run(struct cli *cli) {
    if (!admin_make(cli->cx, cli->db_url, cli_anew(cli)))
        return false;
    SAY(cli, S("cli_init.done"), cli_db_shown(cli->cx->arena, cli->db_url));
    NOTE(cli, S("cli_init.next"), cli_db_words(cli));
    return true;
}

const struct command command_init = {
    .name = "init", .group = COMMAND_START, .args = "", .common = COMMAND_DB, .run = run};
