// SPDX-License-Identifier: Apache-2.0
/* man -- the `man` command: the manual page reativa(1) as roff, from the table of commands and the catalogs.
 *
 * Every text is escaped: a line of ours must never become a request of roff's.
 */
#include "cli/commands.h"
#include "core/column.h"

static void put_roff(FILE *to, struct str s) {
    bool begin = true;
    for (size_t i = 0; i < s.n; i++) {
        if (begin && (s.p[i] == '.' || s.p[i] == '\''))
            fputs("\\&", to);
        begin = s.p[i] == '\n';
        if (s.p[i] == '\\')
            fputs("\\e", to);
        else if (s.p[i] == '-')
            fputs("\\-", to);
        else
            fputc(s.p[i], to);
    }
    fputc('\n', to);
}

static struct str part(const struct cli *cli, const struct command *command, const char *name) {
    return catalog_text(cli->cx->arena, cli->lang, command_key(cli->cx->arena, command, name), NULL, 0);
}

static void put_options(struct cli *cli, const struct option_def *def) {
    FILE *to = cli->world->out;
    for (; def != NULL && def->kind != OPTION_END; def++) {
        fprintf(to, ".TP\n.B \\-\\-");
        put_roff(to, cx_text(cli->cx, "%s%s%s", def->name, def->value != NULL ? " " : "",
                             def->value != NULL ? def->value : ""));
        put_roff(to, catalog_text(cli->cx->arena, cli->lang, str_from(def->help), NULL, 0));
        if (def->kind == OPTION_CHOICE)
            put_roff(to, cx_text(cli->cx, "(%s)", def->choices));
    }
}

static void put_heading(struct cli *cli, const char *request, struct str text) {
    fprintf(cli->world->out, ".%s \"", request);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            fputs("\\(dq", cli->world->out);
        else
            fputc(text.p[i], cli->world->out);
    }
    fputs("\"\n", cli->world->out);
}

static void put_command(struct cli *cli, const struct command *command) {
    FILE *to = cli->world->out;
    put_heading(cli, "SS", cx_text(cli->cx, "%s %s", command->name, command->args));
    put_roff(to, part(cli, command, "about"));
    put_options(cli, command->options);
    /* Those of a list stand once, under list. */
    if (command->more_options != NULL)
        put_roff(to, TEXT(cli, S("cli_man.more_options")));
    fputs(".PP\n.nf\n", to);
    put_roff(to, part(cli, command, "examples"));
    fputs(".fi\n", to);
}

static void put_table(struct cli *cli, struct str head, const char *const *name, size_t n, const char *noun) {
    put_heading(cli, "SH", head);
    for (size_t i = 0; i < n; i++) {
        struct str lower = str_lower(cli->cx->arena, str_from(name[i]));
        struct str key = cx_text(cli->cx, "%s.%.*s", noun, STR_ARG(lower));
        fputs(".TP\n.B ", cli->world->out);
        put_roff(cli->world->out, str_from(name[i]));
        put_roff(cli->world->out, catalog_text(cli->cx->arena, cli->lang, key, NULL, 0));
    }
}

static void put_rest(struct cli *cli) {
    static const char *const variables[] = {"REATIVA_DB", "REATIVA_SECRETS", "REATIVA_TODAY",
                                            "LC_ALL",     "NO_COLOR",        "COLUMNS"};
    static const char *const statuses[] = {"0", "1", "2"};
    const char *columns[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        columns[i] = column_defs[i].name;
    put_table(cli, TEXT(cli, S("cli_man.columns")), columns, COLUMN_COUNT, "cli_column");
    put_table(cli, TEXT(cli, S("cli_man.environment")), variables, sizeof variables / sizeof variables[0],
              "cli_environment");
    put_table(cli, TEXT(cli, S("cli_man.exit_status")), statuses, 3, "cli_exit");
}

static bool run(struct cli *cli) {
    FILE *to = cli->world->out;
    fprintf(to, ".TH REATIVA 1 \"\" \"reativa %.*s\"\n", STR_ARG(cli->world->version));
    put_heading(cli, "SH", TEXT(cli, S("cli_man.name")));
    put_roff(to, TEXT(cli, S("cli_man.name_is")));
    put_heading(cli, "SH", TEXT(cli, S("cli_man.synopsis")));
    put_roff(to, S("reativa COMMAND [WORDS] [OPTIONS]"));
    put_heading(cli, "SH", TEXT(cli, S("cli_man.description")));
    put_roff(to, TEXT(cli, S("cli.about")));
    put_heading(cli, "SH", TEXT(cli, S("cli_man.common")));
    put_options(cli, option_db);
    put_options(cli, option_as_of);
    put_options(cli, option_format);
    put_options(cli, option_always);
    put_heading(cli, "SH", TEXT(cli, S("cli_man.commands")));
    for (size_t i = 0; command_table[i] != NULL; i++)
        put_command(cli, command_table[i]);
    put_rest(cli);
    return true;
}

const struct command command_man = {.name = "man", .group = COMMAND_SELF, .args = "", .run = run};
