// SPDX-License-Identifier: Apache-2.0
/* privacy -- the `privacy` command: the states' lists of numbers that nobody may call, and erasing a customer. */
#include "app/blocks.h"
#include "app/erase.h"
#include "base/secret.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/out.h"

static const struct option_def options[] = {{OPTION_TEXT, "state", "STATE", "cli_privacy.option_state", NULL},
                                            {OPTION_DAY, "on", "DATE", "cli_privacy.option_on", NULL},
                                            {0}};

static struct str number(struct cli *cli, int64_t n) {
    return text_int(cli->cx->arena, cli->lang, n);
}

static bool block(struct cli *cli) {
    const struct option_given *on = option_last(cli->options, "on");
    struct block_list list;
    if (cli->options->words < 2)
        return cli_usage(cli, S("cli.word_missing"), S("FILE"));
    const struct blocks_wish wish = {.state = option_text(cli->options, "state"),
                                     .path = cli->options->word[1],
                                     .name = cli->options->word[1],
                                     .day = on != NULL ? on->day : cli->world->today,
                                     .who = cli->world->user,
                                     .now_us = cli->world->clock_us()};
    if (wish.state.n == 0)
        return cli_usage(cli, S("cli_privacy.no_state"));
    if (!cli_open(cli) || !blocks_put(cli->cx, cli->db, &wish, &list))
        return false;
    SAY(cli, S("cli_privacy.blocked"), list.state, number(cli, list.entries), number(cli, list.refused),
        number(cli, list.hits));
    return true;
}

static bool unblock(struct cli *cli) {
    struct str state = option_text(cli->options, "state");
    if (state.n == 0)
        return cli_usage(cli, S("cli_privacy.no_state"));
    if (!cli_open(cli) || !blocks_drop(cli->cx, cli->db, state, cli->world->user, cli->world->clock_us()))
        return false;
    SAY(cli, S("cli_privacy.unblocked"), state);
    return true;
}

static bool lists(struct cli *cli) {
    struct block_list *list;
    size_t n;
    struct out *out;
    const struct out_column columns[] = {{S("state"), TEXT(cli, S("cli_privacy.state")), OUT_TEXT, 0, false},
                                         {S("day"), TEXT(cli, S("cli_privacy.day")), OUT_DAY, 0, false},
                                         {S("entries"), TEXT(cli, S("cli_privacy.entries")), OUT_INTEGER, 0, false},
                                         {S("refused"), TEXT(cli, S("cli_privacy.refused")), OUT_INTEGER, 0, false},
                                         {S("hits"), TEXT(cli, S("cli_privacy.hits")), OUT_INTEGER, 0, false}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    if (!cli_open(cli) || !blocks_look(cli->cx, cli->db, &list, &n) ||
        !out_open(cli, cli->world->out, cli->format, columns, COLUMNS, &out))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct out_cell cells[COLUMNS] = {out_text(list[i].state), out_day(list[i].day),
                                                out_number(list[i].entries), out_number(list[i].refused),
                                                out_number(list[i].hits)};
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

static bool erase(struct cli *cli) {
    struct erase_look look;
    bool clean;
    if (cli->options->words < 2)
        return cli_usage(cli, S("cli.word_missing"), S("CODE"));
    const struct erase_wish wish = {.code = cli->options->word[1],
                                    .who = cli->world->user,
                                    .token = secret_token(cli->cx->arena),
                                    .now_us = cli->world->clock_us(),
                                    .today = cli->world->today};
    if (!cli_open(cli) || !erase_look(cli->cx, cli->db, wish.code, &look) ||
        !erase_customer(cli->cx, cli->db, &wish, &clean))
        return false;
    SAY(cli, S("cli_privacy.erased"), wish.code, number(cli, look.count.documents), number(cli, look.addresses));
    return clean || cx_fail(cli->cx, ERR_IO, S("erase.not_clean"));
}

static bool run(struct cli *cli) {
    struct str word = cli->options->words > 0 ? cli->options->word[0] : S("lists");
    if (str_equal(word, S("block")))
        return block(cli);
    if (str_equal(word, S("erase")))
        return erase(cli);
    if (cli->options->words > 1)
        return cli_usage(cli, S("cli.too_many_words"), cli->options->word[1]);
    if (str_equal(word, S("lists")))
        return lists(cli);
    return str_equal(word, S("unblock")) ? unblock(cli) : cli_usage(cli, S("cli_privacy.word"), word);
}

const struct command command_privacy = {.name = "privacy",
                                        .group = COMMAND_CARE,
                                        .args = "[lists | block FILE | unblock | erase CODE]",
                                        .args_most = 2,
                                        .common = COMMAND_DB | COMMAND_FORMAT,
                                        .options = options,
                                        .words = "lists block unblock erase",
                                        .run = run};
