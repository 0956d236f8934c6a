// SPDX-License-Identifier: Apache-2.0
/* completion -- the `completion bash` command: a completion function for bash, from the table of commands.
 *
 * What it writes is complete in itself: it never runs the program. Words are those of the table and hold no character
 * that bash would read otherwise.
 */
#include "cli/commands.h"
#include "core/column.h"
#include "core/field.h"

static void put_commands(FILE *to) {
    for (size_t i = 0; command_table[i] != NULL; i++)
        fprintf(to, "%s%s", i > 0 ? " " : "", command_table[i]->name);
}

static void put_columns(FILE *to) {
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        fprintf(to, "%s%s", i > 0 ? " " : "", column_defs[i].name);
}

/* A column to sort by, upward or (with the dash) downward. */
static void put_sorts(FILE *to) {
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        if (column_defs[i].sortable)
            fprintf(to, "%s%s -%s", i > 0 ? " " : "", column_defs[i].name, column_defs[i].name);
    }
}

static void put_fields(FILE *to) {
    size_t n;
    const struct field_name *fields = field_table(IMPORT_ORDERS, &n);
    for (size_t i = 0; i < n; i++)
        fprintf(to, "%s%s=", i > 0 ? " " : "", fields[i].name);
}

/* The bash commands that fill COMPREPLY for one kind of word. */
static void put_reply(FILE *to, const char *choices) {
    struct str kind = str_from(choices);
    if (str_equal(kind, S("@file"))) {
        fputs("_reativa_files -f", to);
    } else if (str_equal(kind, S("@folder"))) {
        fputs("_reativa_files -d", to);
    } else {
        fputs("_reativa_words \"", to);
        if (str_equal(kind, S("@command")))
            put_commands(to);
        else if (str_equal(kind, S("@column")))
            put_columns(to);
        else if (str_equal(kind, S("@sort")))
            put_sorts(to);
        else if (str_equal(kind, S("@field")))
            put_fields(to);
        else
            fputs(choices, to);
        fputc('"', to);
    }
}

static void put_option_values(FILE *to, const struct command *command) {
    struct option_tables tables = command_tables(command);
    for (size_t t = 0; t < OPTION_TABLES && tables.table[t] != NULL; t++) {
        for (const struct option_def *def = tables.table[t]; def->kind != OPTION_END; def++) {
            if (def->kind == OPTION_FLAG)
                continue;
            fprintf(to, "    %s:--%s) ", command->name, def->name);
            if (def->choices != NULL)
                put_reply(to, def->choices);
            fputs(def->choices != NULL ? "; return ;;\n" : "return ;;\n", to);
        }
    }
}

static void put_option_names(FILE *to, const struct command *command) {
    struct option_tables tables = command_tables(command);
    fprintf(to, "    %s) _reativa_words \"--help", command->name);
    for (size_t t = 0; t < OPTION_TABLES && tables.table[t] != NULL; t++) {
        for (const struct option_def *def = tables.table[t]; def->kind != OPTION_END; def++)
            fprintf(to, " --%s", def->name);
    }
    fputs("\" ;;\n", to);
}

/* Has one of the first n commands an option of that name? */
static bool seen_before(size_t n, struct str name) {
    for (size_t i = 0; i < n; i++) {
        struct option_tables tables = command_tables(command_table[i]);
        if (option_find(&tables, name) != NULL)
            return true;
    }
    return false;
}

/* Every option of any command that takes a value, once. */
static void put_value_options(FILE *to) {
    for (size_t i = 0; command_table[i] != NULL; i++) {
        struct option_tables tables = command_tables(command_table[i]);
        for (size_t t = 0; t < OPTION_TABLES && tables.table[t] != NULL; t++) {
            for (const struct option_def *def = tables.table[t]; def->kind != OPTION_END; def++) {
                if (def->kind != OPTION_FLAG && !seen_before(i, str_from(def->name)))
                    fprintf(to, "|--%s", def->name);
            }
        }
    }
}

static void put_bash(FILE *to) {
    fputs("# bash completion for reativa: eval \"$(reativa completion bash)\"\n"
          "_reativa_words() { # of a comma list, the last word\n"
          "    local head=''\n"
          "    case $cur in *,*) head=${cur%,*}, ;; esac\n"
          "    mapfile -t COMPREPLY < <(compgen -P \"$head\" -W \"$1\" -- \"${cur##*,}\")\n"
          "}\n"
          "_reativa_files() {\n"
          "    compopt -o filenames 2>/dev/null\n"
          "    mapfile -t COMPREPLY < <(compgen \"$1\" -- \"$cur\")\n"
          "}\n"
          "_reativa() {\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' words=0 at\n"
          "    COMPREPLY=()\n"
          "    if [ \"$cur\" = = ]; then cur=''\n"
          "    elif [ \"$prev\" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}\n"
          "    fi\n"
          "    for ((at = 1; at < COMP_CWORD; at++)); do\n"
          "        case ${COMP_WORDS[at]} in\n"
          "        ''",
          to);
    put_value_options(to);
    fputs(")\n"
          "            at=$((at + 1))\n"
          "            [ \"${COMP_WORDS[at]-}\" != = ] || at=$((at + 1)) ;;\n"
          "        -*) ;;\n"
          "        *) if [ -z \"$command\" ]; then command=${COMP_WORDS[at]}; else words=$((words + 1)); fi ;;\n"
          "        esac\n"
          "    done\n"
          "    case $command:$prev in\n",
          to);
    for (size_t i = 0; command_table[i] != NULL; i++)
        put_option_values(to, command_table[i]);
    fputs("    esac\n"
          "    case $cur in -*)\n"
          "    case $command in\n",
          to);
    for (size_t i = 0; command_table[i] != NULL; i++)
        put_option_names(to, command_table[i]);
    fputs("    *) _reativa_words \"--help --version --db --lang --quiet\" ;;\n"
          "    esac\n"
          "    return ;;\n"
          "    esac\n"
          "    case $command:$words in\n"
          "    :*) ",
          to);
    put_reply(to, "@command");
    fputs(" ;;\n", to);
    for (size_t i = 0; command_table[i] != NULL; i++) {
        if (command_table[i]->words != NULL) {
            fprintf(to, "    %s:0) ", command_table[i]->name);
            put_reply(to, command_table[i]->words);
            fputs(" ;;\n", to);
        }
    }
    fputs("    import:*) _reativa_files -f ;;\n"
          "    esac\n"
          "}\n"
          "complete -F _reativa reativa\n",
          to);
}

static bool run(struct cli *cli) {
    struct str shell = cli->options->words > 0 ? cli->options->word[0] : (struct str){0};
    if (!str_equal(shell, S("bash")))
        return cli_usage(cli, S("cli_completion.bash_only"));
    put_bash(cli->world->out);
    return true;
}

const struct command command_completion = {
    .name = "completion", .group = COMMAND_SELF, .args = "bash", .args_most = 1, .words = "bash", .run = run};
