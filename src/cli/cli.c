// SPDX-License-Identifier: Apache-2.0
/* cli -- see cli.h. From the words of the command line to a command's run, and from its error to a sentence.
 *
 * The command is the first word that is no option and no option's value, wherever it stands. It must not know what any
 * command does.
 */
#include "cli/cli.h"

#include "app/admin.h"
#include "app/score.h"
#include "app/transfers.h"
#include "app/zone.h"
#include "base/buf.h"
#include "base/seal.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/out.h"

enum { OLD_DATA_DAYS = 45 };

/* -- speaking ---------------------------------------------------------------------------------------------------- */

/* A database's or the system's own words help whoever repairs it; for the other codes the sentence says all. */
static bool shows_detail(enum err_code code) {
    return code == ERR_DB || code == ERR_IO || code == ERR_BUG;
}

static void say_error(const struct cli *cli, const struct err *err) {
    FILE *to = cli->world->err;
    struct str text = catalog_error(cli->cx->arena, cli->lang, err);
    fprintf(to, "reativa: %.*s", STR_ARG(text));
    if (shows_detail(err->code) && err->detail[0] != '\0') {
        struct str detail = text_clean(cli->cx->arena, str_from(err->detail));
        fprintf(to, " (%.*s)", STR_ARG(detail));
    }
    fputc('\n', to);
    if (err->code == ERR_USAGE && cli->command != NULL)
        cli_put(to, TEXT(cli, S("cli.see_help"), str_from(cli->command->name)));
}

/* -- the database ------------------------------------------------------------------------------------------------ */

/* Who opens the database on the day of a transfer, or after it, first does what is due, whatever was asked for. */
static bool due_do(struct cli *cli) {
    int64_t now_us = cli->world->clock_us();
    struct day today = {(int32_t)((now_us / 1000000 + cli->world->utc_offset_s(now_us)) / 86400)};
    size_t done;
    return transfers_due(cli->cx, cli->db, today, now_us, &done);
}

struct str cli_secrets(const struct cli *cli) {
    struct str given = option_text(cli->options, "secrets");
    return seal_file(cli->cx->arena, given.n > 0 ? given : cli->world->secrets, cli->db_url);
}

struct str cli_folder(const struct cli *cli, const char *option) {
    struct str given = option_text(cli->options, option);
    bool server = admin_is_server(cli->db_url);
    return given.n > 0 ? given
           : server    ? cx_text(cli->cx, "%s.%s", "reativa", option)
                       : cx_text(cli->cx, "%.*s.%s", STR_ARG(cli->db_url), option);
}

bool cli_open(struct cli *cli) {
    if (cli->db != NULL && !cli->db_due)
        return true;
    cli->db_due = false;
    return (cli->db != NULL || admin_open(cli->cx, cli->db_url, &cli->db)) && due_do(cli);
}

struct db **cli_anew(struct cli *cli) {
    admin_close(cli->db);
    cli->db = NULL;
    cli->db_due = false;
    return &cli->db;
}

/* The company's clock rules before the command runs: what day it is hangs on it. Where there is no database, or none that opens, the command
 * itself will say so. */
static void zone_look(struct cli *cli) {
    struct str zone = {0};
    if (cli->world->zone_take == NULL)
        return;
    cli->db_due = admin_open(cli->cx, cli->db_url, &cli->db) && zone_read(cli->cx, cli->db, &zone);
    if (!cli->db_due) {
        admin_close(cli->db);
        cli->db = NULL;
    }
    cx_clear(cli->cx);
    if (zone.n == 0)
        return;
    struct cli_world *world = arena_new(cli->keep, struct cli_world, 1);
    *world = *cli->world;
    world->today = world->zone_take(str_terminated(cli->keep, zone));
    cli->world = world;
    cli->as_of = cli->as_of_given ? cli->as_of : world->today;
}

struct str cli_db_shown(struct arena *arena, struct str url) {
    struct str scheme = {0};
    for (size_t at = 0; at + 3 <= url.n && scheme.n == 0; at++) {
        if (str_starts((struct str){url.p + at, url.n - at}, S("://")))
            scheme = (struct str){url.p, at + 3};
    }
    struct str rest = {url.p + scheme.n, url.n - scheme.n}, login, host, user, password;
    if (scheme.n == 0 || !str_cut(rest, '@', &login, &host) || !str_cut(login, ':', &user, &password))
        return url;
    struct buf out;
    buf_init(&out, arena, 0);
    buf_printf(&out, "%.*s%.*s:***@%.*s", STR_ARG(scheme), STR_ARG(user), STR_ARG(host));
    return buf_str(&out);
}

struct str cli_db_words(const struct cli *cli) {
    struct str usual = cli->world->db.n > 0 ? cli->world->db : S("reativa.db");
    if (str_equal(cli->db_url, usual))
        return (struct str){0};
    struct str shown = text_shell(cli->cx->arena, cli_db_shown(cli->cx->arena, cli->db_url));
    return cx_text(cli->cx, " --db %.*s", STR_ARG(shown));
}

