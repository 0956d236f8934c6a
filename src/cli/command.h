// SPDX-License-Identifier: Apache-2.0
/* command -- one record a command: help, the man page, completion, parsing and the tests all come from the table.
 *
 * A command's texts are in the catalogs under cli_<name>: `.summary` (one line), `.about` (a paragraph), `.examples`
 * (lines `command # what it is for`), and one key an option. A new command is one file with one `struct command`, its
 * line in commands.c, and its texts.
 */
#ifndef REATIVA_CLI_COMMAND_H
#define REATIVA_CLI_COMMAND_H

#include "cli/cli.h"

enum { /* which common options it takes; --lang, --quiet and --help belong to all */
       COMMAND_DB = 1,
       COMMAND_FORMAT = 2,
       COMMAND_AS_OF = 4
};
enum command_group {
    COMMAND_START = 0,
    COMMAND_DAILY,
    COMMAND_RULES,
    COMMAND_ANALYST,
    COMMAND_CARE,
    COMMAND_SELF,
    COMMAND_GROUPS
};

struct command {
    const char *name;
    enum command_group group; /* where help lists it */
    const char *args;         /* the other words: "KIND FILE..." */
    size_t args_most;         /* how many there may be; SIZE_MAX: any number */
    unsigned common;
    const struct option_def *options;      /* its own, ended by OPTION_END; NULL: none */
    const struct option_def *more_options; /* those it shares with another command; NULL: none */
    const char *words;                     /* what its first word can be, for completion; NULL: free */
    bool (*run)(struct cli *cli);
};

extern const struct command *const command_table[]; /* in the order of help; NULL ends it */

const struct command *command_find(struct str name); /* NULL: none */
/* command_unknown -- wrong usage: no such command, with the nearest one; returns false. */
bool command_unknown(struct cli *cli, struct str word);
/* command_tables -- every option the command takes. */
struct option_tables command_tables(const struct command *command);
/* command_key -- "cli_<name>.<part>". */
struct str command_key(struct arena *arena, const struct command *command, const char *part);
/* command_option_anywhere -- an option of that name of any command: the same name takes a value in all or in none. */
const struct option_def *command_option_anywhere(struct str name);
extern const struct option_def option_always[], option_db[], option_format[], option_as_of[];

/* command_help -- the page of one command; command_help_all -- the front page. */
void command_help(struct cli *cli, const struct command *command);
void command_help_all(struct cli *cli);

#endif
