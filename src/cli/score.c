// SPDX-License-Identifier: Apache-2.0
/* score -- the `score` command: work out where every customer stands, and keep it so that lists answer at once. */
#include "app/score.h"
#include "app/track.h"

#include "base/text.h"
#include "cli/alive.h"
#include "cli/commands.h"
#include "cli/customers.h"
#include "cli/foretold.h"
#include "cli/json.h"
#include "cli/progress.h"

static const struct option_def options[] = {{OPTION_CHOICE, "model", "MODEL", "cli_score.option_model",
                                             "auto none cycle nbd bgnbd mbgnbd mbgcnbd mixk pnbd stack"},
                                            {OPTION_FLAG, "full", NULL, "cli_score.option_full", NULL},
                                            {0}};

static int64_t customers_of(const struct score_report *report) {
    int64_t n = 0;
    for (int s = 0; s < STATUS_COUNT; s++)
        n += report->status[s];
    return n;
}

static bool write_statuses(struct cli *cli, const struct score_report *report) {
    const struct out_column columns[] = {
        {.name = S("status"), .title = TEXT(cli, S("column.status")), .type = OUT_WORD},
        {.name = S("customers"), .title = TEXT(cli, S("cli_score.customers")), .type = OUT_INTEGER},
        {.name = S("share"), .title = TEXT(cli, S("cli_score.share")), .type = OUT_SHARE}};
    struct out *out;
    int64_t all = customers_of(report);
    if (!out_open(cli, cli->world->out, cli->format, columns, 3, &out))
        return false;
    for (int s = 0; s < STATUS_COUNT; s++) {
        struct str name = str_from(status_name((enum status)s));
        int64_t share = all > 0 ? report->status[s] * 10000 / all : 0;
        const struct out_cell cells[] = {
            out_word(name, cli_word(cli, "status", name), cli_status_colour((enum status)s)),
            out_number(report->status[s]), out_number(share)};
        if (!out_row(out, cells))
            return false;
    }
    const struct out_cell totals[] = {{.absent = true}, out_number(all), {.absent = true}};
    return out_total(out, totals) && out_close(out);
}

static bool write_json(struct cli *cli, const struct score_report *report) {
    struct json json;
    json_open(&json, cli, cli->world->out);
    json_object(&json, NULL);
    json_day(&json, "as_of", report->run.as_of);
    json_bool(&json, "incremental", report->incremental);
    json_number(&json, "customers", customers_of(report));
    json_number(&json, "changed", report->changed);
    json_day(&json, "first_day", report->first_day);
    json_day(&json, "last_day", report->last_day);
    json_object(&json, "status");
    for (int s = 0; s < STATUS_COUNT; s++)
        json_number(&json, status_name((enum status)s), report->status[s]);
    json_object_end(&json);
    foretold_json(&json, "forecast", report->run.model, &report->forecast);
    alive_json(&json, "rule_chances", cli, &report->run);
    json_object_end(&json);
    return json_close(&json);
}

static bool write_answer(struct cli *cli, const struct score_report *report) {
    if (cli->format == CLI_JSON)
        return write_json(cli, report);
    if (!write_statuses(cli, report))
        return false;
    struct arena *arena = cli->cx->arena;
    if (cli->format == CLI_TABLE) {
        SAY(cli, S("cli_score.done"), text_day(arena, cli->lang, cli->as_of),
            text_int(arena, cli->lang, report->changed));
        if (customers_of(report) > 0)
            foretold_say(cli, report->run.model, &report->forecast);
        alive_say(cli, &report->run);
        if (customers_of(report) == 0)
            NOTE(cli, S("cli_score.empty"), cli_db_words(cli));
        else
            NOTE(cli, S("cli_score.next"), cli_db_words(cli));
    }
    return true;
}

/* The score is kept by now: a record that cannot be is told, and fails nothing. */
static void keep_track(struct cli *cli, const struct score_report *report) {
    struct progress_line line;
    struct day month;
    if (str_equal(report->run.model, S("none")))
        return;
    const struct track_wish wish = {.as_of = cli->as_of,
                                    .today = cli->world->today,
                                    .now_us = cli->world->clock_us(),
                                    .progress = progress_begin(&line, cli)};
    bool done = track_keep(cli->cx, cli->db, &wish, &month);
    progress_end(&line);
    if (done && day_is(month))
        NOTE(cli, S("cli_score.track_kept"), text_month(cli->cx->arena, cli->lang, month_of(month)), cli_db_words(cli));
    if (!done)
        NOTE(cli, S("cli_score.track_failed"), catalog_error(cli->cx->arena, cli->lang, &cli->cx->err));
    cx_clear(cli->cx);
}

static bool run(struct cli *cli) {
    struct score_report report;
    struct progress_line line;
    if (!cli_open(cli) || !cli_old_data(cli))
        return false;
    const struct score_wish wish = {.as_of = cli->as_of,
                                    .full = option_flag(cli->options, "full"),
                                    .model = option_text(cli->options, "model"),
                                    .who = cli->world->user,
                                    .now_us = cli->world->clock_us(),
                                    .progress = progress_begin(&line, cli)};
    bool done = score_make(cli->cx, cli->db, &wish, &report);
    progress_end(&line);
    if (!done)
        return false;
    if (!write_answer(cli, &report))
        return false;
    keep_track(cli, &report);
    return true;
}

const struct command command_score = {.name = "score",
                                      .group = COMMAND_START,
                                      .args = "",
                                      .common = COMMAND_DB | COMMAND_FORMAT | COMMAND_AS_OF,
                                      .options = options,
                                      .run = run};
