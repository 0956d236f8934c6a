// SPDX-License-Identifier: Apache-2.0
/* backup -- the `backup` command: a consistent copy while the database is in use. */
#include "app/admin.h"
#include "cli/commands.h"

static bool run(struct cli *cli) {
    if (cli->options->words == 0)
        return cli_usage(cli, S("cli.word_missing"), S("FILE"));
    if (!cli_open(cli) || !admin_backup(cli->cx, cli->db, cli->options->word[0]))
        return false;
    SAY(cli, S("cli_backup.done"), cli->options->word[0]);
    NOTE(cli, S("cli_backup.next"), cli->options->word[0]);
    return true;
}

const struct command command_backup = {.name = "backup",
                                       .group = COMMAND_CARE,
                                       .args = "FILE",
                                       .args_most = 1,
                                       .common = COMMAND_DB,
                                       .words = "@file",
                                       .run = run};
