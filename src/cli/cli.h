// SPDX-License-Identifier: Apache-2.0
/* cli -- one run of the program: what main.c read from outside, what the person asked for, and how to speak to them.
 *
 * Answers go to world->out, messages to world->err. No command reads the clock, the environment or the terminal
 * itself: all of that is in `struct cli_world`, so that a test can be another world.
 */
#ifndef REATIVA_CLI_CLI_H
#define REATIVA_CLI_CLI_H

#include <stdio.h>

#include "base/catalog.h"
#include "base/cx.h"
#include "base/day.h"
#include "cli/option.h"

struct db;
struct command;

struct cli_world {
    FILE *out, *err;
    bool err_terminal;
    bool colour;                            /* may the answer be coloured? */
    int32_t columns;                        /* of the terminal; 0: lines may be of any length */
    struct str db, lang, user, version;     /* REATIVA_DB; the locale's name; who runs it */
    struct str secrets;                     /* REATIVA_SECRETS: file with the key of sealed secrets */
    struct str cluster_password;            /* CLICKHOUSE_PASSWORD: of a cluster whose address holds none */
    struct day today;                       /* in local time */
    int64_t (*clock_us)(void);              /* microseconds UTC */
    int32_t (*utc_offset_s)(int64_t at_us); /* of local time at that moment */
    /* zone_take -- local time is of this zone from now on; gives today. Before any thread is made; NULL: it stays as it is. */
    struct day (*zone_take)(const char *zone);
};

enum cli_format { CLI_TABLE = 0, CLI_CSV, CLI_JSON };

struct cli {
    const struct cli_world *world;
    struct cx *cx;
    const struct command *command;
    const struct options *options;
    enum lang lang;
    enum cli_format format;
    bool quiet;
    struct day as_of; /* today when --as-of is not given */
    bool as_of_given;
    struct str db_url;
    struct db *db;      /* NULL until cli_open */
    bool db_due;        /* what is due in it is still to be done */
    struct arena *keep; /* for what outlives a use case's callback (out.h) */
};

/* cli_main -- the whole program: parses, runs the command, says what went wrong; gives the exit status. */
int cli_main(const struct cli_world *world, struct arena *arena, int argc, char **argv);

/* cli_exit_status -- 0 done, 1 failed, 2 wrong usage. */
int cli_exit_status(enum err_code code);

/* cli_open -- open the database of --db into cli->db; it is closed, and what was not committed undone, after the run. */
bool cli_open(struct cli *cli);
/* cli_anew -- where a command that makes its own database puts it; one that was opened to look for the clock is closed. */
struct db **cli_anew(struct cli *cli);

/* cli_secrets -- the file with the key of sealed secrets: of the option of that name, the environment, or the usual one. */
struct str cli_secrets(const struct cli *cli);

/* cli_folder -- of the option of that name ("backups"), or beside the database where that is a file, or where the program was started. */
struct str cli_folder(const struct cli *cli, const char *option);

/* cli_usage -- "wrong usage" with the command's own help named; returns false. Arguments as for cx_fail. */
#define cli_usage(cli, ...) cx_fail((cli)->cx, ERR_USAGE, __VA_ARGS__)

/* TEXT -- a catalog text in the person's language: TEXT(cli, S("cli.key"), arg...), arguments struct str. */
#define TEXT(cli, ...)                                                                                                 \
    cli_text((cli), (const struct str[]){__VA_ARGS__}, sizeof((const struct str[]){__VA_ARGS__}) / sizeof(struct str))
struct str cli_text(const struct cli *cli, const struct str *key_and_args, size_t n);

/* SAY -- a line of the answer; NOTE -- a line on stderr, unless --quiet. */
#define SAY(cli, ...) cli_say((cli), TEXT((cli), __VA_ARGS__))
#define NOTE(cli, ...) cli_note((cli), TEXT((cli), __VA_ARGS__))
void cli_put(FILE *to, struct str line);
void cli_say(const struct cli *cli, struct str text); /* broken at blanks where the terminal is narrower */
void cli_note(const struct cli *cli, struct str line);

/* cli_old_data -- when no --as-of was given and the newest purchase is long past: say so, and how to ask for that day. */
bool cli_old_data(struct cli *cli);

/* cli_db_shown -- the database's name with a password in it left out. */
struct str cli_db_shown(struct arena *arena, struct str url);
/* cli_db_words -- ` --db NAME` when the next command needs it to find the same database, else empty. */
struct str cli_db_words(const struct cli *cli);

#endif
