// SPDX-License-Identifier: Apache-2.0
/* analyze -- the `analyze` command: orders files to a row a customer, without a database. */
#include "app/analyze.h"

#include "base/text.h"
#include "cli/analyze_cluster.h"
#include "cli/analyze_csv.h"
#include "cli/commands.h"
#include "cli/customers.h"
#include "cli/imports.h"
#include "cli/progress.h"

static const struct option_def options[] = {
    {OPTION_TEXT, "columns", "COLUMN,...", "cli_analyze.option_columns", "@column"},
    {OPTION_CHOICE, "model", "MODEL", "cli_analyze.option_model",
     "auto none cycle nbd bgnbd mbgnbd mbgcnbd mixk pnbd stack"},
    {OPTION_TEXT, "memory", "LIMIT", "cli_analyze.option_memory", NULL},
    {OPTION_TEXT, "sheet", "NAME", "cli_import.option_sheet", NULL},
    {OPTION_TEXT, "map", "FIELD=COLUMN", "cli_import.option_map", "@field"},
    {OPTION_CHOICE, "date-format", "FORMAT", "cli_import.option_date_format", "dmy mdy"},
    {OPTION_CHOICE, "decimal", "MARK", "cli_import.option_decimal", "comma point"},
    {OPTION_CHOICE, "delimiter", "MARK", "cli_import.option_delimiter", "comma semicolon tab pipe"},
    {OPTION_TEXT, "rejects", "FILE", "cli_import.option_rejects", "@file"},
    {0}};

/* 500M, 2G, 800000K; empty: 0. */
static bool read_memory(struct cli *cli, struct str text, size_t *out) {
    static const struct {
        char letter;
        unsigned shift;
    } units[] = {{'K', 10}, {'M', 20}, {'G', 30}};
    uint64_t v = 0;
    size_t i = 0;
    unsigned shift = 0;
    for (; i < text.n && i < 9 && text.p[i] >= '0' && text.p[i] <= '9'; i++)
        v = v * 10 + (uint64_t)(text.p[i] - '0');
    for (size_t k = 0; k < sizeof units / sizeof *units && i + 1 == text.n; k++) {
        if ((text.p[i] & ~0x20) == units[k].letter)
            shift = units[k].shift;
    }
    *out = (size_t)(v << shift);
    return text.n == 0 || (v > 0 && shift > 0) || cli_usage(cli, S("cli_analyze.not_memory"), text);
}

static bool read_options(struct cli *cli, struct analyze_options *out) {
    const struct options *given = cli->options;
    struct str model = option_text(given, "model");
    *out = (struct analyze_options){.read = {.kind = IMPORT_ORDERS,
                                             .path = given->word,
                                             .paths = given->words,
                                             .sheet = option_text(given, "sheet"),
                                             .delimiter = import_delimiter(option_text(given, "delimiter")),
                                             .date_order = import_date_order(option_text(given, "date-format")),
                                             .decimal = import_decimal(option_text(given, "decimal")),
                                             .rejects_path = option_text(given, "rejects"),
                                             .today = cli->world->today},
                                    .as_of = cli->as_of,
                                    .model = model.n > 0 ? model : S("none")};
    if (given->words == 0)
        return cli_usage(cli, S("cli_import.no_file"));
    if (given->words > IMPORT_FILES)
        return cli_usage(cli, S("cli_import.too_many_files"), cx_text(cli->cx, "%d", IMPORT_FILES));
    if (str_equal(out->read.rejects_path, S("-")))
        return cli_usage(cli, S("cli_analyze.rejects_over_answer"));
    return read_memory(cli, option_text(given, "memory"), &out->memory) && import_read_maps(cli, &out->read);
}

/* ---- what came out --------------------------------------------------------------------------------------------- */

struct writing {
    struct cli *cli;
    struct out *out;
    const struct customers_wish *wish;
};

