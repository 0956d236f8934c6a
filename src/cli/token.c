// SPDX-License-Identifier: Apache-2.0
/* token -- the `token` command: what other programs sign in with. */
#include "app/tokens.h"

#include "app/admin.h"
#include "base/decimal.h"
#include "base/secret.h"
#include "cli/commands.h"
#include "cli/out.h"

static const struct option_def options[] = {{OPTION_TEXT, "name", "NAME", "cli_token.option_name", NULL},
                                            {OPTION_TEXT, "grants", "RIGHT,...", "cli_token.option_grants", NULL},
                                            {OPTION_NUMBER, "days", "N", "cli_token.option_days", NULL},
                                            {OPTION_NUMBER, "rate", "N", "cli_token.option_rate", NULL},
                                            {0}};

static bool add(struct cli *cli, struct str login) {
    struct str given = option_text(cli->options, "grants"), bad, secret;
    struct tokens_wish wish = {.login = login,
                               .name = option_text(cli->options, "name"),
                               .days = option_number(cli->options, "days", 0),
                               .rate = option_number(cli->options, "rate", 0),
                               .who = cli->world->user,
                               .now_us = cli->world->clock_us()};
    struct token token;
    unsigned all;
    (void)grant_parse_set(S("all"), &all, &bad);
    if (!grant_parse_set(given, &wish.grants, &bad))
        return cli_usage(cli, S("cli.unknown_choice"), S("--grants"), bad, grant_set_text(cli->cx->arena, all));
    if (wish.grants == 0)
        return cli_usage(cli, S("cli_token.no_grants"), grant_set_text(cli->cx->arena, all));
    if (wish.name.n == 0)
        wish.name = login;
    if (!cli_open(cli) || !tokens_make(cli->cx, cli->db, &wish, &token, &secret))
        return false;
    SAY(cli, S("cli_token.added"), token.name, token.login, token.grants);
    NOTE(cli, S("cli_token.once"));
    fprintf(cli->world->out, "%.*s\n", STR_ARG(secret));
    return true;
}

static bool list(struct cli *cli) {
    struct token *token;
    size_t n;
    struct out *out;
    const struct out_column columns[] = {{S("id"), S("#"), OUT_INTEGER, 0, false},
                                         {S("name"), TEXT(cli, S("cli_token.column_name")), OUT_TEXT, 0, false},
                                         {S("owner"), TEXT(cli, S("cli_token.column_owner")), OUT_TEXT, 0, false},
                                         {S("grants"), TEXT(cli, S("cli_token.column_grants")), OUT_TEXT, 0, false},
                                         {S("rate"), TEXT(cli, S("cli_token.column_rate")), OUT_INTEGER, 0, false},
                                         {S("made"), TEXT(cli, S("cli_token.column_made")), OUT_MOMENT, 0, false},
                                         {S("last_used"), TEXT(cli, S("cli_token.column_seen")), OUT_MOMENT, 0, false},
                                         {S("expires"), TEXT(cli, S("cli_token.column_expires")), OUT_MOMENT, 0, false},
                                         {S("ended"), TEXT(cli, S("cli_token.column_ended")), OUT_MOMENT, 0, false}};
    enum { COLUMNS = sizeof columns / sizeof *columns, MOMENTS = 4 };
    if (!cli_open(cli) || !tokens_list(cli->cx, cli->db, 0, &token, &n) ||
        !out_open(cli, cli->world->out, cli->format, columns, COLUMNS, &out))
        return false;
    for (size_t i = 0; i < n; i++) {
        const int64_t moment[MOMENTS] = {token[i].made_us, token[i].seen_us, token[i].expires_us, token[i].retired_us};
        struct out_cell cells[COLUMNS] = {out_number(token[i].id), out_text(token[i].name), out_text(token[i].login),
                                          out_text(token[i].grants), out_number(token[i].rate)};
        for (size_t k = 0; k < MOMENTS; k++) {
            cells[COLUMNS - MOMENTS + k] = out_number(moment[k]);
            cells[COLUMNS - MOMENTS + k].absent = moment[k] == 0;
        }
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

static bool end(struct cli *cli, struct str number) {
    int64_t id;
    if (decimal_read(number, DECIMAL_POINT, 0, &id, NULL) != DECIMAL_OK)
        return cli_usage(cli, S("cli_token.no_number"), number);
    if (!cli_open(cli) || !tokens_end(cli->cx, cli->db, id, NULL, cli->world->user, cli->world->clock_us()))
        return false;
    SAY(cli, S("cli_token.ended"), number);
    return true;
}

static bool run(struct cli *cli) {
    struct str what = cli->options->words > 0 ? cli->options->word[0] : (struct str){0};
    struct str word = cli->options->words > 1 ? cli->options->word[1] : (struct str){0};
    if (!secret_ready())
        return cx_fail(cli->cx, ERR_IO, S("web.no_chance"));
    if (str_equal(what, S("list")))
        return list(cli);
    if (!str_equal(what, S("add")) && !str_equal(what, S("end")))
        return cli_usage(cli, S("cli_token.what"));
    if (word.n == 0)
        return cli_usage(cli, S("cli.word_missing"), str_equal(what, S("add")) ? S("LOGIN") : S("NUMBER"));
    return str_equal(what, S("add")) ? add(cli, word) : end(cli, word);
}

const struct command command_token = {.name = "token",
                                      .group = COMMAND_CARE,
                                      .args = "add LOGIN|list|end NUMBER",
                                      .args_most = 2,
                                      .common = COMMAND_DB | COMMAND_FORMAT,
                                      .options = options,
                                      .words = "add list end",
                                      .run = run};
