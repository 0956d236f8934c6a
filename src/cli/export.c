// SPDX-License-Identifier: Apache-2.0
/* export -- the `export` command: a list into a file, whole or not at all (base/whole.h). */
#include "base/text.h"
#include "base/whole.h"
#include "cli/commands.h"
#include "cli/customers.h"
#include "cli/flow.h"

static const struct option_def options[] = {
    {OPTION_TEXT, "output", "FILE", "cli_export.option_output", "@file"},
    {OPTION_TEXT, "by", "GROUP", "cli_flow.option_by", "month rep segment region company city abc reason"},
    {0}};

/* What is asked for, understood before anything is opened or written. */
struct exported {
    bool flow;
    enum flow_by by;
    struct customers_wish wish;
};

static bool read_wish(struct cli *cli, struct exported *out) {
    struct str what = cli->options->words > 0 ? cli->options->word[0] : S("customers");
    out->flow = str_equal(what, S("flow"));
    if (!out->flow && !str_equal(what, S("customers")))
        return cli_usage(cli, S("cli_export.unknown_list"), what);
    return out->flow ? flow_read(cli, &out->by) : customers_read(cli, 0, &out->wish);
}

static bool write_list(struct cli *cli, const struct exported *what, FILE *to) {
    struct list_answer answer;
    if (what->flow)
        return flow_write(cli, what->by, to, cli->format);
    return customers_write(cli, &what->wish, to, cli->format, &answer);
}

/* --format, else what the file's name says, else CSV: an export is for another program. */
static bool choose_format(struct cli *cli, struct str path) {
    if (option_last(cli->options, "format") != NULL)
        return true;
    cli->format = str_ends(path, S(".json")) ? CLI_JSON : CLI_CSV;
    if (path.n == 0 || str_ends(path, S(".csv")) || str_ends(path, S(".json")))
        return true;
    return cli_usage(cli, S("cli_export.unknown_ending"), path);
}

static bool run(struct cli *cli) {
    struct exported *what = arena_new(cli->cx->arena, struct exported, 1);
    struct str path = option_text(cli->options, "output");
    if (!choose_format(cli, path) || !read_wish(cli, what) || !cli_open(cli) || !cli_old_data(cli))
        return false;
    struct whole whole;
    if (!whole_open(cli->cx, cli->world->out, path, &whole) ||
        !whole_close(cli->cx, &whole, write_list(cli, what, whole.to)))
        return false;
    if (whole.beside != NULL)
        NOTE(cli, S("cli_export.written"), path);
    return true;
}

const struct command command_export = {.name = "export",
                                       .group = COMMAND_DAILY,
                                       .args = "[customers|flow]",
                                       .args_most = 1,
                                       .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                       .options = options,
                                       .more_options = customers_options,
                                       .words = "customers flow",
                                       .run = run};