static bool write_one(struct cx *cx, void *owner, const struct customer *customer) {
    struct writing *writing = owner;
    struct out_cell cells[COLUMN_COUNT];
    struct arena_mark mark = arena_mark_get(cx->arena);
    for (size_t i = 0; i < writing->wish->columns; i++)
        cells[i] = customers_cell(writing->cli, customer, writing->wish->column[i]);
    if (!out_row(writing->out, cells))
        return false;
    arena_rewind(cx->arena, mark);
    return true;
}

static bool write_all(struct cli *cli, struct analyze *analyze, const struct customers_wish *wish) {
    if (cli->format == CLI_CSV && analyze_is_brief(analyze))
        return analyze_csv(cli->cx, analyze, wish->column, wish->columns, cli->world->out);
    struct out_column columns[COLUMN_COUNT];
    struct writing writing = {.cli = cli, .wish = wish};
    for (size_t i = 0; i < wish->columns; i++)
        columns[i] = customers_column(cli, wish->column[i]);
    return out_open(cli, cli->world->out, cli->format, columns, wish->columns, &writing.out) &&
           analyze_each(cli->cx, analyze, write_one, &writing) && out_close(writing.out);
}

/* Beside the answer, not in it. */
static void say_report(struct cli *cli, const struct import_report *report, size_t customers) {
    struct arena *arena = cli->cx->arena;
    const struct import_counts *counts = &report->run.counts;
    NOTE(cli, S("cli_analyze.done"), text_int(arena, cli->lang, counts->added),
         text_int(arena, cli->lang, (int64_t)customers));
    if (counts->rejected > 0)
        NOTE(cli, S("cli_analyze.refused"), text_int(arena, cli->lang, counts->rejected));
    for (size_t i = 0; i < report->reasons; i++)
        cli_note(cli, cx_text(cli->cx, "%8lld  %.*s", (long long)report->reason[i].rows,
                              STR_ARG(import_reason(cli, report->reason[i].reason, (struct str){0}))));
    for (size_t i = 0; i < report->files; i++) {
        if (report->file[i].cut)
            NOTE(cli, S("cli_import.cut"));
    }
}

static bool run(struct cli *cli) {
    struct analyze_options wish;
    struct customers_wish columns = {0};
    struct progress_line line;
    struct analyze *analyze = NULL;
    if (!analyze_options_belong(cli))
        return false;
    if (cli->options->words == 1 && analyze_is_cluster(cli->options->word[0]))
        return analyze_cluster(cli, cli->options->word[0]);
    if (!read_options(cli, &wish) || !customers_read_columns(cli, &columns))
        return false;
    if (columns.columns == 0)
        customers_choose_columns(cli, cli->format, !str_equal(wish.model, S("none")), &columns);
    wish.column = columns.column;
    wish.columns = columns.columns;
    struct import_report *report = arena_new(cli->cx->arena, struct import_report, 1);
    wish.read.progress = progress_begin(&line, cli);
    bool done = analyze_open(cli->cx, &wish, report, &analyze);
    progress_end(&line);
    if (!done)
        return false;
    size_t customers = analyze_customers(analyze);
    wish.read.progress = (struct progress){0};
    done = write_all(cli, analyze, &columns);
    analyze_close(analyze);
    if (done)
        say_report(cli, report, customers);
    if (done && report->run.counts.rejected > 0 && report->run.counts.added == 0)
        return cx_fail(cli->cx, ERR_INVALID, S("cli_import.all_refused"),
                       cx_text(cli->cx, "%lld", (long long)report->run.counts.rejected));
    return done;
}

const struct command command_analyze = {.name = "analyze",
                                        .group = COMMAND_ANALYST,
                                        .args = "FILE...|URL",
                                        .args_most = SIZE_MAX,
                                        .common = COMMAND_FORMAT | COMMAND_AS_OF,
                                        .options = options,
                                        .more_options = analyze_cluster_options,
                                        .run = run};
