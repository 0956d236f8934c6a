// SPDX-License-Identifier: Apache-2.0
/* flow -- the `flow` command: opening + became inactive - recovered - written off = closing, by month. */
#include "cli/flow.h"

#include "app/score.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/customers.h"

static const struct option_def options[] = {
    {OPTION_TEXT, "by", "GROUP", "cli_flow.option_by", "month rep segment region company city abc reason"},
    {OPTION_NUMBER, "months", "N", "cli_flow.option_months", NULL},
    {0}};

/* -- groups ------------------------------------------------------------------------------------------------------ */

static const struct {
    const char *name;
    enum flow_by by;
    enum column column;
} groups[] = {{"company", FLOW_COMPANY, COLUMN_COMPANY}, {"rep", FLOW_REP, COLUMN_REP},
              {"segment", FLOW_SEGMENT, COLUMN_SEGMENT}, {"region", FLOW_REGION, COLUMN_REGION},
              {"city", FLOW_CITY, COLUMN_CITY},          {"abc", FLOW_ABC, COLUMN_ABC}};

bool group_parse(struct str name, enum flow_by *out) {
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        if (str_equal(name, str_from(groups[i].name))) {
            *out = groups[i].by;
            return true;
        }
    }
    return false;
}

struct out_column group_column(const struct cli *cli, enum flow_by by) {
    enum column column = COLUMN_NAME;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        if (groups[i].by == by)
            column = groups[i].column;
    }
    struct out_column out = customers_column(cli, column);
    out.type = OUT_TEXT;
    if (by == FLOW_REASON) {
        out.name = S("reason");
        out.title = TEXT(cli, S("column.reason"));
    }
    return out;
}

struct out_cell group_cell(const struct cli *cli, struct str group) {
    struct out_cell cell = out_text(group);
    if (cell.absent)
        cell.shown = TEXT(cli, S("cli.no_group"));
    return cell;
}

bool flow_read(struct cli *cli, enum flow_by *out) {
    struct str rest = option_text(cli->options, "by");
    *out = FLOW_ALL;
    while (rest.n > 0) {
        struct str word;
        enum flow_by by;
        str_cut(rest, ',', &word, &rest);
        word = str_trim(word);
        if (str_equal(word, S("month")))
            continue;
        if (!group_parse(word, &by) && !(flow_by_parse(word, &by) && by == FLOW_REASON))
            return cli_usage(cli, S("cli.unknown_choice"), S("--by"), word,
                             S("month rep segment region company city abc reason"));
        if (*out != FLOW_ALL && *out != by)
            return cli_usage(cli, S("cli_flow.one_group"), option_text(cli->options, "by"));
        *out = by;
    }
    return true;
}

/* -- rows -------------------------------------------------------------------------------------------------------- */

enum { FLOW_COLUMNS = 8 };

static void flow_columns(const struct cli *cli, struct out_column *out) {
    const struct out_column columns[FLOW_COLUMNS] = {
        {.name = S("month"), .title = TEXT(cli, S("cli_flow.month")), .type = OUT_MONTH},
        {.name = S("opening"), .title = TEXT(cli, S("cli_flow.opening")), .type = OUT_INTEGER},
        {.name = S("became_inactive"), .title = TEXT(cli, S("cli_flow.became_inactive")), .type = OUT_INTEGER},
        {.name = S("recovered"), .title = TEXT(cli, S("cli_flow.recovered")), .type = OUT_INTEGER},
        {.name = S("written_off"), .title = TEXT(cli, S("cli_flow.written_off")), .type = OUT_INTEGER},
        {.name = S("closing"), .title = TEXT(cli, S("cli_flow.closing")), .type = OUT_INTEGER},
        {.name = S("bought"), .title = TEXT(cli, S("cli_flow.bought")), .type = OUT_INTEGER},
        {.name = S("new_customers"), .title = TEXT(cli, S("cli_flow.new_customers")), .type = OUT_INTEGER}};
    for (size_t i = 0; i < FLOW_COLUMNS; i++)
        out[i] = columns[i];
}

static bool write_row(struct out *out, const struct cli *cli, enum flow_by by, const struct flow_row *row) {
    struct out_cell cells[FLOW_COLUMNS + 1];
    size_t n = 0;
    if (by != FLOW_ALL)
        cells[n++] = group_cell(cli, row->group);
    cells[n++] = out_number(row->month);
    const int64_t counts[] = {row->opening, row->became_inactive, row->recovered,    row->written_off,
                              row->closing, row->bought,          row->new_customers};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        cells[n++] = out_number(counts[i]);
    return out_row(out, cells);
}

bool flow_write(struct cli *cli, enum flow_by by, FILE *to, enum cli_format format) {
    struct score_run run;
    struct score_need need = {.as_of = cli->as_of};
    const struct flow_wish wish = {.as_of = cli->as_of, .by = by};
    struct flow_row *row;
    size_t n;
    if (!score_for(cli->cx, cli->db, &need, NULL, &run) || !flow_make(cli->cx, cli->db, &wish, &row, &n))
        return false;
    int64_t months = option_number(cli->options, "months", 0);
    struct out_column columns[FLOW_COLUMNS + 1];
    struct out *out;
    if (by != FLOW_ALL)
        columns[0] = group_column(cli, by);
    flow_columns(cli, columns + (by != FLOW_ALL ? 1 : 0));
    if (!out_open(cli, to, format, columns, FLOW_COLUMNS + (by != FLOW_ALL ? 1 : 0), &out))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool wanted = months == 0 || row[i].month > month_of(cli->as_of) - months;
        if (wanted && !write_row(out, cli, by, &row[i]))
            return false;
    }
    return out_close(out);
}

static bool run(struct cli *cli) {
    enum flow_by by;
    if (!flow_read(cli, &by) || !cli_open(cli) || !cli_old_data(cli) ||
        !flow_write(cli, by, cli->world->out, cli->format))
        return false;
    if (cli->format == CLI_TABLE)
        NOTE(cli, S("cli_flow.adds_up"));
    return true;
}

const struct command command_flow = {.name = "flow",
                                     .group = COMMAND_DAILY,
                                     .args = "",
                                     .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                     .options = options,
                                     .run = run};
