// SPDX-License-Identifier: Apache-2.0
/* close -- the `close` command: write a customer off, or open it again. */
#include "app/close.h"

#include "base/text.h"
#include "cli/commands.h"

static const struct option_def options[] = {{OPTION_DAY, "on", "DATE", "cli_close.option_on", NULL},
                                            {OPTION_TEXT, "reason", "TEXT", "cli_close.option_reason", NULL},
                                            {OPTION_FLAG, "reopen", NULL, "cli_close.option_reopen", NULL},
                                            {0}};

static bool run(struct cli *cli) {
    const struct option_given *on = option_last(cli->options, "on");
    int64_t import_id;
    if (cli->options->words == 0)
        return cli_usage(cli, S("cli.word_missing"), S("CODE"));
    struct close_request request = {.code = cli->options->word[0],
                                    .on = on != NULL ? on->day : cli->world->today,
                                    .reason = option_text(cli->options, "reason"),
                                    .reopen = option_flag(cli->options, "reopen"),
                                    .now_us = cli->world->clock_us(),
                                    .who = cli->world->user};
    if (!request.reopen && request.reason.n == 0)
        return cli_usage(cli, S("cli_close.no_reason"));
    if (request.reopen && on != NULL)
        return cli_usage(cli, S("cli_close.reopen_on"));
    if (!cli_open(cli) || !close_customer(cli->cx, cli->db, &request, &import_id))
        return false;
    if (request.reopen)
        SAY(cli, S("cli_close.reopened"), request.code);
    else
        SAY(cli, S("cli_close.done"), request.code, text_day(cli->cx->arena, cli->lang, request.on));
    NOTE(cli, S("cli_close.next"), cx_text(cli->cx, "%lld", (long long)import_id), cli_db_words(cli));
    return true;
}

const struct command command_close = {.name = "close",
                                      .group = COMMAND_RULES,
                                      .args = "CODE",
                                      .args_most = 1,
                                      .common = COMMAND_DB,
                                      .options = options,
                                      .run = run};
