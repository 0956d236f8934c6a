// SPDX-License-Identifier: Apache-2.0
/* restore -- the `restore` command: a new database from a backup; never over one that holds anything. */
#include "app/admin.h"
#include "cli/commands.h"

static bool run(struct cli *cli) {
    if (cli->options->words == 0)
        return cli_usage(cli, S("cli.word_missing"), S("FILE"));
    if (!admin_restore(cli->cx, cli->db_url, cli->options->word[0], cli_anew(cli)))
        return false;
    SAY(cli, S("cli_restore.done"), cli_db_shown(cli->cx->arena, cli->db_url), cli->options->word[0]);
    NOTE(cli, S("cli_restore.next"), cli_db_words(cli));
    return true;
}

const struct command command_restore = {.name = "restore",
                                        .group = COMMAND_CARE,
                                        .args = "FILE",
                                        .args_most = 1,
                                        .common = COMMAND_DB,
                                        .words = "@file",
                                        .run = run};
