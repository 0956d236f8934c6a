// SPDX-License-Identifier: Apache-2.0
/* reader -- the `reader` command: accounts of the PostgreSQL server that read the views and nothing else. */
#include "app/admin.h"
#include "app/readers.h"
#include "base/secret.h"
#include "cli/commands.h"
#include "cli/out.h"

static bool add(struct cli *cli, const struct readers_wish *wish) {
    struct str secret;
    bool renewed;
    if (!cli_open(cli) || !readers_put(cli->cx, cli->db, wish, &secret, &renewed))
        return false;
    SAY(cli, renewed ? S("cli_reader.renewed") : S("cli_reader.added"), wish->name);
    NOTE(cli, S("cli_reader.once"));
    fprintf(cli->world->out, "%.*s\n", STR_ARG(secret));
    return true;
}

static bool list(struct cli *cli) {
    const struct out_column columns[] = {{S("name"), TEXT(cli, S("cli_reader.column_name")), OUT_TEXT, 0, false},
                                         {S("views"), TEXT(cli, S("cli_reader.column_views")), OUT_INTEGER, 0, false},
                                         {S("all"), TEXT(cli, S("cli_reader.column_all")), OUT_TEXT, 0, false}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    struct readers_one *one;
    struct out *out;
    size_t n;
    if (!cli_open(cli) || !readers_list(cli->cx, cli->db, &one, &n) ||
        !out_open(cli, cli->world->out, cli->format, columns, COLUMNS, &out))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct out_cell cells[COLUMNS] = {out_text(one[i].name), out_number(one[i].views),
                                                out_text(one[i].whole ? S("yes") : S("no"))};
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

static bool run(struct cli *cli) {
    struct str what = cli->options->words > 0 ? cli->options->word[0] : (struct str){0};
    const struct readers_wish wish = {.name = cli->options->words > 1 ? cli->options->word[1] : (struct str){0},
                                      .who = cli->world->user,
                                      .now_us = cli->world->clock_us()};
    if (!secret_ready())
        return cx_fail(cli->cx, ERR_IO, S("web.no_chance"));
    if (str_equal(what, S("list")))
        return list(cli);
    if (!str_equal(what, S("add")) && !str_equal(what, S("remove")))
        return cli_usage(cli, S("cli_reader.what"));
    if (wish.name.n == 0)
        return cli_usage(cli, S("cli.word_missing"), S("NAME"));
    if (str_equal(what, S("add")))
        return add(cli, &wish);
    if (!cli_open(cli) || !readers_remove(cli->cx, cli->db, &wish))
        return false;
    SAY(cli, S("cli_reader.removed"), wish.name);
    return true;
}

const struct command command_reader = {.name = "reader",
                                       .group = COMMAND_CARE,
                                       .args = "add NAME|list|remove NAME",
                                       .args_most = 2,
                                       .common = COMMAND_DB | COMMAND_FORMAT,
                                       .words = "add list remove",
                                       .run = run};
