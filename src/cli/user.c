// SPDX-License-Identifier: Apache-2.0
/* user -- the `user` command: who may sign in. The first administrator comes from here. */
#include "app/users.h"

#include <stdlib.h>

#include "app/admin.h"
#include "app/signin.h"
#include "base/secret.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/out.h"

static const struct option_def options[] = {
    {OPTION_CHOICE, "role", "ROLE", "cli_user.option_role", "rep agent manager admin"},
    {OPTION_TEXT, "name", "NAME", "cli_user.option_name", NULL},
    {OPTION_TEXT, "rep", "CODE", "cli_user.option_rep", NULL},
    {OPTION_TEXT, "email", "ADDRESS", "cli_user.option_email", NULL},
    {OPTION_TEXT, "address", "URL", "cli_user.option_address", NULL},
    {OPTION_FLAG, "second-factor", NULL, "cli_user.option_second_factor", NULL},
    {OPTION_FLAG, "lost-phone", NULL, "cli_user.option_lost_phone", NULL},
    {0}};

/* A link that signs in once: how a user gets to set the first password. */
static bool link_say(struct cli *cli, const struct user *user) {
    struct str link, address = option_text(cli->options, "address");
    if (!signin_link_make(cli->cx, cli->db, user, cli->world->user, cli->world->clock_us(), &link))
        return false;
    SAY(cli, S("cli_user.link"), user->login,
        cx_text(cli->cx, "%.*s/signin/link?link=%.*s", STR_ARG(address.n > 0 ? address : S("http://127.0.0.1:8080")),
                STR_ARG(link)));
    return true;
}

static bool add(struct cli *cli, struct str login) {
    struct users_wish wish = {.login = login,
                              .name = option_text(cli->options, "name"),
                              .email = option_text(cli->options, "email"),
                              .rep = option_text(cli->options, "rep"),
                              .must_totp = option_flag(cli->options, "second-factor"),
                              .who = cli->world->user,
                              .now_us = cli->world->clock_us()};
    struct user user;
    if (wish.name.n == 0)
        wish.name = login;
    if (!role_parse(option_text(cli->options, "role"), &wish.role))
        return cli_usage(cli, S("cli_user.no_role"));
    if (!cli_open(cli) || !users_put(cli->cx, cli->db, &wish, &user))
        return false;
    SAY(cli, S("cli_user.added"), user.login);
    return link_say(cli, &user);
}

/* The way back for the one administrator whose phone is gone; others are helped on the page of users. */
static bool link_again(struct cli *cli, struct str login) {
    struct user user;
    const struct signin_from from = {.now_us = cli->world->clock_us()};
    if (!cli_open(cli) || !users_find_login(cli->cx, cli->db, login, &user))
        return false;
    if (option_flag(cli->options, "lost-phone") && user.totp.n > 0 &&
        !users_totp_off(cli->cx, cli->db, &user, NULL, cli->world->user, &from))
        return false;
    return link_say(cli, &user);
}

static bool list(struct cli *cli) {
    struct user *user;
    size_t n;
    struct out *out;
    const struct out_column columns[] = {{S("login"), TEXT(cli, S("cli_user.column_login")), OUT_TEXT, 0, false},
                                         {S("name"), TEXT(cli, S("cli_user.column_name")), OUT_TEXT, 0, false},
                                         {S("role"), TEXT(cli, S("cli_user.column_role")), OUT_WORD, 0, false},
                                         {S("rep"), TEXT(cli, S("cli_user.column_rep")), OUT_TEXT, 0, false},
                                         {S("email"), TEXT(cli, S("cli_user.column_email")), OUT_TEXT, 0, false},
                                         {S("retired"), TEXT(cli, S("cli_user.column_retired")), OUT_MOMENT, 0, false}};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    if (!cli_open(cli) || !users_list(cli->cx, cli->db, &user, &n) ||
        !out_open(cli, cli->world->out, cli->format, columns, COLUMNS, &out))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct str role = str_from(role_name(user[i].role));
        struct out_cell cells[COLUMNS] = {
            out_text(user[i].login),
            out_text(user[i].name),
            out_word(role, TEXT(cli, cx_text(cli->cx, "role.%.*s", STR_ARG(role))), OUT_PLAIN),
            out_text(user[i].rep),
            out_text(user[i].email),
            out_number(user[i].retired_us)};
        cells[COLUMNS - 1].absent = user[i].retired_us == 0;
        if (!out_row(out, cells))
            return false;
    }
    return out_close(out);
}

static bool run(struct cli *cli) {
    struct str what = cli->options->words > 0 ? cli->options->word[0] : (struct str){0};
    struct str login = cli->options->words > 1 ? cli->options->word[1] : (struct str){0};
    if (!secret_ready())
        return cx_fail(cli->cx, ERR_IO, S("web.no_chance"));
    if (str_equal(what, S("list")))
        return list(cli);
    if (!str_equal(what, S("add")) && !str_equal(what, S("link")))
        return cli_usage(cli, S("cli_user.what"));
    if (login.n == 0)
        return cli_usage(cli, S("cli.word_missing"), S("LOGIN"));
    if (str_equal(what, S("add")))
        return add(cli, login);
    return link_again(cli, login);
}

const struct command command_user = {.name = "user",
                                     .group = COMMAND_CARE,
                                     .args = "add|link|list [LOGIN]",
                                     .args_most = 2,
                                     .common = COMMAND_DB | COMMAND_FORMAT,
                                     .options = options,
                                     .words = "add link list",
                                     .run = run};