bool cli_old_data(struct cli *cli) {
    struct day last;
    if (cli->as_of_given)
        return true;
    if (!score_last_day(cli->cx, cli->db, cli->as_of, &last))
        return false;
    if (day_is(last) && cli->as_of.n - last.n > OLD_DATA_DAYS) {
        char next[DAY_TEXT];
        size_t n = day_iso((struct day){last.n + 1}, next);
        NOTE(cli, S("cli.old_data"), text_day(cli->cx->arena, cli->lang, last), (struct str){next, n});
    }
    return true;
}

/* -- the command line -------------------------------------------------------------------------------------------- */

static enum lang lang_of_world(const struct cli_world *world) {
    enum lang lang;
    if (str_starts(world->lang, S("pt")) && lang_parse(S("pt-BR"), &lang))
        return lang;
    return LANG_EN;
}

/* Before the command is known: an option's value must not be taken for it. */
static struct str command_word(char **argv, size_t n, size_t *at) {
    for (*at = 0; *at < n; (*at)++) {
        struct str word = str_from(argv[*at]), name, value;
        if (str_starts(word, S("--")) && word.n > 2) {
            bool joined = str_cut((struct str){word.p + 2, word.n - 2}, '=', &name, &value);
            const struct option_def *def = command_option_anywhere(name);
            if (def != NULL && def->kind != OPTION_FLAG && !joined)
                (*at)++;
        } else if (word.n == 0 || word.p[0] != '-') {
            return word;
        }
    }
    return (struct str){0};
}

/* Errors of the command line itself are already said in the language that --lang asks for. */
static void lang_from_words(struct cli *cli, char **argv, size_t n) {
    for (size_t at = 0; at < n; at++) {
        struct str word = str_from(argv[at]), name, value;
        if (str_equal(word, S("--lang")) && at + 1 < n)
            lang_parse(str_from(argv[at + 1]), &cli->lang);
        else if (str_cut(word, '=', &name, &value) && str_equal(name, S("--lang")))
            lang_parse(value, &cli->lang);
    }
}

static enum cli_format format_of(struct str text) {
    return str_equal(text, S("csv")) ? CLI_CSV : str_equal(text, S("json")) ? CLI_JSON : CLI_TABLE;
}

static void take_common(struct cli *cli, const struct options *options) {
    const struct option_given *as_of = option_last(options, "as-of");
    struct str db = option_text(options, "db");
    cli->options = options;
    cli->format = format_of(option_text(options, "format"));
    cli->quiet = option_flag(options, "quiet");
    cli->as_of_given = as_of != NULL;
    cli->as_of = as_of != NULL ? as_of->day : cli->world->today;
    cli->db_url = db.n > 0 ? db : cli->world->db.n > 0 ? cli->world->db : S("reativa.db");
}

static bool run_command(struct cli *cli, char **argv, size_t n, size_t at, struct options *options) {
    char **words = arena_new(cli->cx->arena, char *, n);
    for (size_t i = 0, to = 0; i < n; i++) {
        if (i != at)
            words[to++] = argv[i];
    }
    struct option_tables tables = command_tables(cli->command);
    if (!options_parse(cli->cx, &tables, words, n - 1, options))
        return false;
    if (options->help) {
        command_help(cli, cli->command);
        return true;
    }
    if (!options_read(cli->cx, cli->lang, options))
        return false;
    take_common(cli, options);
    if (options->words > cli->command->args_most)
        return cli_usage(cli, S("cli.too_many_words"), options->word[cli->command->args_most]);
    if (cli->command->common & COMMAND_DB && cli->command->group != COMMAND_START)
        zone_look(cli);
    return cli->command->run(cli);
}

static bool run_words(struct cli *cli, char **argv, size_t n, struct options *options) {
    size_t at;
    struct str word = command_word(argv, n, &at);
    if (at >= n) {
        const struct option_tables none = {{option_always}};
        struct str first = n > 0 ? str_from(argv[0]) : (struct str){0};
        if (str_equal(first, S("--version")))
            return command_find(S("version"))->run(cli);
        if (!options_parse(cli->cx, &none, argv, n, options))
            return false;
        command_help_all(cli);
        return true;
    }
    cli->command = command_find(word);
    if (cli->command == NULL)
        return command_unknown(cli, word);
    return run_command(cli, argv, n, at, options);
}

int cli_main(const struct cli_world *world, struct arena *arena, int argc, char **argv) {
    struct arena keep;
    struct options options = {0};
    struct cx cx = {.arena = arena};
    struct cli cli = {.world = world, .cx = &cx, .options = &options, .keep = &keep, .as_of = world->today};
    size_t n = argc > 0 ? (size_t)argc - 1 : 0;
    arena_init(&keep, 0, arena_full_exit, NULL);
    cli.lang = lang_of_world(world);
    lang_from_words(&cli, argv + 1, n);

    bool good = run_words(&cli, argv + 1, n, &options);
    if (good)
        good = out_written(&cx, world->out);
    if (!good)
        say_error(&cli, &cx.err);
    admin_close(cli.db);
    arena_clear(&keep);
    return good ? 0 : cli_exit_status(cx.err.code);
}
