// SPDX-License-Identifier: Apache-2.0
/* help -- the front page, the page of one command and the `help` command, all from the table of commands. */
#include "base/text.h"
#include "cli/commands.h"
#include "core/column.h"
#include "core/field.h"

enum { HELP_COLUMNS = 96, HELP_OPTION = 30 };

static size_t help_columns(const struct cli *cli) {
    int32_t columns = cli->world->columns;
    return columns > 0 && columns < HELP_COLUMNS ? (size_t)columns : columns == 0 ? 80 : HELP_COLUMNS;
}

static void put_wrapped(struct cli *cli, struct str text, size_t indent) {
    struct str lines = text_wrap(cli->cx->arena, text, help_columns(cli), indent);
    fwrite(lines.p, 1, lines.n, cli->world->out);
}

/* A name, and beside it what it is for; on the next line where the name is long. */
static void put_entry(struct cli *cli, struct str name, struct str text, size_t beside) {
    struct str lines = text_wrap(cli->cx->arena, text, help_columns(cli), beside);
    size_t taken = 2 + str_width(name);
    fprintf(cli->world->out, "  %.*s", STR_ARG(name));
    if (taken + 2 > beside)
        fprintf(cli->world->out, "\n%.*s", STR_ARG(lines));
    else
        fprintf(cli->world->out, "%*s%.*s", (int)(beside - taken), "", (int)(lines.n - beside), lines.p + beside);
}

static void put_options(struct cli *cli, const struct option_def *def) {
    for (; def != NULL && def->kind != OPTION_END; def++) {
        struct str name = cx_text(cli->cx, "--%s%s%s", def->name, def->value != NULL ? " " : "",
                                  def->value != NULL ? def->value : "");
        struct str text = catalog_text(cli->cx->arena, cli->lang, str_from(def->help), NULL, 0);
        if (def->kind == OPTION_CHOICE)
            text = cx_text(cli->cx, "%.*s (%s)", STR_ARG(text), def->choices);
        put_entry(cli, name, text, HELP_OPTION);
    }
}

static bool offers(const struct command *command, const char *choices) {
    struct option_tables tables = command_tables(command);
    for (size_t t = 0; t < OPTION_TABLES && tables.table[t] != NULL; t++) {
        for (const struct option_def *def = tables.table[t]; def->kind != OPTION_END; def++) {
            if (def->choices != NULL && str_equal(str_from(def->choices), str_from(choices)))
                return true;
        }
    }
    return false;
}

static void put_columns(struct cli *cli) {
    fputc('\n', cli->world->out);
    SAY(cli, S("cli.head_columns"));
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        struct str key = cx_text(cli->cx, "cli_column.%s", column_defs[i].name);
        put_entry(cli, str_from(column_defs[i].name), catalog_text(cli->cx->arena, cli->lang, key, NULL, 0), 21);
    }
}

static void put_fields(struct cli *cli) {
    for (int kind = 1; kind < IMPORT_KIND_END; kind++) {
        size_t n;
        const struct field_name *fields = field_table((enum import_kind)kind, &n);
        struct buf names;
        if (n == 0)
            continue;
        buf_init(&names, cli->cx->arena, 0);
        for (size_t i = 0; i < n; i++)
            buf_printf(&names, "%s%s", i > 0 ? " " : "", fields[i].name);
        if (kind == 1) {
            fputc('\n', cli->world->out);
            SAY(cli, S("cli.head_fields"));
        }
        put_entry(cli, str_from(import_kind_name((enum import_kind)kind)), buf_str(&names), 14);
    }
}

static struct str part(const struct cli *cli, const struct command *command, const char *name) {
    return catalog_text(cli->cx->arena, cli->lang, command_key(cli->cx->arena, command, name), NULL, 0);
}

static void put_indented(struct cli *cli, struct str text) {
    for (struct str rest = text, line; rest.n > 0;) {
        str_cut(rest, '\n', &line, &rest);
        fprintf(cli->world->out, "  %.*s\n", STR_ARG(line));
    }
}

void command_help(struct cli *cli, const struct command *command) {
    FILE *to = cli->world->out;
    fprintf(to, "reativa %s%s%s %.*s\n\n", command->name, command->args[0] != '\0' ? " " : "", command->args,
            STR_ARG(TEXT(cli, S("cli.options_word"))));
    for (struct str rest = part(cli, command, "about"), line; rest.n > 0;) {
        str_cut(rest, '\n', &line, &rest);
        put_wrapped(cli, line, 0);
    }
    fputc('\n', to);
    SAY(cli, S("cli.head_options"));
    struct option_tables tables = command_tables(command);
    for (size_t t = 0; t < OPTION_TABLES && tables.table[t] != NULL; t++)
        put_options(cli, tables.table[t]);
    if (offers(command, "@column"))
        put_columns(cli);
    if (offers(command, "@field"))
        put_fields(cli);
    fputc('\n', to);
    SAY(cli, S("cli.head_examples"));
    put_indented(cli, part(cli, command, "examples"));
}

void command_help_all(struct cli *cli) {
    static const char *const groups[COMMAND_GROUPS] = {"cli.group_start",   "cli.group_daily", "cli.group_rules",
                                                       "cli.group_analyst", "cli.group_care",  "cli.group_self"};
    put_wrapped(cli, TEXT(cli, S("cli.about")), 0);
    fputc('\n', cli->world->out);
    SAY(cli, S("cli.usage"));
    for (int group = 0; group < COMMAND_GROUPS; group++) {
        fputc('\n', cli->world->out);
        cli_put(cli->world->out, catalog_text(cli->cx->arena, cli->lang, str_from(groups[group]), NULL, 0));
        for (size_t i = 0; command_table[i] != NULL; i++) {
            if (command_table[i]->group == (enum command_group)group)
                put_entry(cli, str_from(command_table[i]->name), part(cli, command_table[i], "summary"), 14);
        }
    }
    fputc('\n', cli->world->out);
    SAY(cli, S("cli.head_options"));
    put_options(cli, option_db);
    put_options(cli, option_as_of);
    put_options(cli, option_format);
    put_options(cli, option_always);
    fputc('\n', cli->world->out);
    SAY(cli, S("cli.first_steps"));
}

static bool run(struct cli *cli) {
    if (cli->options->words == 0) {
        command_help_all(cli);
        return true;
    }
    const struct command *command = command_find(cli->options->word[0]);
    if (command == NULL)
        return command_unknown(cli, cli->options->word[0]);
    command_help(cli, command);
    return true;
}

const struct command command_help_of = {
    .name = "help", .group = COMMAND_SELF, .args = "[COMMAND]", .args_most = 1, .words = "@command", .run = run};
