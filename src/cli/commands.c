// SPDX-License-Identifier: Apache-2.0
/* commands -- the table of commands, and the options that they share. Must hold no logic of a command. */
#include "cli/commands.h"

#include "cli/command.h"

const struct command *const command_table[] = {
    &command_init,   &command_demo,    &command_import,  &command_score,      &command_list,    &command_show,
    &command_serve,  &command_flow,    &command_export,  &command_cycle,      &command_policy,  &command_backtest,
    &command_model,  &command_analyze, &command_close,   &command_user,       &command_token,   &command_imports,
    &command_undo,   &command_backup,  &command_restore, &command_verify,     &command_jobs,    &command_privacy,
    &command_reader, &command_help_of, &command_man,     &command_completion, &command_version, NULL};

const struct option_def option_always[] = {{OPTION_CHOICE, "lang", "LANG", "cli.option_lang", "pt-BR en"},
                                           {OPTION_FLAG, "quiet", NULL, "cli.option_quiet", NULL},
                                           {0}};
const struct option_def option_db[] = {{OPTION_TEXT, "db", "DATABASE", "cli.option_db", "@file"}, {0}};
const struct option_def option_format[] = {{OPTION_CHOICE, "format", "FORMAT", "cli.option_format", "table csv json"},
                                           {0}};
const struct option_def option_as_of[] = {{OPTION_DAY, "as-of", "DATE", "cli.option_as_of", NULL}, {0}};

const struct command *command_find(struct str name) {
    for (size_t i = 0; command_table[i] != NULL; i++) {
        if (str_equal(str_from(command_table[i]->name), name))
            return command_table[i];
    }
    return NULL;
}

struct option_tables command_tables(const struct command *command) {
    struct option_tables out = {0};
    size_t n = 0;
    if (command->options != NULL)
        out.table[n++] = command->options;
    if (command->more_options != NULL)
        out.table[n++] = command->more_options;
    if (command->common & COMMAND_DB)
        out.table[n++] = option_db;
    if (command->common & COMMAND_FORMAT)
        out.table[n++] = option_format;
    if (command->common & COMMAND_AS_OF)
        out.table[n++] = option_as_of;
    out.table[n] = option_always;
    return out;
}

struct str command_key(struct arena *arena, const struct command *command, const char *part) {
    struct buf key;
    buf_init(&key, arena, 0);
    buf_printf(&key, "cli_%s.%s", command->name, part);
    return buf_str(&key);
}

const struct option_def *command_option_anywhere(struct str name) {
    for (size_t i = 0; command_table[i] != NULL; i++) {
        struct option_tables tables = command_tables(command_table[i]);
        const struct option_def *def = option_find(&tables, name);
        if (def != NULL)
            return def;
    }
    return NULL;
}

bool command_unknown(struct cli *cli, struct str word) {
    struct str names[64];
    size_t n = 0;
    for (; command_table[n] != NULL && n < 64; n++)
        names[n] = str_from(command_table[n]->name);
    struct str meant = nearest(word, names, n);
    if (meant.n > 0)
        return cli_usage(cli, S("cli.unknown_command_near"), word, meant);
    return cli_usage(cli, S("cli.unknown_command"), word);
}
